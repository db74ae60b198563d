package vault

import (
	"sync"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

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
