package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// The US Core extensions for race and ethnicity
// (http://hl7.org/fhir/us/core/StructureDefinition/us-core-race): the only
// standard place that R4 has for them.
const usCore = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"

// ombCategories are the codes that us-core calls ombCategory; any other code is
// a detail.
const ombCategories allowed = "1002-5 2028-9 2054-5 2076-8 2106-3 2135-2 2186-5 UNK ASKU"

// demographics puts race, ethnicity and religion.
func (r *resource) demographics(p *record.Patient) {
	r.category("race", p.Race)
	r.category("ethnicity", p.Ethnicity)
	if c := concept(p.Religion); len(c.members) > 0 {
		x := obj("url", religionURL)
		x.put("valueCodeableConcept", c)
		r.extensions = append(r.extensions, x)
	}
}

func (r *resource) category(name string, cs []record.Concept) {
	var parts []*element
	var said []string
	for _, c := range cs {
		for _, k := range c.Coding {
			url := "detailed"
			if ombCategories.has(k.Code) {
				url = "ombCategory"
			}
			x := obj("url", url)
			x.put("valueCoding", coding(k))
			if x.has("valueCoding") {
				parts = append(parts, x)
			}
		}
		if s := c.String(); s != "" {
			said = append(said, s)
		}
	}
	if len(said) == 0 {
		return
	}
	x := obj("url", usCore+name)
	x.list("extension", append(parts, obj("url", "text", "valueString", strings.Join(said, ", ")))...)
	r.extensions = append(r.extensions, x)
}
