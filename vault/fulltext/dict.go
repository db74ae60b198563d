package fulltext

import (
	"encoding/binary"
	"strings"
)

// entry is a term of a segment and where it was found.
type entry struct {
	term   []byte // good until the next one is asked for
	n      uint32 // documents
	doc    uint32 // where n is 1
	weight byte
	offset uint64 // of the list in the postings, where n is more
	size   uint32
}

// terms walks the dictionary in order.
type terms struct {
	s      *Segment
	block  int
	r      cutter
	offset uint64
	word   [wordLimit]byte
	length int
	err    error
}

// from begins at the block in which a term would be; what comes before the
// term in it is for the caller to pass over.
func (s *Segment) from(term string) *terms {
	return &terms{s: s, block: s.blockOf(term) - 1}
}

// next gives the next term; false at the end or after an error.
func (t *terms) next(e *entry) bool {
	for len(t.r.b) == 0 {
		if t.block++; t.err != nil || t.block >= len(t.s.dict) {
			return false
		}
		b, err := t.s.blocks.Block(int(t.s.dict[t.block]))
		if err != nil {
			t.err = err
			return false
		}
		t.r, t.offset, t.length = cutter{b: b}, t.s.starts[t.block].offset, 0
	}
	shared, rest := int(t.r.byte()), int(t.r.byte())
	suffix := t.r.bytes(uint32(rest))
	if shared > t.length || shared+rest > wordLimit || len(suffix) != rest {
		return t.fail()
	}
	copy(t.word[shared:], suffix)
	t.length = shared + rest
	*e = entry{term: t.word[:t.length], n: t.r.uint32()}
	if e.n == 1 {
		e.doc, e.weight = t.r.uint32(), t.r.byte()
	} else {
		e.offset, e.size = t.offset, t.r.uint32()
		t.offset += uint64(e.size)
	}
	if t.r.bad || e.n == 0 || e.n > t.s.docs || e.doc >= t.s.docs {
		return t.fail()
	}
	return true
}

func (t *terms) fail() bool {
	t.err, t.r.b = ErrCorrupt, nil
	return false
}

// reader opens the list of a term.
func (s *Segment) reader(e entry) (reader, error) {
	if e.n == 1 {
		return reader{usual: e.weight, left: 1, limit: s.docs, data: single(e.doc)}, nil
	}
	b, err := s.data(e.offset, e.size)
	if err != nil {
		return reader{}, err
	}
	if len(b) == 0 {
		return reader{}, ErrCorrupt
	}
	return reader{data: b[1:], usual: b[0], left: e.n, limit: s.docs}, nil
}

// single is the list of one document.
func single(doc uint32) []byte { return binary.AppendUvarint(nil, uint64(doc)<<1) }

// match is a term of a segment that is like a word of the query.
type match struct {
	entry
	closeness closeness
}

// matches gives the terms that are like a word: those of one kind of likeness
// lie together in the dictionary, or begin alike.
func (s *Segment) matches(w *word) ([]match, error) {
	var list []match
	done := []string{w.text} // what was looked through begins with these
	err := s.through(w.text, nil, w, &list)
	look := func(beginning string) {
		if err == nil {
			err = s.through(beginning, done, w, &list)
			done = append(done, beginning)
		}
	}
	for _, f := range w.forms {
		look(f.start)
	}
	if w.misspelt && w.letters && typosIn(len(w.runes)) > 0 {
		look(string(w.runes[0]))
		look(string(w.runes[1]))
	}
	return list, err
}

// through looks at all terms with a beginning, but not at those that have been
// looked at.
func (s *Segment) through(beginning string, done []string, w *word, list *[]match) error {
	for _, d := range done {
		if strings.HasPrefix(beginning, d) {
			return nil
		}
	}
	t := s.from(beginning)
	var e entry
	for t.next(&e) {
		if c := compareBeginning(e.term, beginning); c < 0 {
			continue
		} else if c > 0 {
			break
		}
		if begun(e.term, done) {
			continue
		}
		if c := w.like(string(e.term)); c != unlike {
			e.term = nil
			*list = append(*list, match{e, c})
		}
	}
	return t.err
}

func begun(term []byte, beginnings []string) bool {
	for _, b := range beginnings {
		if compareBeginning(term, b) == 0 {
			return true
		}
	}
	return false
}

// compareBeginning compares as much of a term as the beginning is long.
func compareBeginning(term []byte, beginning string) int {
	return strings.Compare(string(term[:min(len(term), len(beginning))]), beginning)
}
