package fulltext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// queryLimit is how many words of a query count; more are passed over.
const queryLimit = 32

// closeness says how a word of the index is like one of the query.
type closeness uint8

const (
	unlike closeness = iota
	typo
	stemmed
	prefix
	exact
)

// Query is what is looked for: words that must all be there. It serves one
// search: [Find] notes in it which words are to be taken for misspelt.
type Query struct{ words []word }

// word is one folded word of a query.
type word struct {
	text     string
	runes    []rune
	letters  bool // of letters alone, in a writing that has words
	forms    []form
	misspelt bool
	begins   [256]bool // the first byte of any word like it
}

// form is the word as one language takes it apart.
type form struct {
	language int
	stem     string
	start    string // what the other forms of the word begin with
}

// Parse cuts what was typed into words. Of two words of which one begins with
// the other, both are looked for.
func Parse(s string) *Query {
	q := &Query{}
	seen := map[string]bool{}
	behind := 0 // the end of the last number taken whole: its parts come again from behind each joint
	newTokenizer().words(s, func(w []byte, start, end int) {
		part := end == behind
		behind = end
		if text := string(w); !part && !seen[text] && len(q.words) < queryLimit {
			seen[text] = true
			q.words = append(q.words, newWord(text))
		}
	})
	return q
}

func newWord(text string) word {
	w := word{text: text, runes: []rune(text)}
	w.letters = lettersOnly(w.runes)
	if w.letters && len(w.runes) >= leastStem {
		w.forms = forms(text)
	}
	w.begins[text[0]] = true
	for _, f := range w.forms {
		w.begins[f.start[0]] = true
	}
	if typosIn(len(w.runes)) > 0 { // the first two may be swapped
		w.begins[string(w.runes[1])[0]] = true
	}
	return w
}

func lettersOnly(word []rune) bool {
	for _, r := range word {
		if !unicode.IsLetter(r) || unspaced(r) {
			return false
		}
	}
	return true
}

func forms(text string) []form {
	var list []form
	for language := range stemmers {
		s := stem(language, text)
		if utf8.RuneCountInString(s) < leastStem {
			continue
		}
		list = append(list, form{language, s, s[:startOf(s)]})
	}
	return list
}

// startOf cuts the last letter off a stem, which a language may write in two
// ways ("allergy", "allergies"), but leaves three.
func startOf(stem string) int {
	_, n := utf8.DecodeLastRuneInString(stem)
	if utf8.RuneCountInString(stem) <= leastStem {
		return len(stem)
	}
	return len(stem) - n
}

// Empty says that there is no word in the query: it finds nothing.
func (q *Query) Empty() bool { return len(q.words) == 0 }

// Len is how many words the query has.
func (q *Query) Len() int { return len(q.words) }

// Words gives each word of the query as a query of its own.
func (q *Query) Words() []*Query {
	list := make([]*Query, len(q.words))
	for i := range q.words {
		list[i] = &Query{words: q.words[i : i+1 : i+1]}
	}
	return list
}

// Misspelt has a word of one of [Query.Words] matched by words that are spelt
// nearly like it, too, and says whether that is new.
func (q *Query) Misspelt() bool {
	was := q.words[0].misspelt
	q.words[0].misspelt = true
	return !was
}

// like compares a word of the query with a word of a text.
func (w *word) like(text string) closeness {
	switch {
	case text == w.text:
		return exact
	case strings.HasPrefix(text, w.text):
		return prefix
	case w.stemmedLike(text):
		return stemmed
	case w.misspelt && w.typedLike(text):
		return typo
	}
	return unlike
}

func (w *word) stemmedLike(text string) bool {
	for _, f := range w.forms {
		if strings.HasPrefix(text, f.start) && utf8.ValidString(text) && stem(f.language, text) == f.stem {
			return true
		}
	}
	return false
}

func (w *word) typedLike(text string) bool {
	limit := typosIn(len(w.runes))
	if !w.letters || limit == 0 || len(text) > len(w.text)+utf8.UTFMax*limit || utf8.RuneCountInString(text) < len(w.runes)-limit {
		return false
	}
	var buf [wordLimit]rune
	runes := buf[:0]
	for _, r := range text {
		if !unicode.IsLetter(r) || len(runes) == cap(runes) {
			return false
		}
		runes = append(runes, r)
	}
	return near(w.runes, runes, limit)
}

// Span is a stretch of bytes of a text.
type Span struct{ Start, End int }

// Spans gives the words of a text that the query matches, in order and apart
// from each other, and which words of the query are among them: one bit each.
func (q *Query) Spans(text string) (spans []Span, words uint32) {
	newTokenizer().words(text, func(b []byte, start, end int) {
		found := false
		for i := range q.words {
			if q.words[i].begins[b[0]] && q.words[i].like(string(b)) != unlike {
				words |= 1 << i
				found = true
			}
		}
		if found {
			spans = append(spans, Span{start, end})
		}
	})
	return joined(spans), words
}

// joined makes one of spans that overlap.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	list := spans[:0]
	for _, s := range spans {
		if n := len(list); n > 0 && s.Start <= list[n-1].End {
			list[n-1].End = max(list[n-1].End, s.End)
			continue
		}
		list = append(list, s)
	}
	return list
}
