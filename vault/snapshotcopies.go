package vault

import (
	"bytes"
	"context"
	"iter"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/journal"
)

// fileCopy is a copy of one of the vault's files, outside of its place.
type fileCopy struct {
	path string
	size int64
}

// copies gives the copies of a file of the vault, such as "journal/000001.log",
// that snapshots/ and the backups that the vault remembers hold: newest first
// in each, and each with the bytes that its list says. A segment's copy may be
// from before its last frames were written.
func (v *Vault) copies(ctx context.Context, name string) iter.Seq[fileCopy] {
	return func(yield func(fileCopy) bool) {
		for _, dir := range v.shelves() {
			shelf, err := backup.Open(dir, v.keys.id, v.keys.backup)
			if err != nil {
				continue
			}
			for _, c := range shelf.Copies(name) {
				sum, err := backup.Sum(ctx, c.Path, c.Size, nil)
				if err == nil && bytes.Equal(sum, c.SHA256) && !yield(fileCopy{c.Path, c.Size}) {
					return
				}
			}
		}
	}
}

// segmentCopies is copies for a segment.
func (v *Vault) segmentCopies(ctx context.Context, segment uint32) iter.Seq[fileCopy] {
	return v.copies(ctx, journal.Name(segment))
}

// headerCopies gives the headers that snapshots/ holds, newest first and each
// once: for a vault whose own two are damaged. The HMAC decides which is real,
// the journal whether it is the newest.
func headerCopies(dir string) []headers {
	var found []headers
	for _, copied := range backup.Headers(filepath.Join(dir, snapshotDir)) {
		h, e, err := parseHeader(copied.Data)
		if err != nil || len(found) > 0 && bytes.Equal(found[len(found)-1].data, copied.Data) {
			continue
		}
		found = append(found, headers{header: h, envelope: e, mend: true, data: copied.Data})
	}
	return found
}
