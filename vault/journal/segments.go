package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/damage"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Segments are the files of one vault's journal, and the key that opens them.
type Segments struct {
	dir     string // the vault's
	vaultID []byte
	box     *seal.Box // of the subkey "journal"
}

// In gives the journal of the vault in dir, its own folder being [Dir] in there.
// It reads nothing.
func In(dir string, vaultID []byte, box *seal.Box) *Segments {
	return &Segments{dir, vaultID, box}
}

// Chain is the journal's segments in order: from the first one, or from the
// newest base, to the last.
type Chain struct {
	List    []uint32 // never empty
	outdone []uint32 // segments before the base, which a compaction did not get to remove
}

// List gives the chain. Its segments must follow each other: the error is a
// [damage.Error].
func (s *Segments) List() (Chain, error) {
	all, err := Numbers(s.dir)
	if err != nil {
		return Chain{}, damage.Errorf(Dir, "the folder is missing or cannot be read: %s", PutBack)
	}
	if len(all) == 0 {
		return Chain{}, damage.Errorf(Dir, "its files are missing: %s", PutBack)
	}
	start := 0
	for i := len(all) - 1; i > 0 && start == 0; i-- {
		if h, err := s.Head(all[i]); err == nil && h.Base {
			start = i
		}
	}
	c := Chain{List: all[start:], outdone: slices.Clone(all[:start])}
	if first := c.List[0]; first != 1 {
		if h, err := s.Head(first); err != nil || !h.Base {
			return Chain{}, damage.Errorf(Name(first-1), "it is missing: %s", PutBack)
		}
	}
	for i, n := range c.List {
		if want := c.List[0] + uint32(i); n != want {
			return Chain{}, damage.Errorf(Name(want), "it is missing: %s", PutBack)
		}
	}
	return c, nil
}

// Numbers lists what segments there are in the vault in dir, lowest first,
// whether or not they follow each other.
func Numbers(dir string) ([]uint32, error) {
	entries, err := os.ReadDir(filepath.Join(dir, Dir))
	if err != nil {
		return nil, err
	}
	var all []uint32
	for _, e := range entries {
		if n, ok := Number(e.Name()); ok && n > 0 {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all, nil
}

// First is where the chain should begin: at the newest base of all, or with 1.
func (s *Segments) First(all []uint32) uint32 {
	for i := len(all) - 1; i >= 0; i-- {
		if h, err := s.Head(all[i]); err == nil && h.Base {
			return all[i]
		}
	}
	return 1
}

// Known is the last segment there is, and the highest frame number that can be
// told anywhere in the journal, damaged or not.
func (s *Segments) Known() (End, error) {
	all, err := Numbers(s.dir)
	if errors.Is(err, os.ErrNotExist) {
		return End{}, nil
	}
	var end End
	for _, n := range all {
		scan, scanErr := s.Scan(n, func(Frame) error { return nil })
		err = errors.Join(err, scanErr)
		end.Segment = n
		end.Frame = max(end.Frame, scan.LastKnown())
	}
	return end, err
}

// Sound reads the first size bytes of a segment: every frame must open, and the
// last one must have the tag that the chain goes on from. Else the error is a
// [damage.Error].
func (s *Segments) Sound(ctx context.Context, segment uint32, size int64, want Tag) error {
	var last Tag
	scan, err := s.Scan(segment, func(f Frame) error {
		if f.End <= size {
			last = f.Tag
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, d := range scan.Damage {
		if d.Offset < size {
			return d.In(segment)
		}
	}
	if last == (Tag{}) {
		last = scan.Head.Before // no frame yet
	}
	if scan.Whole < size || last != want {
		return damage.Errorf(Name(segment), "its end is missing or was changed, behind byte %d", min(scan.Whole, size))
	}
	return nil
}

// DropBefore removes the segments that a base stands for. Where it is cut short,
// [Journal.Settle] goes on with it.
func (s *Segments) DropBefore(base uint32) error {
	all, err := Numbers(s.dir)
	for _, n := range all {
		if n < base {
			err = errors.Join(err, os.Remove(s.path(n)))
		}
	}
	return err
}

// DropParts removes segments that were being written when a process died. Other
// files of such a name are not ours.
func (s *Segments) DropParts() {
	entries, _ := os.ReadDir(filepath.Join(s.dir, Dir))
	for _, e := range entries {
		file, isPart := strings.CutSuffix(e.Name(), partSuffix)
		if _, isSegment := Number(file); isPart && isSegment {
			os.Remove(filepath.Join(s.dir, Dir, e.Name()))
		}
	}
}
