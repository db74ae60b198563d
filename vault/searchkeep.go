package vault

import (
	"slices"
	"sync"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
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

// building is the indexing of what a commit puts, beside the writing of it.
type building struct {
	work sync.WaitGroup
	part *searchPart
}

// build begins to index the records of a commit.
func (s *searchIndex) build(t *transaction) *building {
	b := &building{}
	b.work.Go(func() { b.part = s.segment(t) })
	return b
}

// wait gives the segment; nil where the commit puts nothing.
func (b *building) wait() *searchPart {
	b.work.Wait()
	return b.part
}

func (s *searchIndex) segment(t *transaction) *searchPart {
	builder := fulltext.NewBuilder()
	n := 0
	for _, step := range t.steps {
		for _, e := range step.put {
			builder.Add(searchDoc(e), searchTexts(t.change.Put[t.order[n]]))
			n++
		}
	}
	if n == 0 {
		return nil
	}
	segment, err := builder.Segment()
	if err != nil {
		panic("vault: internal error: a segment of the search index does not read back: " + err.Error())
	}
	return &searchPart{Segment: segment}
}

// close writes what is new into search/, where the vault may be written to, and
// ends. The caller has waited for all readers, and is the one writer.
func (s *searchIndex) close(save bool) {
	s.halt()
	s.mu.Lock()
	defer s.mu.Unlock()
	if save {
		s.save()
	}
	for _, p := range slices.Concat(s.settled, s.recent) {
		p.close()
	}
}

// save keeps the index for the next session. Where that fails, the next search
// builds it again. The caller holds s.mu.
func (s *searchIndex) save() {
	now := s.v.now.Load().Root
	if !s.started || !s.whole() || !s.built && len(s.recent) == 0 && s.base.sameItems(now) {
		return
	}
	parts, err := s.files(slices.Concat(s.settled, s.recent))
	if err != nil {
		return
	}
	list := searchList{Layout: searchLayout, Rules: searchRules, Root: now}
	keep := map[string]bool{searchListName: true}
	for _, p := range parts {
		list.Files = append(list.Files, p.file.listed(p.Len()))
		keep[p.file.name] = true
	}
	if s.writeList(list) == nil {
		s.settled, s.recent = parts, nil
		s.removeSearchFiles(keep)
	}
}

// whole says whether the segments at hand are all there are: where nothing was
// looked for, the files of search/ are added if they are as they should be.
func (s *searchIndex) whole() bool {
	if s.ready != nil {
		return s.err == nil
	}
	if s.base.Count == 0 {
		return true
	}
	list, ok := s.readList()
	if !ok || !list.Root.sameItems(s.base) {
		return false
	}
	l := loader{s: s}
	err := l.open(list)
	s.settled = l.parts
	return err == nil
}

// files puts segments together where that is due, without what the vault does
// not hold any more, and writes those that are in memory.
func (s *searchIndex) files(parts []*searchPart) ([]*searchPart, error) {
	n := tail(sizesOf(parts))
	if last := len(parts) - 1; n == 0 && last >= 0 && parts[last].file == nil {
		n = 1
	}
	for i, p := range parts[:len(parts)-n] {
		if p.file == nil {
			stored, err := s.merged(parts[i:i+1], keepAll)
			if err != nil {
				return nil, err
			}
			parts[i] = stored
		}
	}
	if n == 0 {
		return parts, nil
	}
	r := s.v.store.at(s.v.now.Load().Root.Epoch)
	defer r.close()
	last, err := s.merged(parts[len(parts)-n:], s.living(r, parts[len(parts)-n:]))
	if err != nil {
		return nil, err
	}
	for _, p := range parts[len(parts)-n:] {
		p.close()
	}
	return append(parts[:len(parts)-n:len(parts)-n], last), nil
}

// living drops the documents of records that are gone, and all but the newest
// of those of one record.
func (s *searchIndex) living(r *read, parts []*searchPart) func(int, fulltext.Doc) (bool, error) {
	newest := map[string]int{}
	for i, p := range parts[1:] {
		p.Docs(func(d fulltext.Doc) error { newest[d.ID] = i + 1; return nil }) // an error comes again in the merge
	}
	return func(part int, d fulltext.Doc) (bool, error) {
		if n, ok := newest[d.ID]; ok && n != part {
			return false, nil
		}
		return r.has(recordKey(record.ID(d.ID))) == nil, nil
	}
}
