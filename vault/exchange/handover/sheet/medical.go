package sheet

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The shapes of allergies, medicines and problems.
var (
	allergyShape = shape{
		columns: []Column{{"Substance", 3}, {"Reaction", 3.5}, {"Criticality", 1.6}, {"Date", 2}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Substance|Criticality|", allergyCells(l)...)
		},
		notSo: "Ruled out or denied",
	}
	medicineShape = shape{
		columns: []Column{{"Medicine", 3}, {"How to take it", 3}, {"As of", 2.3}, {"Prescribed by", 1.9}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Medicine|Prescribed by|", medicineCells(l)...)
		},
		past: "Stopped, completed, handed out or given", notSo: "NOT taken or do NOT take",
	}
	problemShape = shape{
		columns: []Column{{"Problem", 4}, {"Since", 2.4}, {"Status", 2}, {"Stated by", 1.8}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Problem|Stated by|Certainty|Since|", problemCells(l)...)
		},
		notSo: "Ruled out or denied",
	}
)

func allergyCells(l clinic.Line) []string {
	a, ok := l.Resource.(*record.AllergyIntolerance)
	if !ok {
		return []string{l.Title, l.Value, "", date(l.When)}
	}
	when := "date unknown"
	switch {
	case !a.Onset.Empty():
		when = since(a.Onset)
	case a.RecordedDate != "":
		when = "recorded " + a.RecordedDate.Human()
	}
	return []string{l.Title, or(stated(l, value), "reaction not given"), orNotGiven(stated(l, criticality)), when}
}

// stated is what those say who state how it is: where they differ, each side.
func stated(l clinic.Line, of func(clinic.Line) string) string {
	words := clinic.Said(l.Stating(), of)
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return "SOURCES DIFFER: “" + strings.Join(words, "”; “") + "”"
}

func value(l clinic.Line) string { return l.Value }

func criticality(l clinic.Line) string {
	if a, ok := l.Resource.(*record.AllergyIntolerance); ok {
		return a.Criticality
	}
	return ""
}

// since puts a beginning into words.
func since(w record.When) string {
	s := w.Human()
	if s != "" && !w.Over() && !strings.HasPrefix(s, "since ") && w.Start != "" {
		s = "since " + s
	}
	return s
}

func medicineCells(l clinic.Line) []string {
	m, ok := l.Resource.(*record.MedicationStatement)
	if !ok {
		return []string{l.Title, l.Value, date(l.When), NotGiven}
	}
	by := m.Requester
	for _, who := range []string{m.Performer, m.InformationFrom, l.Source().Author} {
		if by == "" {
			by = who
		}
	}
	return []string{l.Title, or(stated(l, value), "instructions not given"), asOf(m), orNotGiven(by)}
}

// asOf is the day on which the statement about a medicine was made, a status is
// true of that day (hazard 13), and the end that was foreseen on it.
func asOf(m *record.MedicationStatement) string {
	if end := m.Effective.End; end != "" && (m.DateAsserted != "" || m.AuthoredOn != "") {
		return assertedOn(m) + ", to end " + end.Day().Human()
	}
	return assertedOn(m)
}

func assertedOn(m *record.MedicationStatement) string {
	switch {
	case m.DateAsserted != "":
		return m.DateAsserted.Day().Human()
	case m.AuthoredOn != "" && m.Origin == record.Request:
		return "written " + m.AuthoredOn.Day().Human()
	case m.AuthoredOn != "":
		return m.AuthoredOn.Day().Human()
	case !m.Effective.Empty():
		return m.Effective.Human()
	}
	return "date unknown"
}

func problemCells(l clinic.Line) []string {
	c, ok := l.Resource.(*record.Condition)
	if !ok {
		return []string{l.Title, date(l.When), l.Status, NotGiven}
	}
	return []string{l.Title, onset(c), or(l.Status, "not stated"), orNotGiven(or(c.Asserter, or(c.Recorder, l.Source().Author)))}
}

// onset is since when a problem is known, never confused with when it was
// written down.
func onset(c *record.Condition) string {
	switch {
	case !c.Onset.Empty() || !c.Abatement.Empty():
		return or(c.When().Human(), "date unknown")
	case c.RecordedDate != "":
		return "recorded " + c.RecordedDate.Human()
	}
	return "date unknown"
}
