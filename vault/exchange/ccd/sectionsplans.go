package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// codes is a set of words.
func codes(list string) map[string]bool {
	m := map[string]bool{}
	for _, c := range strings.Fields(list) {
		m[c] = true
	}
	return m
}

// plans holds what is planned and what the patient wants to ask: care plans, and medicines and vaccines that nobody
// says were taken or given (hazard 14). A plan whose status nobody stated, or that
// is over, is told in words: C-CDA has no status for it.
func (w *writer) plans() *section {
	g := w.split(record.KindCarePlan)
	medicines, vaccines := w.summary.Medicines.Intended, w.summary.Immunizations.Intended
	questions := w.summary.Asked().Questions
	s := group(plansHeading, plainColumns, g,
		part{title: "Questions of the patient for the visit (not coded here)", units: each(questions.Current, questions.Uncertain)},
		part{units: each(g.Current), entry: planned},
		part{title: "Planned or proposed", units: each(g.Intended), entry: planned},
		part{title: "The source does not say whether this still holds (not coded here)", units: each(g.Uncertain)}, denied(g),
		part{title: "Planned medicines", units: each(medicines), entry: alone((*statement).plannedMedicine)},
		part{title: "Planned vaccines", units: each(vaccines), entry: alone((*statement).plannedVaccine)},
		part{title: "Planned visits (not coded here)", units: each(w.summary.Encounters.Intended)})
	if n := len(questions.Past); n > 0 {
		s.last = append(s.last, "Not listed here: "+count(n, "question", "questions")+" that the patient calls answered.")
		s.flavor = ""
	}
	return s
}

func planned(unit []*statement) []*element { return unit[0].plans() }

// split gives the plans of one kind.
func (w *writer) split(k record.Kind) clinic.Group {
	only := func(lines []clinic.Line) []clinic.Line {
		var out []clinic.Line
		for _, l := range lines {
			if l.Resource.Kind() == k {
				out = append(out, l)
			}
		}
		return out
	}
	p := w.summary.Plans
	return clinic.Group{Current: only(p.Current), Uncertain: only(p.Uncertain), Intended: only(p.Intended), Past: only(p.Past), NotSo: only(p.NotSo), Held: only(p.Held)}
}

// goals has a section where there are any. A goal is active there or in words.
func (w *writer) goals() []*section {
	g := w.split(record.KindGoal)
	s := group(goalsHeading, plainColumns, g, part{units: each(g.Current), entry: alone((*statement).goal)},
		part{title: "Proposed, or of a status that is not stated (not coded here)", units: each(g.Intended, g.Uncertain)}, denied(g))
	if s.blank() {
		return nil
	}
	return []*section{s}
}

// directiveCodes are the LOINC codes of documents that state a patient's will.
var directiveCodes = codes("42348-3 42349-1 64298-3 81334-5 81351-9 75320-2 92664-0 86533-7")

// documents are notes and files; a patient's will has its own section.
func (w *writer) documents() []*section {
	g := w.summary.Documents
	var will, rest []clinic.Line
	for _, l := range both(g) {
		if doc, ok := l.Resource.(*record.DocumentReference); ok && directiveCodes[doc.Type.Code(record.LOINC)] {
			will = append(will, l)
		} else {
			rest = append(rest, l)
		}
	}
	directives := group(directivesHeading, documentColumns, clinic.Group{}, part{units: each(will), entry: alone((*statement).note)})
	g.Current, g.Uncertain = nil, nil
	notes := group(documentsHeading, documentColumns, g, part{units: each(rest), entry: alone((*statement).note)},
		part{title: "Reports in words", units: each(w.reports), entry: alone((*statement).reportNote)},
		part{title: "Replaced by a later one, or past (not coded here)", units: each(g.Past)})
	if notes.blank() {
		return []*section{directives}
	}
	return []*section{directives, notes}
}
