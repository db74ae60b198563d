package vault

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

// How segments are put together: the last ones become one as soon as they are
// half as large as the one before them. So there are never many, and a document
// is written again only as often as the index doubles.
const (
	searchGatherDocs = 4096   // documents that a commit itself puts together, in memory
	searchStoreDocs  = 50_000 // documents in memory: more go to the disk
)

// tail is how many of the last segments are to become one; 0 or more than one.
func tail(sizes []int) int {
	sum, take := 0, 0
	for i := len(sizes) - 1; i >= 0; i-- {
		if sum*2 >= sizes[i] && i < len(sizes)-1 {
			take = len(sizes) - i
		}
		sum += sizes[i]
	}
	return take
}

func sizesOf(parts []*searchPart) []int {
	sizes := make([]int, len(parts))
	for i, p := range parts {
		sizes[i] = p.Len()
	}
	return sizes
}

// gather keeps the segments of the commits few. The caller holds s.mu.
func (s *searchIndex) gather() {
	from := len(s.recent) // of the segments that are small enough
	docs := 0
	for from > 0 && s.recent[from-1].file == nil && docs+s.recent[from-1].Len() <= searchGatherDocs {
		from--
		docs += s.recent[from].Len()
	}
	if n := tail(sizesOf(s.recent[from:])); n > 1 {
		last := s.recent[len(s.recent)-n:]
		var blocks fulltext.Memory
		if segment, err := mergeInto(last, &blocks); err == nil {
			s.recent = append(s.recent[:len(s.recent)-n:len(s.recent)-n], &searchPart{Segment: segment})
		}
	}
	s.unburden()
}

func mergeInto(parts []*searchPart, blocks *fulltext.Memory) (*fulltext.Segment, error) {
	if err := fulltext.Merge(segmentsOf(parts), keepAll, blocks.Append); err != nil {
		return nil, err
	}
	return fulltext.Open(blocks)
}

// keepAll is for merges while somebody may look at an older state of the vault,
// in which what is gone now is still there.
func keepAll(int, fulltext.Doc) (bool, error) { return true, nil }

// unburden writes the segments of the commits to the disk when they take up
// much memory. The caller holds s.mu.
func (s *searchIndex) unburden() {
	docs := 0
	for _, p := range s.recent {
		if p.file == nil {
			docs += p.Len()
		}
	}
	if docs < searchStoreDocs || s.storing || s.v.rescued != "" {
		return
	}
	done, err := s.v.use()
	if err != nil {
		return
	}
	s.storing = true
	parts := slices.Clone(s.recent)
	s.work.Go(func() {
		defer done()
		s.store(parts)
	})
}

// store puts a file in the place of the segments of commits that are in memory.
func (s *searchIndex) store(parts []*searchPart) {
	from := len(parts)
	for from > 0 && parts[from-1].file == nil {
		from--
	}
	stored, err := s.merged(parts[from:], keepAll)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.storing = false
	if err != nil {
		return // they stay in memory
	}
	at := slices.Index(s.recent, parts[from])
	if at < 0 { // the index was dropped meanwhile
		stored.close()
		return
	}
	s.recent = slices.Replace(slices.Clone(s.recent), at, at+len(parts)-from, stored)
}

// merged writes segments as one file.
func (s *searchIndex) merged(parts []*searchPart, keep func(int, fulltext.Doc) (bool, error)) (*searchPart, error) {
	file, err := s.writeSearchFile(func(emit func([]byte) error) error {
		return fulltext.Merge(segmentsOf(parts), keep, emit)
	})
	if err != nil {
		return nil, err
	}
	segment, err := fulltext.Open(file)
	return &searchPart{segment, file}, err
}

// stored writes a segment that was built in memory to the disk, where it can
// be.
func (s *searchIndex) stored(p *searchPart) *searchPart {
	if s.v.rescued != "" || p.Len() < searchGatherDocs {
		return p
	}
	if file, err := s.merged([]*searchPart{p}, keepAll); err == nil {
		return file
	}
	return p
}
