package ips

import "github.com/carnet-phr/carnet/vault/record"

// procedureWords are words of CDA ActStatus that mean the same as a FHIR code,
// or less.
var procedureWords = map[string]string{
	"active": "in-progress", "aborted": "stopped", "cancelled": "not-done",
	"intended": "preparation", "new": "preparation", "held": "preparation",
}

// procedure fills a Procedure (https://hl7.org/fhir/R4/procedure.html). One
// that the source negates was not done (hazard 8).
func (r *resource) procedure(p *record.Procedure) {
	status := p.Status
	if p.Absent && status != "not-done" {
		r.note("Status in the source", status)
		status = "not-done"
	}
	r.status("status", status, procedureStatus, procedureWords)
	r.put("statusReason", concept(p.StatusReason))
	r.put("category", concept(p.Category))
	r.put("code", conceptOr(p.Code, "Procedure that the source does not name"))
	r.subject("subject")
	r.put("encounter", r.w.reference(p.Encounter, "Encounter"))
	r.required("performed", p.Performed, withPeriod|withString)
	r.put("recorder", r.recorder(p.Recorder))
	r.put("asserter", r.who(""))
	r.list("performer", actors("actor", p.Performer)...)
	r.put("location", display(p.Location))
	r.list("reasonCode", concepts(p.Reason)...)
	r.list("bodySite", concepts(p.BodySite)...)
	r.put("outcome", concept(p.Outcome))
	r.list("complication", concepts(p.Complication)...)
	r.list("followUp", concepts(p.FollowUp)...)
	var used []*element
	for _, d := range p.Device {
		used = append(used, words(d))
	}
	r.list("usedCode", used...)
	r.note("Value", p.Value.String())
	r.noteAll("", p.Note)
}
