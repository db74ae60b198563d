package vault

import (
	"context"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/store"
)

// Compact writes the live items into a new first segment of the journal, reads
// it back, and removes the segments before it and the snapshots of them: what
// was deleted or replaced is gone then, but from backups elsewhere. The vault
// stays usable for readers; a Compact that was cut short changed nothing.
// progress may be nil and counts items.
func (v *Vault) Compact(ctx context.Context, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	v.write.Lock()
	defer v.write.Unlock()
	if v.broken != nil {
		return v.broken
	}
	r, done, err := v.view(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, journal.Dir))); err != nil {
		return err
	}
	if err := v.writable(); err != nil {
		return err
	}
	end, st, err := v.writeBase(ctx, r, v.journal.End(), progress)
	if err != nil {
		return err
	}
	if err := v.journal.MoveTo(end); err != nil {
		v.broken = store.ErrBroken
		return journalProblem(err)
	}
	v.publish(st)
	v.search.compacted()
	v.dropKept()
	v.compacted = true
	v.rotate()
	if err := v.segments.DropBefore(end.Segment); err != nil {
		return journalProblem(err)
	}
	return nil
}

// outlived says whether db/ is to go with the close: because it is wrong, or
// because it may still hold what was deleted, where there is room to build it
// again.
func (v *Vault) outlived() bool {
	return v.stale || v.compacted && enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, journal.Dir))) == nil
}
