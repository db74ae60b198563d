package vault

import (
	"context"
	"sort"

	"github.com/carnet-phr/carnet/vault/record"
)

// Hit is one record that [Vault.Search] found.
type Hit struct {
	Record  record.Record
	Snippet string // the words around the first match, as the record has them
	Score   float64
}

// What a word counts for by where it was found.
const (
	titleScore = 8
	codeScore  = 4
	textScore  = 1
)

// Search gives the records in which every word of the query begins some word of
// the title, the codes, the details or the patient's note, without regard to
// case and accents; best first, at most limit (0: all). Words without a letter
// or digit find nothing. Nothing of it is kept on the disk.
func (v *Vault) Search(ctx context.Context, words string, limit int) ([]Hit, error) {
	query := queryWords(words)
	if len(query) == 0 {
		return nil, ctx.Err()
	}
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	s := search{v: v, r: r, query: query}
	err = v.eachRecord(r, func(_ place, id record.ID, plain []byte) error {
		s.waiting = append(s.waiting, packedRecord{id, plain})
		if len(s.waiting) < searchStretch {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return s.look()
	})
	if err == nil {
		err = s.look()
	}
	if err != nil {
		return nil, err
	}
	sort.SliceStable(s.hits, func(i, j int) bool { return s.hits[i].before(s.hits[j]) })
	if limit > 0 && len(s.hits) > limit {
		s.hits = s.hits[:limit]
	}
	return s.hits, nil
}

// before orders by score, then newest first, then by ID.
func (h Hit) before(o Hit) bool {
	if h.Score != o.Score {
		return h.Score > o.Score
	}
	a, b := sortTime(h.Record), sortTime(o.Record)
	if a != b {
		return a < b
	}
	return h.Record.ID < o.Record.ID
}

// searchStretch is how many records are looked at together.
const searchStretch = 512

type packedRecord struct {
	id    record.ID
	plain []byte
}

// search is one call of Search.
type search struct {
	v       *Vault
	r       *read
	query   []string
	waiting []packedRecord
	hits    []Hit
}

// look searches the records that wait, on a few goroutines.
func (s *search) look() error {
	found := make([]*Hit, len(s.waiting))
	errs := make([]error, len(s.waiting))
	parallel(len(s.waiting), func(i int) {
		rec, _, err := s.v.unpackRecord(s.r, s.waiting[i].id, s.waiting[i].plain)
		if errs[i] = err; err == nil {
			found[i] = match(rec, s.query)
		}
	})
	s.waiting = s.waiting[:0]
	for i, h := range found {
		if errs[i] != nil {
			return errs[i]
		}
		if h != nil {
			s.hits = append(s.hits, *h)
		}
	}
	return nil
}

// match scores one record; nil when a word is not in it.
func match(r record.Record, query []string) *Hit {
	hit := Hit{Record: r}
	summary := r.Resource.Summary()
	title := fold(summary.Title)
	var codes, details []string // folded when the first word asks for them
	var rows []record.Row
	for _, word := range query {
		if findPrefix(title, word) >= 0 {
			hit.found(titleScore, summary.Title, word)
			continue
		}
		if codes == nil {
			codes = foldCodes(summary.Codes)
		}
		if i := findIn(codes, word); i >= 0 {
			hit.found(codeScore, summary.Codes[i].Code+" "+summary.Codes[i].Display, word)
			continue
		}
		if details == nil {
			rows = searchRows(r)
			details = foldRows(rows)
		}
		i := findIn(details, word)
		if i < 0 {
			return nil
		}
		hit.found(textScore, rows[i].Value, word)
	}
	return &hit
}

func (h *Hit) found(score float64, text, word string) {
	h.Score += score
	if h.Snippet == "" {
		h.Snippet = snippet(text, word)
	}
}

func findIn(folded []string, word string) int {
	for i, s := range folded {
		if findPrefix(s, word) >= 0 {
			return i
		}
	}
	return -1
}

func foldCodes(codes []record.Coding) []string {
	folded := make([]string, len(codes))
	for i, c := range codes {
		folded[i] = fold(c.Code + " " + c.Display)
	}
	return folded
}

// searchRows are the details, and what the patient and the source add.
func searchRows(r record.Record) []record.Row {
	rows := r.Resource.Details()
	if r.Overlay != nil {
		rows = append(rows, record.Row{Label: "Your note", Value: r.Overlay.Note})
	}
	for _, p := range r.Provenance {
		rows = append(rows, record.Row{Label: "Source", Value: p.Author}, record.Row{Label: "Source", Value: p.System})
	}
	return rows
}

func foldRows(rows []record.Row) []string {
	folded := make([]string, len(rows))
	for i, r := range rows {
		folded[i] = fold(r.Value)
	}
	return folded
}
