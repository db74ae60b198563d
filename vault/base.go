package vault

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// journalEnd is a place in the chain: where a segment begins or has ended.
type journalEnd struct {
	segment uint32
	size    int64 // bytes of the segment
	frame   uint64
	tag     tag
}

// baseWriter writes a vault as it stands into one segment that starts the
// journal over: one transaction of every live item.
type baseWriter struct {
	v        *Vault
	r        *read
	progress func(done, total int64) // in items
	out      *bufio.Writer
	end      journalEnd
	st       *state // of what was written so far
	step     *step
	size     int // bytes in step
	part     int
	at       time.Time
}

// writeBase writes what r shows, which must add up to st, into the segment
// behind an end of the journal, reads it back and puts it in place. From then on
// it counts, and what is before it does not. It gives the new end and state.
func (v *Vault) writeBase(ctx context.Context, r *read, st *state, behind journalEnd, progress func(done, total int64)) (journalEnd, *state, error) {
	segment := behind.segment + 1
	path := filepath.Join(v.dir, segmentPath(segment))
	f, err := os.OpenFile(path+partSuffix, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return journalEnd{}, nil, journalProblem(err)
	}
	w := &baseWriter{
		v: v, r: r, progress: progress, out: bufio.NewWriterSize(f, frameFull), at: v.opt.Now(),
		end: journalEnd{segment: segment, frame: behind.frame, tag: behind.tag}, st: (&state{}).clone(), step: &step{base: true, header: st.Header},
	}
	w.st.Root.Epoch, w.st.Header = st.Root.Epoch+1, st.Header
	err = w.run(ctx, int64(st.Root.Count))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil && (w.st.Root.Count != st.Root.Count || w.st.Root.Hash != st.Root.Hash) {
		err = errStore // never is less written than there was
	}
	if err == nil {
		err = v.readBack(ctx, path+partSuffix, w)
	}
	if err == nil {
		if err = os.Rename(path+partSuffix, path); err == nil {
			err = syncDir(filepath.Dir(path))
		}
	}
	if err != nil {
		os.Remove(path + partSuffix)
		return journalEnd{}, nil, journalProblem(err)
	}
	w.st.Frame, w.st.Tag = w.end.frame, w.end.tag
	return w.end, w.st, nil
}

func (w *baseWriter) run(ctx context.Context, total int64) error {
	head := segmentHead{segment: w.end.segment, first: w.end.frame + 1, before: w.end.tag, base: true}.bytes(w.v.keys.id)
	w.end.size = int64(len(head))
	if _, err := w.out.Write(head); err != nil {
		return err
	}
	done := int64(0)
	count := func() error {
		done++
		w.progress(done, total)
		return ctx.Err()
	}
	if err := errors.Join(w.records(count), w.originals(count), w.receipts(count)); err != nil {
		return err
	}
	if err := w.frame(true); err != nil {
		return err
	}
	return w.out.Flush()
}

func (w *baseWriter) records(count func() error) error {
	return w.v.eachRecord(w.r, func(p place, id record.ID, plain []byte) error {
		_, raw, err := w.v.unpackRecord(w.r, id, plain)
		if err != nil {
			return err
		}
		w.st.gain(w.v.keys.element(itemRecord, string(id), raw))
		w.st.tally(p.person, p.kind, 1)
		w.step.put = append(w.step.put, entry{id: id, raw: raw})
		return errors.Join(w.filled(len(raw)), count())
	})
}

func (w *baseWriter) originals(count func() error) error {
	return w.v.eachOriginal(w.r, func(o originalEntry) error {
		w.st.gain(w.v.keys.element(itemOriginal, string(o.Original.Hash), o.raw))
		w.step.add = append(w.step.add, o)
		return errors.Join(w.filled(len(o.raw)), count())
	})
}

func (w *baseWriter) receipts(count func() error) error {
	return w.v.each(w.r, []byte{classReceipt}, func(key, plain []byte) error {
		raw, err := w.v.unpackItem(w.r, key, plain)
		if err != nil {
			return err
		}
		n := receiptEntry{record.ID(key[1:]), raw}
		w.st.gain(w.v.keys.element(itemReceipt, string(n.id), raw))
		w.step.receipts = append(w.step.receipts, n)
		return errors.Join(w.filled(len(raw)), count())
	})
}

// filled writes a frame when there is enough for one.
func (w *baseWriter) filled(size int) error {
	if w.size += size; w.size < frameFull {
		return nil
	}
	return w.frame(false)
}

func (w *baseWriter) frame(last bool) error {
	plain, err := w.v.encodePayload(w.step.payload(w.st.Root, w.part, w.at), last)
	if err != nil {
		return err
	}
	var frame []byte
	w.end.frame++
	frame, w.end.tag = w.v.keys.sealFrame(nil, w.end.segment, w.end.frame, w.end.tag, plain)
	w.end.size += int64(len(frame))
	w.part++
	w.step, w.size = &step{base: true}, 0
	_, err = w.out.Write(frame)
	return err
}

// readBack reads a base from the disk before it counts, item by item.
func (v *Vault) readBack(ctx context.Context, path string, w *baseWriter) error {
	c := &checker{v: v, ctx: ctx, live: map[string]liveItem{}}
	scan, err := v.keys.scanFile(path, w.end.segment, func(f frameInfo) error {
		if c.frame == 0 {
			c.frame = f.number - 1
		}
		c.play(f)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if len(scan.damage) > 0 || scan.whole != w.end.size || len(c.report.Problems) > 0 || c.root != w.st.Root || !bytes.Equal(c.newest, w.st.Header) {
		return fmt.Errorf("the journal could not be read back after it was written: the disk may be failing; nothing was changed: %w", ErrDamaged)
	}
	return nil
}
