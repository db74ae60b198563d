package ips_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard19Decimals(t *testing.T) {
	for written, want := range map[string]string{
		"0.010": "0.010", "-0": "-0", "1e3": "1e3", "1.50E-10": "1.50E-10", "+1": "1", ".5": "0.5", "-.5": "-0.5", "007.5": "7.5",
		"12345678901234567890.12345678901234567890": "12345678901234567890.12345678901234567890",
	} {
		out := string(export(t, ips.Document, selection(rec("o", lab("X", "1-8", written, "mg", "2026")))))
		if !strings.Contains(out, `"valueQuantity":{"value":`+want+`,`) {
			t.Errorf("%s: want %s in the file", written, want)
		}
	}
	for _, written := range []string{"1,5", "5.", "NaN", "1e", "1e+-5", "five"} {
		r := resources(summary(t, rec("o", lab("X", "1-8", written, "mg", "2026"))))["o"]
		if r["valueQuantity"] != nil || at(r, "valueString") != written+" mg" {
			t.Errorf("%s: got %v", written, r["valueString"])
		}
	}
}

func TestHazard33LinkIsKept(t *testing.T) {
	sel := selection(rec("p2", &record.Patient{Name: []record.HumanName{{Text: "Ada B."}}, ReplacedBy: []record.Reference{{ID: "person0000000000"}}}))
	r := resources(decode(t, export(t, ips.Bundle, sel)))["p2"]
	if at(r, "link", 0, "type") != "replaced-by" || at(r, "link", 0, "other", "reference") == "" {
		t.Errorf("got %v", r["link"])
	}
	if _, there := resources(decode(t, export(t, ips.Document, sel)))["p2"]; there {
		t.Error("a second Patient is in the summary")
	}
}

func TestHazard49PatientEntered(t *testing.T) {
	b := summary(t, everything()...)
	all := resources(b)
	patient := at(array(b["entry"])[1], "fullUrl")
	for id, path := range map[string][]any{
		"al5": {"asserter", "reference"}, "me10": {"informationSource", "reference"}, "co7": {"asserter", "reference"}, "pr3": {"asserter", "reference"},
		"do2": {"author", 0, "reference"}, "ca2": {"author", "reference"}, "go2": {"expressedBy", "reference"},
	} {
		if got := at(all[id], path...); got != patient {
			t.Errorf("%s: got %q", id, got)
		}
		if got := at(all[id], "meta", "security", 0, "code"); got != "PATAST" {
			t.Errorf("%s: label %q", id, got)
		}
		mustHold(t, at(all[id], "text", "div"), "entered by the patient")
	}
	if at(all["im4"], "primarySource") != "false" || at(all["al1"], "meta", "security", 0, "code") != "" {
		t.Error("patient and provider are mixed up")
	}
	enterers := 0
	for _, r := range all {
		if at(r, "resourceType") == "Provenance" && at(r, "agent", 0, "type", "coding", 0, "code") == "enterer" {
			enterers++
			if got := len(array(r["target"])); got != 8 {
				t.Errorf("targets: got %d, want 8", got)
			}
		}
	}
	if enterers != 1 {
		t.Errorf("got %d Provenances of the patient", enterers)
	}
	_, words, _ := section(t, b, "10160-0")
	mustHold(t, words, "<td>entered by the patient</td>")
}

func TestHazard49And51EveryExportSaysWhatItIs(t *testing.T) {
	sel := selection(everything()...)
	sel.Withheld, sel.InError = 7, 3
	sel.Scope.From, sel.Scope.Kinds = "2020-01-01", []record.Kind{record.KindCondition}
	for _, f := range allFormats {
		out := string(export(t, f, sel))
		mustHold(t, out, "Made on 22 November 2026, 18:30 (UTC+01:00) with Carnet 1.0.0", "No care provider has checked or signed it", "Period: the dates of the entries run from",
			"Sources: visit.json; the patient", "Holds: allergies", "were entered by the patient", "Some items withheld by the patient.", "3 entries that the source itself withdrew", "Limited by the patient to: problems, dates from 1 January 2020")
		mustLack(t, out, "7 items", "withheld by the patient: ")
	}
	c := array(decode(t, export(t, ips.Document, sel))["entry"])[0]["resource"].(object)
	if len(array(c["author"])) != 2 || c["attester"] != nil || c["custodian"] != nil || at(c, "title") != "Patient summary for Ada Beispiel" {
		t.Errorf("Composition: %v", c)
	}
	mustHold(t, at(c, "text", "div"), "3 entries carry something that is not understood", "further entries of the record are not coded here")
	sel.Withheld = 0
	mustLack(t, string(export(t, ips.Document, sel)), "withheld by the patient")
}

func TestHazard50StrictestLabel(t *testing.T) {
	r := rec("c", &record.Condition{ClinicalStatus: "active", Code: text("X")})
	r.Provenance[0].Security = []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: "V"}}
	c := array(summary(t, r)["entry"])[0]["resource"].(object)
	if got := at(c, "confidentiality"); got != "V" {
		t.Errorf("got %q", got)
	}
}

func TestPatientWithoutNameOrBirthDate(t *testing.T) {
	sel := selection()
	sel.Person.Resource = &record.Patient{}
	sel.Records = nil
	b := decode(t, export(t, ips.Document, sel))
	r := resources(b)["person0000000000"]
	if at(r, "name", 0, "extension", 0, "valueCode") != "unknown" || at(r, "_birthDate", "extension", 0, "valueCode") != "unknown" {
		t.Errorf("got %v", r)
	}
}
