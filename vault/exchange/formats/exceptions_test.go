package formats_test

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// exceptions are the ways in which a record may come back otherwise. Each reason
// stands in the documentation of package ips, word for word. In all of them what
// was there stands in words of the record, and what is new is made of its words;
// that no status is strengthened is seen from the standing of each record.
var exceptions = []struct {
	path   string // a regular expression for the whole path
	reason string
	but    waiver
}{
	{`(AllergyIntolerance|Condition|Device|Encounter|FamilyMemberHistory|Goal|ImagingStudy|Immunization|MedicationStatement|Observation|Procedure)\.text`, "the source's own formatted text of an entry stays in its original", lost | invented},
	{`\w+\.text`, "The narrative is made anew", invented},
	{`\w+\.(encounter|result|hasMember|derivedFrom|imagingStudy|panel|reference)(\[\])?(\..*)?`, "References lead to what is in the file; anything else is words alone", lost | invented},
	{`Encounter\.class\.coding.*`, "the class of a visit is one Coding", lost | invented},
	{`DocumentReference\.replaces`, "the ids of documents that a document replaces", lost},
	{`Observation\.component`, "the parts of a result that is denied", lost},
	{`.*\.(code|medication)\.coding\[\]\.(system|code)`, "the IPS code of the same scope stands in", lost},
	{`MedicationStatement\.origin`, "an order not to give it", lost | invented},
	{`Device\.(row|resourceType)`, "FHIR has no negation", invented},
	{`.*\.(hash|size|missing)|\w+\.(content|presentedForm)(\[\].*)?`, "Files are described and named by their SHA-256, not included", lost | invented},
	{`.*\.(status|clinicalStatus|verificationStatus|lifecycleStatus|docStatus|actStatus|intent|absent)`, "the value is \"unknown\" if the value set has it", lost | invented},
	{`.*\.(severity|criticality|category|type|typeConcept|kind)(\[\])?(\..*)?`, "A word that a required value set lacks goes to a note", 0},
	{`.*`, "What FHIR has no element for stands in a note", 0},
}

// waiver is what an exception does not promise.
type waiver int

const (
	lost     waiver = 1 << iota // what was there stands in no words
	invented                    // what is new has other words
)

// glue are the words that the labels of notes, dates and names are made of.
var glue = tokens(strings.ToLower(`as needed for to until since on in at most not given unknown text status the source of an activity also states end ended date
	says does have this NOT known be allergic certainty stated that name Result Procedure Problem Medicine Report Substance Reaction Part Vaccine
	without a title named by reported Seen reaction code negated there words value Written Prescribed Given Information from Amount per fill Days supply Refills allowed
	Form Ingredient Intent Dose Rate At Category Type Severity Criticality Reason period taken To be Device Entry List no-known-allergies no-known-medications no-known-problems medications problems medication allergies seen NO other parts period to-be written asserted
	unit row label this. at least less more than instruction which kind of document says that it was prescribed stopped act is prescribing completed http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips`))

func (w waiver) holds(d difference) bool {
	return (w&lost != 0 || len(unsaid(d.was, d.to, nil)) == 0) && (w&invented != 0 || len(unsaid(d.is, d.from, glue)) == 0)
}

// unsaid are the words of a value that are neither in a text nor among some others.
func unsaid(v any, text string, others map[string]bool) (out []string) {
	known := tokens(text)
	for _, x := range leaves(v) {
		for word := range tokens(x) {
			if !known[word] && !others[strings.ToLower(word)] {
				out = append(out, word)
			}
		}
	}
	return out
}

// tokens are the words and numbers of a text.
func tokens(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n\t,;:()\"/", r) }) {
		out[leading.ReplaceAllString(w, "$1$2")] = true
	}
	return out
}

// leading are zeros and points that JSON writes otherwise: 007, .5 and 5.
var leading = regexp.MustCompile(`^([<>=]*[+-]?)(?:0+)?((?:[0-9]+)?(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)\.?$`)

var spaces = regexp.MustCompile(`\s+`)

// folded is text with each white space as one blank.
func folded(s string) string { return " " + strings.TrimSpace(spaces.ReplaceAllString(s, " ")) + " " }

// leaves are the words of a value: names of codes, texts and numbers; dates as
// they are written for people.
func leaves(v any) []string {
	switch v := v.(type) {
	case string:
		if d, err := record.ParseDate(v); err == nil {
			return []string{d.Human()}
		}
		if strings.Contains(v, "</") || strings.Contains(v, "/>") || strings.Contains(v, "&#") {
			v = record.Narrative(v).Plain()
		}
		if s := strings.TrimSpace(folded(v)); s != "" {
			return []string{s}
		}
	case json.Number:
		return []string{v.String()}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, leaves(x)...)
		}
		return out
	case map[string]any:
		return leavesOf(v)
	}
	return nil
}

// leavesOf are the words of an object: a concept and a quantity are called as
// people read them.
func leavesOf(v map[string]any) (out []string) {
	if _, ok := v["coding"]; ok {
		return []string{as[record.Concept](v).String()}
	}
	if _, ok := v["value"].(string); ok && v["label"] == nil {
		q := as[record.Quantity](v)
		return []string{string(q.Comparator) + q.Value, q.Unit}
	}
	if v["place"] != nil && v["text"] == nil { // a section without text
		return nil
	}
	for k, x := range v {
		switch {
		case k == "code" && v["title"] != nil: // of a section with a title
		case k == "boolean":
			out = append(out, as[record.Value](v).String())
		case k == "system", k == "version", k == "id", k == "local", k == "hash", k == "place", k == "size", k == "entries", k == "emptyReason":
		case k == "code" && v["display"] != nil:
		default:
			out = append(out, leaves(x)...)
		}
	}
	return out
}

// as is a part of a record as what it was.
func as[T any](v any) (out T) {
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(err)
	}
	return out
}

// allWords are the words of a record, and its codes.
func allWords(v any) string { return folded(strings.Join(append(leaves(v), codes(v)...), " ")) }

func codes(v any) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			out = append(out, codes(x)...)
		}
	case map[string]any:
		for k, x := range v {
			if s, ok := x.(string); ok && k == "code" || k == "display" {
				out = append(out, s)
			} else if k == "system" {
				out = append(out, record.SystemName(s))
			}
			out = append(out, codes(x)...)
		}
	}
	return out
}
