package fhir

import "github.com/carnet-phr/carnet/vault/record"

func procedure(it *item) record.Resource {
	v := it.res
	p := &record.Procedure{
		Status: v.TextOf("status"), StatusReason: it.concept(v.Get("statusReason")), Category: it.concept(v.Get("category")), Code: it.concept(v.Get("code")),
		Performed: it.when("performed"), Reason: it.reasons(), BodySite: it.concepts(v.Get("bodySite")), Outcome: it.concept(v.Get("outcome")),
		Complication: it.concepts(v.Get("complication")), FollowUp: it.concepts(v.Get("followUp")), Encounter: it.link(v.Get("encounter")),
		Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	it.name(&p.Recorder, v.Get("recorder"))
	it.name(&p.Location, v.Get("location"))
	it.names(&p.Performer, v.Get("performer"), "actor")
	it.names(&p.Device, v.Get("focalDevice"), "manipulated")
	it.names(&p.Device, v.Get("usedReference"), "")
	for _, c := range conceptsOf(v.Get("usedCode")) {
		p.Device = append(p.Device, c.String())
	}
	it.by(v.Get("recorder"), v.Path("performer", "actor"), v.Get("asserter"))
	return p
}
