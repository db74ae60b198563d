package fulltext

import "encoding/binary"

// A list of postings says in which documents a term is and with what weight:
// first the commonest weight, a byte; then for each document, in order, an
// uvarint: twice the distance to the one before (for the first, the document
// itself), plus 1 where another weight follows in a byte of its own.

// postings is such a list on its way to be written.
type postings struct {
	docs    []uint32
	weights []byte
}

func (p *postings) reset() { p.docs, p.weights = p.docs[:0], p.weights[:0] }

func (p *postings) add(doc uint32, weight byte) {
	p.docs = append(p.docs, doc)
	p.weights = append(p.weights, weight)
}

// encode appends the list to b.
func (p *postings) encode(b []byte) []byte {
	usual := p.usual()
	b = append(b, usual)
	before := uint32(0)
	for i, d := range p.docs {
		step := uint64(d-before) << 1
		before = d
		if p.weights[i] == usual {
			b = binary.AppendUvarint(b, step)
			continue
		}
		b = append(binary.AppendUvarint(b, step|1), p.weights[i])
	}
	return b
}

func (p *postings) usual() byte {
	var counts [256]int
	best := p.weights[0]
	for _, w := range p.weights {
		if counts[w]++; counts[w] > counts[best] {
			best = w
		}
	}
	return best
}

// reader goes through a list.
type reader struct {
	data  []byte
	usual byte
	left  uint32
	doc   uint32
	limit uint32 // documents of the segment
	bad   bool
}

// next gives the next document and weight; false at the end, or where the list
// does not read: then bad is set.
func (r *reader) next() (doc uint32, weight byte, ok bool) {
	if r.left == 0 {
		return 0, 0, false
	}
	r.left--
	var v uint64
	if len(r.data) > 0 && r.data[0] < 0x80 {
		v, r.data = uint64(r.data[0]), r.data[1:]
	} else {
		n := 0
		if v, n = binary.Uvarint(r.data); n <= 0 {
			return r.fail()
		}
		r.data = r.data[n:]
	}
	d := uint64(r.doc) + v>>1
	if d >= uint64(r.limit) {
		return r.fail()
	}
	r.doc = uint32(d)
	if v&1 == 0 {
		return r.doc, r.usual, true
	}
	if len(r.data) == 0 {
		return r.fail()
	}
	weight, r.data = r.data[0], r.data[1:]
	return r.doc, weight, true
}

func (r *reader) fail() (uint32, byte, bool) {
	r.left, r.bad = 0, true
	return 0, 0, false
}

func (r *reader) err() error {
	if r.bad {
		return ErrCorrupt
	}
	return nil
}

func appendUvarint(b []byte, v uint32) []byte { return binary.AppendUvarint(b, uint64(v)) }

// uvarint reads a number of at most 32 bits; n is 0 or less where there is
// none.
func uvarint(b []byte) (v uint32, n int) {
	u, n := binary.Uvarint(b)
	if u > 1<<32-1 {
		return 0, 0
	}
	return uint32(u), n
}
