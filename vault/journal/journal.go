package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// End is a place in the chain: where a segment begins or has ended.
type End struct {
	Segment uint32
	Size    int64  // bytes of the segment
	Frame   uint64 // number of the last frame before it
	Tag     Tag    // of that frame
}

// Follow gives what notes in e the last frame that a scan comes to, until ctx
// ends.
func (e *End) Follow(ctx context.Context) func(Frame) error {
	return func(f Frame) error {
		e.Frame, e.Tag = f.Number, f.Tag
		return ctx.Err()
	}
}

// Journal is the open end of the chain: where the next frame goes. Its owner
// holds the vault's write lock.
type Journal struct {
	segments *Segments
	file     *os.File // nil until it is settled
	end      End      // of what is acknowledged

	needless []uint32 // segments that were being made or removed when the last process died
}

// Create starts the chain of a new vault with an empty segment. The folder must
// be there.
func (s *Segments) Create() (*Journal, error) {
	j := &Journal{segments: s}
	return j, j.start(1)
}

// Open finds the end of the chain: it reads the last segment whole, and gives
// what it found there. It changes nothing; [Journal.Settle] does, once the vault
// is known to be sound.
func (s *Segments) Open(c Chain) (*Journal, Scan, error) {
	list := c.List
	j := &Journal{segments: s, needless: c.outdone}
	for {
		j.end.Segment = list[len(list)-1]
		seen := false
		scan, err := s.Scan(j.end.Segment, func(f Frame) error {
			if f.Last {
				j.end.Frame, j.end.Tag, seen = f.Number, f.Tag, true
			}
			return nil
		})
		if err != nil {
			return nil, scan, err
		}
		if scan.tornHead && len(list) > 1 {
			j.needless = append(j.needless, j.end.Segment)
			list = list[:len(list)-1]
			continue
		}
		if !seen {
			j.end.Frame, j.end.Tag = scan.Head.First-1, scan.Head.Before
		}
		j.end.Size = scan.Whole
		return j, scan, nil
	}
}

// Settle opens the segment for writing and takes unfinished writes away; cut
// says that there were some.
func (j *Journal) Settle() (cut bool, err error) {
	for _, segment := range j.needless {
		if err := os.Remove(j.segments.path(segment)); err != nil {
			return false, fmt.Errorf("remove a needless segment of the journal: %w", plainCause(err))
		}
	}
	f, err := os.OpenFile(j.segments.path(j.end.Segment), os.O_RDWR, 0o600)
	if err != nil {
		return false, fmt.Errorf("open the journal: %w", plainCause(err))
	}
	j.file = f
	info, err := f.Stat()
	switch {
	case err != nil:
	case j.end.Size < info.Size():
		cut = true
		err = errors.Join(f.Truncate(j.end.Size), f.Sync())
	}
	if err != nil {
		f.Close()
		return false, fmt.Errorf("take an unfinished write off the journal: %w", plainCause(err))
	}
	return cut, nil
}

// End is where the journal stands: what is acknowledged.
func (j *Journal) End() End { return j.end }

// Full says that the next transaction belongs into another segment.
func (j *Journal) Full() bool { return j.end.Size >= segmentFull }

// Next makes the next segment and moves to it. Where that fails, the present one
// goes on.
func (j *Journal) Next() error { return j.start(j.end.Segment + 1) }

// start makes a segment and moves to it. The old one stays open when that fails.
func (j *Journal) start(segment uint32) error {
	path := j.segments.path(segment)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	head := Head{Segment: segment, First: j.end.Frame + 1, Before: j.end.Tag}.bytes(j.segments.vaultID)
	_, err = f.WriteAt(head, 0)
	err = errors.Join(err, f.Sync(), syncDir(filepath.Dir(path)))
	if err != nil {
		f.Close()
		os.Remove(path)
		return err
	}
	if j.file != nil {
		j.file.Close()
	}
	j.file, j.end.Segment, j.end.Size = f, segment, int64(len(head))
	return nil
}

// MoveTo goes on at an end that stands in the folder: behind a base that is in
// place, or in a file that took the place of the one that was open.
func (j *Journal) MoveTo(end End) error {
	f, err := os.OpenFile(j.segments.path(end.Segment), os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if j.file != nil {
		j.file.Close()
	}
	j.file, j.end = f, end
	return nil
}

// Close lets go of the file; nothing is left to be written.
func (j *Journal) Close() error { return j.file.Close() }
