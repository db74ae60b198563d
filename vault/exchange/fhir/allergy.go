package fhir

import "github.com/carnet-phr/carnet/vault/record"

func allergy(it *item) record.Resource {
	v := it.res
	a := &record.AllergyIntolerance{
		ClinicalStatus: statusOf(v.Get("clinicalStatus")), VerificationStatus: statusOf(v.Get("verificationStatus")),
		Type: v.TextOf("type"), Category: texts(v.Get("category")), Criticality: criticality(v.TextOf("criticality")), Code: conceptOf(v.Get("code")),
		Onset: it.when("onset"), Abatement: it.allergyAbatement(), RecordedDate: it.dated("recordedDate"),
		LastOccurrence: it.dated("lastOccurrence"), Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	it.name(&a.Recorder, v.Get("recorder"))
	it.name(&a.Asserter, v.Get("asserter"))
	it.by(v.Get("recorder"), v.Get("asserter"))
	for i, r := range v.Each("reaction") {
		a.Reaction = append(a.Reaction, it.reaction(r, "reaction/"+itoa(i)))
	}
	return a
}

// criticality is a code of R4; DSTU2 has others for the same.
func criticality(code string) string {
	switch code {
	case "CRITL":
		return "low"
	case "CRITH":
		return "high"
	case "CRITU":
		return "unable-to-assess"
	}
	return code
}

// allergyAbatement is the extension that C-CDA on FHIR puts an end into.
func (it *item) allergyAbatement() record.When {
	for _, e := range it.res.Each("extension") {
		switch e.TextOf("url") {
		case "http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement", "http://hl7.org/fhir/uv/ips/StructureDefinition/abatement-dateTime-uv-ips":
			return it.whenIn(e, "value")
		}
	}
	return record.When{}
}

func (it *item) reaction(r value, element string) record.Reaction {
	return record.Reaction{
		Substance: conceptOf(r.Get("substance")), Manifestation: conceptsOf(r.Get("manifestation")), Severity: r.TextOf("severity"),
		Onset: it.whenOf(r, "onset", element), ExposureRoute: conceptOf(r.Get("exposureRoute")),
		Description: r.TextOf("description"), Note: it.notes(r.Get("note")),
	}
}
