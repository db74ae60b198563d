package vault

import (
	"context"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
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
	left := 0
	for _, n := range r.state.tallies("") {
		left += n
	}
	b := searchBuilder{l: l, r: r, known: known, todo: make(chan []packedRecord)}
	b.start()
	err = v.eachRecord(r, func(_ place, id record.ID, plain []byte) error {
		left--
		return b.take(packedRecord{id, plain})
	})
	if err == nil {
		err = r.Whole()
	}
	if err = b.finish(err); err == nil && left != 0 {
		err = store.ErrBroken
	}
	return err
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
