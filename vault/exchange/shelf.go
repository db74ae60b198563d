package exchange

import (
	"hash/maphash"
	"iter"

	"github.com/carnet-phr/carnet/vault/record"
)

// shelf holds the statements that share one key. Files are met that give all
// their entries one identifier: finding those alike must not mean looking at
// each.
type shelf struct {
	list []*statement
	by   map[gist][]*statement // once the list is long
}

// Limits of one comparison, in statements.
const (
	shelfScanned = 8  // a shorter shelf is looked through
	alikeLimit   = 16 // more than that many of one key and gist are not told apart
)

// gist stands for what two statements have in common that may be of one fact.
type gist uint64

// fine is of statements in nearly the same words, coarse of all that can agree.
func (s *statement) gists(seed maphash.Seed) (fine, coarse gist) {
	f := s.Fact()
	type rough struct{ value, title string }
	sum := s.Resource.Summary()
	fine = gist(maphash.Comparable(seed, struct {
		title, status, value, unit string
		when                       record.When
	}{sum.Title, sum.Status, sum.Value, sum.Unit, sum.When}))
	return fine, gist(maphash.Comparable(seed, rough{f.Value, string(f.Standing)}))
}

func (sh *shelf) add(s *statement, seed maphash.Seed) {
	sh.list = append(sh.list, s)
	if sh.by == nil && len(sh.list) > shelfScanned {
		sh.by = map[gist][]*statement{}
		for _, t := range sh.list {
			sh.sort(t, seed)
		}
	} else if sh.by != nil {
		sh.sort(s, seed)
	}
}

func (sh *shelf) sort(s *statement, seed maphash.Seed) {
	fine, coarse := s.gists(seed)
	sh.by[fine] = append(sh.by[fine], s)
	if list := sh.by[coarse]; len(list) < alikeLimit {
		sh.by[coarse] = append(list, s)
	}
}

// alike are the statements that may be of the same fact as s, those in nearly
// the same words first.
func (sh *shelf) alike(s *statement, seed maphash.Seed) iter.Seq[*statement] {
	return func(yield func(*statement) bool) {
		if sh.by == nil {
			for _, t := range sh.list {
				if !yield(t) {
					return
				}
			}
			return
		}
		fine, coarse := s.gists(seed)
		first := sh.by[fine]
		for _, t := range first[:min(len(first), alikeLimit)] {
			if !yield(t) {
				return
			}
		}
		for _, t := range sh.by[coarse] {
			if !yield(t) {
				return
			}
		}
	}
}
