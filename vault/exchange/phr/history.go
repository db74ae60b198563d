package phr

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// symptom reads a symptom with its occurrences, row by row: it is the patient's
// own diary, no diagnosis.
func (r *reader) symptom(v value, at string) {
	o := &record.Other{ResourceType: "Symptom", Title: "Symptom: " + v.TextOf("symptom_name"), Status: status(v), When: r.span(v, "first_occurrence_date", "last_occurrence_date", at)}
	row := func(label, text string) {
		if text != "" {
			o.Row = append(o.Row, record.Row{Label: label, Value: text})
		}
	}
	for _, m := range []struct{ name, label string }{
		{"category", "Category"}, {"is_chronic", "Chronic"}, {"typical_triggers", "Typical triggers"}, {"general_notes", "Notes"}, {"tags", "Tags"},
	} {
		row(m.label, strings.Join(texts(v.Get(m.name)), ", "))
	}
	for _, c := range v.Each("occurrences") {
		row("Occurrence", r.occurrence(c, at))
	}
	r.file(v, at, o)
}

// occurrence is one time that a symptom came, in one line.
func (r *reader) occurrence(v value, at string) string {
	parts := []string{r.date(v.Get("occurrence_date"), at+"/occurrences").Human()}
	for _, m := range []struct{ name, label string }{
		{"severity", ""},
		{"pain_scale", "pain "},
		{"duration", "for "},
		{"time_of_day", ""},
		{"location", "at "},
		{"triggers", "after "},
		{"relief_methods", "relieved by "},
		{"associated_symptoms", "with "},
		{"impact_level", "impact "},
		{"resolution_notes", ""},
		{"notes", ""},
	} {
		if w := strings.Join(texts(v.Get(m.name)), ", "); w != "" {
			parts = append(parts, m.label+w)
		}
	}
	if d := r.date(v.Get("resolved_date"), at+"/occurrences").Human(); d != "" {
		parts = append(parts, "over on "+d)
	}
	return joined(parts...)
}

// relative reads a member of the family with what they had (hazard 31).
func (r *reader) relative(v value, at string) {
	f := &record.FamilyMemberHistory{
		Relationship: words(v, "relationship"), Name: v.TextOf("name"), Sex: v.TextOf("gender"), Born: record.When{Text: v.TextOf("birth_year")}, Note: notes(v, "notes"),
	}
	if d, err := record.ParseDate(f.Born.Text); err == nil {
		f.Born = record.At(d)
	}
	switch year := v.TextOf("death_year"); {
	case year != "":
		f.Deceased = year
	case v.Get("is_deceased").Kind() == 't':
		f.Deceased = "yes"
	case v.Get("is_deceased").Kind() == 'f':
		f.Deceased = "no"
	}
	for _, c := range v.Each("conditions") {
		had := record.FamilyCondition{Code: words(c, "condition_name"), Outcome: words(c, "status"), Note: notes(c, "notes", "severity", "condition_type")}
		if code := c.TextOf("icd10_code"); code != "" {
			had.Code.Coding = []record.Coding{{System: "http://hl7.org/fhir/sid/icd-10", Code: code}}
		}
		if age := c.TextOf("diagnosis_age"); age != "" {
			had.Onset = record.When{Text: "age " + age}
		}
		f.Condition = append(f.Condition, had)
	}
	r.file(v, at, f)
}
