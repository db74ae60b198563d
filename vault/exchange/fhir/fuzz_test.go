package fhir_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// FuzzImportXML says the same of XML, with the elements' bytes as places.
func FuzzImportXML(f *testing.F) {
	b, err := os.ReadFile("testdata/kinds.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(b))
	for _, s := range []string{
		`<Patient xmlns="http://hl7.org/fhir"><name><family value="A"/><given value="B" id="x"><extension url="u"><valueString value="v"/></extension></given></name></Patient>`,
		`<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Bundle><entry><resource><Flag/></resource></entry></Bundle></resource></entry><entry/></Bundle>`,
		`<f:MedicationOrder xmlns:f="http://hl7.org/fhir"><f:contained><f:Medication><f:id value="m"/></f:Medication></f:contained><f:medicationReference><f:reference value="#m"/></f:medicationReference></f:MedicationOrder>`,
		`<Observation xmlns="http://hl7.org/fhir"><status/><text><div xmlns="http://www.w3.org/1999/xhtml"><td/>&lt;b></div></text><valueQuantity><value value="1e3"/></valueQuantity><component><valueBoolean value="true"/></component></Observation>`,
		`<Immunization xmlns="http://hl7.org/fhir"><wasNotGiven value="true"/><explanation/><vaccinationProtocol/><status value="completed"/></Immunization>`,
		`<QuestionnaireResponse xmlns="http://hl7.org/fhir"><group><question><answer><valueString value="x"/></answer></question><group/></group></QuestionnaireResponse>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := &sink{}
		if err := fhir.Format().Import(context.Background(), source("a.xml", text), s); err != nil {
			return
		}
		for _, r := range s.records {
			p := r.Source()
			if p.Span.Offset < 0 || p.Span.Length < 0 || p.Span.Offset+p.Span.Length > int64(len(text)) || p.Place == "" {
				t.Fatalf("place %q, span %+v of %d bytes", p.Place, p.Span, len(text))
			}
			if p.Span.Length > 0 && (text[p.Span.Offset] != '<' || text[p.Span.Offset+p.Span.Length-1] != '>') && text[p.Span.Offset] != '{' {
				t.Fatalf("the span is no element")
			}
			r.Summary()
			r.Resource.Details()
			r.Resource.Validate()
			record.References(r.Resource)
			r.Keys()
		}
	})
}

// FuzzImport says that no input panics, that every record stands at a place of
// its own inside the file, and that what is added can be shown.
func FuzzImport(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.*json")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	for _, s := range []string{
		`{"\u0072esourceType":"Encou@ter"}`, `{"resourceType":"","entries":{}}`, fastenExport, mereExport, `{"providers":[{"fhir":{"X":[{"resource_raw":{}}]}}]}`,
		`{"resourceType":"AllergyIntolerance","status":[],"substance":7,"reaction":{"certainty":{}}}`, `{"resourceType":"Goal","status":"x","description":"y","targetDate":[]}`,
		`{"resourceType":"Immunization","vaccinationProtocol":[7,{"doseStatus":[[]]}],"explanation":7,"date":"x"}`, `{"resourceType":"Device","udi":[[{}]]}`,
		"", "{", "[", "\xef\xbb\xbf{}", `{"resourceType":"Bundle","entry":[null,{},{"resource":null},{"resource":{}}]}`,
		`{"resourceType":"Observation","component":[null,[],7],"value":1,"valueQuantity":[],"code":[[]]}`,
		`{"resourceType":"Bundle","entry":{"resource":{}}}`, `{"resourceType":7}`, `{"resourceType":"Patient","name":"x","contact":[1]}`,
		`{"resourceType":"MedicationRequest","medicationReference":{"reference":"#"},"contained":[{"id":"#"}]}`,
		`{"resourceType":"Flag","author":{"reference":"Flag/1"},"id":"1"}`, `{"resourceType":"DocumentReference","content":[{"attachment":{"url":"#b"}}],"contained":{"resourceType":"Binary","id":"b"}}`,
		`{"\u0072esourceType":"Encounter","diagnosis":[{"condition":"x"}],"period":"2020"}`, `{"resourceType":"Composition","section":[{"section":[{"section":{}}],"text":{"div":"<b><i></b>"}}]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := &sink{}
		if err := fhir.Format().Import(context.Background(), source("a.json", text), s); err != nil {
			if errors.Is(err, exchange.ErrNotThisFormat) && fhir.Format().Identify(exchange.Head{Bytes: []byte(text)}) == exchange.Yes {
				t.Error("sure to be FHIR, then not FHIR")
			}
			return
		}
		for _, r := range s.records {
			p := r.Source()
			if p.Span.Offset < 0 || p.Span.Offset+p.Span.Length > int64(len(text)) || p.Span.Length == 0 || p.Place == "" {
				t.Fatalf("place %q, span %+v of %d bytes", p.Place, p.Span, len(text))
			}
			if text[p.Span.Offset] != '{' && text[p.Span.Offset] != '"' && text[p.Span.Offset] != '<' {
				t.Fatalf("the span does not begin an object")
			}
			r.Summary()
			r.Resource.Details()
			r.Resource.Validate()
			record.References(r.Resource)
			r.Keys()
		}
	})
}
