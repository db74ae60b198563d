package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// column is one column of a section's table.
type column struct {
	name string
	cell func(clinic.Line) string
}

type columns []column

func (cs columns) names() []string {
	var out []string
	for _, c := range cs {
		out = append(out, c.name)
	}
	return out
}

func (cs columns) row(l clinic.Line) []string {
	var out []string
	for _, c := range cs {
		out = append(out, c.cell(l))
	}
	return out
}

// The columns of each section. Every row says its status, its date with the
// month in words, and who stands behind it.
var (
	plainColumns     = columns{{"What", title}, {"Details", result}, {"Status", status}, {"Date", date}, {"Source", source}}
	allergyColumns   = columns{{"Substance", title}, {"Reaction", result}, {"Criticality", criticality}, {"Status", status}, {"Date", date}, {"Source", source}}
	medicineColumns  = columns{{"Medicine", title}, {"How it is taken", result}, {"Status", status}, {"Stated as", stated}, {"Date", date}, {"Source", source}}
	resultColumns    = columns{{"Test", title}, {"Result", result}, {"Flag from the source", flag}, {"Reference range", normal}, {"Status", status}, {"Date", date}, {"Source", source}}
	vaccineColumns   = columns{{"Vaccine", title}, {"Dose", result}, {"Attention", flag}, {"Status", status}, {"Date", date}, {"Source", source}}
	relativeColumns  = columns{{"Relative", title}, {"Problems of this relative", result}, {"Status", status}, {"Date", date}, {"Source", source}}
	documentsColumns = columns{{"Document", title}, {"Kind", category}, {"Status", status}, {"Date", date}, {"Source", source}}
)

func title(l clinic.Line) string {
	if n := l.Entries(); n > 1 {
		return l.Title + " (stated " + count(n, "time", "times") + " in the same words)"
	}
	return l.Title
}

func result(l clinic.Line) string {
	if o, ok := l.Resource.(*record.Observation); ok && o.Absent {
		return ""
	}
	return l.Result()
}

func flag(l clinic.Line) string     { return l.Interpretation }
func normal(l clinic.Line) string   { return l.Range }
func category(l clinic.Line) string { return l.Category }

func source(l clinic.Line) string {
	s := sourceWords(l.Record)
	o := l.Overlay
	switch {
	case o == nil:
		return s
	case o.Disputed && o.Reason != "":
		s += "; disputed by the patient: " + o.Reason
	case o.Disputed:
		s += "; disputed by the patient"
	case o.Accepted:
		s += "; confirmed by the patient"
	}
	if o.Note != "" {
		s += "; the patient's note: " + o.Note
	}
	return s
}

// status is the source's own word, and "not stated" where it has none.
func status(l clinic.Line) string {
	s := nonEmpty(l.Status, "not stated")
	if m, ok := l.Resource.(*record.MedicationStatement); ok && m.Intent != "" && m.Intent != "order" {
		s += ", intent: " + m.Intent
	}
	return s
}

// date is the clinical time; a date of release never stands in for it
// (hazard 38).
func date(l clinic.Line) string {
	s := l.When.Human()
	if s == "" {
		s = "date unknown"
		switch x := l.Resource.(type) {
		case *record.Observation:
			s += released(x.Issued)
		case *record.DiagnosticReport:
			s += released(x.Issued)
		}
		return s
	}
	switch x := l.Resource.(type) {
	case *record.MedicationStatement:
		if as := x.DateAsserted.Human(); as != "" && as != s {
			s += "; as of " + as
		}
	case *record.AllergyIntolerance:
		if x.Onset.Empty() {
			s = "recorded " + s
		}
	case *record.Condition:
		if x.Onset.Empty() && x.Abatement.Empty() {
			s = "recorded " + s
		}
	case *record.Immunization:
		if x.Occurrence.Empty() {
			s = "recorded " + s
		}
	}
	return s
}

func released(d record.Date) string {
	if s := d.Human(); s != "" {
		return " (released " + s + ")"
	}
	return ""
}

func criticality(l clinic.Line) string {
	a, ok := l.Resource.(*record.AllergyIntolerance)
	if !ok {
		return ""
	}
	return strings.TrimSpace(a.Criticality)
}

var originTitles = map[record.MedicationOrigin]string{
	record.Statement: "taken", record.Request: "prescribed", record.Dispense: "handed out", record.Administration: "given",
}

func stated(l clinic.Line) string {
	if m, ok := l.Resource.(*record.MedicationStatement); ok {
		return originTitles[m.Origin]
	}
	return ""
}
