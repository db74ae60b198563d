package vault

import (
	"sync"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

// building is the indexing of what a commit puts, beside the encoding and writing
// of it. It is used by one goroutine.
type building struct {
	builder *fulltext.Builder
	work    sync.WaitGroup // what runs: one thing at a time
	parts   []*searchPart
}

func newBuilding() *building { return &building{builder: fulltext.NewBuilder()} }

// take indexes records with their texts, once those before are done.
func (b *building) take(entries []entry, texts [][]fulltext.Text) {
	b.work.Wait()
	b.work.Go(func() {
		for i := range entries {
			b.builder.Add(searchDoc(&entries[i]), texts[i])
		}
		if b.builder.Len() >= searchFullDocs || b.builder.Size() >= searchFullSize {
			b.put()
			b.builder = fulltext.NewBuilder()
		}
	})
}

// finish begins to make the last segment; no more comes.
func (b *building) finish() {
	b.work.Wait()
	b.work.Go(func() {
		if b.builder.Len() > 0 {
			b.put()
		}
		b.builder = nil
	})
}

func (b *building) put() {
	segment, err := b.builder.Segment()
	if err != nil {
		panic("vault: internal error: a segment of the search index does not read back: " + err.Error())
	}
	b.parts = append(b.parts, &searchPart{Segment: segment})
}

// wait gives the segments, none where the commit puts nothing.
func (b *building) wait() []*searchPart {
	b.work.Wait()
	return b.parts
}
