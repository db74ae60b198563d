package fhir

import "github.com/carnet-phr/carnet/vault/record"

// dosages reads Dosage, text and parts side by side: the text wins for display
// (https://hl7.org/fhir/R4/dosage.html).
func (it *item) dosages(list value, element string) []record.Dosage {
	var out []record.Dosage
	for i, d := range list.Items() {
		at := element + "/" + itoa(i)
		o := record.Dosage{
			Text: d.TextOf("text"), Patient: d.TextOf("patientInstruction"), Timing: it.timing(d.Get("timing"), at+"/timing"),
			AsNeeded: asNeeded(d), Route: conceptOf(d.Get("route")), Site: conceptOf(d.Get("site")), Method: conceptOf(d.Get("method")),
		}
		for _, a := range conceptsOf(d.Get("additionalInstruction")) {
			o.Instructions = append(o.Instructions, a.String())
		}
		it.doses(&o, d.Get("doseAndRate"), at+"/doseAndRate")
		o.MaxDose = it.maxDose(d, at)
		out = append(out, o)
	}
	return out
}

// doses reads doseAndRate; a second one is told as an instruction.
func (it *item) doses(o *record.Dosage, list value, at string) {
	for i, d := range list.Items() {
		dose, span := it.quantity(d.Get("doseQuantity"), at), it.rangeOf(d.Get("doseRange"), at)
		rate := it.quantity(d.Get("rateQuantity"), at).String()
		if rate == "" {
			rate = it.rangeOf(d.Get("rateRange"), at).String()
		}
		if rate == "" {
			rate = it.ratioWords(d.Get("rateRatio"), at)
		}
		if i == 0 {
			o.Dose, o.DoseRange, o.Rate = dose, span, rate
			continue
		}
		further := record.Dosage{Dose: dose, DoseRange: span, Rate: rate}.Parts()
		if kind := conceptOf(d.Get("type")).String(); kind != "" && further != "" {
			further = kind + ": " + further
		}
		if further != "" {
			o.Instructions = append(o.Instructions, "also: "+further)
		}
	}
}

func (it *item) maxDose(d value, at string) string {
	if w := it.ratioWords(d.Get("maxDosePerPeriod").First(), at+"/maxDosePerPeriod"); w != "" {
		return w
	}
	if q := it.quantity(d.Get("maxDosePerAdministration"), at+"/maxDosePerAdministration"); !q.Empty() {
		return q.String() + " at a time"
	}
	if q := it.quantity(d.Get("maxDosePerLifetime"), at+"/maxDosePerLifetime"); !q.Empty() {
		return q.String() + " in a lifetime"
	}
	return ""
}

func asNeeded(d value) string {
	if c := conceptOf(d.Get("asNeededCodeableConcept")); !c.Empty() {
		return "as needed for " + c.String()
	}
	if d.Get("asNeededBoolean").Kind() == 't' {
		return "as needed"
	}
	return ""
}
