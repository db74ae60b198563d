package fulltext

import (
	"encoding/binary"
	"errors"
	"slices"
	"sort"
	"sync"
)

// ErrCorrupt says that a block does not hold what it should: the index is to
// be built again.
var ErrCorrupt = errors.New("fulltext: the index does not read")

// Blocks are the blocks of one segment, numbered from 0. They are asked for by
// several goroutines, and nobody changes what is given.
type Blocks interface {
	Len() int
	Block(n int) ([]byte, error)
}

// Segment is a part of an index.
type Segment struct {
	blocks  Blocks
	docs    uint32
	groups  []string
	doc1    []uint32 // numbers of the blocks
	doc2    []uint32
	dict    []uint32
	posting []uint32
	starts  []start // of the blocks of the dictionary

	mu      sync.Mutex
	about   *about
	scratch sync.Pool // of *scored, all zero
}

// about is what ranking needs to know of every document.
type about struct {
	times  []uint64
	groups []uint32
	sizes  []byte
}

// Open takes a segment that was written earlier. It reads the last block alone.
func Open(b Blocks) (*Segment, error) {
	if b.Len() == 0 {
		return nil, ErrCorrupt
	}
	head, err := b.Block(b.Len() - 1)
	if err != nil {
		return nil, err
	}
	s := &Segment{blocks: b}
	r := cutter{b: head}
	if v := r.byte(); v != headVersion {
		return nil, ErrCorrupt
	}
	s.docs = r.uint32()
	for range r.count() {
		s.groups = append(s.groups, string(r.bytes(r.uint32())))
	}
	for _, list := range []*[]uint32{&s.doc1, &s.doc2, &s.posting, &s.dict} {
		*list = r.numbers(uint32(b.Len() - 1))
	}
	s.readStarts(&r)
	if r.bad || len(r.b) != 0 || !s.fits() {
		return nil, ErrCorrupt
	}
	return s, nil
}

func (s *Segment) readStarts(r *cutter) {
	offset := uint64(0)
	for range s.dict {
		term := string(r.bytes(uint32(r.byte())))
		offset += r.uint64()
		s.starts = append(s.starts, start{term, offset})
	}
}

// fits says whether there are as many blocks as the documents need.
func (s *Segment) fits() bool {
	per := func(n int) int { return (int(s.docs) + n - 1) / n }
	ordered := slices.IsSortedFunc(s.starts, func(a, b start) int {
		if a.term < b.term {
			return -1
		}
		return 1
	})
	return len(s.doc1) == per(docsPerBlock) && len(s.doc2) == per(timesPer) && ordered
}

// Len is how many documents the segment has, stale ones too.
func (s *Segment) Len() int { return int(s.docs) }

// aboutAll reads what ranking needs, once.
func (s *Segment) aboutAll() (*about, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.about != nil {
		return s.about, nil
	}
	a := &about{}
	for i, n := range s.doc2 {
		b, err := s.blocks.Block(int(n))
		if err != nil {
			return nil, err
		}
		want := min(timesPer, int(s.docs)-i*timesPer)
		if err := a.read(b, want, len(s.groups)); err != nil {
			return nil, err
		}
	}
	s.about = a
	return a, nil
}

func (a *about) read(b []byte, want, groups int) error {
	r := cutter{b: b}
	time := uint64(0)
	for range want {
		step := r.int64()
		time += uint64(step)
		g, size := r.uint32(), r.byte()
		if r.bad || int(g) >= groups || size > sizeLimit {
			return ErrCorrupt
		}
		a.times = append(a.times, time)
		a.groups = append(a.groups, g)
		a.sizes = append(a.sizes, size)
	}
	return nil
}

