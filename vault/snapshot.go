package vault

import (
	"context"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
)

// defaultSnapshots is how many snapshots a vault keeps of itself.
const defaultSnapshots = 5

// snapshot puts header and journal into snapshots/ after a session that changed
// something: what mends a damaged journal when there is no backup. It never
// makes Close fail; the next Open notes that it is missing.
func (v *Vault) snapshot() {
	keep := v.opt.Snapshots
	switch {
	case v.compacted && keep < 0:
		os.RemoveAll(filepath.Join(v.dir, snapshotDir))
	case v.compacted:
		keep = 1 // what was deleted is to be gone
	}
	if keep < 0 || v.head.Load() == nil || v.broken != nil || v.now.Load().Root.Epoch == v.began && !v.unclean {
		return
	}
	shelf, err := v.snapshots()
	if err != nil {
		return
	}
	ctx := context.Background() // Close cannot wait for anybody; what it copies is the session's own
	plan, err := v.backupPlan(ctx)
	if err != nil {
		return
	}
	_, _ = shelf.Put(ctx, plan, backup.Options{Keep: keep, Room: func(need int64) error { return enoughRoom(v.opt, v.dir, need) }})
}

func (v *Vault) snapshots() (*backup.Shelf, error) {
	return backup.Open(filepath.Join(v.dir, snapshotDir), v.keys.id, v.keys.backup)
}

// noteSnapshots notes that the session before left no snapshot though others
// did. One that was cut short is not asked for one.
func (v *Vault) noteSnapshots() {
	if v.opt.Snapshots < 0 || v.unclean {
		return
	}
	newest := backup.NewestEpoch(filepath.Join(v.dir, snapshotDir))
	if newest > 0 && newest < v.began {
		v.notes = append(v.notes, Problem{File: snapshotDir, Text: "the last session left no snapshot of the journal: is the disk nearly full? The record itself is complete"})
	}
}
