package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/store"
)

// openState opens db/ and gives the vault's state: db/ as it is, brought up to
// date, or built again.
func (v *Vault) openState(ctx context.Context, list []uint32, scan journal.Scan) (*state, error) {
	st, ok := v.readAccount()
	if !ok {
		v.noteUnclosed()
		return v.rebuildUnlessDamaged(ctx, list, scan)
	}
	if err := v.compare(st, scan); err != nil {
		return nil, err
	}
	if err := v.newest(list); err != nil {
		return nil, err
	}
	if st.Frame == v.journal.End().Frame && st.Tag != v.journal.End().Tag {
		return v.rebuild(ctx, list)
	}
	if v.compactedSince(st, list) {
		return v.rebuildUnlessDamaged(ctx, list, scan)
	}
	if st.Frame < v.journal.End().Frame {
		if err := v.readable(ctx, st, list); err != nil && !errors.Is(err, errOtherHistory) {
			return nil, err
		}
	}
	if st.Frame == v.journal.End().Frame {
		var err error
		if v.store, err = store.Open(v.dir, v.keys.store(), true); err == nil { // Windows has no such thing
			v.proof.Start()
			return st, nil
		}
	}
	return v.openWritable(ctx, st, list, scan)
}

// noteUnclosed notes that the last process ended without a Close.
func (v *Vault) noteUnclosed() {
	dir := filepath.Join(v.dir, store.Dir)
	if exists(filepath.Join(dir, "MANIFEST")) && !exists(filepath.Join(dir, store.AccountName)) {
		v.notes = append(v.notes, Problem{File: store.Dir, Text: "the vault was not closed last time: the program was ended, the disk was full, or the power went; the index was built again, and everything that was saved is there", Mended: true})
	}
}

// openWritable opens db/ where it cannot stay as it is.
func (v *Vault) openWritable(ctx context.Context, st *state, list []uint32, scan journal.Scan) (*state, error) {
	if !v.proveNow() {
		return v.rebuildUnlessDamaged(ctx, list, scan)
	}
	// From here until the next clean close, db/ is not to be trusted by others.
	if err := os.Remove(filepath.Join(v.dir, store.Dir, store.AccountName)); err != nil {
		return nil, writeProblem(v.dir, err)
	}
	var err error
	if v.store, err = store.Open(v.dir, v.keys.store(), false); err != nil {
		return v.rebuildUnlessDamaged(ctx, list, scan)
	}
	if st.Frame == v.journal.End().Frame {
		return st, nil
	}
	return v.catchUp(ctx, st, list)
}

// compare refuses what cannot be settled silently: damage at the journal's end,
// and a db/ that is ahead of the journal, which must have lost something then.
func (v *Vault) compare(st *state, scan journal.Scan) error {
	j := v.journal.End()
	switch {
	case scan.TailDamaged():
		return scan.Damage[len(scan.Damage)-1].In(j.Segment)
	case st.Frame > j.Frame:
		return v.endMissing(st.Frame)
	}
	return nil
}

// catchUp replays what an older db/ lacks.
func (v *Vault) catchUp(ctx context.Context, st *state, list []uint32) (*state, error) {
	v.unclean = true
	st, err := v.replay(ctx, st, list)
	if err == nil {
		return st, nil
	}
	v.store.Close()
	if errors.Is(err, errOtherHistory) {
		return v.rebuild(ctx, list)
	}
	return nil, err
}

func (v *Vault) rebuildUnlessDamaged(ctx context.Context, list []uint32, scan journal.Scan) (*state, error) {
	if scan.TailDamaged() {
		return nil, scan.Damage[len(scan.Damage)-1].In(v.journal.End().Segment)
	}
	if v.witness > v.journal.End().Frame {
		return nil, v.endMissing(v.witness)
	}
	if err := v.newest(list); err != nil {
		return nil, err
	}
	return v.rebuild(ctx, list)
}

// endMissing says that the journal once went as far as a frame.
func (v *Vault) endMissing(frame uint64) error {
	j := v.journal.End()
	return damaged(journal.Name(j.Segment), "its end is missing, frames %d to %d: %s", j.Frame+1, frame, journal.PutBack)
}
