package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// denyingWords are how a narrative says that there is nothing of the kind, in the
// languages that documents are met in. One of them anywhere is enough not to call
// a conflict.
var denyingWords = []string{
	"no ", "not ", "none", "nka", "nkda", "denie", "deny", "negative", "unknown", "without", "never",
	"kein", "nicht", "ohne ", "aucun", "pas d", "sans ", "nessun", "non ", "ningun", "sin ", "geen ", "niet ", "nenhum", "sem ", "ingen", "inga ", "brak ", "žádn", "nema", "nincs", "ei ", "δεν", "κανένα",
}

// claim is what the entries of a section and its text may say of having nothing.
type claim struct {
	nothing string   // for people: "no allergy is known"
	one     string   // "one"
	phrases []string // plain statements of it in a text
}

// claims are the kinds of section that are held against their text.
var claims = map[area]claim{
	allergyArea: {"no allergy is known", "an allergy", []string{
		"no known allerg", "no known drug allerg", "no known medication allerg", "nkda ", "keine allergien", "keine bekannten allergien", "aucune allergie connue", "nessuna allergia nota", "sin alergias conocidas", "geen bekende allergie",
	}},
	problemArea: {"no problem is known", "a problem", []string{
		"no known problem", "no active problem", "no current problem", "no problems on file", "no known active problem", "keine bekannten diagnosen", "aucun problème connu",
	}},
	medicationArea: {"no medicine is taken", "a medicine", []string{
		"no known medication", "no current medication", "no active medication", "not taking any medication", "no medications on file", "keine medikamente", "aucun traitement en cours",
	}},
}

// tally remembers what the entries of a section say, to hold it against its text.
func (s *section) tally(res record.Resource) {
	if s == nil {
		return
	}
	switch x := res.(type) {
	case *record.AllergyIntolerance:
		s.count(x.NoneKnown() != "", !x.Denied(), x.Code)
	case *record.Condition:
		s.count(x.NoneKnown(), x.Summary().Standing == record.Current, x.Code)
	case *record.MedicationStatement:
		s.count(x.NoneKnown(), x.Summary().Standing == record.Current, x.Medication)
	}
}

func (s *section) count(none, listed bool, c record.Concept) {
	switch {
	case none:
		s.denials++
	case listed && !c.Empty() && len(s.listed) < listedLimit:
		s.listed = append(s.listed, c.String())
	}
}

// Limits on what is compared.
const (
	listedLimit = 500       // names of one section
	wordsLimit  = 256 << 10 // bytes of its text
)

// compareText holds the narrative of a section against its entries
// (CLINICAL-SAFETY hazard 40). Only plain contradictions are told: entries that
// deny beside a text that denies nothing, and a text that denies and names none
// of what the entries list. The narrative is kept beside the entries in any case.
func (r *reader) compareText(s *section, text record.Narrative) {
	c, ok := claims[s.area]
	if !ok || s.denials == 0 && len(s.listed) == 0 {
		return
	}
	if s.denials > 0 && len(s.listed) > 0 {
		r.remark(record.Warning, s.node, "the coded entries of this section say that "+c.nothing+", and list "+c.one+" all the same; ask which is right")
	}
	plain := text.Plain()
	words := strings.ToLower(oneLine(plain[:min(len(plain), wordsLimit)])) + " "
	if words == " " {
		return
	}
	if s.denials > 0 && len(s.listed) == 0 && !containsAny(words, denyingWords) {
		r.remark(record.Warning, s.node, "the coded entries of this section say that "+c.nothing+", but its text does not; read the text of the section")
	}
	if len(s.listed) > 0 && containsAny(words, c.phrases) && !s.named(words) {
		r.remark(record.Warning, s.node, "the text of this section says that "+c.nothing+", but its coded entries list "+c.one+"; read the text of the section")
	}
}

// named says whether the text names one of the things that the entries list.
func (s *section) named(words string) bool {
	for _, name := range s.listed {
		if strings.Contains(words, strings.ToLower(name)) {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
