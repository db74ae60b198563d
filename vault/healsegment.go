package vault

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/journal"
)

// healSegments puts damaged and missing segments of the journal back from copies
// in snapshots and known backups. Closed segments never change, so a copy is the
// segment; of the last one it is the beginning. It gives the files it put back:
// none where it could not put back all, or where the journal would still end
// before what this computer has seen. The caller holds the write lock, or has the vault to itself.
func (v *Vault) healSegments(ctx context.Context) (healed []string, err error) {
	all, err := journal.Numbers(v.dir)
	if err != nil || len(all) == 0 {
		return nil, ctx.Err()
	}
	first, last := v.segments.First(all), all[len(all)-1]
	var next *journal.Head // what must follow the segment at hand; nil behind the last one, and where it cannot be told
	broken := 0
	var reach uint64 // the last frame of the journal
	for n := last; n >= first && n > 0; n-- {
		path := filepath.Join(v.dir, journal.Name(n))
		var end journal.End
		scan, scanErr := v.segments.Scan(n, end.Follow(ctx))
		if scanErr != nil || !scan.Fits(end, next, n == last) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			broken++
			if put, ok := v.healSegment(ctx, n, next, scan.LastKnown()); ok {
				defer os.Remove(path + partSuffix)
				end, path = put, path+partSuffix
				healed = append(healed, journal.Name(n))
			}
		}
		if n == last {
			reach = end.Frame
		}
		next = nil
		if h, err := v.segments.HeadOf(path, n); err == nil {
			next = &h
		}
	}
	if len(healed) < broken {
		return nil, ctx.Err()
	}
	if m, ok := v.recall(); ok && m.Frame > reach && !v.opt.AcceptOlder {
		return nil, ctx.Err()
	}
	return healed, v.placeSegments(healed)
}

// placeSegments puts what healSegment made in place.
func (v *Vault) placeSegments(names []string) error {
	for _, name := range names {
		path := filepath.Join(v.dir, name)
		if err := os.Rename(path+partSuffix, path); err != nil {
			return journalProblem(err)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return syncDir(filepath.Join(v.dir, journal.Dir))
}

// healSegment tries the copies of one segment, newest first: each with what the
// segment has behind it, then as it is. What is good is left as .part.
func (v *Vault) healSegment(ctx context.Context, n uint32, next *journal.Head, known uint64) (journal.End, bool) {
	for c := range v.segmentCopies(ctx, n) {
		for _, withRest := range []bool{true, false} {
			if end, err := v.makeSegment(ctx, c, withRest, n, next, known); err == nil {
				return end, true
			}
		}
	}
	os.Remove(filepath.Join(v.dir, journal.Name(n)) + partSuffix)
	return journal.End{}, false
}

var errNoHelp = errors.New("the copy is no better than the file")

// makeSegment makes a segment from a copy: sound as a whole, and up to the next
// one or, if it is the last, with every frame known.
func (v *Vault) makeSegment(ctx context.Context, c fileCopy, withRest bool, n uint32, next *journal.Head, known uint64) (end journal.End, err error) {
	path := filepath.Join(v.dir, journal.Name(n))
	part := path + partSuffix
	os.Remove(part)
	if _, err := backup.CopyFile(ctx, part, c.path, c.size, nil); err != nil {
		return end, err
	}
	if withRest {
		if err := appendRest(part, path, c.size); err != nil {
			return end, err
		}
	}
	scan, err := v.segments.ScanFile(part, n, end.Follow(ctx))
	if err != nil || !scan.Fits(end, next, next == nil) || next == nil && end.Frame < known {
		return end, errNoHelp
	}
	return end, nil
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
