package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// denyingWords are how a narrative says that there is no allergy. One of them
// anywhere is enough not to call a conflict.
var denyingWords = []string{"no ", "not ", "none", "nka", "nkda", "denie", "deny", "negative", "unknown", "without", "never"}

// compareText holds the narrative of an allergy section against its entries
// (CLINICAL-SAFETY hazard 40). Only the two plain contradictions are told:
// entries that know no allergy beside a text that denies nothing, and a text of
// "no known allergies" that names none of the substances the entries list. The
// narrative is kept beside the entries in any case.
func (r *reader) compareText(s *section, text record.Narrative) {
	if s.area != allergyArea || s.denials == 0 && len(s.listed) == 0 {
		return
	}
	if s.denials > 0 && len(s.listed) > 0 {
		r.remark(record.Warning, s.node, "the coded entries of this section say that no allergy is known, and list one all the same; ask which is right")
	}
	words := strings.ToLower(oneLine(text.Plain())) + " "
	if words == " " {
		return
	}
	if s.denials > 0 && len(s.listed) == 0 && !containsAny(words, denyingWords) {
		r.remark(record.Warning, s.node, "the coded entries of this section say that no allergy is known, but its text does not; read the text of the section")
	}
	if len(s.listed) > 0 && containsAny(words, []string{"no known allerg", "no known drug allerg", "no known medication allerg", "nkda "}) {
		for _, name := range s.listed {
			if name != "" && strings.Contains(words, strings.ToLower(name)) {
				return
			}
		}
		r.remark(record.Warning, s.node, "the text of this section says that no allergy is known, but its coded entries list one; read the text of the section")
	}
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
