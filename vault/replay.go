package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// keptStore is db/ while another one is built in its place: nothing is thrown
// away before the journal has shown that it can stand for it.
const keptStore = storeDir + ".old"

// rebuild makes db/ from the whole journal.
func (v *Vault) rebuild(ctx context.Context, list []uint32) (*state, error) {
	v.unclean = true
	origin, err := v.origin(list)
	if err != nil {
		return nil, err
	}
	if origin.Frame == v.journal.frame {
		// A vault's creation is a transaction, and a base is put in place as a whole.
		return nil, damaged(segmentPath(list[0]), "not one transaction of it is whole: put the file back from a backup")
	}
	if err := v.readable(ctx, origin, list); err != nil {
		return nil, err
	}
	if err := enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, journalDir))); err != nil {
		return nil, err
	}
	path, kept := filepath.Join(v.dir, storeDir), filepath.Join(v.dir, keptStore)
	if !exists(kept) {
		if err := os.Rename(path, kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("set db/ aside to build it again: %w", plainCause(err))
		}
	}
	v.proof = ownStore(v.dir)
	if v.store, err = newStore(v.dir, v.keys); err != nil {
		return nil, err
	}
	st, err := v.replay(ctx, origin, list)
	if err != nil {
		v.store.close()
		os.RemoveAll(path)
		os.Rename(kept, path)
		return nil, err
	}
	os.RemoveAll(kept)
	return st, nil
}

// origin is the empty state before the first segment.
func (v *Vault) origin(list []uint32) (*state, error) {
	head, err := v.keys.segmentHead(v.dir, list[0])
	if err != nil {
		return nil, damagedFrame(list[0], damageAt{})
	}
	st := (&state{}).clone()
	st.Frame, st.Tag = head.first-1, head.before
	return st, nil
}

// compactedSince says whether the journal starts over behind a state, so that
// there is nothing to catch up with.
func (v *Vault) compactedSince(st *state, list []uint32) bool {
	head, err := v.keys.segmentHead(v.dir, list[0])
	return err == nil && head.base && st.Frame < head.first
}

// replay applies the frames behind st.Frame up to the journal's end. Every one
// of them must open, follow the one before and add up to its root.
func (v *Vault) replay(ctx context.Context, st *state, list []uint32) (*state, error) {
	p := &player{v: v, ctx: ctx, st: st, total: int64(v.journal.frame - st.Frame)}
	return p.st, p.run(list)
}

// readable finds out whether replay can succeed, before anything is changed.
func (v *Vault) readable(ctx context.Context, st *state, list []uint32) error {
	p := &player{v: v, ctx: ctx, st: st.clone(), dry: true}
	return p.run(list)
}

// run goes through the segments.
func (p *player) run(list []uint32) error {
	v := p.v
	for i, segment := range list {
		if i+1 < len(list) {
			next, err := v.keys.segmentHead(v.dir, list[i+1])
			if err == nil && next.first <= p.st.Frame {
				continue // all of its frames are in the store
			}
		}
		scan, err := v.keys.scanSegment(v.dir, segment, p.frame)
		if err != nil {
			return err
		}
		for _, d := range scan.damage {
			if d.offset < scan.whole || segment != v.journal.segment {
				return damagedFrame(segment, d)
			}
		}
	}
	if p.st.Frame != v.journal.frame {
		return damaged(journalDir, "frames %d to %d are missing: put the folder back from a backup", p.st.Frame+1, v.journal.frame)
	}
	return nil
}

func damagedFrame(segment uint32, d damageAt) error {
	return damaged(segmentPath(segment), "frame %d at byte %d was changed: put the file back from a backup", d.frame, d.offset)
}

// player applies frames one by one.
type player struct {
	v     *Vault
	ctx   context.Context // of the one call of replay that it serves
	st    *state
	at    uint64 // the last frame applied, within a transaction too
	total int64
	done  int64
	dry   bool // only see whether the frames open and follow each other
}

func (p *player) frame(f frameInfo) error {
	if f.number <= p.st.Frame {
		if f.number == p.st.Frame && f.tag != p.st.Tag {
			return errOtherHistory
		}
		return nil
	}
	if f.number > p.v.journal.frame {
		return nil
	}
	if err := p.ctx.Err(); err != nil {
		return err
	}
	p.at = max(p.at, p.st.Frame)
	if f.packed == nil || f.number != p.at+1 {
		return damagedFrame(f.segment, damageAt{offset: f.start, frame: p.at + 1})
	}
	p.at = f.number
	if p.dry {
		if f.last() {
			p.st.Frame, p.st.Tag = f.number, f.tag
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

func (p *player) apply(f frameInfo) error {
	v := p.v
	content, err := v.decodePayload(f)
	if err != nil {
		return err
	}
	if content.Base && content.Part == 0 && p.st.Root != (root{}) {
		return damaged(segmentPath(f.segment), "frame %d starts the journal over in its middle: %s", f.number, putBack)
	}
	r := v.store.at(content.Epoch - 1)
	defer r.close()
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
	b := v.store.batch(content.Epoch)
	defer b.cancel()
	if err := v.apply(b, s, f.number); err != nil {
		return err
	}
	if err := b.flush(); err != nil {
		return err
	}
	p.st.Root.Epoch = content.Epoch
	if p.st.Root != content.Root {
		return damaged(segmentPath(f.segment), "frame %d does not add up with the frames before it: put the folder back from a backup", f.number)
	}
	if f.last() {
		p.st.Frame, p.st.Tag = f.number, f.tag
	}
	return nil
}

func (v *Vault) replayProblem(f frameInfo, err error) error {
	if errors.Is(err, ErrNewerVersion) || errors.Is(err, ErrDamaged) {
		return err
	}
	return damaged(segmentPath(f.segment), "frame %d does not fit the frames before it: put the folder back from a backup", f.number)
}
