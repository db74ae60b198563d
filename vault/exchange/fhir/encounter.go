package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func encounter(it *item) record.Resource {
	v := it.res
	e := &record.Encounter{
		Status: v.TextOf("status"), Class: it.concept(v.Get("class")), Type: it.concepts(v.Get("type")), ServiceType: it.concept(v.Get("serviceType")),
		Period: it.period(v.Get("period"), "period"), Reason: it.reasons(), Text: narrativeOf(v.Get("text")),
	}
	it.diagnoses(e)
	it.names(&e.Participant, v.Get("participant"), "individual")
	it.names(&e.Location, v.Get("location"), "location")
	it.name(&e.ServiceProvider, v.Get("serviceProvider"))
	it.system(v.Get("serviceProvider"))
	it.by(v.Path("participant", "individual"), v.Get("serviceProvider"))
	h := v.Get("hospitalization")
	e.Admission = joined(conceptOf(h.Get("admitSource")).String(), conceptOf(h.Get("reAdmission")).String())
	e.Discharge = joined(conceptOf(h.Get("dischargeDisposition")).String(), it.ref(h.Get("destination")).display)
	return e
}

func (it *item) diagnoses(e *record.Encounter) {
	for _, d := range it.res.Each("diagnosis") {
		ref := it.ref(d.Get("condition"))
		use := conceptOf(d.Get("use")).String()
		n := len(e.Diagnosis)
		e.Diagnosis = append(e.Diagnosis, "")
		set := func(words string) {
			if use != "" && words != "" {
				words += " (" + use + ")"
			}
			e.Diagnosis[n] = words
		}
		set(ref.display)
		if ref.display == "" {
			it.fill(ref, func(ix *index, t *target) { set(ix.title(t)) })
		}
	}
	if len(e.Diagnosis) == 0 {
		return
	}
	it.later = append(it.later, func(*index) {
		kept := e.Diagnosis[:0]
		for _, d := range e.Diagnosis {
			if d != "" {
				kept = append(kept, d)
			}
		}
		e.Diagnosis = kept
	})
}

func joined(words ...string) string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, ", ")
}
