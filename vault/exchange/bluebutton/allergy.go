package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var allergyKeys = layout{
	starts: []string{"allergy name"},
	keys:   []string{"location", "date entered", "reaction", "allergy type", "va drug class", "observed/historical", "date", "severity", "diagnosed", "type", "drug", "treatment", "first episode date", "last episode date", "last updated", "signs and symptoms", "type of allergy", "observed or historical"},
	prose:  []string{"comments", "provider notes"},
}

// allergy reads an allergy. A severity belongs to the reaction, and no
// criticality is made of it (CLINICAL-SAFETY hazard 41).
func (r *reader) allergy(s *section, it *item) {
	a := &record.AllergyIntolerance{Code: words(it.get("allergy name"))}
	kind := it.get("allergy type", "type", "type of allergy")
	a.TypeConcept = words(kind)
	for _, w := range strings.FieldsFunc(strings.ToLower(kind), func(c rune) bool { return c == ',' || c == '/' || c == ' ' }) {
		switch w {
		case "drug", "drugs", "medication":
			a.Category = append(a.Category, "medication")
		case "food", "foods":
			a.Category = append(a.Category, "food")
		case "environment", "environmental":
			a.Category = append(a.Category, "environment")
		}
	}
	a.RecordedDate, _ = it.day("date entered")
	if first := it.get("first episode date"); first != "" {
		a.Onset = at(first)
	}
	a.LastOccurrence, _ = it.day("last episode date")
	reaction := record.Reaction{Manifestation: several(it.get("reaction", "signs and symptoms")), Severity: strings.ToLower(it.get("severity"))}
	if len(reaction.Manifestation) > 0 || reaction.Severity != "" {
		a.Reaction = []record.Reaction{reaction}
	}
	location := it.get("location")
	if comments := it.get("comments"); comments != "" {
		a.Note = append(a.Note, comments)
	}
	a.Note = append(a.Note, it.rest()...)
	r.add(s, it.first, it.last, a, "allergy", author(location))
}
