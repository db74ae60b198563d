package fhir_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

const fastenExport = `{"providers":[
 {"name":"A","fhir":{
  "Patient":[{"resourceType":"Patient","id":"1","name":[{"family":"Test","given":["Ada"]}],"birthDate":"1961-04-03"}],
  "Observation":[{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Potassium"},"subject":{"reference":"Patient/1"}}]}},
 {"name":"B","fhir":{
  "Patient":[{"resourceType":"Patient","id":"1","name":[{"family":"Test","given":["Ada"]}],"birthDate":"1961-04-03","gender":"female"}],
  "Observation":[{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Potassium"},"subject":{"reference":"Patient/1"}},
   {"resourceType":"Observation","id":"p","status":"final","code":{"text":"Sodium"},"subject":{"reference":"Patient/1"}}]}}]}`

func TestFasten(t *testing.T) {
	s := mustRead(t, fastenExport)
	if len(s.records) != 4 || s.count(exchange.Absorbed) != 1 {
		t.Fatalf("got %d records; %s", len(s.records), s.text())
	}
	if got, want := places(s), "/providers/0/fhir/Patient/0 /providers/0/fhir/Observation/0 /providers/1/fhir/Patient/0 /providers/1/fhir/Observation/1"; got != want {
		t.Errorf("places: got %q", got)
	}
	for i, want := range map[int]string{1: "wrapped:providers/0/Patient/1", 3: "wrapped:providers/1/Patient/1"} {
		if got := string(s.records[i].Person); got != want {
			t.Errorf("%d: about %q, want %q", i, got, want)
		}
	}
	for _, r := range s.records {
		if ids := r.Source().Identifiers; len(ids) != 0 {
			t.Errorf("identifiers invented: %v", ids)
		}
	}
}

const mereExport = `{"name":"mere_db","instanceToken":"x","collections":[
 {"name":"user_documents","schemaHash":"a","docs":[{"id":"u","first_name":"Ada"}]},
 {"name":"clinical_documents","schemaHash":"b","docs":[
  {"id":"c|u|Condition/4","connection_record_id":"c","data_record":{"raw":{"resource":{"category":{"text":"Diagnosis"},"code":{"text":"Cough"},"patient":{"reference":"Patient/1"},"resourceType":"Condition","dateRecorded":"2021-03-28","verificationStatus":"confirmed","id":"4","clinicalStatus":"active"},"fullUrl":["/api/fhir/Condition/4"]},"format":"FHIR.DSTU2"},"_deleted":false},
  {"connection_record_id":"c","data_record":{"raw":{"resource":{"resourceType":"Patient","id":"1","name":[{"family":["Test"],"given":["Ada"]}]},"fullUrl":["/api/fhir/Patient/1"]}}},
  {"connection_record_id":"d","data_record":{"raw":{"fullUrl":"https://a.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1","name":[{"text":"Ada Test"}]}}}},
  {"connection_record_id":"d","data_record":{"raw":{"fullUrl":"https://a.org/fhir/Observation/2","resource":{"resourceType":"Observation","id":"2","status":"final","subject":{"reference":"Patient/1"}}}}},
  {"connection_record_id":"d","data_record":{"raw":"<ClinicalDocument/>","content_type":"application/xml","resource_type":"documentreference_attachment"},"metadata":{"display_name":"Visit"}},
  {"connection_record_id":"d","data_record":{"raw":{"resource":{"resourceType":"Observation","id":"9"}}},"_deleted":true},
  {"connection_record_id":"d","data_record":{"raw":null}}]}]}`

func TestMere(t *testing.T) {
	s := mustRead(t, mereExport)
	if len(s.records) != 5 || s.count(exchange.Administrative) != 1 || s.count(exchange.Kept) != 1 || s.count(exchange.Refused) != 1 {
		t.Fatalf("got %d records; %s", len(s.records), s.text())
	}
	c := s.records[0]
	if got := c.Resource.(*record.Condition); got.RecordedDate != "2021-03-28" || c.Person != "wrapped:c/Patient/1" {
		t.Errorf("got %+v about %q", got, c.Person)
	}
	if got := s.records[3].Person; got != "https://a.org/fhir/Patient/1" {
		t.Errorf("about %q", got)
	}
	d := s.records[4].Resource.(*record.DocumentReference)
	if d.Title != "Visit" || d.Content[0].Hash == "" || !strings.Contains(s.text(), "a document inside") {
		t.Errorf("got %+v; %s", d, s.text())
	}
	for i, r := range s.records {
		span := r.Source().Span
		if part := mereExport[span.Offset : span.Offset+span.Length]; i < 4 && !strings.HasPrefix(part, `{`) {
			t.Errorf("span of %d: %.40q", i, part)
		}
	}
}

func TestWrappersAreRecognised(t *testing.T) {
	for text, want := range map[string]exchange.Match{
		fastenExport: exchange.Yes, mereExport: exchange.Yes,
		`{"providers":[{"name":"x"}]}`: exchange.Maybe, `{"collections":[]}`: exchange.Maybe,
	} {
		if got := fhir.Format().Identify(exchange.Head{Bytes: []byte(text)}); got != want {
			t.Errorf("%.30s: got %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{`{"providers":[{"name":"x"},7,{"fhir":[1]}]}`, `{"collections":[{"docs":[1]},{"name":7},"x"]}`, `{"providers":7}`, `{"collections":{}}`} {
		if s, err := read(t, text); err == nil && len(s.records) > 0 {
			t.Errorf("%s: read", text)
		}
	}
}
