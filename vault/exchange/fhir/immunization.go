package fhir

import "github.com/carnet-phr/carnet/vault/record"

func immunization(it *item) record.Resource {
	v := it.res
	m := &record.Immunization{
		Status: v.TextOf("status"), StatusReason: it.concept(v.Get("statusReason")), VaccineCode: it.concept(v.Get("vaccineCode")),
		Occurrence: it.when("occurrence"), Recorded: it.dated("recorded"), PrimarySource: truth(v.Get("primarySource")),
		ReportOrigin: it.concept(v.Get("reportOrigin")), LotNumber: v.TextOf("lotNumber"), ExpirationDate: it.dated("expirationDate"),
		Site: it.concept(v.Get("site")), Route: it.concept(v.Get("route")), DoseQuantity: it.quantity(v.Get("doseQuantity"), "doseQuantity"),
		Subpotent: v.Get("isSubpotent").Kind() == 't', Reason: it.reasons(), Encounter: it.link(v.Get("encounter")),
		Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	for _, c := range conceptsOf(v.Get("subpotentReason")) {
		m.Note = append(m.Note, "subpotent because: "+c.String())
	}
	it.name(&m.Manufacturer, v.Get("manufacturer"))
	it.name(&m.Performer, v.Path("performer", "actor"))
	it.name(&m.Location, v.Get("location"))
	it.by(v.Path("performer", "actor"))
	p := v.Get("protocolApplied").First()
	m.Series, m.DoseNumber, m.SeriesDoses = p.TextOf("series"), either(p, "doseNumberPositiveInt", "doseNumberString"), either(p, "seriesDosesPositiveInt", "seriesDosesString")
	for _, r := range v.Each("reaction") {
		m.Reaction = append(m.Reaction, record.Reaction{Onset: it.at(r.Get("date"), "reaction/date"), Description: it.ref(r.Get("detail")).display})
	}
	return m
}

func either(v value, a, b string) string {
	if s := v.TextOf(a); s != "" {
		return s
	}
	return v.TextOf(b)
}
