package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Refer says whether the files of images stay where they are: of each only its
// place and its hash are kept, not its bytes. What lies there is neither sealed
// nor backed up, and does not go along to a doctor. All other files are kept
// whole. It reconciles anew.
func (b *Batch) Refer(ctx context.Context, on bool) error {
	if b.refer == on {
		return nil
	}
	if b.refer = on; b.held {
		return nil
	}
	return b.reconcile(ctx)
}

// Referable is the number of files that could stay where they are.
func (b *Batch) Referable() int { return len(b.referable()) }

// away are the files that stay where they are, with where that is.
func (b *Batch) away() map[record.Hash]string {
	if !b.refer {
		return nil
	}
	return b.referable()
}

// referable are the files of a disc or a folder that hold one image and nothing
// else, with where they lie.
func (b *Batch) referable() map[record.Hash]string {
	images, others := map[int]bool{}, map[int]bool{}
	for _, it := range b.items {
		switch r := it.record.Resource.(type) {
		case *record.ImagingStudy:
			if pictured(r, b.sources[it.source].original.Hash) {
				images[it.source] = true
			} else {
				others[it.source] = true
			}
		case *record.Patient:
		default:
			others[it.source] = true
		}
	}
	out := map[record.Hash]string{}
	for n, c := range b.sources {
		if !images[n] || others[n] || !c.accepted() || c.source.within != "" || c.source.dir == "" || len(c.attached) > 0 {
			continue
		}
		if place, err := filepath.Abs(filepath.Join(c.source.dir, filepath.FromSlash(c.source.Path))); err == nil {
			out[c.original.Hash] = place
		}
	}
	return out
}

// pictured says whether a study is one image of that file.
func pictured(s *record.ImagingStudy, h record.Hash) bool {
	return slices.ContainsFunc(s.Series, func(x record.ImagingSeries) bool {
		return slices.ContainsFunc(x.Instance, func(i record.ImagingInstance) bool { return i.Hash == h && i.Rows != "" && i.Rows != "0" })
	})
}

// placed says of the images of studies where their files lie.
func placed(puts []record.Record, away map[record.Hash]string) {
	for n := range puts {
		s, ok := puts[n].Resource.(*record.ImagingStudy)
		if !ok || len(away) == 0 {
			continue
		}
		study := *s
		study.Series = slices.Clone(s.Series)
		for x := range study.Series {
			list := slices.Clone(study.Series[x].Instance)
			for i := range list {
				list[i].Also = slices.Clone(list[i].Also)
				for _, one := range append([]*record.ImagingInstance{&list[i]}, pointers(list[i].Also)...) {
					if place, ok := away[one.Hash]; ok {
						one.Away = place
					}
				}
			}
			study.Series[x].Instance = list
		}
		puts[n].Resource = &study
	}
}

func pointers(list []record.ImagingInstance) []*record.ImagingInstance {
	out := make([]*record.ImagingInstance, len(list))
	for n := range list {
		out[n] = &list[n]
	}
	return out
}

// What may be wrong with a file that is kept as a reference.
var (
	ErrAway    = errors.New("the file is not in the record, and not where it was: put the disc in, or bring the file in")
	ErrChanged = errors.New("the file is not in the record, and was changed where it lies: bring the right one in")
)

// References opens files that are kept as references. A file is held against its
// hash when it is opened first, and again when it looks changed. It is safe for
// concurrent use.
type References struct {
	mu   sync.Mutex
	seen map[record.Hash]stamp
}

type stamp struct {
	size int64
	at   time.Time
}

// Open opens the file at a place, which must have that hash.
func (r *References) Open(ctx context.Context, place string, h record.Hash) (io.ReadCloser, error) {
	f, err := os.Open(place)
	if err != nil {
		return nil, ErrAway
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, ErrAway
	}
	now := stamp{info.Size(), info.ModTime()}
	r.mu.Lock()
	known := r.seen[h] == now
	r.mu.Unlock()
	if known {
		return f, nil
	}
	sum := sha256.New()
	if _, err = io.Copy(sum, contextReader{ctx, f}); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil || hex.EncodeToString(sum.Sum(nil)) != string(h) {
		f.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, ErrChanged
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = map[record.Hash]stamp{}
	}
	r.seen[h] = now
	return f, nil
}
