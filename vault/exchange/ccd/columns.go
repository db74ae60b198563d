package ccd

import (
	"fmt"
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

// The columns of each section. Every row says its status, its date with the month
// in words, and who stands behind it (CLINICAL-SAFETY hazards 37 and 49).
var (
	plainColumns    = columns{{"What", title}, {"Details", result}, {"Status", status}, {"Date", date}, {"Source", source}}
	allergyColumns  = columns{{"Substance", title}, {"Reaction", result}, {"Criticality", criticality}, {"Status", status}, {"Date", date}, {"Source", source}}
	medicineColumns = columns{{"Medicine", title}, {"How it is taken", result}, {"Status", status}, {"Stated as", statedAs}, {"Date", date}, {"Source", source}}
	resultColumns   = columns{{"Test", title}, {"Result", result}, {"Flag from the source", flag}, {"Reference range", normal}, {"Status", status}, {"Date", date}, {"Source", source}}
	vaccineColumns  = columns{{"Vaccine", title}, {"Dose", result}, {"Attention", flag}, {"Status", status}, {"Date", date}, {"Source", source}}
	relativeColumns = columns{{"Relative", title}, {"Problems of this relative", result}, {"Status", status}, {"Date", date}, {"Source", source}}
	documentColumns = columns{{"Document", title}, {"Kind", category}, {"Status", status}, {"Date", date}, {"Source", source}}
)

func title(l clinic.Line) string    { return l.Title }
func flag(l clinic.Line) string     { return l.Interpretation }
func normal(l clinic.Line) string   { return l.Range }
func category(l clinic.Line) string { return l.Category }

func result(l clinic.Line) string {
	if o, ok := l.Resource.(*record.Observation); ok && o.Absent {
		return ""
	}
	return l.Result()
}

func criticality(l clinic.Line) string {
	if a, ok := l.Resource.(*record.AllergyIntolerance); ok {
		return strings.TrimSpace(a.Criticality)
	}
	return ""
}

// status is the source's own word, and "not stated" where it has none.
func status(l clinic.Line) string {
	s := nonEmpty(l.Status, "not stated")
	if m, ok := l.Resource.(*record.MedicationStatement); ok && m.Intent != "" && m.Intent != "order" {
		s += ", intent: " + m.Intent
	}
	return s
}

// date is the clinical time; a date of recording or release never stands in for
// it unsaid (CLINICAL-SAFETY hazard 38).
func date(l clinic.Line) string {
	s := l.When.Human()
	if s == "" {
		return "date unknown" + released(l)
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

func released(l clinic.Line) string {
	var d record.Date
	switch x := l.Resource.(type) {
	case *record.Observation:
		d = x.Issued
	case *record.DiagnosticReport:
		d = x.Issued
	}
	if s := d.Human(); s != "" {
		return " (released " + s + ")"
	}
	return ""
}

var originTitles = map[record.MedicationOrigin]string{
	record.Statement: "taken", record.Request: "prescribed", record.Dispense: "handed out", record.Administration: "given",
}

func statedAs(l clinic.Line) string {
	if m, ok := l.Resource.(*record.MedicationStatement); ok {
		return originTitles[m.Origin]
	}
	return ""
}

// source says where a record came from: who recorded it, in which system, and in
// how many files it was seen.
func source(l clinic.Line) string {
	src := l.Source()
	var parts []string
	for _, s := range []string{src.Author, src.System} {
		if s != "" && (len(parts) == 0 || parts[0] != s) {
			parts = append(parts, s)
		}
	}
	switch {
	case byPatient(l.Record):
		parts = append(parts, record.ByPatient.Words())
	case src.Asserter == record.ByDevice:
		parts = append(parts, record.ByDevice.Words())
	case len(parts) == 0:
		parts = append(parts, src.Asserter.Words())
	}
	seen := map[record.Hash]bool{}
	for _, p := range l.Provenance {
		if p.Original != "" {
			seen[p.Original] = true
		}
	}
	if len(seen) > 1 {
		parts = append(parts, fmt.Sprintf("seen in %d files", len(seen)))
	}
	if o := l.Overlay; o != nil && o.Disputed {
		parts = append(parts, "disputed by the patient")
	}
	return strings.Join(parts, ", ")
}

// byPatient says whether the patient, or someone at home, entered it.
func byPatient(rec record.Record) bool {
	if len(rec.Provenance) == 0 {
		return false
	}
	p := rec.Source()
	return p.Asserter == record.ByPatient || p.Original == "" && p.Asserter == ""
}
