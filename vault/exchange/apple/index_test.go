package apple_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/apple"
)

// tree is a made-up export as it lies in its folder; the phone speaks French.
func tree(entries ...string) fstest.MapFS {
	files := map[string]string{
		"apple_health_export/exportation.xml":                     string(export(strings.Repeat(quantityOf("HeartRate", "count/min", "60", "2024-02-03 07:00:00 +0100", "/>\n"), 6000) + strings.Join(entries, "\n"))),
		"apple_health_export/export_cda.xml":                      `<ClinicalDocument xmlns="urn:hl7-org:v3"/>`,
		"apple_health_export/workout-routes/route.gpx":            `<gpx/>`,
		"apple_health_export/electrocardiograms/ecg.csv":          ecgText,
		"apple_health_export/clinical-records/Patient-A.json":     `{"resourceType":"Patient","id":"1","name":[{"family":["Measure"],"given":["Maud"]}],"gender":"female","birthDate":"1961-04-03"}`,
		"apple_health_export/clinical-records/Patient-B.json":     `{"resourceType":"Patient","id":"1","name":[{"family":"Other","given":["Olga"]}],"birthDate":"1999-01-01"}`,
		"apple_health_export/clinical-records/Patient-C.json":     `{"resourceType":"Patient","id":"1"}`,
		"apple_health_export/clinical-records/Observation-A.json": `{"resourceType":"Observation","id":"1"}`,
		"apple_health_export/clinical-records/Observation-B.json": `{"resourceType":"Observation","id":"1"}`,
		"apple_health_export/clinical-records/Observation-C.json": `{"resourceType":"Observation","id":"1"}`,
		"other/notes.xml": `<notes/>`,
	}
	m := fstest.MapFS{}
	for name, content := range files {
		m[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return m
}

func listed(typ, file, source string) string {
	return fmt.Sprintf(`<ClinicalRecord type=%q identifier="1" sourceName=%q sourceURL="https://%s.example.org/fhir/%s/1" fhirVersion="1.0.2" receivedDate="2024-02-03 07:00:00 +0100" resourceFilePath="/clinical-records/%s.json"/>`, typ, source, source, typ, file)
}

func indexOf(t *testing.T, files fstest.MapFS) *exchange.Index {
	t.Helper()
	tr := exchange.Tree{Name: "export.zip", FS: files}
	for name := range files {
		tr.Names = append(tr.Names, name)
	}
	ix, err := apple.Format.Index(context.Background(), tr)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// TestIndex: the export is known by what is in it, and the list in it says whose
// each clinical record is: both providers have a Patient/1.
func TestIndex(t *testing.T) {
	const folder = "apple_health_export/clinical-records/"
	ix := indexOf(t, tree(listed("Patient", "Patient-A", "a"), listed("Observation", "Observation-A", "a"), listed("Observation", "Observation-B", "b"), listed("Patient", "Patient-B", "b"),
		listed("Patient", "Patient-C", "c"), listed("Observation", "Observation-C", "c")))
	for name, want := range map[string]string{"Observation-A": "Maud Measure", "Observation-B": "Olga Other", "Observation-C": "", "Patient-A": ""} {
		got := ""
		if p := ix.Members[folder+name+".json"].Patient; p != nil {
			got = p.DisplayName()
		}
		if got != want {
			t.Errorf("%s is about %q, want %q", name, got, want)
		}
	}
	if m := ix.Members["apple_health_export/workout-routes/route.gpx"]; m.Skip == "" || m.Outcome != exchange.Kept {
		t.Errorf("the route: got %+v", m)
	}
	if m := ix.Members["apple_health_export/export_cda.xml"]; len(m.Issues) != 1 || m.Skip != "" {
		t.Errorf("the document: got %+v", m)
	}
	if len(ix.Issues) != 1 || !strings.Contains(ix.Issues[0].Text, "6 clinical records") {
		t.Errorf("got %+v", ix.Issues)
	}
}

// TestIndexDoubt: two patients of one provider decide nothing, nor does a list
// that points out of the folder.
func TestIndexDoubt(t *testing.T) {
	ix := indexOf(t, tree(listed("Patient", "Patient-A", "a"), listed("Patient", "Patient-B", "a"), listed("Observation", "Observation-A", "a"),
		listed("Patient", "../../../etc/passwd", "b"), listed("Observation", "Observation-B", "b"), "<ClinicalRecord "))
	for name, m := range ix.Members {
		if m.Patient != nil {
			t.Errorf("%s: got %+v", name, m.Patient)
		}
	}
}

func TestNoIndex(t *testing.T) {
	if ix := indexOf(t, fstest.MapFS{"a/b.xml": {Data: []byte("<a/>")}, "c.json": {Data: []byte("{}")}}); ix != nil {
		t.Errorf("got %+v", ix)
	}
}
