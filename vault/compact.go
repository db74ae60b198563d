package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	if err := enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, journalDir))); err != nil {
		return err
	}
	if err := v.writable(); err != nil {
		return err
	}
	end, st, err := v.writeBase(ctx, r, v.journal.end(), progress)
	if err != nil {
		return err
	}
	if err := v.journal.moveTo(end); err != nil {
		v.broken = errStore
		return err
	}
	v.publish(st)
	v.search.compacted()
	v.compacted = true
	v.rotate()
	return v.dropBefore(end.segment)
}

func (j *journal) end() journalEnd {
	return journalEnd{segment: j.segment, size: j.size, frame: j.frame, tag: j.tag}
}

// moveTo goes on behind a base that is in place.
func (j *journal) moveTo(end journalEnd) error {
	f, err := os.OpenFile(filepath.Join(j.dir, segmentPath(end.segment)), os.O_RDWR, 0o600)
	if err != nil {
		return journalProblem(err)
	}
	if j.file != nil {
		j.file.Close()
	}
	j.file, j.segment, j.size, j.frame, j.tag = f, end.segment, end.size, end.frame, end.tag
	return nil
}

// outlived says whether db/ is to go with the close: because it is wrong, or
// because it may still hold what was deleted, where there is room to build it
// again.
func (v *Vault) outlived() bool {
	return v.stale || v.compacted && enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, journalDir))) == nil
}

// dropBefore removes the segments that a base stands for. Where it is cut short,
// the next Open goes on with it.
func (v *Vault) dropBefore(base uint32) error {
	all, err := segmentNumbers(v.dir)
	for _, n := range all {
		if n < base {
			err = errors.Join(err, os.Remove(filepath.Join(v.dir, segmentPath(n))))
		}
	}
	if err != nil {
		return journalProblem(err)
	}
	return nil
}
