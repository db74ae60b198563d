package vault

import (
	"errors"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
)

// searchStretch is how many records are handed over together.
const searchStretch = 256

// searchFull is when a segment being built is put away: an upper bound for the
// memory that building takes.
const (
	searchFullDocs = 50_000
	searchFullSize = 16 << 20 // bytes of words
)

type packedRecord struct {
	id    record.ID
	plain []byte
}

// searchBuilder indexes records on a few goroutines.
type searchBuilder struct {
	l       *loader
	r       *read
	known   map[[fulltext.PrintSize]byte]bool
	todo    chan []packedRecord
	waiting []packedRecord
	made    chan madePart
}

type madePart struct {
	part *searchPart
	err  error
}

func (b *searchBuilder) start() {
	b.made = make(chan madePart)
	for range hands {
		b.l.s.work.Go(b.hand)
	}
}

// take hands a record to the goroutines.
func (b *searchBuilder) take(p packedRecord) error {
	b.waiting = append(b.waiting, p)
	if len(b.waiting) < searchStretch {
		return nil
	}
	return b.send()
}

func (b *searchBuilder) send() error {
	stretch := b.waiting
	b.waiting = nil
	for {
		select {
		case b.todo <- stretch:
			return nil
		case m := <-b.made:
			if err := b.took(m); err != nil {
				return err
			}
		case <-b.l.ctx.Done():
			return b.l.ctx.Err()
		}
	}
}

func (b *searchBuilder) took(m madePart) error {
	if m.part != nil {
		b.l.parts = append(b.l.parts, m.part)
	}
	return m.err
}

// finish waits for the goroutines, each of which ends with one part or error.
func (b *searchBuilder) finish(err error) error {
	if err == nil && len(b.waiting) > 0 {
		err = b.send()
	}
	close(b.todo)
	for left := hands; left > 0; {
		m := <-b.made
		err = errors.Join(err, b.took(m))
		if m.part == nil {
			left--
		}
	}
	return err
}

// hand indexes what comes until there is no more. It gives a part with nothing
// in it at its end.
func (b *searchBuilder) hand() {
	builder := fulltext.NewBuilder()
	var err error
	for stretch := range b.todo {
		for _, p := range stretch {
			if err == nil {
				err = b.index(builder, p)
			}
		}
		if err == nil && (builder.Len() >= searchFullDocs || builder.Size() >= searchFullSize) {
			b.put(builder)
			builder = fulltext.NewBuilder()
		}
	}
	if err == nil && builder.Len() > 0 {
		b.put(builder)
	}
	b.made <- madePart{err: err}
}

func (b *searchBuilder) put(builder *fulltext.Builder) {
	segment, err := builder.Segment()
	if err != nil {
		b.made <- madePart{part: &searchPart{}, err: err}
		return
	}
	b.made <- madePart{part: b.l.s.stored(&searchPart{Segment: segment})}
}

func (b *searchBuilder) index(to *fulltext.Builder, p packedRecord) error {
	v := b.l.s.v
	if len(b.known) > 0 {
		raw, err := v.unpackRaw(b.r, p.id, p.plain)
		if err != nil {
			return err
		}
		if b.known[searchPrint(v.keys.element(itemRecord, string(p.id), raw))] {
			return nil
		}
	}
	rec, raw, err := v.unpackRecord(b.r, p.id, p.plain)
	if err != nil {
		return err
	}
	e := v.entry(rec, raw)
	to.Add(searchDoc(&e), searchTexts(rec))
	return nil
}
