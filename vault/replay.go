package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/store"
)

// keptStore is db/ while another one is built in its place: nothing is thrown
// away before the journal has shown that it can stand for it.
const keptStore = store.Dir + ".old"

// rebuild makes db/ from the whole journal.
func (v *Vault) rebuild(ctx context.Context, list []uint32) (*state, error) {
	v.unclean = true
	origin, err := v.origin(list)
	if err != nil {
		return nil, err
	}
	if origin.Frame == v.journal.End().Frame {
		// A vault's creation is a transaction, and a base is put in place as a whole.
		return nil, damaged(journal.Name(list[0]), "not one transaction of it is whole: put the file back from a backup")
	}
	if err := v.readable(ctx, origin, list); err != nil {
		return nil, err
	}
	if err := enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, journal.Dir))); err != nil {
		return nil, err
	}
	path, kept := filepath.Join(v.dir, store.Dir), filepath.Join(v.dir, keptStore)
	if !exists(kept) {
		if err := os.Rename(path, kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("set db/ aside to build it again: %w", plainCause(err))
		}
	}
	v.proof = store.Own(v.dir)
	if v.store, err = newStore(v.dir, v.keys); err != nil {
		return nil, err
	}
	st, err := v.replay(ctx, origin, list)
	if err != nil {
		v.store.Close()
		os.RemoveAll(path)
		os.Rename(kept, path)
		return nil, err
	}
	os.RemoveAll(kept)
	return st, nil
}

// origin is the empty state before the first segment.
func (v *Vault) origin(list []uint32) (*state, error) {
	head, err := v.segments.Head(list[0])
	if err != nil {
		return nil, journal.Damage{}.In(list[0])
	}
	st := (&state{}).clone()
	st.Frame, st.Tag = head.First-1, head.Before
	return st, nil
}

// compactedSince says whether the journal starts over behind a state, so that
// there is nothing to catch up with.
func (v *Vault) compactedSince(st *state, list []uint32) bool {
	head, err := v.segments.Head(list[0])
	return err == nil && head.Base && st.Frame < head.First
}

// replay applies the frames behind st.Frame up to the journal's end. Every one
// of them must open, follow the one before and add up to its root.
func (v *Vault) replay(ctx context.Context, st *state, list []uint32) (*state, error) {
	p := newPlayer(v, ctx, st)
	p.total = int64(v.journal.End().Frame - st.Frame)
	return p.st, p.run(list)
}

// readable finds out whether replay can succeed, before anything is changed.
func (v *Vault) readable(ctx context.Context, st *state, list []uint32) error {
	p := newPlayer(v, ctx, st.clone())
	p.dry = true
	return p.run(list)
}

// run goes through the segments.
func (p *player) run(list []uint32) error {
	v := p.v
	for i, segment := range list {
		if i+1 < len(list) {
			next, err := v.segments.Head(list[i+1])
			if err == nil && next.First <= p.st.Frame {
				continue // all of its frames are in the store
			}
		}
		scan, err := v.segments.Scan(segment, p.frame)
		if err != nil {
			return err
		}
		for _, d := range scan.Damage {
			if d.Offset < scan.Whole || segment != v.journal.End().Segment {
				return d.In(segment)
			}
		}
	}
	if p.st.Frame != v.journal.End().Frame {
		return damaged(journal.Dir, "frames %d to %d are missing: put the folder back from a backup", p.st.Frame+1, v.journal.End().Frame)
	}
	return nil
}

// player applies frames one by one.
type player struct {
	v     *Vault
	ctx   context.Context // of the one call of replay that it serves
	st    *state
	store uint64 // the frame that db/ was at; 0 where it is made anew
	at    uint64 // the last frame applied, within a transaction too
	total int64
	done  int64
	dry   bool // only see whether the frames open and follow each other
}

func newPlayer(v *Vault, ctx context.Context, st *state) *player {
	p := &player{v: v, ctx: ctx, st: st}
	if st.Root != (root{}) {
		p.store = st.Frame
	}
	return p
}

func (p *player) frame(f journal.Frame) error {
	if f.Number <= p.st.Frame {
		switch {
		case f.Number != p.st.Frame || f.Tag == p.st.Tag:
			return nil
		case f.Number == p.store:
			return errOtherHistory
		}
		return journal.Damage{Offset: f.Start, Frame: f.Number}.In(f.Segment)
	}
	if f.Number > p.v.journal.End().Frame {
		return nil
	}
	if err := p.ctx.Err(); err != nil {
		return err
	}
	p.at = max(p.at, p.st.Frame)
	if f.Packed == nil || f.Number != p.at+1 {
		return journal.Damage{Offset: f.Start, Frame: p.at + 1}.In(f.Segment)
	}
	p.at = f.Number
	if p.dry {
		if f.Last {
			p.st.Frame, p.st.Tag = f.Number, f.Tag
		}
		return nil
	}
	if err := p.apply(f); err != nil {
		return err
	}
	p.done++
	p.v.opt.Progress("rebuild", p.done, p.total)
	return nil
}

// errOtherHistory says that db/ was made from another journal than this one.
var errOtherHistory = errors.New("the store belongs to another journal")

func (p *player) apply(f journal.Frame) error {
	v := p.v
	content, err := v.decodePayload(f)
	if err != nil {
		return err
	}
	if content.Base && content.Part == 0 && p.st.Root != (root{}) {
		return damaged(journal.Name(f.Segment), "frame %d starts the journal over in its middle: %s", f.Number, journal.PutBack)
	}
	r := v.at(content.Epoch - 1)
	defer r.Close()
	s, err := v.stepOf(r, content)
	if err == nil {
		err = v.account(r, p.st, s)
	}
	if err != nil {
		return v.replayProblem(f, err)
	}
	for _, o := range s.gone {
		v.taken[o.File] = true
	}
	b := v.store.Batch(content.Epoch)
	defer b.Cancel()
	if err := v.apply(b, s, f.Number); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	p.st.Root.Epoch = content.Epoch
	if p.st.Root != content.Root {
		return damaged(journal.Name(f.Segment), "frame %d does not add up with the frames before it: put the folder back from a backup", f.Number)
	}
	if f.Last {
		p.st.Frame, p.st.Tag = f.Number, f.Tag
	}
	return nil
}

func (v *Vault) replayProblem(f journal.Frame, err error) error {
	if errors.Is(err, ErrNewerVersion) || errors.Is(err, ErrDamaged) {
		return err
	}
	return damaged(journal.Name(f.Segment), "frame %d does not fit the frames before it: put the folder back from a backup", f.Number)
}
