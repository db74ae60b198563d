package ccd_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccd"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

const fileA = record.Hash("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")

// rec is a record from a file of a clinic.
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

func of(category string) []record.Concept {
	return []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: category}}}}
}

func lab(name, code string, v record.Value, at string) *record.Observation {
	return &record.Observation{Status: "final", Category: of(record.Laboratory), Code: coded(name, record.LOINC, code), Effective: record.At(record.Date(at)), Value: v}
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

func export(t testing.TB, sel exchange.Selection) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ccd.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// node is an element as any reader of XML sees it.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Kids    []node     `xml:",any"`
	Text    string     `xml:",chardata"`
	Inner   string     `xml:",innerxml"`
}

func parse(t testing.TB, b []byte) node {
	t.Helper()
	var n node
	d := xml.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(&n); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return n
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// at follows the first children of those names.
func (n node) at(names ...string) node {
	for _, name := range names {
		found := node{}
		for _, k := range n.Kids {
			if k.XMLName.Local == name {
				found = k
				break
			}
		}
		n = found
	}
	return n
}

// all are the elements of a name anywhere inside.
func (n node) all(name string) []node {
	var out []node
	for _, k := range n.Kids {
		if k.XMLName.Local == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// section is a section by its LOINC code, its narrative and its entries.
func section(t testing.TB, b []byte, code string) (s node, words string, entries string) {
	t.Helper()
	for _, s := range parse(t, b).all("section") {
		if s.at("code").attr("code") != code {
			continue
		}
		for _, k := range s.Kids {
			if k.XMLName.Local == "entry" {
				entries += k.Inner
			}
		}
		return s, s.at("text").Inner, entries
	}
	t.Fatalf("no section %s", code)
	return node{}, "", ""
}

// reread are the records that our own reader finds.
func reread(t testing.TB, b []byte) []record.Record {
	t.Helper()
	sink := &sink{}
	if err := ccda.Format.Import(t.Context(), exchangetest.Source("ccd.xml", b), sink); err != nil {
		t.Fatal(err)
	}
	return sink.records
}

type sink struct {
	records []record.Record
	issues  []exchange.Issue
}

func (s *sink) Add(r record.Record)     { s.records = append(s.records, r) }
func (s *sink) Report(i exchange.Issue) { s.issues = append(s.issues, i) }
func (s *sink) Attach(string, string, io.Reader) (record.Attachment, error) {
	return record.Attachment{}, nil
}

func mustHold(t testing.TB, s string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(s, w) {
			t.Errorf("%q is missing from: %.600s", w, s)
		}
	}
}

func mustLack(t testing.TB, s string, words ...string) {
	t.Helper()
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 {
			t.Errorf("%q must not be in: %s", w, s[max(0, i-200):min(len(s), i+200)])
		}
	}
}
