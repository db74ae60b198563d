package fulltext

import "slices"

// Candidate is a document that holds all words, as far as the index knows.
type Candidate struct {
	Score   float64
	segment int
	doc     uint32
	time    uint64
}

// before orders by score, then by time; of equals the one added last comes
// first.
func (c *Candidate) before(o *Candidate) bool {
	switch {
	case c.Score != o.Score:
		return c.Score > o.Score
	case c.time != o.time:
		return c.time < o.time
	case c.segment != o.segment:
		return c.segment > o.segment
	}
	return c.doc > o.doc
}

func (c *Candidate) compare(o *Candidate) int {
	if c.before(o) {
		return -1
	}
	return 1
}

// Found is what a search found, best first.
type Found struct {
	segments []*Segment
	about    []*about
	hits     [][]hit     // by segment
	ready    []Candidate // the best of those not handed out yet, in order
	given    int
	last     Candidate // the last one handed out
}

// hit is a document and its score.
type hit struct {
	doc   uint32
	score float32
}

// Doc gives the document of a candidate.
func (f *Found) Doc(c Candidate) (Doc, error) { return f.segments[c.segment].docAt(c.doc) }

// Len is how many candidates are left.
func (f *Found) Len() int {
	n := -f.given
	for _, hits := range f.hits {
		n += len(hits)
	}
	return n
}

// Next gives the n best candidates of those that are left.
func (f *Found) Next(n int) []Candidate {
	n = min(n, f.Len())
	if n > len(f.ready) {
		f.ready = f.best(max(n, 4*f.given)) // each pass yields more, so that few are needed
	}
	next := f.ready[:n:n]
	f.ready = f.ready[n:]
	if f.given += n; n > 0 {
		f.last = next[n-1]
	}
	return next
}

// best gives the n best of those not handed out yet.
func (f *Found) best(n int) []Candidate {
	h := heap{limit: n}
	for i, hits := range f.hits {
		times := f.about[i].times
		for _, x := range hits {
			score := float64(x.score)
			if h.full() && score < h.list[0].Score || f.given > 0 && score > f.last.Score {
				continue
			}
			c := Candidate{score, i, x.doc, times[x.doc]}
			if f.given > 0 && !f.last.before(&c) {
				continue
			}
			h.offer(c)
		}
	}
	slices.SortFunc(h.list, func(a, b Candidate) int { return a.compare(&b) })
	return h.list
}

// heap keeps the best of what it is offered, the worst of them on top.
type heap struct {
	list  []Candidate
	limit int
}

func (h *heap) full() bool { return len(h.list) == h.limit }

func (h *heap) offer(c Candidate) {
	if !h.full() {
		h.list = append(h.list, c)
		for i := len(h.list) - 1; i > 0; {
			up := (i - 1) / 2
			if !h.list[up].before(&h.list[i]) {
				return
			}
			h.list[i], h.list[up] = h.list[up], h.list[i]
			i = up
		}
		return
	}
	if !c.before(&h.list[0]) {
		return
	}
	h.list[0] = c
	for i := 0; ; {
		worst := i
		for _, down := range [2]int{2*i + 1, 2*i + 2} {
			if down < len(h.list) && h.list[worst].before(&h.list[down]) {
				worst = down
			}
		}
		if worst == i {
			return
		}
		h.list[i], h.list[worst] = h.list[worst], h.list[i]
		i = worst
	}
}
