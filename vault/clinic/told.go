package clinic

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Told is what a document says of a subject in the words of a section alone:
// nothing of it stands in a list, and a reader of lists would miss it
// (CLINICAL-SAFETY hazard 40).
type Told struct {
	Document Line
	Title    string // of the section
	Text     string // the section's narrative in plain lines
	Entries  int    // coded entries that the section has, of which none could be listed
}

// tellers are the LOINC codes of the sections that speak of a subject, and the
// word in the title of a section without a code.
type teller struct {
	codes []string
	word  string
}

var (
	tellAllergies = teller{[]string{"48765-2"}, "allerg"}
	tellMedicines = teller{[]string{"10160-0", "42346-7", "10183-2", "75311-1"}, "medication"}
	tellProblems  = teller{[]string{"11450-4"}, "problem"}
	tellVaccines  = teller{[]string{"11369-6"}, "immuni"}
	tellOperated  = teller{[]string{"47519-4"}, "procedure"}
)

// of gives the sections of the documents that speak of the subject in words
// alone: those without entries, and, where nothing at all is listed, those whose
// entries gave nothing or that give a reason for being empty. The same words are
// told once.
func (t teller) of(documents Group, listed bool) []Told {
	var out []Told
	seen := map[string]bool{}
	for _, l := range append(append([]Line(nil), documents.Current...), documents.Uncertain...) {
		d, ok := l.Resource.(*record.DocumentReference)
		if !ok {
			continue
		}
		for _, s := range d.Section {
			text := strings.Join(strings.Fields(s.Text.Plain()), " ")
			if !t.speaks(s) || listed && (s.Entries > 0 || s.EmptyReason != "") || text == "" && s.Entries == 0 || seen[text] {
				continue
			}
			seen[text] = true
			out = append(out, Told{Document: l, Title: s.Title, Text: text, Entries: s.Entries})
		}
	}
	return out
}

func (t teller) speaks(s record.Section) bool {
	if s.Code.Empty() {
		return strings.Contains(strings.ToLower(s.Title), t.word)
	}
	for _, c := range t.codes {
		if s.Code.Has(record.LOINC, c) {
			return true
		}
	}
	return false
}

// Limits on what a banner quotes; the notes hold the whole.
const (
	toldSections = 3   // sections
	toldLength   = 240 // characters of each
)

// ToldWords is the sentence about what is told in words alone; "" for nothing.
func ToldWords(told []Told) string {
	if len(told) == 0 {
		return ""
	}
	var parts []string
	for i, t := range told {
		if i == toldSections {
			parts = append(parts, fmt.Sprintf("and %d more", len(told)-toldSections))
			break
		}
		parts = append(parts, t.String())
	}
	return "Not in a list, only inside a document: " + strings.Join(parts, "; ") + "."
}

// String is one line about it: where it stands and what it says.
func (t Told) String() string {
	s := "“" + t.Document.Title + "”"
	if at := t.Document.When.Start.Day().Human(); at != "" {
		s += " of " + at
	}
	if t.Title != "" {
		s += ", " + t.Title
	}
	if t.Text == "" && t.Entries == 1 {
		return s + ": 1 entry that could not be read"
	}
	if t.Text == "" {
		return fmt.Sprintf("%s: %d entries that could not be read", s, t.Entries)
	}
	text := []rune(t.Text)
	if len(text) > toldLength {
		text = append(text[:toldLength:toldLength], []rune(" … (goes on there)")...)
	}
	return s + ": “" + string(text) + "”"
}

// and joins the sentences of a banner.
func and(sentences ...string) string {
	var out []string
	for _, s := range sentences {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// tell fills in what documents say in words alone.
func (s *Summary) tell() {
	a, m, p := &s.Allergies, &s.Medicines, &s.Problems
	a.Told = tellAllergies.of(s.Documents, len(a.Listed())+len(a.Past)+len(a.NotSo)+len(a.Held)+len(a.Intended)+len(a.NoneKnown) > 0)
	m.Told = tellMedicines.of(s.Documents, m.Len()+len(m.NoneKnown) > 0)
	p.Told = tellProblems.of(s.Documents, p.Len()+len(p.NoneKnown) > 0)
	s.Told = append(tellVaccines.of(s.Documents, s.Immunizations.Len() > 0), tellOperated.of(s.Documents, s.Procedures.Len() > 0)...)
	if len(a.Listed()) == 0 && len(a.NoneKnown) > 0 && len(a.Told) == 0 {
		a.Told = undenied(tellAllergies.of(s.Documents, false))
	}
}

// denyingWords are how a text says that there is no allergy; one of them anywhere
// is enough not to call a contradiction.
var denyingWords = []string{"no ", "not ", "none", "nka", "nkda", "denie", "deny", "negative", "unknown", "without", "never"}

// undenied are the sections whose text denies nothing, although the entries
// beside it do.
func undenied(told []Told) []Told {
	var out []Told
next:
	for _, t := range told {
		words := strings.ToLower(t.Text) + " "
		for _, w := range denyingWords {
			if strings.Contains(words, w) {
				continue next
			}
		}
		if t.Text != "" {
			out = append(out, t)
		}
	}
	return out
}
