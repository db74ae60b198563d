package exchange

import (
	"hash/maphash"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// gist stands for what two records must have in common to state the same fact:
// records with another gist need not be compared.
type gist uint64

func (rc *reconciler) gist(r record.Record) gist {
	s := r.Resource.Summary()
	return gist(maphash.Comparable(rc.seed, struct {
		kind                       record.Kind
		title, status, value, unit string
		when                       record.When
	}{r.Resource.Kind(), s.Title, s.Status, s.Value, s.Unit, s.When}))
}

// shelf holds the records that share one key. Files are met that give all their
// entries one identifier: finding those alike must not mean looking at each.
type shelf struct {
	list  []*held
	by    map[gist][]*held // once the list is long
	mixed bool             // they come from more than one source
}

// Limits of one comparison, in records.
const (
	shelfScanned = 8  // a shorter shelf is looked through
	alikeLimit   = 16 // more than that many records of one key and gist are not told apart
)

func (s *shelf) add(h *held) {
	if slices.Contains(s.alike(h.gist), h) {
		return
	}
	s.mixed = s.mixed || len(s.list) > 0 && s.list[0].source != h.source
	s.list = append(s.list, h)
	switch {
	case s.by != nil:
		s.by[h.gist] = append(s.by[h.gist], h)
	case len(s.list) > shelfScanned:
		s.by = map[gist][]*held{}
		for _, h := range s.list {
			s.by[h.gist] = append(s.by[h.gist], h)
		}
	}
}

// alike are the records that may state the same fact.
func (s *shelf) alike(g gist) []*held {
	if s.by != nil {
		list := s.by[g]
		return list[:min(len(list), alikeLimit)]
	}
	n := 0
	for _, h := range s.list {
		if h.gist == g {
			n++
		}
	}
	if n == len(s.list) {
		return s.list
	}
	list := make([]*held, 0, n)
	for _, h := range s.list {
		if h.gist == g {
			list = append(list, h)
		}
	}
	return list
}

// others says whether a record of another source is among them.
func (s *shelf) others(source int) bool { return s.mixed || s.list[0].source != source }
