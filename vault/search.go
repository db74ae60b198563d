package vault

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// Hit is one record that [Vault.Search] found.
type Hit struct {
	Record  record.Record
	Snippet string // the words around the first match, as the record has them
	Marks   []Mark // the words of the snippet that matched, in order
	Score   float64

	time uint64 // see sortTime
}

// searchTries is how often a search begins again when the index was found to be
// damaged, or was built again, meanwhile.
const searchTries = 5

// errSearchIndex is what a caller sees where the index spoils again and again.
var errSearchIndex = &DamageError{File: searchDir, Text: "the search index cannot be read or built: the disk may be failing; the record itself is not in it"}

// Search gives the records that pass f and hold every word of the query in their
// title, codes, details, documents, the patient's note or their source; best
// first, at most limit (0: all). A word matches one that it begins, or one of
// which it is another form (in English, German, French and Spanish); where no
// record of f's person and kind has such a word, one that is spelt nearly like
// it. Case and accents do not matter. Words without a letter or digit find
// nothing.
//
// It answers for the vault as it was when Search was called, or later, and holds
// up no commit. The first search reads the index, or builds it where it is
// missing, damaged or old; the others wait for that.
func (v *Vault) Search(ctx context.Context, words string, f record.Filter, limit int) ([]Hit, error) {
	if fulltext.Parse(words).Empty() {
		return nil, ctx.Err()
	}
	for range searchTries {
		hits, again, err := v.searchOnce(ctx, words, f, limit)
		if err != nil || !again {
			return hits, err
		}
	}
	return nil, errSearchIndex
}

// searchOnce searches; again says that the index was not up to it.
func (v *Vault) searchOnce(ctx context.Context, words string, f record.Filter, limit int) (hits []Hit, again bool, err error) {
	if err := v.search.wait(ctx); err != nil {
		return nil, false, err
	}
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, false, err
	}
	defer done()
	parts, ok := v.search.parts(r.state.Root.Epoch)
	if !ok {
		return nil, true, nil
	}
	s := seeker{v: v, r: r, ctx: ctx, parts: segmentsOf(parts), query: fulltext.Parse(words), filter: f, limit: limit}
	err = s.run()
	if spoilt(err) {
		v.search.lost(ctx, parts)
		return nil, true, nil
	}
	return s.hits, false, err
}

// seeker is one search over one state of the vault.
type seeker struct {
	v      *Vault
	r      *read
	ctx    context.Context // of the call of Search
	parts  []*fulltext.Segment
	query  *fulltext.Query
	filter record.Filter
	limit  int
	hits   []Hit
	alive  bool // a record was found, even if the filter's code or dates keep it out
}

func (s *seeker) run() error {
	if err := s.collect(); err != nil {
		return err
	}
	if s.alive {
		return nil
	}
	again, err := s.forgive()
	if err != nil || !again {
		return err
	}
	return s.collect()
}

// forgive takes the words that the index knows, but no record holds any more,
// for misspelt; false where there are none.
func (s *seeker) forgive() (again bool, err error) {
	for _, word := range s.query.Words() {
		one := seeker{v: s.v, r: s.r, ctx: s.ctx, parts: s.parts, query: word, filter: record.Filter{Person: s.filter.Person, Kind: s.filter.Kind}, limit: 1}
		if err := one.collect(); err != nil {
			return false, err
		}
		if !one.alive && word.Misspelt() {
			again = true
		}
	}
	return again, nil
}

// searchBatch is how many records are looked at together at most, and at least
// where there are that many.
const (
	searchBatch = 512
	searchLeast = 8
)

// collect holds what the index found against the vault, the best first, until
// there is enough.
func (s *seeker) collect() error {
	found, err := fulltext.Find(s.ctx, s.parts, s.query, searchAccept(s.filter))
	if err != nil {
		return err
	}
	taken := map[record.ID]bool{}
	for found.Len() > 0 && (s.limit <= 0 || len(s.hits) < s.limit) {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		n := searchBatch
		if s.limit > 0 {
			n = min(n, max(searchLeast, s.limit-len(s.hits)))
		}
		if err := s.look(found, found.Next(n), taken); err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.hits, compareHits)
	return nil
}

// look takes those of the candidates that the vault holds as they were indexed.
func (s *seeker) look(found *fulltext.Found, candidates []fulltext.Candidate, taken map[record.ID]bool) error {
	hits := make([]*Hit, len(candidates))
	alive := make([]bool, len(candidates))
	errs := make([]error, len(candidates))
	parallel(len(candidates), func(i int) {
		hits[i], alive[i], errs[i] = s.verify(found, candidates[i])
	})
	for i, h := range hits {
		if errs[i] != nil {
			return errs[i]
		}
		s.alive = s.alive || alive[i]
		if h != nil && !taken[h.Record.ID] && (s.limit <= 0 || len(s.hits) < s.limit) {
			taken[h.Record.ID] = true
			s.hits = append(s.hits, *h)
		}
	}
	return nil
}

// verify reads the record of a candidate; nil where it is gone, has changed or
// does not pass the filter.
func (s *seeker) verify(found *fulltext.Found, c fulltext.Candidate) (h *Hit, alive bool, err error) {
	doc, err := found.Doc(c)
	if err != nil {
		return nil, false, err
	}
	rec, raw, err := s.v.lookup(s.r, record.ID(doc.ID))
	if errors.Is(err, store.ErrAbsent) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if searchPrint(s.v.keys.element(itemRecord, doc.ID, raw)) != doc.Print {
		return nil, false, s.r.Whole() // db/ might be older than it should be
	}
	if !s.filter.Match(rec) {
		return nil, true, nil
	}
	h = &Hit{Record: rec, Score: c.Score, time: doc.Time}
	h.Snippet, h.Marks = snippetOf(s.query, rec)
	return h, true, nil
}

// compareHits orders by score, then newest first, then by ID.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.time, b.time), cmp.Compare(a.Record.ID, b.Record.ID))
}
