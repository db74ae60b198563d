package vaulttest

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

// Many gives n made-up records of [Person] of about 580 bytes of JSON, most of
// them results; the first is the person.
func Many(n int) []record.Record {
	list := make([]record.Record, n)
	for i := range list {
		list[i] = Nth(i)
	}
	return list
}

var nthTests = []struct{ code, text, unit string }{
	{"2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL"},
	{"718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL"},
	{"8480-6", "Systolic blood pressure", "mm[Hg]"},
	{"29463-7", "Body weight", "kg"},
	{"2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL"},
}

// Nth gives one of the records of [Many].
func Nth(i int) record.Record {
	if i == 0 {
		return record.Record{ID: Person, Person: Person, Resource: &record.Patient{Name: []record.HumanName{{Text: "Ada Testperson"}}}}
	}
	return record.Record{
		ID: record.ID(fmt.Sprintf("b%015d", i)), Person: Person, Resource: nthResource(i),
		Provenance: []record.Provenance{{
			Import: "cccccccccccccccc", Format: "fhir", Original: record.Hash(fmt.Sprintf("%064x", 77)), Place: fmt.Sprintf("/entry/%d/resource", i),
			Span: record.Span{Offset: int64(i) * 900, Length: 880}, Received: Now, System: "Made-up General Hospital",
			Asserter: record.ByOrganisation, Local: []string{fmt.Sprintf("urn:uuid:%08x-0000-4000-8000-%012x", i*7919, i)},
			Identifiers: []record.Identifier{{System: "urn:made-up", Value: fmt.Sprint(i)}},
		}},
	}
}

func nthResource(i int) record.Resource {
	at := record.Date(fmt.Sprintf("20%02d-%02d-%02dT%02d:15:00-05:00", i%26, i%12+1, i%28+1, i%24))
	switch i % 10 {
	case 3:
		return &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: fmt.Sprintf("Made-up problem %d", i), Coding: []record.Coding{{System: record.SNOMED, Code: fmt.Sprint(100000 + i)}}}, Onset: record.At(at)}
	case 6:
		return &record.DocumentReference{Status: "current", Title: fmt.Sprintf("Visit note %d", i), Date: at, Section: []record.Section{{Title: "Plan", Text: record.Narrative(fmt.Sprintf("<p>Made-up note %d: walk every day, drink enough, come back in %d weeks.</p>", i, i%9))}}}
	}
	k := nthTests[i%len(nthTests)]
	return &record.Observation{
		Status:    "final",
		Category:  []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: record.Laboratory, Display: "Laboratory"}}}},
		Code:      record.Concept{Text: k.text, Coding: []record.Coding{{System: record.LOINC, Code: k.code, Display: k.text}}},
		Effective: record.At(at), Issued: at,
		Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprintf("%d.%d", i%200, i%10), Unit: k.unit, System: record.UCUM, Code: k.unit}},
	}
}
