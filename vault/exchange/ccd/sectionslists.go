package ccd

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// allergies keeps the three states of "none" apart (CLINICAL-SAFETY hazard 5) and
// shows what was ruled out (hazard 3). Where one source denies and another names
// an allergy, the named one wins and the denial is told in words (hazard 9).
func (w *writer) allergies() *section {
	a := w.summary.Allergies
	refuted, withdrawn := named(a.NotSo)
	past, earlier := named(a.Past)
	denials := part{title: "Stated as absent", units: each(a.NoneKnown), entry: alone((*statement).noneKnown)}
	if a.Disagree() {
		denials.entry = nil
	}
	s := &section{heading: allergiesHeading, columns: allergyColumns, parts: []part{
		{units: each(a.Listed()), entry: alone((*statement).allergy)},
		denials,
		{title: "Not known to the source", units: each(a.NoInformation)},
		{title: "Ruled out: NOT an allergy", units: each(refuted), entry: alone((*statement).allergy)},
		{title: "Past", units: each(past), entry: alone((*statement).allergy)},
		{title: "Earlier statements of absence that hold no longer", units: each(withdrawn, earlier)},
	}}
	w.banner(s, a.Banner(), a.Group, a.Empty() && len(a.NoneKnown)+len(a.Told) == 0)
	return s
}

// named tells allergies from statements of absence that were refuted or are past:
// those must never be read as allergens, nor as "none" (hazard 4).
func named(lines []clinic.Line) (allergens, absences []clinic.Line) {
	for _, l := range lines {
		if a, ok := l.Resource.(*record.AllergyIntolerance); ok && a.NoneKnown() != "" {
			absences = append(absences, l)
		} else {
			allergens = append(allergens, l)
		}
	}
	return allergens, absences
}

// medicines lists what is, may be or was taken, handed out or given, with the
// source's own status. What must not be taken, or was not, is told in words, never
// as an entry (hazards 8, 13, 14).
func (w *writer) medicines() *section {
	m := w.summary.Medicines
	current, _ := handed(m.Current)
	uncertain, _ := handed(m.Uncertain)
	past, _ := handed(m.Past)
	none := part{title: "Stated as absent", units: each(m.NoneKnown), entry: alone((*statement).noMedicine)}
	if len(m.Current)+len(m.Uncertain) > 0 {
		none.entry = nil
	}
	s := &section{heading: medicinesHeading, columns: medicineColumns, parts: []part{
		{title: "Current", units: each(current), entry: alone((*statement).medicine)},
		{title: "Status not stated, or not clear", units: each(uncertain), entry: alone((*statement).medicine)},
		none,
		{title: "Not known to the source", units: each(m.NoInformation)},
		{title: "Past, or given", units: each(past), entry: alone((*statement).medicine)},
		{title: "Do NOT take, or not taken (not coded here)", units: each(m.NotSo)},
	}}
	g := m.Group
	g.Current, g.Uncertain, g.Past = current, uncertain, past // the others have a section of their own
	w.banner(s, m.Banner(), g, m.Empty() && len(m.NoneKnown)+len(m.Told) == 0)
	return s
}

// handed tells what was handed out from what is or was taken.
func handed(lines []clinic.Line) (taken, out []clinic.Line) {
	for _, l := range lines {
		if m, ok := l.Resource.(*record.MedicationStatement); ok && m.Origin == record.Dispense {
			out = append(out, l)
		} else {
			taken = append(taken, l)
		}
	}
	return taken, out
}

// handedOut is a section of its own: the medication section of CCD is nothing
// without a medicine that is or was taken.
func (w *writer) handedOut() []*section {
	var lines []clinic.Line
	for _, list := range [][]clinic.Line{w.summary.Medicines.Current, w.summary.Medicines.Uncertain, w.summary.Medicines.Past} {
		_, out := handed(list)
		lines = append(lines, out...)
	}
	if len(lines) == 0 {
		return nil
	}
	return []*section{group(handedHeading, medicineColumns, clinic.Group{}, part{units: each(lines), entry: alone((*statement).medicine)})}
}

// problems lists what is refuted or denied apart, with its negation (hazards 2, 7).
func (w *writer) problems() *section {
	p := w.summary.Problems
	none := part{title: "Stated as absent", units: each(p.NoneKnown), entry: alone((*statement).noProblem)}
	if len(p.Current)+len(p.Uncertain) > 0 {
		none.entry = nil
	}
	var refuted, earlier []clinic.Line
	for _, l := range p.NotSo {
		if c, ok := l.Resource.(*record.Condition); ok && c.NoneKnown() {
			earlier = append(earlier, l)
		} else {
			refuted = append(refuted, l)
		}
	}
	s := &section{heading: problemsHeading, columns: plainColumns, parts: []part{
		{units: each(both(p.Group)), entry: alone((*statement).concernedProblem)},
		none,
		{title: "Not known to the source", units: each(p.NoInformation)},
		{title: "Ruled out or denied: NOT a problem", units: each(refuted), entry: alone((*statement).concernedProblem)},
		{title: "Earlier statements of absence that hold no longer", units: each(earlier)},
	}}
	g := p.Group
	g.Past = nil // they have a section of their own
	w.banner(s, p.Banner(), g, p.Empty() && len(p.NoneKnown)+len(p.Told) == 0)
	return s
}

// past are the problems that are over.
func (w *writer) past() *section {
	return group(pastHeading, plainColumns, clinic.Group{Past: w.summary.Problems.Past}, part{units: each(w.summary.Problems.Past), entry: alone((*statement).problem)})
}

// banner finishes a section that a summary must have. silent says that no record
// speaks of its subject.
func (w *writer) banner(s *section, words string, g clinic.Group, silent bool) {
	s.finish(g)
	if words != "" {
		s.first = append(s.first, words)
	}
	if silent {
		w.silence(s)
	}
}

// silenceFlavors give the nullFlavor of a section for FHIR's reasons of an empty
// one. That none are known is no flavour of CDA: without an entry that says so it
// is told in words.
var silenceFlavors = map[string]string{"notasked": "NASK", "NASK": "NASK", "withheld": "MSK", "MSK": "MSK"}

var silenceWords = map[string]string{
	"NASK": "its author says that it was not asked", "MSK": "its author says that it was withheld", "NI": "its author says that there is no information, which is not the same as none",
}

// silence says why nobody speaks of a subject: as the documents' own empty sections
// say it, else that nobody has said anything.
func (w *writer) silence(s *section) {
	said := map[string]bool{}
	for _, l := range both(w.summary.Documents) {
		doc, ok := l.Resource.(*record.DocumentReference)
		if !ok {
			continue
		}
		for _, part := range doc.Section {
			if part.EmptyReason == "" || !part.Code.Has(record.LOINC, s.code) {
				continue
			}
			f := nonEmpty(silenceFlavors[part.EmptyReason], "NI")
			said[f] = true
			words := silenceWords[f]
			if part.EmptyReason == "nilknown" {
				words = "its author says that none are known"
			}
			s.first = append(s.first, "The document "+l.Title+" ("+nonEmpty(l.When.Human(), "date unknown")+") has nothing in this section: "+words+".")
		}
	}
	s.flavor = "NI"
	if len(said) == 1 && !said["NI"] {
		for f := range said {
			s.flavor = f
		}
	}
}
