package vault

import (
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// writeFrames makes a transaction durable: one frame for each step. It moves st
// on to the vault's state behind it and gives the frames' numbers.
func (v *Vault) writeFrames(r *read, st *state, steps []*step, at time.Time) ([]uint64, error) {
	j := v.journal
	number := j.End().Frame
	var numbers []uint64
	broken, err := j.Write(func(emit func([]byte) error) error {
		for i, s := range steps {
			if err := v.account(r, st, s); err != nil {
				return commitProblem(err)
			}
			plain, err := v.encodePayload(s.payload(st.Root, i, at), i == len(steps)-1)
			if err != nil {
				return err
			}
			number++
			numbers = append(numbers, number)
			if err := emit(plain); err != nil {
				return err
			}
		}
		return nil
	})
	if broken {
		v.broken = fmt.Errorf("the journal could not be put back as it was: close the vault and open it again: %w", ErrDamaged)
		return nil, v.broken
	}
	if err != nil {
		return nil, journalProblem(err)
	}
	st.Frame, st.Tag = j.End().Frame, j.End().Tag
	return numbers, nil
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

// applySteps brings the index up to the journal.
func (v *Vault) applySteps(epoch uint64, steps []*step, frames []uint64) error {
	b := v.store.Batch(epoch)
	defer b.Cancel()
	for i, s := range steps {
		if err := v.apply(b, s, frames[i]); err != nil {
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
