package ips_test

import (
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// The sources of the made-up records below.
const (
	fileA = record.Hash("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
	fileB = record.Hash("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")
)

// rec is a record from file A.
func rec(id string, res record.Resource) record.Record {
	return record.Record{ID: record.ID(id), Person: "person0000000000", Resource: res, Provenance: []record.Provenance{{
		Original: fileA, Format: "fhir", Author: "Dr. Example", System: "Example Clinic", Asserter: record.ByOrganisation,
		Received: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Identifiers: []record.Identifier{{System: "urn:oid:1.2.3", Value: id}},
	}}}
}

// own is a record that the patient entered.
func own(id string, res record.Resource) record.Record {
	r := rec(id, res)
	r.Provenance = []record.Provenance{{Asserter: record.ByPatient}}
	return r
}

// held is a record with a modifier that nobody understood.
func held(id string, res record.Resource) record.Record {
	r := rec(id, res)
	r.Held = []string{"modifierExtension http://example.org/unknown"}
	return r
}

func text(s string) record.Concept { return record.Concept{Text: s} }

func coded(s, system, code string) record.Concept {
	return record.Concept{Text: s, Coding: []record.Coding{{System: system, Code: code, Display: s}}}
}

func amount(v, unit string) record.Value {
	return record.Value{Quantity: record.Quantity{Value: v, Unit: unit, System: record.UCUM, Code: unit}}
}

func lab(name, code, v, unit, at string) *record.Observation {
	return &record.Observation{
		Status: "final", Category: []record.Concept{coded("Laboratory", record.CategorySystem, record.Laboratory)},
		Code: coded(name, record.LOINC, code), Effective: record.At(record.Date(at)), Value: amount(v, unit),
	}
}

// selection is a selection of those records for a made-up person.
func selection(records ...record.Record) exchange.Selection {
	person := record.Record{ID: "person0000000000", Person: "person0000000000", Resource: &record.Patient{
		Name: []record.HumanName{{Family: "Beispiel", Given: []string{"Ada"}, Use: "official"}}, BirthDate: "1980-05-17", Gender: "female",
	}, Provenance: []record.Provenance{{Original: fileA, Asserter: record.ByOrganisation}}}
	return exchange.Selection{
		Person: person, Records: append([]record.Record{person}, records...),
		Originals: []record.Original{{Hash: fileA, Name: "visit.json", Size: 10}},
		Generated: time.Date(2026, 11, 22, 18, 30, 0, 0, time.FixedZone("", 3600)), Version: "1.0.0",
	}
}
