package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// dosages are Dosage elements (https://hl7.org/fhir/R4/dosage.html). Timing is
// words: "every 6 hours" and "4 times a day" are different statements, and
// neither is converted (hazard 16). A dose keeps the unit it has, or none.
//
// bounds, if there are any, are when the medicine is to be taken; they stand with
// the first dosage.
func dosages(ds []record.Dosage, bounds *element) []*element {
	if len(ds) == 0 && bounds != nil {
		ds = []record.Dosage{{}}
	}
	var out []*element
	for i, d := range ds {
		e := obj("text", d.Text)
		var more []*element
		for _, s := range d.Instructions {
			more = append(more, words(s))
		}
		if d.Rate != "" {
			more = append(more, words("Rate: "+d.Rate))
		}
		if d.MaxDose != "" {
			more = append(more, words("At most "+d.MaxDose))
		}
		dose := dose(d)
		if dose == nil && (!d.Dose.Empty() || d.DoseRange.String() != "") {
			more = append(more, words("Dose: "+nonEmpty(d.Dose.String(), d.DoseRange.String())))
		}
		e.list("additionalInstruction", more...)
		e.text("patientInstruction", d.Patient)
		timing := new(element)
		if i == 0 && bounds != nil {
			timing.members = append(timing.members, bounds.members...)
		}
		timing.put("code", words(d.Timing))
		e.put("timing", timing)
		e.asNeeded(d.AsNeeded)
		e.put("site", concept(d.Site))
		e.put("route", concept(d.Route))
		e.put("method", concept(d.Method))
		e.list("doseAndRate", dose)
		out = append(out, e)
	}
	return out
}

func dose(d record.Dosage) *element {
	e := new(element)
	if q := simpleQuantity(d.Dose); q != nil {
		e.put("doseQuantity", q)
		return e
	}
	if d.Dose.Empty() {
		e.put("doseRange", rangeOf(d.DoseRange))
	}
	if len(e.members) == 0 {
		return nil
	}
	return e
}

func (e *element) asNeeded(s string) {
	for _, lead := range []string{"as needed for ", "as needed: "} { // what the element itself says
		if len(s) > len(lead) && strings.EqualFold(s[:len(lead)], lead) {
			s = s[len(lead):]
		}
	}
	switch strings.ToLower(s) {
	case "":
	case "true", "as needed", "yes":
		e.flag("asNeededBoolean", true)
	case "false", "no":
		e.flag("asNeededBoolean", false)
	default:
		e.put("asNeededCodeableConcept", words(s))
	}
}
