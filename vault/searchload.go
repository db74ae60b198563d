package vault

import (
	"context"
	"errors"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
)

// loader is one loading of the index.
type loader struct {
	s     *searchIndex
	ctx   context.Context // of the vault's searches
	parts []*searchPart
	since uint64 // 0: as it lay in search/
}

// run reads what lies in search/, or builds the index where that cannot be used
// or was found to be lost.
func (l *loader) run(lost bool) error {
	s := l.s
	s.mu.Lock()
	base := s.base
	s.mu.Unlock()
	if list, ok := s.readList(); ok && !lost {
		err := l.open(list)
		if err == nil && list.Root.sameItems(base) {
			return nil
		}
		if err != nil {
			l.drop()
		}
	}
	if err := l.build(); err != nil {
		l.drop()
		return err
	}
	return nil
}

func (l *loader) drop() {
	for _, p := range l.parts {
		p.close()
	}
	l.parts = nil
}

func (l *loader) open(list searchList) error {
	for _, f := range list.Files {
		file, err := l.s.openSearchFile(f)
		if err != nil {
			return err
		}
		p := &searchPart{file: file}
		l.parts = append(l.parts, p)
		if p.Segment, err = fulltext.Open(file); err != nil {
			return err
		}
	}
	return nil
}

// build adds what the index lacks of the records as they are now. What it has
// already it knows by the prints.
func (l *loader) build() error {
	v := l.s.v
	known, err := l.prints()
	if err != nil {
		l.drop()
		known = nil
	}
	r, done, err := v.view(l.ctx)
	if err != nil {
		return err
	}
	defer done()
	l.since = r.state.Root.Epoch
	b := searchBuilder{l: l, r: r, known: known, todo: make(chan []packedRecord)}
	b.start()
	err = v.eachRecord(r, func(_ place, id record.ID, plain []byte) error {
		return b.take(packedRecord{id, plain})
	})
	return b.finish(err)
}

// prints are those of all documents in the parts.
func (l *loader) prints() (map[[fulltext.PrintSize]byte]bool, error) {
	known := map[[fulltext.PrintSize]byte]bool{}
	for _, p := range l.parts {
		err := p.Docs(func(d fulltext.Doc) error {
			known[d.Print] = true
			return l.ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

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
	to.Add(searchDoc(v.entry(rec, raw)), searchTexts(rec))
	return nil
}
