package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func condition(it *item) record.Resource {
	v := it.res
	c := &record.Condition{
		ClinicalStatus: statusOf(v.Get("clinicalStatus")), VerificationStatus: statusOf(v.Get("verificationStatus")),
		Category: it.concepts(v.Get("category")), Severity: it.concept(v.Get("severity")), Code: it.concept(v.Get("code")),
		BodySite: it.concepts(v.Get("bodySite")), Onset: it.when("onset"), Abatement: it.when("abatement"),
		RecordedDate: it.dated("recordedDate"), Stage: it.stages(),
		Encounter: it.link(v.Get("encounter")), Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	if v.Get("abatementBoolean").Kind() == 't' {
		c.Abatement.Ended = true
	}
	it.name(&c.Recorder, v.Get("recorder"))
	it.name(&c.Asserter, v.Get("asserter"))
	it.by(v.Get("recorder"), v.Get("asserter"))
	return c
}

func (it *item) stages() []string {
	var out []string
	for _, s := range it.res.Each("stage") {
		words := strings.Trim(conceptOf(s.Get("type")).String()+": "+conceptOf(s.Get("summary")).String(), ": ")
		if words != "" {
			out = append(out, words)
		}
	}
	return out
}
