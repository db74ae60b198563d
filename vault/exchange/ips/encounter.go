package ips

import "github.com/carnet-phr/carnet/vault/record"

// encounterWords are words of CDA ActStatus that mean the same as a FHIR code.
var encounterWords = map[string]string{"completed": "finished", "active": "in-progress", "intended": "planned", "aborted": "cancelled"}

// encounter fills an Encounter (https://hl7.org/fhir/R4/encounter.html).
func (r *resource) encounter(e *record.Encounter) {
	r.status("status", e.Status, encounterStatus, encounterWords)
	r.put("class", codingOr(e.Class))
	r.list("type", concepts(e.Type)...)
	r.put("serviceType", concept(e.ServiceType))
	r.subject("subject")
	r.list("participant", actors("individual", e.Participant)...)
	if p := span(e.Period); p != nil {
		r.put("period", p)
	} else {
		r.note("Date", e.Period.Human())
	}
	r.list("reasonCode", concepts(e.Reason)...)
	r.list("diagnosis", actors("condition", e.Diagnosis)...)
	stay := new(element)
	stay.put("admitSource", words(e.Admission))
	stay.put("dischargeDisposition", words(e.Discharge))
	r.put("hospitalization", stay)
	r.list("location", actors("location", e.Location)...)
	r.put("serviceProvider", display(e.ServiceProvider))
	r.noteAll("", e.Note)
}
