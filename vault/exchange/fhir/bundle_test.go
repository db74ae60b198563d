package fhir_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// mustRead reads text that must be readable.
func mustRead(t *testing.T, text string) *sink {
	t.Helper()
	s, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	sameInXML(t, text)
	return s
}

// places are where the records stand.
func places(s *sink) string {
	var p []string
	for _, r := range s.records {
		p = append(p, r.Source().Place)
	}
	return strings.Join(p, " ")
}

func TestShapes(t *testing.T) {
	const obs = `{"resourceType":"Observation","status":"final"}`
	for _, c := range []struct{ name, text, want string }{
		{"single", obs, "/"},
		{"lines", obs + "\r\n" + obs + "\r\n\r\n" + obs, "line 1 line 2 line 4"},
		{"documents one after another", "{\n\"resourceType\":\"Observation\"}\n" + obs, "line 1 line 3"},
		{"no space between", obs + obs, "line 1 line 1"},
		{"bundles in lines", `{"resourceType":"Bundle","entry":[{"resource":` + obs + `}]}` + "\n" + obs, "line 1/entry/0/resource line 2"},
		{"list of resources", "[" + obs + "," + obs + "]", "/0 /1"},
		{"entries before the type", `{"entry":[{"resource":` + obs + `}],"resourceType":"Bundle"}`, "/entry/0/resource"},
		{"bundle in a bundle", `{"resourceType":"Bundle","type":"batch-response","entry":[{"resource":{"resourceType":"Bundle","entry":[{"resource":` + obs + `}]}}]}`, "/entry/0/resource/entry/0/resource"},
		{"parameters", `{"resourceType":"Parameters","parameter":[{"name":"a","valueString":"x"},{"name":"return","resource":` + obs + `,"part":[{"resource":` + obs + `}]}]}`, "/parameter/1/resource /parameter/1/part/0/resource"},
		{"byte order mark", "\xef\xbb\xbf" + obs, "/"},
		{"white space", "\n\t " + obs + " \n", "/"},
		{"a List with its entries first", `{"entry":[{"item":{"display":"Aspirin"}}],"resourceType":"List","status":"current","title":"Medicines"}`, "/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustRead(t, c.text)
			if got := places(s); got != c.want {
				t.Errorf("got %q, want %q\n%s", got, c.want, s.text())
			}
			for _, r := range s.records {
				span := r.Source().Span
				part := c.text[span.Offset : span.Offset+span.Length]
				if part[0] != '{' || part[len(part)-1] != '}' || !strings.Contains(part, `"resourceType":"`) || strings.Contains(part, `"Bundle"`) {
					t.Errorf("span: %q", part)
				}
			}
		})
	}
}

func TestListKeepsItsEntries(t *testing.T) {
	o, _, _ := one[*record.Other](t, `{"entry":[{"item":{"display":"Aspirin"}}],"resourceType":"List","status":"current","title":"Medicines"}`)
	if o.Title != "Medicines" || len(o.Row) == 0 || !strings.Contains(o.Row[0].Value, "Aspirin") {
		t.Errorf("got %+v", o)
	}
}

