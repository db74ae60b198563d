package sheet

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// NotGiven stands where the source states nothing.
const NotGiven = "not given"

// row makes a table row of a line. used are the labels of the details that its
// cells already say.
func (b *builder) row(l clinic.Line, used string, cells ...string) Row {
	r := Row{Sources: b.sources.of(l.Records()...), Patient: byPatient(l.Record), Tags: tags(l)}
	for _, c := range cells {
		r.Cells = append(r.Cells, record.Visible(c))
	}
	r.Details = details(l, used, r.Cells)
	return r
}

// byPatient says that nobody but the patient stands behind what is shown.
func byPatient(r record.Record) bool {
	return r.Source().Asserter == record.ByPatient
}

// tags are the words without which a row would be misread.
func tags(l clinic.Line) []string {
	var t []string
	switch l.Standing {
	case record.Held:
		t = append(t, heldBack(l.Held))
	case record.Unstated:
		t = append(t, "status not stated")
	case record.Uncertain:
		t = append(t, "status unclear: the source says “"+l.Status+"”")
	}
	t = append(t, certainty(l)...)
	if n := l.Entries(); n > 1 {
		t = append(t, fmt.Sprintf("stated %d times", n))
	}
	t = append(t, clinic.Said(l.Overlays(), said)...)
	for i := range t {
		t[i] = record.Visible(t[i])
	}
	return t
}

// said is what the patient holds of an entry.
func said(o record.Overlay) string {
	switch {
	case o.Disputed && o.Reason != "":
		return "the patient disputes this: " + o.Reason
	case o.Disputed:
		return "the patient disputes this"
	case o.Accepted:
		return "the patient confirms this"
	}
	return ""
}

// certainty is what else the source says about how sure it is.
func certainty(l clinic.Line) []string {
	switch x := l.Resource.(type) {
	case *record.AllergyIntolerance:
		return doubt(x.VerificationStatus)
	case *record.Condition:
		return doubt(x.VerificationStatus)
	case *record.Immunization:
		if l.Interpretation != "" {
			return []string{l.Interpretation}
		}
	case *record.Observation:
		return unfinished(x.Status)
	case *record.DiagnosticReport:
		return unfinished(x.Status)
	case *record.DocumentReference:
		if x.Status == "superseded" || x.Status == "deprecated" {
			return []string{"superseded by a newer document"}
		}
		return unfinished(x.DocStatus)
	}
	return nil
}

func doubt(verification string) []string {
	switch verification {
	case "", "confirmed":
		return nil
	case "refuted":
		return []string{"ruled out"}
	}
	return []string{verification}
}

func unfinished(status string) []string {
	switch status {
	case "preliminary", "partial", "registered", "corrected", "amended", "appended", "cancelled":
		return []string{status}
	}
	return nil
}

// details are the record's own rows but those that the cells say in the same
// words, then the patient's note.
func details(l clinic.Line, used string, cells []string) []record.Row {
	var rows []record.Row
	for _, r := range l.Resource.Details() {
		if r.Label == "Text" || r.Label == "Intent" && r.Value == "order" || labelIn(used, r.Label) || inCells(record.Visible(r.Value), cells) {
			continue
		}
		rows = append(rows, record.Row{Label: record.Visible(r.Label), Value: record.Visible(r.Value)})
	}
	for _, w := range l.Beside() {
		rows = append(rows, record.Row{Label: "All entries", Value: record.Visible(w)})
	}
	for _, note := range clinic.Said(l.Overlays(), func(o record.Overlay) string { return o.Note }) {
		rows = append(rows, record.Row{Label: "Patient's note", Value: record.Visible(note)})
	}
	return rows
}

// labelIn says whether a list like "|Date|Status|" holds a label.
func labelIn(list, label string) bool {
	return strings.Contains(list, "|"+label+"|")
}

// inCells says that a cell holds the whole value, alone or as one of several. A
// value inside other words is another fact: lot "2" is not said by "2 May 2012".
func inCells(value string, cells []string) bool {
	if len(value) < shortestSaid {
		return false
	}
	for _, c := range cells {
		for part := range strings.SplitSeq(c, "; ") {
			for _, before := range []string{"", "since ", "recorded ", "written "} {
				if part == before+value {
					return true
				}
			}
		}
		if c == value {
			return true
		}
	}
	return false
}

// shortestSaid is the length in bytes below which equal values prove nothing.
const shortestSaid = 4

// date is a time for people, never blank.
func date(w record.When) string {
	if s := w.Human(); s != "" {
		return s
	}
	return "date unknown"
}

func orNotGiven(s string) string {
	if s == "" {
		return NotGiven
	}
	return s
}

func concepts(cs []record.Concept) string {
	var words []string
	for _, c := range cs {
		if s := c.String(); s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(words, ", ")
}

func joined(words ...string) string {
	var s []string
	for _, w := range words {
		if w != "" {
			s = append(s, w)
		}
	}
	return strings.Join(s, ", ")
}

// heldBack says why an entry is held, and by what.
func heldBack(held []string) string {
	what := strings.Join(held, ", ")
	if record.OnlyTest(held) {
		return "held: " + what
	}
	return "held: carries " + what + ", which may change its meaning and is not understood"
}
