package ips

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// allergies keeps the three states of "none" apart (hazard 5) and shows what
// was ruled out (hazard 3). Where one source denies and another names an
// allergy, the named one wins and the denial is told in words (hazard 9).
func (d *document) allergies() {
	a := d.summary.Allergies
	denials := part{title: "Stated as absent", lines: a.NoneKnown, told: a.Disagree()}
	refuted, withdrawn := named(a.NotSo)
	past, earlier := named(a.Past)
	s := &section{heading: allergiesHeading, columns: allergyColumns, required: true, parts: []part{
		{lines: a.Listed()},
		denials,
		{title: "Not known to the source", lines: a.NoInformation, told: len(a.Listed())+len(a.NoneKnown) > 0},
		{title: "Ruled out: NOT an allergy", lines: refuted},
		{title: "Past", lines: past},
		{title: "Earlier statements of absence that hold no longer", lines: append(withdrawn, earlier...), told: true},
	}}
	if b := a.Banner(); b != "" {
		s.first = []string{b}
	}
	d.require(s, record.KindAllergyIntolerance, a.Group, a.Empty() && len(a.NoneKnown)+len(a.Told) == 0)
}

// named tells allergies from statements of absence that were refuted or are
// past: those must never be read as allergens, nor as "none" (hazard 4).
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

// medicines lists what is taken or may be taken, with the source's own status.
// What must not be taken is told in words, never as an entry (hazards 8, 13, 14).
func (d *document) medicines() {
	m := d.summary.Medicines
	listed := both(m.Group)
	s := &section{heading: medicinesHeading, columns: medicineColumns, required: true, parts: []part{
		{title: headed("Current", m.Current), lines: m.Current},
		{title: headed("Status not stated, or not clear", m.Uncertain), lines: m.Uncertain},
		{title: "Stated as absent", lines: m.NoneKnown, told: len(listed) > 0},
		{title: "Not known to the source", lines: m.NoInformation, told: len(listed)+len(m.NoneKnown) > 0},
		{title: "Do NOT take, or not taken", lines: m.NotSo, told: true},
	}}
	if b := m.Banner(); b != "" {
		s.first = []string{b}
	}
	d.require(s, record.KindMedicationStatement, m.Group, m.Empty() && len(m.NoneKnown)+len(m.Told) == 0)
}

func headed(title string, lines []clinic.Line) string {
	if len(lines) == 0 {
		return ""
	}
	return title
}

// problems never lists what is refuted or denied (hazards 2, 7).
func (d *document) problems() {
	p := d.summary.Problems
	listed := both(p.Group)
	s := &section{heading: problemsHeading, columns: plainColumns, required: true, parts: []part{
		{lines: listed},
		{title: "Stated as absent", lines: p.NoneKnown, told: len(listed) > 0},
		{title: "Not known to the source", lines: p.NoInformation, told: len(listed)+len(p.NoneKnown) > 0},
	}}
	if b := p.Banner(); b != "" {
		s.first = []string{b}
	}
	g := p.Group
	g.Past = nil // they have a section of their own
	d.require(s, record.KindCondition, g, p.Empty() && len(p.NoneKnown)+len(p.Told) == 0)
}

// require finishes a section that a summary must have. silent says that no
// selected record speaks of its subject: where others may, that is told.
func (d *document) require(s *section, kind record.Kind, g clinic.Group, silent bool) {
	lacks := d.w.sel.Lacks(kind)
	if since := d.w.sel.Scope.Since; since != nil && !silent {
		s.first = append([]string{"Only what is new or changed since " + since.On.Human() + "."}, s.first...)
	}
	shown := map[record.ID]bool{}
	for _, p := range s.parts {
		for _, l := range p.lines {
			shown[l.ID] = true
		}
	}
	s.last = append(s.last, notShown(g, shown)...)
	if len(s.records()) == 0 {
		s.empty = emptiness{"unavailable", "There is nothing that can be listed as current. This does not say that there is none."}
		switch {
		case silent && lacks != "":
			s.empty, s.first = emptiness{"unavailable", lacks}, []string{lacks}
		case silent:
			s.empty = d.silence(s)
		}
	}
	d.add(s)
}

// silence says why nobody speaks of a subject: as the documents' own empty
// sections say it, else that nobody has said anything, which is not "none".
func (d *document) silence(s *section) emptiness {
	var found []string
	said := map[string]bool{}
	for _, l := range both(d.summary.Documents) {
		doc, ok := l.Resource.(*record.DocumentReference)
		if !ok {
			continue
		}
		for _, part := range doc.Section {
			if part.EmptyReason == "" || !part.Code.Has(record.LOINC, s.code) {
				continue
			}
			code := reasonCode(part.EmptyReason)
			said[code] = true
			found = append(found, "The document "+l.Title+" ("+nonEmpty(l.When.Human(), "date unknown")+") has nothing in this section: "+reasonWords[code]+".")
		}
	}
	nobody := "Nobody has said anything about this in the files of this record. That does not mean that there is none."
	if len(said) == 0 {
		return emptiness{"unavailable", nobody}
	}
	s.first = found
	for code := range said {
		if len(said) == 1 && code != "unavailable" {
			return emptiness{code, reasonWords[code]}
		}
	}
	s.first = append(s.first, nobody)
	return emptiness{"unavailable", nobody}
}

var reasonWords = map[string]string{
	"nilknown":    "its author says that none are known",
	"notasked":    "its author says that it was not asked",
	"withheld":    "its author says that it was withheld",
	"unavailable": "its author says that there is no information, which is not the same as none",
}

// reasonCode reads the emptyReason of FHIR or the nullFlavor of CDA. NI, "no
// information", is no statement that there is none.
func reasonCode(s string) string {
	switch s {
	case "nilknown":
		return "nilknown"
	case "notasked", "NASK":
		return "notasked"
	case "withheld", "MSK":
		return "withheld"
	}
	return "unavailable"
}
