package vault

import (
	"context"

	"github.com/carnet-phr/carnet/vault/record"
)

// harvest takes every item out of a view, in steps of about a frame.
type harvest struct {
	v        *Vault
	ctx      context.Context // of the one call that it serves
	r        *read
	st       *state                         // of what was taken so far; begins empty, with the epoch it shall have
	take     func(s *step, last bool) error // is given each step when it is full
	progress func(done, total int64)        // in items; nil: nobody watches
	step     *step
	size     int // bytes in step
	done     int64
}

func (h *harvest) run() error {
	h.step = &step{}
	if err := h.records(); err != nil {
		return err
	}
	err := h.v.eachOriginal(h.r, func(o originalEntry) error {
		h.st.gain(h.v.keys.element(itemOriginal, string(o.Original.Hash), o.raw))
		h.step.add = append(h.step.add, o)
		return h.count(len(o.raw))
	})
	if err != nil {
		return err
	}
	err = h.v.each(h.r, []byte{classReceipt}, func(key, plain []byte) error {
		raw, err := h.v.unpackItem(h.r, key, plain)
		if err != nil {
			return err
		}
		n := receiptEntry{record.ID(key[1:]), raw}
		h.st.gain(h.v.keys.element(itemReceipt, string(n.id), raw))
		h.step.receipts = append(h.step.receipts, n)
		return h.count(len(raw))
	})
	if err != nil {
		return err
	}
	return h.take(h.step, true)
}

func (h *harvest) records() error {
	return h.v.eachRecord(h.r, func(_ place, id record.ID, plain []byte) error {
		rec, raw, err := h.v.unpackRecord(h.r, id, plain)
		if err != nil {
			return err
		}
		e := h.v.entry(rec, raw)
		h.st.gain(e.elem)
		h.st.tally(e.place, e.elem, 1)
		h.step.put = append(h.step.put, &e)
		return h.count(len(raw))
	})
}

// count goes on to another step when this one is full.
func (h *harvest) count(size int) error {
	h.done++
	if h.progress != nil {
		h.progress(h.done, int64(h.r.state.Root.Count))
	}
	if err := h.ctx.Err(); err != nil {
		return err
	}
	if h.size += size; h.size < frameFull {
		return nil
	}
	full := h.step
	h.step, h.size = &step{}, 0
	return h.take(full, false)
}
