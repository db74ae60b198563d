package vault

import (
	"context"
	"errors"
	"fmt"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// salvage fills a temporary store with what can be read: what db/ has, where it
// is as the last close left it, then every frame behind that which opens.
func (v *Vault) salvage(ctx context.Context) error {
	var err error
	if v.store, err = newStore(v.rescued, v.keys); err != nil {
		return err
	}
	s := &salvager{v: v, ctx: ctx, st: (&state{}).clone()}
	if err := s.fromStore(); err != nil {
		return err
	}
	if err := s.fromJournal(); err != nil {
		return err
	}
	if s.st.Root.Count == 0 && len(v.damage) > 0 {
		return damaged(journal.Dir, "nothing in it can be read: put the folder back from a backup")
	}
	v.now.Store(s.st)
	v.store.Forget(s.st.Root.Epoch)
	return nil
}

// salvager is one salvage on its way.
type salvager struct {
	v   *Vault
	ctx context.Context // of the one call of Rescue
	st  *state
	end journal.End // of the journal as far as it was read; without a segment before the first
}

// fromStore takes over what a sound db/ holds.
func (s *salvager) fromStore() error {
	v := s.v
	st, ok := v.readClosed()
	if !ok {
		return nil
	}
	old, err := store.Open(v.dir, v.keys.store(), true)
	if err != nil {
		return nil // the journal is asked
	}
	defer old.Close()
	r := &read{old.At(st.Root.Epoch), st}
	defer r.Close()
	h := &harvest{v: v, ctx: s.ctx, r: r, st: s.st, take: func(t *step, _ bool) error { return s.add(st.Root.Epoch, st.Frame, t) }}
	if err := h.run(); err != nil {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		v.noteDamage(store.Dir, "a part of it cannot be read")
	}
	s.st.Root.Epoch, s.st.Frame, s.st.Tag = st.Root.Epoch, st.Frame, st.Tag
	return nil
}

// fromJournal plays every frame behind the state that opens.
func (s *salvager) fromJournal() error {
	v := s.v
	all, err := journal.Numbers(v.dir)
	if err != nil || len(all) == 0 {
		v.noteDamage(journal.Dir, "its files are missing: %s", journal.PutBack)
	}
	if chain, err := v.segments.List(); err == nil {
		all = chain.List
	} else if len(all) > 0 {
		v.noteProblem(err)
	}
	for i, n := range all {
		if i > 0 && n != all[i-1]+1 {
			v.noteDamage(journal.Name(n-1), "it is missing: %s", journal.PutBack)
		} else if i > 0 {
			s.follows(n)
		}
		if err := s.segment(n); err != nil {
			return err
		}
	}
	if s.st.Frame > s.end.Frame {
		v.noteDamage(journal.Dir, "frames %d to %d are missing; the index has what they held", s.end.Frame+1, s.st.Frame)
	}
	newest := v.witness
	if m, ok := v.recall(); ok {
		newest = max(newest, m.Frame)
	}
	if known := max(s.end.Frame, s.st.Frame); newest > known {
		v.noteDamage(journal.Dir, "its end is missing, frames %d to %d: %s", known+1, newest, journal.PutBack)
	}
	return nil
}

// follows notes a segment that does not go on where the one before it ends.
func (s *salvager) follows(n uint32) {
	head, err := s.v.segments.Head(n)
	switch {
	case err != nil: // the scan says so
	case head.First > s.end.Frame+1:
		s.v.noteDamage(journal.Name(n-1), "frames %d to %d are missing at its end: %s", s.end.Frame+1, head.First-1, journal.PutBack)
	case head.First != s.end.Frame+1 || head.Before != s.end.Tag:
		s.v.noteDamage(journal.Name(n), "it does not follow the segment before it: %s", journal.PutBack)
	}
}

func (v *Vault) noteProblem(err error) {
	var d *DamageError
	if errors.As(err, &d) {
		v.noteDamage(d.File, "%s", d.Text)
	}
}

func (s *salvager) segment(n uint32) error {
	v := s.v
	if head, err := v.segments.Head(n); err == nil {
		s.end.Frame, s.end.Tag = head.First-1, head.Before
	}
	whole, follow := s.end, s.end.Follow(s.ctx)
	scan, err := v.segments.Scan(n, func(f journal.Frame) error {
		err := follow(f)
		if f.Last {
			whole = s.end
		}
		return err
	})
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	if !scan.TailDamaged() {
		s.end = whole // what is behind it looks like a write that was never finished
	}
	if err != nil {
		v.noteProblem(err)
		return nil
	}
	for _, d := range scan.Damage {
		v.noteDamage(journal.Name(n), "frame %d at byte %d was changed: what it held is missing", d.Frame, d.Offset)
	}
	end := scan.Whole
	if scan.TailDamaged() {
		end = scan.Size
	}
	_, err = v.segments.Scan(n, func(f journal.Frame) error {
		if f.Packed == nil || f.Number <= s.st.Frame || f.End > end {
			return s.ctx.Err()
		}
		return s.frame(f)
	})
	return err
}

// frame plays one frame as far as it goes: what it takes away need not be there.
func (s *salvager) frame(f journal.Frame) error {
	v := s.v
	p, err := v.decodePayload(f)
	if errors.Is(err, ErrNewerVersion) {
		return err
	}
	if err != nil {
		v.noteProblem(err)
		return nil
	}
	p.Epoch = max(p.Epoch, s.st.Root.Epoch)
	r := v.at(p.Epoch)
	defer r.Close()
	s.forget(r, p)
	t, err := v.stepOf(r, p)
	if err != nil {
		v.noteDamage(journal.Name(f.Segment), "frame %d does not decode: what it held is missing", f.Number)
		return nil
	}
	if err := v.account(r, s.st, t); err != nil {
		return err
	}
	s.st.Root.Epoch, s.st.Frame, s.st.Tag = p.Epoch, f.Number, f.Tag
	return s.add(p.Epoch, f.Number, t)
}

// forget takes out of a frame what is not there to be taken away.
func (s *salvager) forget(r *read, p *payload) {
	present := p.Delete[:0]
	for _, id := range p.Delete {
		if r.Has(recordKey(id)) == nil {
			present = append(present, id)
		}
	}
	p.Delete = present
	gone := p.Gone[:0]
	for _, h := range p.Gone {
		if r.Has(originalKey(h)) == nil {
			gone = append(gone, h)
		}
	}
	p.Gone = gone
	if p.Undone != "" && r.Has(receiptKey(p.Undone)) != nil {
		p.Undone = record.ID("")
	}
}

func (s *salvager) add(epoch, frame uint64, t *step) error {
	b := s.v.store.Batch(epoch)
	defer b.Cancel()
	if err := s.v.apply(b, t, frame); err != nil {
		return fmt.Errorf("build the index of what can be read: %w", err)
	}
	return b.Flush()
}
