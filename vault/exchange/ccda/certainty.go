package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// The qualifiers of a diagnosis in German-speaking countries (Diagnosesicherheit
// and Seitenlokalisation of ICD-10-GM and ICD-10 BMG; eArztbrief, ELGA).
const (
	certaintySystem = "2.16.840.1.113883.3.7.1.8"
	sideSystem      = "2.16.840.1.113883.3.7.1.7"
)

// qualifierWords are the meanings of those letters, for senders that give the
// bare letter.
var qualifierWords = map[string]map[string]string{
	certaintySystem: {"G": "confirmed", "V": "suspected", "Z": "condition after", "A": "ruled out"},
	sideSystem:      {"L": "left", "R": "right", "B": "both sides"},
}

// qualifier is the value of one qualifier in words.
func (r *reader) qualifier(value *node) string {
	if c := r.concept(value); c.Words() != "" {
		return c.String()
	}
	if w := qualifierWords[attr(value, "codeSystem")][attr(value, "code")]; w != "" {
		return w
	}
	return r.concept(value).String()
}

// findingContext is SNOMED CT's attribute for how certain a finding is; package
// ccd writes FHIR's words for it.
const (
	findingContext     = "408729009"
	verificationSystem = "2.16.840.1.113883.4.642.4.1075"
)

// verification reads a certainty in FHIR's words from a qualifier; the words of the
// problem that repeat it go.
func verification(c *record.Condition, value *node) {
	for q := range children(value, "qualifier") {
		v := child(q, "value")
		if !isCode(child(q, "name"), findingContext) || attr(v, "codeSystem") != verificationSystem {
			continue
		}
		c.VerificationStatus = attr(v, "code")
		c.Code.Text = strings.TrimSuffix(c.Code.Text, " ("+c.VerificationStatus+", not confirmed)")
	}
}

// certainty reads how sure a diagnosis is: one that is ruled out is no problem of
// the patient (CLINICAL-SAFETY hazard 2), and "condition after" is over.
func certainty(c *record.Condition, value *node) {
	for q := range children(value, "qualifier") {
		v := child(q, "value")
		if attr(v, "codeSystem") != certaintySystem {
			continue
		}
		switch attr(v, "code") {
		case "A":
			c.VerificationStatus = "refuted"
		case "V":
			c.VerificationStatus = "provisional"
		case "G":
			c.VerificationStatus = "confirmed"
		case "Z":
			if c.Abatement.Empty() {
				c.Abatement.Ended = true
			}
		}
	}
}
