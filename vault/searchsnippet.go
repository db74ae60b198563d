package vault

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
)

// Mark is a stretch of bytes of a [Hit]'s Snippet: a word that matched.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

const (
	snippetLength = 120 // characters
	snippetBefore = 30  // of them before the first match
)

// snippetOf gives the words around the first match in the text that holds the
// most words of the query, as the record has them, with white space evened out.
func snippetOf(q *fulltext.Query, r record.Record) (string, []Mark) {
	title := r.Resource.Summary().Title
	if spans, words := q.Spans(title); bits.OnesCount32(words) == q.Len() {
		return cutSnippet(title, spans) // as it mostly is, and without the details
	}
	var best string
	var spans []fulltext.Span
	most := 0
	for _, t := range searchTexts(r) {
		found, words := q.Spans(t.Text)
		if n := bits.OnesCount32(words); n > most {
			best, spans, most = t.Text, found, n
		}
		if most == q.Len() {
			break
		}
	}
	if most == 0 {
		return "", nil
	}
	return cutSnippet(best, spans)
}

// cutSnippet cuts a text around the first of its spans.
func cutSnippet(text string, spans []fulltext.Span) (string, []Mark) {
	from, to := around(text, spans[0].Start)
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	var marks []Mark
	space := true // what follows white space, or the beginning, needs no more of it
	for i, r := range text[from:to] {
		at := from + i
		for len(spans) > 0 && at >= spans[0].End {
			spans = spans[1:]
		}
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		start := b.Len()
		b.WriteString(text[at : at+runeSize(text[at:])])
		if len(spans) == 0 || at < spans[0].Start {
			continue
		}
		if n := len(marks); n > 0 && at > spans[0].Start {
			marks[n-1].End = b.Len()
		} else {
			marks = append(marks, Mark{start, b.Len()})
		}
	}
	s := strings.TrimRight(b.String(), " ")
	if to < len(text) && strings.TrimSpace(text[to:]) != "" {
		s += "…"
	}
	return s, marks
}

// runeSize is the length of the first character; one that is not UTF-8 is a
// byte.
func runeSize(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// around gives the stretch of a text that a snippet shows.
func around(text string, match int) (from, to int) {
	from = match
	for range snippetBefore {
		_, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
	}
	to = from
	left := snippetLength
	for ; left > 0 && to < len(text); left-- {
		to += runeSize(text[to:])
	}
	for ; left > 0 && from > 0; left-- { // near the end there is room before
		_, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
	}
	return from, to
}
