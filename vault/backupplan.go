package vault

import (
	"context"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/journal"
)

// backupPlan is what the vault's files say at one moment, without the originals.
// The caller holds the write lock, or is the last to have the vault.
func (v *Vault) backupPlan(ctx context.Context) (backup.Plan, error) {
	st, j := v.now.Load(), v.journal.End()
	p := backup.Plan{Header: v.head.Load().data, At: v.opt.Now(), Epoch: st.Root.Epoch, Frame: j.Frame, Tag: j.Tag[:], Count: int(st.Root.Count)}
	chain, err := v.segments.List()
	if err != nil {
		return p, err
	}
	for i, n := range chain.List {
		if n > j.Segment {
			break
		}
		s := backup.Source{Name: journal.Name(n), Path: filepath.Join(v.dir, journal.Name(n)), Grows: true}
		want := j.Tag
		if s.Size = j.Size; n < j.Segment {
			info, err := os.Stat(s.Path)
			if err != nil {
				return p, damaged(s.Name, "it cannot be read: %v", plainCause(err))
			}
			s.Size = info.Size()
			if next, err := v.segments.Head(chain.List[i+1]); err == nil {
				want = next.Before
			}
		}
		s.Sound = func() error { return v.segments.Sound(ctx, n, s.Size, want) }
		p.Sources = append(p.Sources, s)
	}
	return p, nil
}
