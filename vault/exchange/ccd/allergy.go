package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// allergyTypes are the values of Allergy and Intolerance Type
// (2.16.840.1.113883.3.88.12.3221.6.2) by FHIR type and category.
var allergyTypes = map[[2]string]record.Coding{
	{"allergy", "medication"}:     {Code: "416098002", Display: "Allergy to drug"},
	{"intolerance", "medication"}: {Code: "59037007", Display: "Intolerance to drug"},
	{"", "medication"}:            {Code: "419511003", Display: "Propensity to adverse reactions to drug"},
	{"allergy", "food"}:           {Code: "414285001", Display: "Allergy to food"},
	{"intolerance", "food"}:       {Code: "235719002", Display: "Intolerance to food"},
	{"", "food"}:                  {Code: "418471000", Display: "Propensity to adverse reactions to food"},
	{"allergy", "environment"}:    {Code: "426232007", Display: "Environmental allergy"},
	{"allergy", ""}:               {Code: "419199007", Display: "Allergy to substance"},
	{"", ""}:                      {Code: "420134006", Display: "Propensity to adverse reactions"},
	{"", "any"}:                   {Code: "418038007", Display: "Propensity to adverse reactions to substance"},
}

// allergyType is the type as the value set has it; the source's own code and words
// stand beside it.
func allergyType(a *record.AllergyIntolerance) *element {
	for _, k := range a.TypeConcept.Coding {
		for _, t := range allergyTypes {
			if k.Code == t.Code && k.System == record.SNOMED {
				own := record.Concept{Text: a.TypeConcept.Text, Coding: append([]record.Coding{k}, a.TypeConcept.Coding...)}
				return distinct("value", own, "xsi:type", "CD")
			}
		}
	}
	category := ""
	if len(a.Category) == 1 {
		category = a.Category[0]
	}
	k, ok := allergyTypes[[2]string{a.Type, category}]
	if !ok {
		k, ok = allergyTypes[[2]string{a.Type, ""}]
	}
	if !ok {
		k = allergyTypes[[2]string{"", ""}]
	}
	k.System = record.SNOMED
	return distinct("value", record.Concept{Text: a.TypeConcept.Text, Coding: append([]record.Coding{k}, a.TypeConcept.Coding...)}, "xsi:type", "CD")
}

// distinct is concept with every code once.
func distinct(name string, c record.Concept, attrs ...string) *element {
	seen := map[[2]string]bool{}
	var codes []record.Coding
	for _, k := range c.Coding {
		if id := [2]string{k.System, k.Code}; !seen[id] {
			seen[id] = true
			codes = append(codes, k)
		}
	}
	return concept(name, record.Concept{Text: c.Text, Coding: codes}, nil, attrs...)
}

// allergy is an Allergy Concern Act (22.4.30) around an Allergy - Intolerance
// Observation (22.4.7). What is denied or refuted has negationInd (CLINICAL-SAFETY
// hazards 3 and 6).
func (s *statement) allergy() *element {
	a := s.line.Resource.(*record.AllergyIntolerance)
	o := s.allergyObservation(a, a.Absent || a.VerificationStatus == "refuted")
	o.add(allergyType(a), s.author(a.RecordedDate, a.Recorder), substance(conceptOr("code", a.Code, nil)))
	o.add(s.status(a.ClinicalStatus, "!22.4.28|2019-06-20", "CE"))
	for _, r := range a.Reaction {
		o.add(s.reactions(r, "MFST")...)
	}
	o.add(criticalityOf(a.Criticality))
	o.add(s.notes(a.Note)...)
	return s.concern("22.4.30|2015-08-01", s.state(a.ClinicalStatus), a.RecordedDate, o)
}

func (s *statement) allergyObservation(a *record.AllergyIntolerance, negated bool) *element {
	o := el("observation", "classCode", "OBS", "moodCode", "EVN")
	if negated {
		o.set("negationInd", "true")
	}
	return o.add(template("22.4.7|2014-06-09")...).add(s.ids()...).
		add(assertion(), s.text(), statusCode("completed"), course(a.Onset, a.Abatement))
}

// substance is what the patient reacts to.
func substance(code *element) *element {
	return el("participant", "typeCode", "CSM").add(el("participantRole", "classCode", "MANU").add(el("playingEntity", "classCode", "MMAT").add(code)))
}