// docAt gives one document.
func (s *Segment) docAt(n uint32) (Doc, error) {
	a, err := s.aboutAll()
	if err != nil {
		return Doc{}, err
	}
	b, err := s.blocks.Block(int(s.doc1[n/docsPerBlock]))
	if err != nil {
		return Doc{}, err
	}
	r := cutter{b: b}
	for range n % docsPerBlock {
		r.bytes(uint32(r.byte()) + PrintSize)
	}
	return s.cutDoc(&r, a, n)
}

func (s *Segment) cutDoc(r *cutter, a *about, n uint32) (Doc, error) {
	d := Doc{ID: string(r.bytes(uint32(r.byte()))), Group: s.groups[a.groups[n]], Time: a.times[n]}
	copy(d.Print[:], r.bytes(PrintSize))
	if r.bad {
		return Doc{}, ErrCorrupt
	}
	return d, nil
}

// Docs calls f with every document in order, until it gives an error.
func (s *Segment) Docs(f func(Doc) error) error {
	return s.eachDoc(func(_ uint32, d Doc, _ byte) error { return f(d) })
}

func (s *Segment) eachDoc(f func(n uint32, d Doc, size byte) error) error {
	a, err := s.aboutAll()
	if err != nil {
		return err
	}
	var r cutter
	for n := range s.docs {
		if n%docsPerBlock == 0 {
			b, err := s.blocks.Block(int(s.doc1[n/docsPerBlock]))
			if err != nil {
				return err
			}
			r = cutter{b: b}
		}
		d, err := s.cutDoc(&r, a, n)
		if err == nil {
			err = f(n, d, a.sizes[n])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// data gives a stretch of the postings.
func (s *Segment) data(offset uint64, size uint32) ([]byte, error) {
	if offset > uint64(len(s.posting))*postingSize || uint64(size) > uint64(len(s.posting))*postingSize-offset {
		return nil, ErrCorrupt
	}
	var joined []byte
	for left := int(size); left > 0; {
		b, err := s.blocks.Block(int(s.posting[offset/postingSize]))
		if err != nil {
			return nil, err
		}
		at := int(offset % postingSize)
		n := min(left, postingSize-at)
		if at+n > len(b) {
			return nil, ErrCorrupt
		}
		if n == int(size) {
			return b[at : at+n], nil
		}
		joined = append(joined, b[at:at+n]...)
		offset += uint64(n)
		left -= n
	}
	return joined, nil
}

// blockOf is the block of the dictionary in which a term is, if it is in any.
func (s *Segment) blockOf(term string) int {
	return max(0, sort.Search(len(s.starts), func(i int) bool { return s.starts[i].term > term })-1)
}

// cutter cuts a block into its parts. After a failure all it gives is zero and
// bad is set.
type cutter struct {
	b   []byte
	bad bool
}

func (c *cutter) bytes(n uint32) []byte {
	if uint64(n) > uint64(len(c.b)) {
		c.fail()
		return nil
	}
	part := c.b[:n]
	c.b = c.b[n:]
	return part
}

func (c *cutter) fail() { c.b, c.bad = nil, true }

func (c *cutter) byte() byte {
	if b := c.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (c *cutter) uint64() uint64 {
	v, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *cutter) int64() int64 {
	v, n := binary.Varint(c.b)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *cutter) uint32() uint32 {
	v := c.uint64()
	if v > 1<<32-1 {
		c.fail()
		return 0
	}
	return uint32(v)
}

// count is a number of things of which each takes a byte at least.
func (c *cutter) count() uint32 {
	n := c.uint32()
	if uint64(n) > uint64(len(c.b)) {
		c.fail()
		return 0
	}
	return n
}

// numbers are those of blocks: ascending and below a limit.
func (c *cutter) numbers(limit uint32) []uint32 {
	n := c.count()
	list := make([]uint32, 0, n)
	at := uint32(0)
	for i := range n {
		step := c.uint32()
		if i > 0 && step == 0 || step >= limit || at >= limit-step {
			c.fail()
			return nil
		}
		at += step
		list = append(list, at)
	}
	return list
}
