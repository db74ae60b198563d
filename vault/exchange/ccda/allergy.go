package ccda

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// allergyTypes give FHIR type and category of the value of an Allergy
// Observation (ConceptMaps CF-AllergyIntoleranceType and -Category).
var allergyTypes = map[string]struct{ typ, category string }{
	"416098002": {"allergy", "medication"}, "59037007": {"intolerance", "medication"}, "419511003": {"", "medication"},
	"414285001": {"allergy", "food"}, "235719002": {"intolerance", "food"}, "418471000": {"", "food"},
	"419199007": {"allergy", ""}, "232347008": {"allergy", "environment"}, "426232007": {"allergy", "environment"},
}

// allergy reads an Allergy - Intolerance Observation
// (2.16.840.1.113883.10.20.22.4.7). negationInd denies it: never an allergen
// (CLINICAL-SAFETY hazards 4 and 6).
func (r *reader) allergy(p place, st *node) {
	a := &record.AllergyIntolerance{
		Absent:       p.absent || negated(st),
		TypeConcept:  r.concept(child(st, "value")),
		Code:         r.allergen(st),
		RecordedDate: r.recorded(p, st), Recorder: r.recorder(p, st),
	}
	for _, c := range a.TypeConcept.Coding {
		if t, ok := allergyTypes[c.Code]; ok {
			a.Type = t.typ
			if t.category != "" {
				a.Category = []string{t.category}
			}
			break
		}
	}
	if code := intolerance(st); code != "" {
		r.intoleranceType(a, code, child(st, "code"))
	}
	a.Onset, a.Abatement = r.course(child(st, "effectiveTime"))
	a.ClinicalStatus = r.clinical(p, st)
	if p.nullified(st) {
		a.VerificationStatus, a.ClinicalStatus = "entered-in-error", ""
	} else if !a.Abatement.Empty() {
		a.ClinicalStatus = r.afterEnd(p, st, a.ClinicalStatus, a.Abatement)
	}
	r.reactions(a, st)
	r.allergySeverity(a, p, st)
	a.Note = append(a.Note, r.notes(st, func(typ string, s *node) bool {
		return isDetail(s) || isReaction(typ, s) || isCriticality(s)
	})...)
	a.Note = append(a.Note, p.concern.remarks()...)
	p.section.tally(a)
	r.add(p, st, a)
}

// intoleranceType takes the type from the observation's own code, as IHE PCC and
// the documents built on it have it; the value then names what the patient is
// allergic to.
func (r *reader) intoleranceType(a *record.AllergyIntolerance, code string, n *node) {
	t := intoleranceTypes[code]
	if a.Type == "" {
		a.Type = t.typ
	}
	if len(a.Category) == 0 && t.category != "" {
		a.Category = []string{t.category}
	}
	if code != "OINT" || a.TypeConcept.Empty() || sameCodes(a.TypeConcept, a.Code) {
		a.TypeConcept = r.concept(n)
	}
}

func sameCodes(a, b record.Concept) bool { return slices.Equal(a.Coding, b.Coding) }

// allergen is the substance: the playing entity of the consumable participant.
// Without one, a value that is itself a substance or a "no known" statement is
// the code.
func (r *reader) allergen(st *node) record.Concept {
	for part := range children(st, "participant") {
		e := child(part, "participantRole", "playingEntity")
		if e == nil {
			continue
		}
		c := r.concept(child(e, "code"))
		if name := oneLine(content(child(e, "name"))); name != "" && (c.Words() == "" || len(c.Coding) == 0) {
			c.Text = name // C32 senders write "coded name not available" beside a nullFlavor and the name here
		}
		if !c.Empty() {
			return c
		}
	}
	v := child(st, "value")
	c := r.concept(v)
	for _, k := range c.Coding {
		if _, generic := allergyTypes[k.Code]; generic || k.Code == "420134006" || k.Code == "418038007" || k.System == v3ActCode {
			return record.Concept{}
		}
	}
	return c
}

func isReaction(typ string, s *node) bool {
	return s.Local == "observation" && (typ == "MFST" || hasTemplate(s, entryTemplateRoot+"9"))
}

// reactions reads the Reaction Observations (22.4.9) with their own severity.
func (r *reader) reactions(a *record.AllergyIntolerance, st *node) {
	for typ, s := range related(st) {
		if !isReaction(typ, s) {
			continue
		}
		re := record.Reaction{Severity: r.severity(s), Onset: r.interval(child(s, "effectiveTime"))}
		if c := r.named(child(s, "value"), s); !c.Empty() {
			re.Manifestation = []record.Concept{c}
		}
		re.Note = r.notes(s, func(_ string, x *node) bool { return isSeverity(x) })
		if negated(s) {
			a.Note = append(a.Note, "reaction not seen: "+re.String())
			continue
		}
		if re.String() != "" || !re.Onset.Empty() {
			a.Reaction = append(a.Reaction, re)
		}
	}
}

// allergySeverity takes a severity of the whole allergy, as documents before
// R2.0 have it, to its one reaction; it never becomes a criticality
// (CLINICAL-SAFETY hazard 41).
func (r *reader) allergySeverity(a *record.AllergyIntolerance, p place, st *node) {
	for _, s := range related(st) {
		if isCriticality(s) {
			v := child(s, "value")
			a.Criticality = criticalities[attr(v, "code")]
			if a.Criticality == "" {
				a.Criticality = r.concept(v).String()
			}
		}
	}
	w := r.severity(st)
	if w == "" && p.concern != nil {
		w = p.concern.severity
	}
	switch {
	case w == "":
	case len(a.Reaction) == 1 && a.Reaction[0].Severity == "":
		a.Reaction[0].Severity = w
	case len(a.Reaction) == 1 && a.Reaction[0].Severity == w:
	default:
		a.Note = append(a.Note, record.SeverityNote+w)
	}
}

// isCriticality knows a Criticality Observation (22.4.145, LOINC 82606-5).
func isCriticality(st *node) bool {
	return st.Local == "observation" && (isCode(child(st, "code"), "82606-5") || hasTemplate(st, entryTemplateRoot+"145"))
}
