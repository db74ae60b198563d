package fhir_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestAttachments(t *testing.T) {
	doc := func(attachment string) string {
		return `{"resourceType":"DocumentReference","status":"current","content":[{"attachment":` + attachment + `}]}`
	}
	for _, c := range []struct{ name, attachment, contentType, missing, warning string }{
		{"text", `{"contentType":"text/plain","data":"aGVsbG8=","size":5,"hash":"qvTGHdzF6KLavt4PO0gs2a6pQ00="}`, "text/plain", "", ""},
		{"pdf", `{"contentType":"application/pdf","data":"JVBERi0xLjQK"}`, "application/pdf", "", ""},
		{"no claim", `{"data":"JVBERi0xLjQK"}`, "application/pdf", "", ""},
		{"C-CDA", `{"contentType":"application/xml","data":"PD94bWwgdmVyc2lvbj0iMS4wIj8+PENsaW5pY2FsRG9jdW1lbnQvPg=="}`, "application/xml", "", ""},
		{"a lie", `{"contentType":"image/png","data":"PGh0bWw+PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="}`, "text/plain", "", "not of the type that it claims"},
		{"wrong size", `{"contentType":"text/plain","data":"aGVsbG8=","size":6}`, "text/plain", "", "the size that the source states"},
		{"wrong hash", `{"contentType":"text/plain","data":"aGVsbG8=","hash":"AAAA"}`, "text/plain", "", "the checksum that the source states"},
		{"broken", `{"contentType":"text/plain","data":"@@@"}`, "text/plain", "not valid base64", "not valid base64"},
		{"elsewhere", `{"contentType":"application/pdf","url":"file:///etc/passwd"}`, "application/pdf", "content not included: the file only names a place", ""},
		{"nothing", `{"contentType":"application/pdf"}`, "application/pdf", "content not included", ""},
		{"data address", `{"url":"data:text/plain;base64,aGVsbG8="}`, "text/plain", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, _, s := one[*record.DocumentReference](t, doc(c.attachment))
			a := d.Content[0]
			if a.ContentType != c.contentType || !strings.Contains(a.Missing, c.missing) || (c.missing == "") != (a.Hash != "") {
				t.Errorf("got %+v", a)
			}
			if !strings.Contains(s.text(), c.warning) || c.warning == "" && s.text() != "" {
				t.Errorf("issues: %s", s.text())
			}
		})
	}
}

func TestBinary(t *testing.T) {
	const bin = `{"fullUrl":"http://a.org/Binary/b","resource":{"resourceType":"Binary","id":"b","contentType":"text/plain","data":"aGVsbG8="}}`
	const doc = `{"fullUrl":"http://a.org/DocumentReference/d","resource":{"resourceType":"DocumentReference","status":"current","content":[{"attachment":{"contentType":"text/plain","title":"Letter","url":"Binary/b"}}]}}`
	for _, entries := range []string{bin + "," + doc, doc + "," + bin} {
		s := mustRead(t, `{"resourceType":"Bundle","entry":[`+entries+`]}`)
		if len(s.records) != 1 || s.count(exchange.Absorbed) != 1 {
			t.Fatalf("got %d records; %s", len(s.records), s.text())
		}
		if a := s.records[0].Resource.(*record.DocumentReference).Content[0]; a.Text != "hello" || a.Title != "Letter" || a.Missing != "" || a.Hash == "" {
			t.Errorf("got %+v", a)
		}
	}
	alone, _, _ := one[*record.DocumentReference](t, `{"resourceType":"Binary","contentType":"text/plain","data":"aGVsbG8="}`)
	if alone.Content[0].Text != "hello" {
		t.Errorf("got %+v", alone)
	}
}

func TestMedicationReference(t *testing.T) {
	const med = `{"fullUrl":"urn:uuid:m","resource":{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"1"}]},"form":{"text":"tablet"},"ingredient":[{"itemCodeableConcept":{"text":"Aspirin"},"strength":{"numerator":{"value":100,"unit":"mg"},"denominator":{"value":1,"unit":"tablet"}}}]}}`
	const order = `{"resource":{"resourceType":"MedicationRequest","status":"active","medicationReference":{"reference":"urn:uuid:m","display":"Aspirin 100"}}}`
	for _, entries := range []string{med + "," + order, order + "," + med} {
		s := mustRead(t, `{"resourceType":"Bundle","entry":[`+entries+`]}`)
		if len(s.records) != 1 || s.count(exchange.Absorbed) != 1 {
			t.Fatalf("got %d records; %s", len(s.records), s.text())
		}
		m := s.records[0].Resource.(*record.MedicationStatement)
		if m.Medication.Words() != "Aspirin 100" || m.Medication.Code(record.RxNorm) != "1" || m.Form.Text != "tablet" || m.Ingredient[0] != "Aspirin 100 mg per 1 tablet" {
			t.Errorf("got %+v", m)
		}
	}
	if o, _, _ := one[*record.Other](t, `{"resourceType":"Medication","code":{"text":"Aspirin"}}`); o.Title != "Aspirin" {
		t.Errorf("got %+v", o)
	}
	m, _, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationDispense","status":"completed","medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m","code":{"text":"Aspirin"}}]}`)
	if m.Medication.Text != "Aspirin" || m.Origin != record.Dispense {
		t.Errorf("got %+v", m)
	}
}
