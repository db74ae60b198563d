package ccd

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// concernedProblem is a Problem Concern Act (22.4.3).
func (s *statement) concernedProblem() *element {
	c := s.line.Resource.(*record.Condition)
	o := s.problem()
	return s.concern("22.4.3|2015-08-01", s.state(c.ClinicalStatus), c.RecordedDate, o)
}

// problem is a Problem Observation (22.4.4). What is refuted or denied has
// negationInd (CLINICAL-SAFETY hazards 2 and 7).
func (s *statement) problem() *element {
	c := s.line.Resource.(*record.Condition)
	o := el("observation", "classCode", "OBS", "moodCode", "EVN")
	if c.Absent || c.VerificationStatus == "refuted" {
		o.set("negationInd", "true")
	}
	o.add(template("22.4.4|2015-08-01")...).add(s.ids()...).
		add(problemType(), s.text(), statusCode("completed"), course(c.Onset, c.Abatement), assured(c))
	for _, b := range c.BodySite {
		o.add(concept("targetSiteCode", b, nil))
	}
	o.add(s.author(c.RecordedDate, c.Recorder), s.status(c.ClinicalStatus, "22.4.6|2019-06-20", "CD"))
	if w := c.Severity.String(); w != "" {
		o.add(relate("SUBJ", severity(w), "inversionInd", "true"))
	}
	return o.add(s.notes(c.Note)...)
}

// problemType says no more than that it is a problem.
func problemType() *element {
	return fixed("code", "55607006", snomedOID, "Problem").add(fixed("translation", "75326-9", loincOID, "Problem"))
}

// noProblem is a statement that no problem is known: a problem as such, negated
// (HL7 C-CDA examples, "No Known Problems").
func (s *statement) noProblem() *element {
	c := s.line.Resource.(*record.Condition)
	o := el("observation", "classCode", "OBS", "moodCode", "EVN", "negationInd", "true").add(template("22.4.4|2015-08-01")...).add(s.ids()...).
		add(problemType(), s.text(), statusCode("completed"), course(c.Onset, record.When{}),
			fixed("value", "55607006", snomedOID, "Problem").set("xsi:type", "CD"), s.author(c.RecordedDate, c.Recorder)).add(s.notes(c.Note)...)
	return s.concern("22.4.3|2015-08-01", "active", c.RecordedDate, o)
}

// findingContext is SNOMED CT's attribute for how certain a finding is.
const findingContext = "408729009"

// certainties are the certainties of FHIR that C-CDA has no element for.
var certainties = map[string]bool{"unconfirmed": true, "provisional": true, "differential": true, "confirmed": true}

// assured is the problem itself. One that its source does not hold for certain has
// no code of its own: the code is a translation, and the words say how certain, so
// that no list takes it for a diagnosis. A qualifier names the certainty.
func assured(c *record.Condition) *element {
	v := value(c.Code, nil)
	certainty := c.VerificationStatus
	if certainty == "" || certainty == "refuted" || c.Code.Empty() {
		return v
	}
	if certainty != "confirmed" {
		words := c.Code.String() + " (" + certainty + ", not confirmed)"
		v = null("value", "OTH", "xsi:type", "CD").add(txt("originalText", words))
		for _, k := range c.Code.Coding {
			if t := el("translation"); t.coding(k) {
				v.add(t)
			}
		}
	}
	q := el("qualifier").add(fixed("name", findingContext, snomedOID, "Finding context"))
	if certainties[certainty] {
		q.add(el("value").set("code", certainty, "codeSystem", verificationOID, "codeSystemName", "FHIR condition-ver-status", "displayName", certainty))
	} else {
		q.add(word("value", certainty))
	}
	at := 0
	for at < len(v.kids) && v.kids[at].name == "originalText" {
		at++
	}
	v.kids = append(v.kids[:at:at], append([]*element{q}, v.kids[at:]...)...)
	return v
}

// verificationOID is FHIR's code system of Condition.verificationStatus.
const verificationOID = "2.16.840.1.113883.4.642.4.1075"
