package exchange

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/record"
)

// Secrets are the words by which a text would tell of what is held back.
type Secrets struct{ phrases []string }

// Bounds of a phrase, in letters: a shorter one tells nothing, a longer one is a
// whole text, of which the start is enough.
const (
	shortestSecret   = 3
	shortestSentence = 24 // of what is no name of the thing itself
	longestSecret    = 120
)

// secretsOf gathers what names the withheld records: title and the display of
// every code, and long sentences in them. A name that a record that leaves has
// too is no secret, one glucose may stay while others go; nor is a sentence that
// one of them tells.
func secretsOf(withheld, leaving []record.Record, person record.Record) Secrets {
	if len(withheld) == 0 {
		return Secrets{}
	}
	public := map[string]bool{}
	var told strings.Builder
	for _, r := range append(slices.Clone(leaving), person) {
		for _, n := range callings(r) {
			public[n] = true
		}
		told.WriteString(folded(Words(r)) + " | ")
	}
	var s Secrets
	for _, r := range withheld {
		for _, n := range callings(r) {
			if !public[n] {
				public[n] = true
				s.phrases = append(s.phrases, n)
			}
		}
		for _, n := range sentences(r) {
			if !public[n] && !strings.Contains(told.String(), n) {
				public[n] = true
				s.phrases = append(s.phrases, n)
			}
		}
	}
	return s
}

// callings are what a record is called, folded.
func callings(r record.Record) []string {
	s := r.Resource.Summary()
	switch r.Resource.(type) {
	case *record.Encounter, *record.DocumentReference, *record.Patient:
		return phrase(nil, s.Title, shortestSentence) // "Office visit" tells nothing, nor does a letter's type
	}
	out := phrase(nil, s.Title, shortestSecret)
	for _, c := range s.Codes {
		out = phrase(out, c.Display, shortestSecret)
	}
	return out
}

// common are the lines of a record that say who, where and of what sort: others
// say the same.
var common = map[string]bool{
	"Code": true, "Type": true, "Category": true, "Status": true, "Setting": true, "Service": true, "Entry": true, "Document": true,
	"Author": true, "Kept by": true, "Recorded by": true, "Performed by": true, "Given by": true, "Prescribed by": true, "Stated by": true,
	"Information from": true, "Visit": true, "Location": true, "Referred by": true, "Read by": true, "Seen by": true,
}

// sentences are what a record says at length, folded.
func sentences(r record.Record) []string {
	var out []string
	for _, row := range r.Resource.Details() {
		if common[row.Label] || !row.When().Empty() {
			continue
		}
		for _, sentence := range strings.FieldsFunc(row.Value, func(c rune) bool { return c == '\n' || c == '.' || c == ';' }) {
			out = phrase(out, sentence, shortestSentence)
		}
	}
	if r.Overlay != nil {
		out = phrase(out, r.Overlay.Note, shortestSentence)
	}
	return out
}

// phrase adds a text, folded, unless it is too short to tell anything.
func phrase(list []string, text string, least int) []string {
	t := folded(text)
	if len([]rune(t)) < least {
		return list
	}
	if len(t) > longestSecret {
		t = t[:longestSecret]
		t = t[:strings.LastIndexByte(t, ' ')+1]
	}
	if t = strings.TrimSpace(t); t != "" {
		list = append(list, t)
	}
	return list
}

// Except are the secrets that none of the records tells: what the patient lets
// leave in them is none any more.
func (s Secrets) Except(records []record.Record) Secrets {
	var told Secrets
	for _, r := range records {
		words := Words(r)
		for _, p := range s.phrases {
			if (Secrets{phrases: []string{p}}).In(words) {
				told.phrases = append(told.phrases, p)
			}
		}
	}
	return Secrets{phrases: slices.DeleteFunc(slices.Clone(s.phrases), func(p string) bool { return slices.Contains(told.phrases, p) })}
}

// Len is the number of phrases.
func (s Secrets) Len() int { return len(s.phrases) }

// In says whether a text tells of what is held back, whatever case, marks and
// line ends it has.
func (s Secrets) In(text string) bool {
	if len(s.phrases) == 0 {
		return false
	}
	t := " " + folded(text) + " "
	return slices.ContainsFunc(s.phrases, func(p string) bool {
		if spaced(p) {
			p = " " + p + " "
		}
		return strings.Contains(t, p)
	})
}

// spaced says that a script parts its words.
func spaced(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}

// folded is a text as words alone: compatible forms, no marks, small letters, one
// space where anything else stood.
func folded(s string) string {
	s = cases.Fold().String(norm.NFKD.String(s))
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// Secrets are the words of what was held back. No format may ask for them: they
// are for the check of what a format wrote.
func (s Selection) Secrets() Secrets { return s.secrets }

// Mentions lists the selected records that tell of what is held back, by their
// own words: a note names the diagnosis that the patient would not hand over.
func (s Selection) Mentions() []record.Record {
	if s.secrets.Len() == 0 {
		return nil
	}
	var out []record.Record
	for _, r := range s.Records {
		if s.secrets.In(Words(r)) {
			out = append(out, r)
		}
	}
	return out
}

// Words is every text of a record.
func Words(r record.Record) string {
	var b strings.Builder
	add := func(words ...string) {
		for _, w := range words {
			b.WriteString(w + "\n")
		}
	}
	s := r.Resource.Summary()
	add(s.Title)
	for _, c := range s.Codes {
		add(c.Display)
	}
	for _, row := range r.Resource.Details() {
		add(row.Value)
	}
	for _, a := range Attachments(r.Resource) {
		add(a.Title, a.Text)
	}
	if d, ok := r.Resource.(*record.DocumentReference); ok {
		for _, part := range d.Section {
			add(part.Title, part.Text.Plain())
		}
	}
	if r.Overlay != nil {
		add(r.Overlay.Note)
	}
	for _, ref := range record.References(r.Resource) {
		add(ref.Display)
	}
	return b.String()
}