func TestBucketsOfABundle(t *testing.T) {
	s, err := read(t, `{"resourceType":"Bundle","type":"batch-response","entry":[
		{"resource":{"resourceType":"Observation","status":"final"}},
		{"request":{"method":"DELETE","url":"Observation/9"}},
		{"response":{"status":"200","outcome":{"resourceType":"OperationOutcome"}}},
		{"resource":{"resourceType":"Claim"}},{"resource":{"resourceType":"Practitioner","name":[{"text":"Dr A"}]}},
		{"resource":{"resourceType":"Zebra"}},{"resource":{"resourceType":"MedicationUsage"}},
		{"resource":{"id":"x"}},{"resource":"x"},7,
		{"request":{"method":"DELETE"},"resource":{"resourceType":"Condition"}}]}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"records", len(s.records), 1},
		{"administrative", s.count(exchange.Administrative), 2},
		{"kept", s.count(exchange.Kept), 3},
		{"refused", s.count(exchange.Refused), 3},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %d, want %d\n%s", c.what, c.got, c.want, s.text())
		}
	}
	if !strings.Contains(s.text(), "/entry/7/resource: not a FHIR resource") || !strings.Contains(s.text(), "/entry/9: the entry is not an object") {
		t.Error(s.text())
	}
}

func TestHazard34References(t *testing.T) {
	t.Run("two servers, one id", func(t *testing.T) {
		s := mustRead(t, `{"resourceType":"Bundle","entry":[
			{"fullUrl":"https://a.org/fhir/Observation/1","resource":{"resourceType":"Observation","id":"1","status":"final","subject":{"reference":"Patient/1"}}},
			{"fullUrl":"https://b.org/fhir/Observation/2","resource":{"resourceType":"Observation","id":"2","status":"final","subject":{"reference":"Patient/1"}}},
			{"fullUrl":"urn:uuid:x","resource":{"resourceType":"Observation","id":"3","status":"final","subject":{"reference":"Patient/1"}}},
			{"fullUrl":"https://a.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
			{"fullUrl":"https://b.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}}]}`)
		want := []record.ID{"https://a.org/fhir/Patient/1", "https://b.org/fhir/Patient/1", "urn:uuid:x Patient/1"}
		for i, w := range want {
			if got := s.records[i].Person; got != w {
				t.Errorf("%d: got %q, want %q", i, got, w)
			}
		}
		if got := s.records[3].Source().Local; len(got) != 1 {
			t.Errorf("an ambiguous name is listed: %q", got)
		}
	})
	t.Run("as referenced", func(t *testing.T) {
		s := mustRead(t, `{"resourceType":"Bundle","entry":[
			{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","id":"p1"}},
			{"resource":{"resourceType":"Encounter","id":"e","status":"finished","subject":{"reference":"Patient/p1/_history/3"}}},
			{"resource":{"resourceType":"Observation","status":"final","subject":{"reference":"urn:uuid:p"},"encounter":{"reference":"Encounter/e"}}}]}`)
		if s.records[1].Person != "Patient/p1" || s.records[2].Person != "urn:uuid:p" {
			t.Errorf("got %q, %q", s.records[1].Person, s.records[2].Person)
		}
		if got := strings.Join(s.records[0].Source().Local, " "); got != "urn:uuid:p Patient/p1" {
			t.Errorf("local: %q", got)
		}
		if got := s.records[2].Resource.(*record.Observation).Encounter.Local; got != "Encounter/e" {
			t.Errorf("encounter: %q", got)
		}
	})
	t.Run("cycles", func(t *testing.T) {
		mustRead(t, `{"resourceType":"Bundle","entry":[
			{"resource":{"resourceType":"PractitionerRole","id":"a","practitioner":{"reference":"PractitionerRole/b"}}},
			{"resource":{"resourceType":"PractitionerRole","id":"b","practitioner":{"reference":"PractitionerRole/a"}}},
			{"resource":{"resourceType":"Observation","id":"o","status":"final","performer":[{"reference":"PractitionerRole/a"}],"hasMember":[{"reference":"Observation/o"}],"contained":[{"resourceType":"Patient","id":"c"}],"subject":{"reference":"#c"}}}]}`)
	})
	t.Run("contained patient is no other patient of the file", func(t *testing.T) {
		s := mustRead(t, `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p"}},
			{"resource":{"resourceType":"Observation","status":"final","subject":{"reference":"#c"},"contained":[{"resourceType":"Patient","id":"c"}]}},
			{"resource":{"resourceType":"Observation","status":"final","subject":{"identifier":{"system":"s","value":"1"}}}}]}`)
		for _, r := range s.records[1:] {
			if r.Person == "" || r.Person == "Patient/p" {
				t.Errorf("person %q", r.Person)
			}
		}
	})
	t.Run("not about a person", func(t *testing.T) {
		s := mustRead(t, `{"resourceType":"Observation","status":"final","subject":{"reference":"Group/1"}}`)
		if len(s.records) != 0 || s.count(exchange.Kept) != 1 {
			t.Error(s.text())
		}
	})
}

func TestNewestVersionIsFiled(t *testing.T) {
	entry := func(version, updated, status string) string {
		return `{"fullUrl":"http://a.org/fhir/Observation/1","resource":{"resourceType":"Observation","id":"1","meta":{"versionId":"` + version + `","lastUpdated":"` + updated + `"},"status":"` + status + `"}}`
	}
	for _, c := range []struct{ name, entries, want string }{
		{"by time", entry("a", "2021-01-01T00:00:00Z", "final") + "," + entry("b", "2021-02-01T00:00:00Z", "amended"), "amended"},
		{"by number", entry("10", "", "amended") + "," + entry("9", "", "final"), "amended"},
		{"first of a history", entry("", "", "amended") + "," + entry("", "", "final"), "amended"},
		{"deleted", `{"fullUrl":"http://a.org/fhir/Observation/1","request":{"method":"DELETE","url":"Observation/1"}},` + entry("1", "", "final"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustRead(t, `{"resourceType":"Bundle","type":"history","entry":[`+c.entries+`]}`)
			got := ""
			for _, r := range s.records {
				got += r.Resource.(*record.Observation).Status
			}
			if got != c.want || s.count(exchange.Kept) != 1 {
				t.Errorf("got %q, want %q; %s", got, c.want, s.text())
			}
		})
	}
}

func TestProvenance(t *testing.T) {
	s := mustRead(t, `{"resourceType":"Bundle","entry":[
		{"fullUrl":"https://a.org/fhir/Condition/7","resource":{"resourceType":"Condition","id":"7","meta":{"source":"https://ehr.org/x#tx1","security":[{"system":"c","code":"R"}]},
			"identifier":[{"system":"s","value":"1"}],"recorder":{"reference":"Practitioner/d"},"code":{"text":"x"}}},
		{"fullUrl":"https://a.org/fhir/Practitioner/d","resource":{"resourceType":"Practitioner","id":"d","name":[{"prefix":["Dr"],"family":"Who"}]}},
		{"fullUrl":"urn:uuid:1b","resource":{"resourceType":"Condition","code":{"text":"y"}}}]}`)
	p := s.records[0].Source()
	if p.Author != "Dr Who" || p.System != "https://ehr.org/x" || p.Asserter != record.ByOrganisation || len(p.Security) != 1 || p.Security[0].Code != "R" {
		t.Errorf("got %+v", p)
	}
	want := []record.Identifier{{System: "s", Value: "1"}, {System: "https://a.org/fhir/Condition", Value: "7"}}
	if len(p.Identifiers) != 2 || p.Identifiers[0] != want[0] || p.Identifiers[1] != want[1] {
		t.Errorf("identifiers %+v", p.Identifiers)
	}
	if got := s.records[1].Source().Identifiers[0]; got != (record.Identifier{System: "urn:ietf:rfc:3986", Value: "urn:uuid:1b"}) {
		t.Errorf("got %+v", got)
	}
	if got := s.records[0].Resource.(*record.Condition).Recorder; got != "Dr Who" {
		t.Errorf("recorder %q", got)
	}
}

func TestLaterVersionsAreNotRead(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Encounter","class":[{"text":"x"}]}`,
		`{"resourceType":"MedicationRequest","medication":{"concept":{"text":"x"}}}`,
		`{"resourceType":"Observation","valueZebra":{}}`,
		`{"resourceType":"MedicationUsage"}`,
		`{"resourceType":"MedicationPrescription"}`,
	} {
		s := mustRead(t, text)
		if len(s.records) != 0 || s.count(exchange.Kept) != 1 || !strings.Contains(s.text(), "not read yet") {
			t.Errorf("%s: %s", text, s.text())
		}
	}
}

func TestIdentify(t *testing.T) {
	for _, c := range []struct {
		text string
		want exchange.Match
	}{
		{`{"resourceType":"Patient"}`, exchange.Yes},
		{"\xef\xbb\xbf \n{\"id\":1,\"resourceType\":\"Patient\"}", exchange.Yes},
		{`[{"resourceType":"Patient"}]`, exchange.Yes},
		{`{"entry":[{"resource":{"resourceType":"Patient"}}]}`, exchange.Yes},
		{`{"vc":{"fhirBundle":{"resourceType":"Bundle"}}}`, exchange.Maybe},
		{`{"a":{"resourceType":"Bundle"}}`, exchange.Maybe},
		{`{"a":1}`, exchange.Maybe},
		{`<Patient xmlns="http://hl7.org/fhir"/>`, exchange.Yes},
		{"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><f:Bundle xmlns:f='http://hl7.org/fhir'>", exchange.Yes},
		{`<!DOCTYPE r [<!ENTITY % p SYSTEM "x">%p;]><Patient xmlns="http://hl7.org/fhir"/>`, exchange.Maybe},
		{`<Patient/>`, exchange.No},
		{`<Patient xmlns="urn:x"/>`, exchange.No},
		{`<ClinicalDocument xmlns="urn:hl7-org:v3"/>`, exchange.No},
		{`plain "resourceType" text`, exchange.No},
		{``, exchange.No},
	} {
		if got := fhir.Format().Identify(exchange.Head{Bytes: []byte(c.text)}); got != c.want {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
}

func TestNotFHIR(t *testing.T) {
	for _, text := range []string{`{"a":1}`, `[1,2]`, `{"a":`, `[note] x`, `{}`, `[]`} {
		if _, err := read(t, text); !errors.Is(err, exchange.ErrNotThisFormat) {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := fhir.Format().Import(ctx, source("a.json", madeBundle(500)), &sink{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestTwice imports the same file twice: the second time changes nothing.
func TestTwice(t *testing.T) {
	s := &store{}
	src := []exchange.Source{source("a.json", madeBundle(20))}
	for n, want := range []int{21, 0} {
		b, err := exchange.Import(context.Background(), s, []exchange.Format{fhir.Format()}, src, exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Commit(context.Background())
		if err != nil || r.Sources[0].Filed != want || !r.Sources[0].Adds() {
			t.Errorf("import %d: %v, %+v", n, err, r.Sources[0])
		}
	}
}
