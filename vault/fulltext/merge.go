package fulltext

import "bytes"

// dropped stands for a document that a merge leaves out.
const dropped = ^uint32(0)

// Merge writes several segments as one, block by block in the order in which
// [Open] wants them, without the documents that keep refuses. The segments keep
// their order, and stay as they are.
func Merge(segments []*Segment, keep func(segment int, d Doc) (bool, error), emit func(block []byte) error) error {
	m := merger{w: newWriter(emit)}
	for i, s := range segments {
		if err := m.docs(s, func(d Doc) (bool, error) { return keep(i, d) }); err != nil {
			return err
		}
		h := &head{s: s, terms: s.from("")}
		if err := h.advance(); err != nil {
			return err
		}
		m.heads = append(m.heads, h)
	}
	for {
		term, ok := m.least()
		if !ok {
			return m.w.finish()
		}
		if err := m.term(term); err != nil {
			return err
		}
	}
}

// merger is one call of Merge.
type merger struct {
	w     *writer
	heads []*head
	maps  [][]uint32 // by segment: the new number of each document
	p     postings
}

// head is where a segment's dictionary has been read to.
type head struct {
	s     *Segment
	terms *terms
	e     entry
	more  bool
}

func (h *head) advance() error {
	h.more = h.terms.next(&h.e)
	return h.terms.err
}

func (m *merger) docs(s *Segment, keep func(Doc) (bool, error)) error {
	numbers := make([]uint32, 0, s.docs)
	err := s.eachDoc(func(_ uint32, d Doc, size byte) error {
		ok, err := keep(d)
		if err != nil || !ok {
			numbers = append(numbers, dropped)
			return err
		}
		numbers = append(numbers, m.w.docs)
		return m.w.doc(d, size)
	})
	m.maps = append(m.maps, numbers)
	return err
}

// least is the first term of those that come next.
func (m *merger) least() ([]byte, bool) {
	var term []byte
	found := false
	for _, h := range m.heads {
		if h.more && (!found || bytes.Compare(h.e.term, term) < 0) {
			term, found = h.e.term, true
		}
	}
	return bytes.Clone(term), found
}

func (m *merger) term(term []byte) error {
	m.p.reset()
	for i, h := range m.heads {
		if !h.more || !bytes.Equal(h.e.term, term) {
			continue
		}
		r, err := h.s.reader(h.e)
		if err != nil {
			return err
		}
		for {
			doc, weight, ok := r.next()
			if !ok {
				break
			}
			if d := m.maps[i][doc]; d != dropped {
				m.p.add(d, weight)
			}
		}
		if r.bad {
			return ErrCorrupt
		}
		if err := h.advance(); err != nil {
			return err
		}
	}
	if len(m.p.docs) == 0 {
		return nil
	}
	return m.w.term(string(term), &m.p)
}
