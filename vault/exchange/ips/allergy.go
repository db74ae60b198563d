package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// allergy fills an AllergyIntolerance
// (https://hl7.org/fhir/R4/allergyintolerance.html).
func (r *resource) allergy(a *record.AllergyIntolerance) {
	none := a.NoneKnown()
	r.allergyStatus(a, none)
	r.code("type", a.Type, allergyType, "Type in the source")
	if a.Type == "" {
		r.note("Type in the source", a.TypeConcept.String())
	}
	var categories []string
	for _, c := range a.Category {
		if allergyCategory.has(c) {
			categories = append(categories, c)
		} else {
			r.note("Category in the source", c)
		}
	}
	r.texts("category", categories)
	r.code("criticality", a.Criticality, allergyCriticality, "Criticality in the source")
	if none != "" {
		r.put("code", r.noneKnown(a, none))
	} else {
		r.put("code", conceptOr(a.Code, "Substance that the source does not name"))
	}
	r.subject("patient")
	r.when("onset", a.Onset, withPeriod|withString)
	if !a.Abatement.Empty() {
		ended := obj("url", allergyAbatementURL)
		ended.when("value", a.Abatement, withPeriod|withString)
		r.extensions = append(r.extensions, ended)
	}
	r.date("recordedDate", a.RecordedDate)
	r.put("recorder", r.recorder(a.Recorder))
	r.put("asserter", r.who(a.Asserter))
	r.date("lastOccurrence", a.LastOccurrence)
	r.reactions(a.Reaction)
	r.noteAll("", a.Note)
}

// allergyStatus puts the two statuses. ait-1 wants a clinicalStatus: one that
// the source does not state is marked as absent, never taken for active. A
// denied substance is refuted (hazard 6).
func (r *resource) allergyStatus(a *record.AllergyIntolerance, none record.NoneKnown) {
	switch {
	case allergyClinical.has(a.ClinicalStatus):
		r.put("clinicalStatus", oneOf(allergyClinicalSystem, a.ClinicalStatus))
	case a.Summary().Standing == record.Past: // over, in a word that FHIR lacks
		r.note("Status in the source", a.ClinicalStatus)
		r.put("clinicalStatus", oneOf(allergyClinicalSystem, "inactive"))
	default:
		r.note("Status in the source", a.ClinicalStatus)
		unstated := new(element)
		unstated.list("extension", absent("unknown"))
		r.put("clinicalStatus", unstated)
	}
	verification := a.VerificationStatus
	if a.Absent && none == "" {
		verification = "refuted"
		if a.VerificationStatus != "refuted" {
			r.note("The source says", "NOT known to be allergic to this. Certainty in the source: "+nonEmpty(a.VerificationStatus, "not stated"))
		}
	}
	if allergyVerification.has(verification) {
		r.put("verificationStatus", oneOf(allergyVerificationSystem, verification))
	} else {
		r.note("Certainty in the source", verification)
	}
}

// absentCodes are the codes of IPS for a statement of absence by its scope.
var absentCodes = map[record.NoneKnown]record.Coding{
	record.NoKnownAllergy:   {System: record.AbsentUnknownSystem, Code: "no-known-allergies", Display: "No known allergies"},
	record.NoKnownDrug:      {System: record.AbsentUnknownSystem, Code: "no-known-medication-allergies", Display: "No known medication allergies"},
	record.NoKnownFood:      {System: record.AbsentUnknownSystem, Code: "no-known-food-allergies", Display: "No known food allergies"},
	record.NoKnownEnvironmt: {System: record.AbsentUnknownSystem, Code: "no-known-environmental-allergies", Display: "No known environmental allergies"},
	record.NoKnownLatex:     {System: record.SNOMED, Code: "1003774007", Display: "No known latex allergy"},
}

// noneKnown is the code of a statement that no allergy is known. Codes of the
// source that say so themselves stay as they are. A code that only says so
// because the source negates it ("allergy to substance") would read as an
// allergy: it goes to a note, and the IPS code of the same scope stands in.
func (r *resource) noneKnown(a *record.AllergyIntolerance, none record.NoneKnown) *element {
	kept := record.Concept{Text: a.Code.Text}
	for _, k := range a.Code.Coding {
		one := record.AllergyIntolerance{Code: record.Concept{Coding: []record.Coding{k}}}
		if one.NoneKnown() != "" {
			kept.Coding = append(kept.Coding, k)
			continue
		}
		r.note("Code in the source, negated there", strings.TrimSpace(record.SystemName(k.System)+" "+k.Code+" "+k.Display))
	}
	if len(kept.Coding) == 0 {
		kept.Coding = []record.Coding{absentCodes[scopeOf(a, none)]}
	}
	if words := (&record.AllergyIntolerance{Code: record.Concept{Text: kept.Text}}); kept.Text != "" && words.NoneKnown() == "" {
		r.note("Words of the source, negated there", kept.Text)
		kept.Text = ""
	}
	if kept.Text == "" && kept.Words() == "" {
		kept.Text = "No known " + string(none)
	}
	return concept(kept)
}

// scopeOf narrows a general denial whose words speak of medicines or food
// alone: "NKDA" does not say that there is no food allergy.
func scopeOf(a *record.AllergyIntolerance, none record.NoneKnown) record.NoneKnown {
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

// reactions puts AllergyIntolerance.reaction. FHIR requires a manifestation:
// a reaction in words alone has its words there.
func (r *resource) reactions(rs []record.Reaction) {
	var out []*element
	for _, x := range rs {
		e := new(element)
		e.put("substance", concept(x.Substance))
		manifestation := concepts(x.Manifestation)
		if len(x.Manifestation) == 0 {
			manifestation = []*element{words(nonEmpty(x.Description, "Reaction not named by the source"))}
		}
		e.list("manifestation", manifestation...)
		e.text("description", x.Description)
		var notes []*element
		if x.Onset.Start != "" && (x.Onset.End != "" || x.Onset.Period) { // the element is a dateTime
			e.date("onset", x.Onset.Start)
			notes = append(notes, obj("text", "Reaction seen: "+x.Onset.Human()))
		} else {
			e.when("onset", x.Onset, bare)
		}
		if s := strings.ToLower(x.Severity); reactionSeverity.has(s) {
			e.token("severity", s)
		} else if s != "" {
			notes = append(notes, obj("text", "Severity in the source: "+x.Severity))
		}
		e.put("exposureRoute", concept(x.ExposureRoute))
		for _, n := range x.Note {
			notes = append(notes, obj("text", n))
		}
		e.list("note", notes...)
		out = append(out, e)
	}
	r.list("reaction", out...)
}
