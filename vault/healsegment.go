package vault

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
)

// healSegments puts damaged and missing segments of the journal back from copies
// in snapshots and known backups. Closed segments never change, so a copy is the
// segment; of the last one it is the beginning. It gives the files it put back.
// The caller holds the write lock, or has the vault to itself.
func (v *Vault) healSegments(ctx context.Context) (healed []string, err error) {
	all, err := segmentNumbers(v.dir)
	if err != nil || len(all) == 0 {
		return nil, ctx.Err()
	}
	first := v.firstSegment(all)
	var next *segmentHead // what must follow the segment at hand; nil behind the last one, and where it cannot be told
	for n := all[len(all)-1]; n >= first && n > 0; n-- {
		var end journalEnd
		scan, scanErr := v.keys.scanSegment(v.dir, n, endOf(ctx, &end))
		if scanErr != nil || !scan.fits(end, next, n == all[len(all)-1]) {
			if err := ctx.Err(); err != nil {
				return healed, err
			}
			if v.healSegment(ctx, n, next, scan.lastKnown()) {
				healed = append(healed, segmentPath(n))
			}
		}
		next = nil
		if h, err := v.keys.segmentHead(v.dir, n); err == nil {
			next = &h
		}
	}
	return healed, ctx.Err()
}

// endOf notes the last frame that a scan comes to.
func endOf(ctx context.Context, end *journalEnd) func(frameInfo) error {
	return func(f frameInfo) error {
		end.frame, end.tag = f.number, f.tag
		return ctx.Err()
	}
}

// fits says whether a segment is whole: without damage, and, where another one
// follows, up to where that begins.
func (s *segmentScan) fits(end journalEnd, next *segmentHead, isLast bool) bool {
	switch {
	case len(s.damage) > 0:
		return false
	case isLast:
		return true
	case next != nil && (end.frame+1 != next.first || end.tag != next.before):
		return false
	}
	return s.whole == s.size
}

// firstSegment is where the chain should begin: at the newest base, or with 1.
func (v *Vault) firstSegment(all []uint32) uint32 {
	for i := len(all) - 1; i >= 0; i-- {
		if h, err := v.keys.segmentHead(v.dir, all[i]); err == nil && h.base {
			return all[i]
		}
	}
	return 1
}

// healSegment tries the copies of one segment, newest first: each with what the
// segment has behind it, then as it is.
func (v *Vault) healSegment(ctx context.Context, n uint32, next *segmentHead, known uint64) bool {
	for c := range v.segmentCopies(ctx, n) {
		for _, withRest := range []bool{true, false} {
			if v.putSegment(ctx, c, withRest, n, next, known) == nil {
				return true
			}
		}
	}
	return false
}

var errNoHelp = errors.New("the copy is no better than the file")

// putSegment puts a copy in a segment's place once the whole was shown to be
// sound, and to reach to the next one or, if it is the last, to hold every frame
// known.
func (v *Vault) putSegment(ctx context.Context, c fileCopy, withRest bool, n uint32, next *segmentHead, known uint64) error {
	path := filepath.Join(v.dir, segmentPath(n))
	part := path + partSuffix
	os.Remove(part)
	defer os.Remove(part)
	if _, err := backup.CopyFile(ctx, part, c.path, c.size, nil); err != nil {
		return err
	}
	if withRest {
		if err := appendRest(part, path, c.size); err != nil {
			return err
		}
	}
	var end journalEnd
	scan, err := v.keys.scanFile(part, n, endOf(ctx, &end))
	if err != nil || !scan.fits(end, next, next == nil) || next == nil && end.frame < known {
		return errNoHelp
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// appendRest copies what a file has behind an offset to the end of another one,
// and flushes it.
func appendRest(part, path string, from int64) error {
	out, err := os.OpenFile(part, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if f, err := os.Open(path); err == nil {
		if _, err = f.Seek(from, io.SeekStart); err == nil {
			_, err = io.Copy(out, f)
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return errors.Join(err, out.Close())
		}
	}
	return errors.Join(out.Sync(), out.Close())
}
