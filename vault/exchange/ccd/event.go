package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// procedureStatuses are the words of FHIR and CDA for what came of a procedure.
var procedureStatuses = map[string]string{"completed": "completed", "in-progress": "active", "active": "active", "stopped": "aborted", "aborted": "aborted"}

// procedure is a Procedure Activity Procedure (22.4.14), or Observation (22.4.13)
// where it has a value. What was not done is told in words alone.
func (s *statement) procedure() *element {
	p := s.line.Resource.(*record.Procedure)
	state := statusCode(procedureStatuses[p.Status])
	var e *element
	if p.Value.Empty() {
		e = el("procedure", "classCode", "PROC", "moodCode", "EVN").add(template("22.4.14|2014-06-09")...).add(s.ids()...).
			add(conceptOr("code", p.Code, nil), s.text(), state, when("effectiveTime", p.Performed))
	} else {
		e = el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.13|2014-06-09")...).add(s.ids()...).
			add(conceptOr("code", p.Code, nil), s.text(), state, when("effectiveTime", p.Performed), valueOf(p.Value, record.Concept{}))
	}
	for _, b := range p.BodySite {
		e.add(concept("targetSiteCode", b, nil))
	}
	e.add(performer(p.Performer...)...).add(s.author("", p.Recorder)).add(location(p.Location)...)
	for _, r := range p.Reason {
		e.add(s.indication(r))
	}
	return e.add(s.notes(p.Note)...)
}

const refusals = "http://terminology.hl7.org/CodeSystem/v3-ActReason"

// immunization is an Immunization Activity (22.4.52). A vaccine that was not given
// has negationInd, which the template always states (CLINICAL-SAFETY hazard 8); a
// dose that does not count in full is told in words alone, for C-CDA cannot mark
// it (hazard 43).
func (s *statement) immunization() *element {
	i := s.line.Resource.(*record.Immunization)
	if i.Subpotent {
		return nil
	}
	denied := "false"
	if s.line.Standing == record.NotSo {
		denied = "true"
	}
	e := el("substanceAdministration", "classCode", "SBADM", "moodCode", "EVN", "negationInd", denied).add(template("22.4.52|2015-08-01")...).add(s.ids()...).
		add(s.text(), statusCode("completed"), taken(i.Occurrence))
	if integer(i.DoseNumber) != nil && !strings.HasPrefix(i.DoseNumber, "-") {
		e.add(el("repeatNumber", "value", i.DoseNumber))
	}
	e.add(concept("routeCode", i.Route, systems{ncit}), concept("approachSiteCode", i.Site, nil))
	if i.DoseQuantity.Comparator == "" {
		e.add(physical("doseQuantity", i.DoseQuantity))
	}
	e.add(el("consumable").add(vaccine(i)))
	e.add(performer(i.Performer)...).add(s.author(i.Recorded, "")).add(location(i.Location)...)
	for _, r := range i.Reason {
		e.add(s.indication(r))
	}
	for _, r := range i.Reaction {
		e.add(s.reactions(r, "CAUS")...)
	}
	return e.add(s.refusal(i)).add(s.notes(i.Note)...)
}

// vaccine is the product with its lot and maker.
func vaccine(i *record.Immunization) *element {
	p := product(i.VaccineCode, "22.4.54|2014-06-09", systems{record.CVX})
	p.kids[len(p.kids)-1].add(txt("lotNumberText", i.LotNumber))
	if n := txt("name", i.Manufacturer); n != nil {
		p.add(el("manufacturerOrganization").add(party("manufacturer", i.Manufacturer), n))
	}
	return p
}

// refusal is why a vaccine was not given (Immunization Refusal Reason, 22.4.53).
func (s *statement) refusal(i *record.Immunization) *element {
	code := concept("code", i.StatusReason, systems{refusals})
	if code == nil || s.line.Standing != record.NotSo {
		return nil
	}
	return relate("RSON", el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.53")...).add(s.ids()...).add(code, statusCode("completed")))
}

var encounterStatuses = map[string]string{"finished": "completed", "completed": "completed", "discharged": "completed", "in-progress": "active", "active": "active", "arrived": "active", "triaged": "active", "onleave": "suspended"}

// encounter is an Encounter Activity (22.4.49). Diagnoses are problems of their
// own; in the visit they are told in words.
func (s *statement) encounter() *element {
	v := s.line.Resource.(*record.Encounter)
	kind := v.Type
	if len(kind) == 0 {
		for _, c := range []record.Concept{v.ServiceType, v.Class} {
			if !c.Empty() && len(kind) == 0 {
				kind = []record.Concept{c}
			}
		}
	}
	e := el("encounter", "classCode", "ENC", "moodCode", "EVN").add(template("22.4.49|2015-08-01")...).add(s.ids()...).
		add(conceptOr("code", at(kind, 0), nil), s.text())
	if code := encounterStatuses[v.Status]; code != "" {
		e.add(statusCode(code))
	}
	e.add(when("effectiveTime", v.Period), txtCode("sdtc:dischargeDispositionCode", v.Discharge))
	e.add(performer(v.Participant...)...).add(s.author("", "")).add(location(v.Location...)...)
	for _, r := range v.Reason {
		e.add(s.indication(r))
	}
	return e.add(s.notes(v.Note)...)
}

// txtCode is a code of which the source gives the words alone.
func txtCode(name, words string) *element {
	return concept(name, record.Concept{Text: words}, nil)
}
