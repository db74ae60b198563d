package vault

import (
	"os"
	"path/filepath"
	"slices"
)

// chain is the journal's segments in order: from the first one, or from the
// newest base, to the last.
type chain struct {
	list    []uint32
	outdone []uint32 // segments before the base, which a compaction did not get to remove
}

const putBack = "put it back from a backup; if the folder is still being copied or synchronised, wait until that is done"

// listSegments gives the chain. Its segments must follow each other.
func (k *keyring) listSegments(dir string) (chain, error) {
	all, err := segmentNumbers(dir)
	if err != nil {
		return chain{}, damaged(journalDir, "the folder is missing or cannot be read: %s", putBack)
	}
	if len(all) == 0 {
		return chain{}, damaged(journalDir, "its files are missing: %s", putBack)
	}
	start := 0
	for i := len(all) - 1; i > 0 && start == 0; i-- {
		if h, err := k.segmentHead(dir, all[i]); err == nil && h.base {
			start = i
		}
	}
	c := chain{list: all[start:], outdone: slices.Clone(all[:start])}
	if first := c.list[0]; first != 1 {
		if h, err := k.segmentHead(dir, first); err != nil || !h.base {
			return chain{}, damaged(segmentPath(first-1), "it is missing: %s", putBack)
		}
	}
	for i, n := range c.list {
		if want := c.list[0] + uint32(i); n != want {
			return chain{}, damaged(segmentPath(want), "it is missing: %s", putBack)
		}
	}
	return c, nil
}

// segmentNumbers lists what segments there are, lowest first.
func segmentNumbers(dir string) ([]uint32, error) {
	entries, err := os.ReadDir(filepath.Join(dir, journalDir))
	if err != nil {
		return nil, err
	}
	var all []uint32
	for _, e := range entries {
		if n, ok := segmentNumber(e.Name()); ok && n > 0 {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all, nil
}

// segmentHead reads a segment's head alone.
func (k *keyring) segmentHead(dir string, segment uint32) (segmentHead, error) {
	return k.headOf(filepath.Join(dir, segmentPath(segment)), segment)
}

// headOf is segmentHead for a segment that stands elsewhere.
func (k *keyring) headOf(path string, segment uint32) (segmentHead, error) {
	f, err := os.Open(path)
	if err != nil {
		return segmentHead{}, err
	}
	defer f.Close()
	b := make([]byte, segmentHeadSize)
	if _, err := f.ReadAt(b, 0); err != nil {
		return segmentHead{}, err
	}
	h, ok := parseSegmentHead(b, k.id)
	if !ok || h.segment != segment {
		return h, errFrame
	}
	return h, nil
}
