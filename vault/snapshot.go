package vault

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/seal"
)

// defaultSnapshots is how many snapshots a vault keeps of itself.
const defaultSnapshots = 5

// snapshot puts header and journal into snapshots/ after a session that changed
// something: what mends a damaged journal when there is no backup. It never
// makes Close fail; the next Open notes that it is missing.
func (v *Vault) snapshot() {
	keep := v.opt.Snapshots
	alone := v.compacted || v.head.Load() != nil && v.broken == nil && v.formerSecrets()
	switch {
	case alone && keep < 0:
		os.RemoveAll(filepath.Join(v.dir, snapshotDir))
	case alone:
		keep = 1 // what was deleted is to be gone, and what opened the vault before is to open it no more
	}
	if keep < 0 || v.head.Load() == nil || v.broken != nil || v.now.Load().Root.Epoch == v.began && !v.unclean && !v.unshelved {
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
	_, _ = shelf.Put(ctx, plan, backup.Options{Keep: keep, Room: func(need int64) error { return roomFor(v.opt, v.dir, need) }})
}

// formerSecrets says whether a snapshot's header has a slot that the vault has
// no more: who knows a passphrase of before would find the key in it.
func (v *Vault) formerSecrets() bool {
	now := v.head.Load().header.Slots
	for _, h := range backup.Headers(filepath.Join(v.dir, snapshotDir)) {
		old, _, err := parseHeader(h.Data)
		if err != nil {
			continue
		}
		for _, s := range old.Slots {
			if !slices.ContainsFunc(now, func(o seal.Slot) bool { return bytes.Equal(o.Wrapped, s.Wrapped) }) {
				return true
			}
		}
	}
	return false
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
