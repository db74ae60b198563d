package fulltext

import (
	"encoding/binary"
	"errors"
)

// How a segment is cut into blocks.
const (
	docsPerBlock = 512     // documents with ID and print in one block
	timesPer     = 4096    // documents with time, group and size in one block
	dictSize     = 8 << 10 // bytes of terms in one block, about
	postingSize  = 64 << 10
	headVersion  = 1
)

var errLongID = errors.New("fulltext: an id of more than 255 bytes")

// writer writes a segment block by block, the head last. Documents are written
// first, then terms in the order of their bytes.
type writer struct {
	emit    func([]byte) error
	blocks  uint32
	docs    uint32
	terms   uint64
	groups  map[string]uint32
	names   []string
	doc1    section // ids and prints
	doc2    section // times, groups, sizes
	dict    section
	posting section
	starts  []start // of each block of the dictionary
	time    uint64
	last    string // term
	written uint64 // bytes of postings
	buf     []byte
}

// section is one kind of block: the one being filled and the numbers of those
// that were written.
type section struct {
	buf     []byte
	numbers []uint32
}

// start is where a block of the dictionary begins.
type start struct {
	term   string
	offset uint64 // of its first list in the postings
}

func newWriter(emit func([]byte) error) *writer {
	return &writer{emit: emit, groups: map[string]uint32{}}
}

func (w *writer) flush(s *section) error {
	if len(s.buf) == 0 {
		return nil
	}
	s.numbers = append(s.numbers, w.blocks)
	w.blocks++
	err := w.emit(s.buf)
	s.buf = s.buf[:0]
	return err
}

func (w *writer) doc(d Doc, size byte) error {
	if len(d.ID) > 255 {
		return errLongID
	}
	if w.docs%docsPerBlock == 0 {
		if err := w.flush(&w.doc1); err != nil {
			return err
		}
	}
	if w.docs%timesPer == 0 {
		w.time = 0
		if err := w.flush(&w.doc2); err != nil {
			return err
		}
	}
	g, ok := w.groups[d.Group]
	if !ok {
		g = uint32(len(w.names))
		w.groups[d.Group] = g
		w.names = append(w.names, d.Group)
	}
	w.doc1.buf = append(append(append(w.doc1.buf, byte(len(d.ID))), d.ID...), d.Print[:]...)
	w.doc2.buf = binary.AppendVarint(w.doc2.buf, int64(d.Time-w.time))
	w.doc2.buf = append(appendUvarint(w.doc2.buf, g), size)
	w.time = d.Time
	w.docs++
	return nil
}

func (w *writer) term(term string, p *postings) error {
	if w.terms == 0 {
		if err := errors.Join(w.flush(&w.doc1), w.flush(&w.doc2)); err != nil {
			return err
		}
	}
	if len(w.dict.buf) >= dictSize {
		if err := w.flush(&w.dict); err != nil {
			return err
		}
	}
	shared := 0
	if len(w.dict.buf) == 0 {
		w.starts = append(w.starts, start{term, w.written})
	} else {
		for shared < min(len(term), len(w.last)) && term[shared] == w.last[shared] {
			shared++
		}
	}
	b := append(w.dict.buf, byte(shared), byte(len(term)-shared))
	b = append(b, term[shared:]...)
	b = appendUvarint(b, uint32(len(p.docs)))
	w.last = term
	w.terms++
	if len(p.docs) == 1 {
		w.dict.buf = append(appendUvarint(b, p.docs[0]), p.weights[0])
		return nil
	}
	w.buf = p.encode(w.buf[:0])
	w.dict.buf = appendUvarint(b, uint32(len(w.buf)))
	return w.list(w.buf)
}

// list puts a list of postings behind the others.
func (w *writer) list(b []byte) error {
	w.written += uint64(len(b))
	for len(b) > 0 {
		n := min(len(b), postingSize-len(w.posting.buf))
		w.posting.buf = append(w.posting.buf, b[:n]...)
		b = b[n:]
		if len(w.posting.buf) == postingSize {
			if err := w.flush(&w.posting); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish writes what is left and the head.
func (w *writer) finish() error {
	for _, s := range []*section{&w.doc1, &w.doc2, &w.dict, &w.posting} {
		if err := w.flush(s); err != nil {
			return err
		}
	}
	b := []byte{headVersion}
	b = appendUvarint(b, w.docs)
	b = appendUvarint(b, uint32(len(w.names)))
	for _, g := range w.names {
		b = append(appendUvarint(b, uint32(len(g))), g...)
	}
	for _, s := range []*section{&w.doc1, &w.doc2, &w.posting, &w.dict} {
		b = appendUvarint(b, uint32(len(s.numbers)))
		before := uint32(0)
		for _, n := range s.numbers {
			b = appendUvarint(b, n-before)
			before = n
		}
	}
	before := uint64(0)
	for _, s := range w.starts {
		b = append(append(b, byte(len(s.term))), s.term...)
		b = binary.AppendUvarint(b, s.offset-before)
		before = s.offset
	}
	return w.emit(b)
}
