package vault

import (
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// writeHeaderFrame makes a transaction durable that holds nothing but a header.
func (v *Vault) writeHeaderFrame(st *state, header []byte) error {
	t := transaction{v: v, at: v.opt.Now(), state: st, steps: []*step{{header: header}}}
	if err := t.frame(true); err != nil {
		return err
	}
	_, err := v.writeFrames(st, t.frames)
	return err
}

// writeFrames makes a transaction durable: one frame for each step. It moves st
// on to the journal's new end and gives the number of the first frame.
func (v *Vault) writeFrames(st *state, frames [][]byte) (first uint64, err error) {
	j := v.journal
	first = j.End().Frame + 1
	broken, err := j.Write(func(emit func([]byte) error) error {
		for _, plain := range frames {
			if err := emit(plain); err != nil {
				return err
			}
		}
		return nil
	})
	if broken {
		v.broken = fmt.Errorf("the journal could not be put back as it was: close the vault and open it again: %w", ErrDamaged)
		return 0, v.broken
	}
	if err != nil {
		return 0, journalProblem(err)
	}
	st.Frame, st.Tag = j.End().Frame, j.End().Tag
	return first, nil
}

// payload is the frame of a step.
func (s *step) payload(after root, part int, at time.Time) *payload {
	p := &payload{Version: payloadVersion, Epoch: after.Epoch, Part: part, At: at.UTC(), Delete: s.delete, Header: s.header, Root: after}
	for _, e := range s.put {
		p.Put = append(p.Put, cbor.RawMessage(e.raw))
	}
	for _, o := range s.gone {
		p.Gone = append(p.Gone, o.Original.Hash)
	}
	for _, o := range s.add {
		p.Originals = append(p.Originals, o.raw)
	}
	if s.undone != nil {
		p.Undone = s.undone.id
	}
	switch {
	case s.base:
		p.Version, p.Base = baseVersion, true
		for _, n := range s.receipts {
			p.Receipts = append(p.Receipts, n.raw)
		}
	case len(s.receipts) > 0:
		p.Receipt = s.receipts[0].raw
	}
	return p
}

// applySteps brings the index up to the journal; frame is that of the first step.
func (v *Vault) applySteps(epoch uint64, steps []*step, frame uint64) error {
	if done, err := v.load(epoch, steps, frame); done || err != nil {
		return err
	}
	b := v.store.Batch(epoch)
	defer b.Cancel()
	for i, s := range steps {
		if err := v.apply(b, s, frame+uint64(i)); err != nil {
			return err
		}
	}
	return b.Flush()
}

func commitProblem(err error) error { return absent(err, "a record to delete", "") }

func journalProblem(err error) error {
	if isFull(err) {
		return ErrNoRoom
	}
	return fmt.Errorf("write the journal: %w", plainCause(err))
}
