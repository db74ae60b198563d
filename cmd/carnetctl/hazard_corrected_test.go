package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// laboratory is a made-up HL7 v2 message with one result.
func laboratory(made, status, value string) string {
	return "MSH|^~\\&|LAB|Example Lab|APP|ME|" + made + "||ORU^R01^ORU_R01|" + made + "|P|2.5.1\r" +
		"PID|1||1^^^Example Lab^MR||Hazard^Hanna^^^^^L||19500203|F\r" +
		"OBR|1|P-7^EHR|F-9^LAB|24323-8^Metabolic panel^LN|||20240213080000-0500|||||||||||||||" + made + "||LAB|F\r" +
		"OBX|1|NM|2823-3^ZKALIUM^LN||" + value + "|mmol/L|3.5-5.1|N|||" + status + "\r"
}

func resourceOf(status, value string) string {
	return `{"resourceType": "Bundle", "type": "collection", "entry": [
{"fullUrl": "https://h.example/fhir/Patient/1", "resource": {"resourceType": "Patient", "id": "1", "name": [{"family": "Hazard", "given": ["Hanna"]}], "gender": "female", "birthDate": "1950-02-03"}},
{"fullUrl": "https://h.example/fhir/Observation/7", "resource": {"resourceType": "Observation", "id": "7", "status": "` + status + `", "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}], "text": "ZKALIUM"},
"category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
"subject": {"reference": "Patient/1"}, "effectiveDateTime": "2024-02-13T08:00:00-05:00", "valueQuantity": {"value": ` + value + `, "unit": "mmol/L"}}}]}`
}

// A corrected result stands nowhere as a value: the list of everything names it
// as history, and no other output has it.
func TestHazard25CorrectedResultInEveryOutput(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"hl7v2, correction last":  {"a.hl7": laboratory("20240213", "F", "77.31"), "b.hl7": laboratory("20240215", "C", "66.42")},
		"hl7v2, correction first": {"b.hl7": laboratory("20240213", "F", "77.31"), "a.hl7": laboratory("20240215", "C", "66.42")},
		"hl7v2, preliminary":      {"a.hl7": laboratory("20240213", "P", "77.31"), "b.hl7": laboratory("20240215", "F", "66.42")},
		"fhir":                    {"a.json": resourceOf("final", "77.31"), "b.json": resourceOf("amended", "66.42")},
	} {
		f := show(t, files)
		for face, text := range f.text {
			if face == "list" {
				for _, l := range f.lines(face, "77.31") {
					if !strings.Contains(l, "REPLACED by a later statement") {
						t.Errorf("%s: the list has it without saying that it is history: %q", name, l)
					}
				}
				continue
			}
			if strings.Contains(text, "77.31") {
				t.Errorf("%s: %s shows the value that was replaced", name, face)
			}
		}
		for _, face := range []string{"current", "html", "ips", "ccda", "fhir", "ndjson"} {
			if !strings.Contains(f.text[face], "66.42") {
				t.Errorf("%s: %s lacks the value that counts", name, face)
			}
		}
	}
}

// What its sender withdrew, above all since it was another patient's, is in no
// output at all, whichever came first, nor in the files that leave.
func TestHazard26WithdrawnResultInEveryOutput(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"deleted":               {"a.hl7": laboratory("20240213", "F", "77.31"), "b.hl7": laboratory("20240215", "D", "77.31")},
		"wrong patient":         {"a.hl7": laboratory("20240213", "F", "77.31"), "b.hl7": laboratory("20240215", "W", "77.31")},
		"wrong patient, before": {"b.hl7": laboratory("20240213", "F", "77.31"), "a.hl7": laboratory("20240215", "W", "77.31")},
		"entered in error":      {"a.json": resourceOf("final", "77.31"), "b.json": resourceOf("entered-in-error", "77.31")},
	} {
		f := show(t, files)
		for face, text := range f.text {
			if strings.Contains(text, "77.31") || face != "search" && strings.Contains(text, "ZKALIUM") { // a search finds the panel that lists the test
				t.Errorf("%s: %s shows what was withdrawn", name, face)
			}
		}
	}
	dir := t.TempDir()
	v, out := filepath.Join(dir, "v"), filepath.Join(dir, "package")
	ctl(t, 0, "create", v)
	for _, m := range []struct{ made, status string }{{"20240213", "F"}, {"20240215", "W"}} {
		path := filepath.Join(dir, m.made+".hl7")
		if err := os.WriteFile(path, []byte(laboratory(m.made, m.status, "77.31")), 0o600); err != nil {
			t.Fatal(err)
		}
		receipt := ctl(t, 0, "--vault", v, "import", "--yes", path)
		if said := strings.Contains(receipt, "a result of 13 February 2024 was withdrawn by its sender"); said != (m.status == "W") || strings.Contains(receipt, "77.31") {
			t.Errorf("the receipt of %s says %q", m.status, receipt)
		}
	}
	ctl(t, 0, "--vault", v, "export", "--format", "package", "--out", out)
	for path, content := range contents(t, out) {
		if strings.Contains(content, "77.31") {
			t.Errorf("the package's %s has what was withdrawn", path)
		}
	}
}

// contents are those of every file of a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A dry run shows the receipt of the import and leaves every byte of the vault as
// it was; so does a question that is answered with no.
func TestDryRunChangesNoByte(t *testing.T) {
	dir := t.TempDir()
	v, a, b := filepath.Join(dir, "v"), filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")
	for path, content := range map[string]string{a: resourceOf("final", "4.1"), b: resourceOf("corrected", "4.2")} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctl(t, 0, "create", v)
	ctl(t, 0, "--vault", v, "import", "--yes", a)
	before := fingerprint(t, v)
	dry := ctl(t, 0, "--vault", v, "import", "--dry-run", b)
	ctl(t, 2, "--vault", v, "import", b) // nobody answers
	ctl(t, 2, "--vault", v, "undo", "last")
	if after := fingerprint(t, v); after != before {
		t.Errorf("the vault changed:\n%s\n%s", before, after)
	}
	if real := ctl(t, 0, "--vault", v, "import", "--yes", b); real != dry {
		t.Errorf("the dry run said %q, and the import %q", dry, real)
	}
}

// fingerprint is a fingerprint of every file of a vault but the empty lock.
func fingerprint(t *testing.T, dir string) string {
	var out []string
	for path, content := range contents(t, dir) {
		out = append(out, fmt.Sprintf("%s %x", path, sha256.Sum256([]byte(content))))
	}
	return strings.Join(slices.Sorted(slices.Values(out)), "\n")
}