// absences are the types that a general denial negates, by its scope.
var absences = map[record.NoneKnown][2]string{
	record.NoKnownAllergy: {"allergy", ""}, record.NoKnownDrug: {"allergy", "medication"}, record.NoKnownFood: {"allergy", "food"}, record.NoKnownEnvironmt: {"allergy", "environment"},
}

// noneKnown is a statement that no allergy is known, as C-CDA has it: an allergy
// of that type, negated, to no substance in particular (HL7 C-CDA examples, "No
// Known Allergies"; CLINICAL-SAFETY hazard 4). No allergen is named but latex, of
// which no type exists.
func (s *statement) noneKnown() *element {
	a := s.line.Resource.(*record.AllergyIntolerance)
	scope := scopeOf(a)
	k := allergyTypes[absences[scope]]
	k.System = record.SNOMED
	of := null("code", "NA")
	if words := (&record.AllergyIntolerance{Code: record.Concept{Text: a.Code.Text}}); words.NoneKnown() != "" {
		of.add(txt("originalText", a.Code.Text))
	}
	if scope == record.NoKnownLatex {
		k = allergyTypes[[2]string{"allergy", ""}]
		k.System = record.SNOMED
		of = fixed("code", "111088007", snomedOID, "Latex")
	}
	o := s.allergyObservation(a, true)
	o.add(concept("value", record.Concept{Coding: []record.Coding{k}}, nil, "xsi:type", "CD"), s.author(a.RecordedDate, a.Recorder), substance(of))
	o.add(s.notes(a.Note)...)
	return s.concern("22.4.30|2015-08-01", "active", a.RecordedDate, o)
}

// scopeOf narrows a general denial whose words speak of medicines or food alone:
// "NKDA" does not say that there is no food allergy.
func scopeOf(a *record.AllergyIntolerance) record.NoneKnown {
	none := a.NoneKnown()
	if none != record.NoKnownAllergy {
		return none
	}
	switch s := strings.ToLower(a.Code.Words()); {
	case strings.Contains(s, "drug"), strings.Contains(s, "medication"), strings.Contains(s, "nkda"):
		return record.NoKnownDrug
	case strings.Contains(s, "food"):
		return record.NoKnownFood
	}
	return none
}

var severities = snomed("mild", "255604002", "Mild", "moderate", "6736007", "Moderate", "severe", "24484000", "Severe")

// reactions are Reaction Observations (22.4.9), one for each manifestation.
func (s *statement) reactions(r record.Reaction, kind string) []*element {
	what := r.Manifestation
	if len(what) == 0 {
		if r.Description == "" && r.Severity == "" {
			return nil
		}
		what = []record.Concept{{Text: r.Description}}
	}
	var out []*element
	for _, m := range what {
		o := el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.9|2014-06-09")...).add(s.ids()...).
			add(assertion(), statusCode("completed"), interval("effectiveTime", r.Onset), value(m, nil))
		if r.Severity != "" {
			o.add(relate("SUBJ", severity(r.Severity), "inversionInd", "true"))
		}
		for _, n := range r.Note {
			o.add(s.comment("Note on the reaction", n, nil))
		}
		attrs := []string{"inversionInd", "true"}
		if kind == "CAUS" {
			attrs = nil
		}
		out = append(out, relate(kind, o, attrs...))
	}
	return out
}

// severity is a Severity Observation (22.4.8).
func severity(word string) *element {
	return el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.8|2014-06-09")...).
		add(fixed("code", "SEV", actCode, "Severity"), statusCode("completed"), known("value", severities, word, "xsi:type", "CD"))
}

var criticalities = map[string]record.Coding{
	"low": {System: observationValue, Code: "CRITL", Display: "low criticality"}, "high": {System: observationValue, Code: "CRITH", Display: "high criticality"},
	"unable-to-assess": {System: observationValue, Code: "CRITU", Display: "unable to assess criticality"},
}

const observationValue = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"

// criticalityOf is a Criticality Observation (22.4.145); one is never made of a
// severity (CLINICAL-SAFETY hazard 41).
func criticalityOf(s string) *element {
	if s == "" {
		return nil
	}
	return relate("SUBJ", el("observation", "classCode", "OBS", "moodCode", "EVN").
		add(el("templateId", "root", "2.16.840.1.113883.10.20.22.4.145"), fixed("code", "82606-5", loincOID, "Criticality"), statusCode("completed"), known("value", criticalities, s, "xsi:type", "CD")), "inversionInd", "true")
}
