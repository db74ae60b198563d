package vault

import (
	"context"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
)

// backupPlan is what the vault's files say at one moment, without the originals.
// The caller holds the write lock, or is the last to have the vault.
func (v *Vault) backupPlan(ctx context.Context) (backup.Plan, error) {
	st, j := v.now.Load(), v.journal
	p := backup.Plan{Header: v.head.Load().data, At: v.opt.Now(), Epoch: st.Root.Epoch, Frame: j.frame, Tag: j.tag[:], Count: int(st.Root.Count)}
	chain, err := v.keys.listSegments(v.dir)
	if err != nil {
		return p, err
	}
	for i, n := range chain.list {
		if n > j.segment {
			break
		}
		s := backup.Source{Name: segmentPath(n), Path: filepath.Join(v.dir, segmentPath(n)), Grows: true}
		want := j.tag
		if s.Size = j.size; n < j.segment {
			info, err := os.Stat(s.Path)
			if err != nil {
				return p, damaged(s.Name, "it cannot be read: %v", plainCause(err))
			}
			s.Size = info.Size()
			if next, err := v.keys.segmentHead(v.dir, chain.list[i+1]); err == nil {
				want = next.before
			}
		}
		s.Sound = func() error { return v.keys.segmentSound(ctx, s.Path, n, s.Size, want) }
		p.Sources = append(p.Sources, s)
	}
	return p, nil
}

// segmentSound reads the first size bytes of a segment: every frame must open,
// and the last one must have the tag that the chain goes on from.
func (k *keyring) segmentSound(ctx context.Context, path string, segment uint32, size int64, want tag) error {
	var last tag
	scan, err := k.scanFile(path, segment, func(f frameInfo) error {
		if f.end <= size {
			last = f.tag
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, d := range scan.damage {
		if d.offset < size {
			return damagedFrame(segment, d)
		}
	}
	if last == (tag{}) {
		last = scan.head.before // no frame yet
	}
	if scan.whole < size || last != want {
		return damaged(segmentPath(segment), "its end is missing or was changed, behind byte %d", min(scan.whole, size))
	}
	return nil
}
