package vault

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/store"
)

// baseWriter writes one segment that starts the journal over: one transaction
// of every live item.
type baseWriter struct {
	v    *Vault
	file *journal.Base
	st   *state // of what was written so far
	part int
	at   time.Time
	buf  bytes.Buffer
}

// writeBase writes what r shows, which must add up to its state, into the
// segment behind an end of the journal, reads it back and puts it in place. From
// then on it counts, and what is before it does not. It gives the new end and
// state.
func (v *Vault) writeBase(ctx context.Context, r *read, behind journal.End, progress func(done, total int64)) (journal.End, *state, error) {
	file, err := v.segments.NewBase(behind)
	if err != nil {
		return journal.End{}, nil, journalProblem(err)
	}
	w := &baseWriter{v: v, file: file, st: (&state{}).clone(), at: v.opt.Now()}
	w.st.Root.Epoch, w.st.Header = r.state.Root.Epoch+1, r.state.Header
	err = w.write(ctx, r, progress)
	if err == nil && (w.st.Root.Count != r.state.Root.Count || w.st.Root.Hash != r.state.Root.Hash) {
		err = store.ErrBroken // never is less written than there was
	}
	if err == nil {
		err = w.readBack(ctx)
	}
	if err == nil {
		err = file.Place()
	}
	if err != nil {
		file.Drop()
		return journal.End{}, nil, journalProblem(err)
	}
	end := file.End()
	w.st.Frame, w.st.Tag = end.Frame, end.Tag
	return end, w.st, nil
}

func (w *baseWriter) write(ctx context.Context, r *read, progress func(done, total int64)) error {
	h := &harvest{v: w.v, ctx: ctx, r: r, st: w.st, take: w.frame, progress: progress}
	if err := h.run(); err != nil {
		return err
	}
	return w.file.Finish()
}

func (w *baseWriter) frame(s *step, last bool) error {
	s.base = true
	if w.part == 0 {
		s.header = w.st.Header
	}
	plain, err := w.v.encodePayload(&w.buf, s.payload(w.st.Root, w.part, w.at), last)
	if err != nil {
		return err
	}
	w.part++
	return w.file.Write(plain)
}

// readBack reads a base from the disk before it counts, item by item.
func (w *baseWriter) readBack(ctx context.Context) error {
	c := &checker{v: w.v, ctx: ctx, live: map[string]liveItem{}}
	scan, err := w.file.Scan(func(f journal.Frame) error {
		if c.frame == 0 {
			c.frame = f.Number - 1
		}
		c.play(f)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if len(scan.Damage) > 0 || scan.Whole != w.file.End().Size || len(c.report.Problems) > 0 || c.root != w.st.Root || !bytes.Equal(c.newest, w.st.Header) {
		return fmt.Errorf("the journal could not be read back after it was written: the disk may be failing; nothing was changed: %w", ErrDamaged)
	}
	return nil
}
