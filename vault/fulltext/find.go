package fulltext

import (
	"context"
	"slices"
)

// What a likeness counts for.
var closenessWeight = [...]float32{exact: 1, prefix: 0.8, stemmed: 0.7, typo: 0.5}

// saturation is the k1 of BM25: how soon more of the same word counts no more.
const saturation = 1.2

// search is one call of Find.
type search struct {
	ctx      context.Context // of that call
	segments []*Segment
	about    []*about
	accept   [][]bool // by segment and group; nil: all
	found    [][]hit  // by segment: what holds all words so far
	first    bool     // no word was looked for yet
}

// Find looks for the documents that hold every word of the query and whose
// group accept takes (nil: all). A word that no such document holds, however
// inflected or begun, is taken for misspelt.
//
// The rank of a document depends on itself and the query alone: how rare a word
// is says nothing where every document found holds every word, and would let
// stale documents, and those of other groups, change the order.
func Find(ctx context.Context, segments []*Segment, q *Query, accept func(group string) bool) (*Found, error) {
	s := search{ctx: ctx, segments: segments, found: make([][]hit, len(segments)), first: true}
	if q.Empty() {
		return &Found{}, nil
	}
	if err := s.prepare(accept); err != nil {
		return nil, err
	}
	for i := range q.words {
		ok, err := s.word(&q.words[i])
		if err != nil {
			return nil, err
		}
		if !ok {
			return &Found{}, nil
		}
	}
	return &Found{segments: segments, about: s.about, hits: s.found}, nil
}

func (s *search) prepare(accept func(group string) bool) error {
	for _, segment := range s.segments {
		a, err := segment.aboutAll()
		if err != nil {
			return err
		}
		s.about = append(s.about, a)
		var taken []bool
		if accept != nil {
			for _, g := range segment.groups {
				taken = append(taken, accept(g))
			}
		}
		s.accept = append(s.accept, taken)
	}
	return nil
}

// word narrows what was found to the documents that hold one more word; false
// where none does.
func (s *search) word(w *word) (bool, error) {
	scores, docs, err := s.scores(w)
	if err == nil && docs == 0 && !w.misspelt && w.letters && typosIn(len(w.runes)) > 0 {
		s.drop(scores)
		w.misspelt = true
		scores, _, err = s.scores(w)
	}
	defer s.drop(scores)
	if err != nil {
		return false, err
	}
	left := 0
	for i := range s.segments {
		s.found[i] = scores[i].narrow(s.found[i], s.first)
		left += len(s.found[i])
	}
	s.first = false
	return left > 0, nil
}

// scored is what one word is worth in each document of a segment.
type scored struct {
	by      []float32 // by document, most of them 0
	touched []uint32  // the documents that are not, in no order
}

// drop gives the memory back for the next word.
func (s *search) drop(list []*scored) {
	for i, sc := range list {
		for _, d := range sc.touched {
			sc.by[d] = 0
		}
		sc.touched = sc.touched[:0]
		s.segments[i].scratch.Put(sc)
	}
}

// narrow keeps of the hits those that the word is in, too.
func (sc *scored) narrow(hits []hit, first bool) []hit {
	if first {
		slices.Sort(sc.touched)
		hits = make([]hit, len(sc.touched))
		for i, d := range sc.touched {
			hits[i] = hit{d, sc.by[d]}
		}
		return hits
	}
	kept := hits[:0]
	for _, h := range hits {
		if by := sc.by[h.doc]; by > 0 {
			kept = append(kept, hit{h.doc, h.score + by})
		}
	}
	return kept
}

// scores looks a word up in all segments and counts the documents that hold it.
func (s *search) scores(w *word) (list []*scored, docs int, err error) {
	for i, segment := range s.segments {
		if err := s.ctx.Err(); err != nil {
			return list, 0, err
		}
		sc, ok := segment.scratch.Get().(*scored)
		if !ok {
			sc = &scored{by: make([]float32, segment.docs)}
		}
		list = append(list, sc)
		matches, err := segment.matches(w)
		if err != nil {
			return list, 0, err
		}
		for _, m := range matches {
			if err := s.add(i, sc, m); err != nil {
				return list, 0, err
			}
		}
		docs += len(sc.touched)
	}
	return list, docs, nil
}

// add takes the documents of one term in; where several terms are like the
// word the best one counts.
func (s *search) add(segment int, sc *scored, m match) error {
	r, err := s.segments[segment].reader(m.entry)
	if err != nil {
		return err
	}
	a, accept := s.about[segment], s.accept[segment]
	var weight, size byte
	score := worth(m.closeness, weight, size)
	for {
		doc, w, ok := r.next()
		if !ok {
			return r.err()
		}
		if accept != nil && !accept[a.groups[doc]] {
			continue
		}
		if z := a.sizes[doc]; w != weight || z != size { // mostly they are as they were
			weight, size = w, z
			score = worth(m.closeness, weight, size)
		}
		if old := sc.by[doc]; old == 0 {
			sc.touched = append(sc.touched, doc)
			sc.by[doc] = score
		} else if score > old {
			sc.by[doc] = score
		}
	}
}

// worth is what a word counts for in a document of a size, by BM25.
func worth(c closeness, weight, size byte) float32 {
	tf := float32(max(weight, 1))
	return closenessWeight[c] * tf * (saturation + 1) / (tf + saturation*float32(int(1)<<size))
}
