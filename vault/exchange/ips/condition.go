package ips

import "github.com/carnet-phr/carnet/vault/record"

// condition fills a Condition (https://hl7.org/fhir/R4/condition.html).
func (r *resource) condition(c *record.Condition) {
	r.conditionStatus(c)
	r.list("category", concepts(c.Category)...)
	r.put("severity", concept(c.Severity))
	r.put("code", r.problem(c))
	r.list("bodySite", concepts(c.BodySite)...)
	r.subject("subject")
	r.put("encounter", r.w.reference(c.Encounter, "Encounter"))
	r.when("onset", c.Onset, withPeriod|withString)
	r.date("recordedDate", c.RecordedDate)
	r.put("recorder", r.recorder(c.Recorder))
	r.put("asserter", r.who(c.Asserter))
	var stages []*element
	for _, s := range c.Stage {
		e := new(element)
		e.put("summary", words(s))
		stages = append(stages, e)
	}
	r.list("stage", stages...)
	r.noteAll("", c.Note)
}

// conditionStatus puts clinicalStatus, verificationStatus and abatement. A
// denied problem is refuted (hazard 7). An end forces inactive, remission or
// resolved (con-4): where the source states an end and no status, or calls the
// problem over in a word that FHIR lacks, "inactive" is the least that says so;
// where it calls an ended problem active, the end goes to a note.
func (r *resource) conditionStatus(c *record.Condition) {
	clinical := c.ClinicalStatus
	if !conditionClinical.has(clinical) {
		r.note("Status in the source", clinical)
		if clinical = ""; c.Summary().Standing == record.Past {
			clinical = "inactive"
		}
	}
	if clinical != "" {
		r.put("clinicalStatus", oneOf(conditionClinicalSystem, clinical))
	}
	verification := c.VerificationStatus
	if c.Absent && !c.NoneKnown() {
		verification = "refuted"
		if c.VerificationStatus != "refuted" {
			r.note("The source says", "does NOT have this. Certainty in the source: "+nonEmpty(c.VerificationStatus, "not stated"))
		}
	}
	if conditionVerification.has(verification) {
		r.put("verificationStatus", oneOf(conditionVerificationSystem, verification))
	} else {
		r.note("Certainty in the source", verification)
	}
	switch {
	case c.Abatement.Empty():
	case clinical == "inactive" || clinical == "remission" || clinical == "resolved":
		r.abatement(c.Abatement)
	default:
		r.note("The source also states an end", c.Abatement.Human())
	}
}

// abatement has no way to say "over, nobody knows since when" but an empty
// time with its reason.
func (r *resource) abatement(w record.When) {
	if w.Start == "" && w.End == "" && w.Text == "" {
		r.missing("abatementDateTime")
		return
	}
	if w.Start == "" && w.Text == "" { // only an end: the day it was over
		w = record.At(w.End)
	}
	r.when("abatement", w, withPeriod|withString)
}

// problem is the code; a statement that no problem is known has the IPS code
// where its own code is no such statement.
func (r *resource) problem(c *record.Condition) *element {
	if !c.NoneKnown() {
		return conceptOr(c.Code, "Problem that the source does not name")
	}
	if c.Code.Has(record.AbsentUnknownSystem, "no-known-problems") || c.Code.Has(record.SNOMED, "160245001") {
		return concept(c.Code)
	}
	r.note("Words of the source", c.Code.String())
	return concept(record.Concept{Coding: []record.Coding{{System: record.AbsentUnknownSystem, Code: "no-known-problems", Display: "No known problems"}}})
}
