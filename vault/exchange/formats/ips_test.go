package formats

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// summaryOf writes a summary and reads it again.
func summaryOf(t *testing.T, sel exchange.Selection) (content []byte, lost, added []string) {
	t.Helper()
	var b bytes.Buffer
	if err := ips.Document.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), differ(t, b.Bytes(), sel)[0], differ(t, b.Bytes(), sel)[1]
}

func differ(t *testing.T, content []byte, sel exchange.Selection) [2][]string {
	t.Helper()
	src := exchange.Source{Name: "ips.json", FS: fstest.MapFS{"ips.json": {Data: content}}, Path: "ips.json"}
	lost, added, err := ips.Differences(t.Context(), named(t, "fhir").Import, src, sel)
	if err != nil {
		t.Fatal(err)
	}
	return [2][]string{lost, added}
}

func named(t *testing.T, name string) exchange.Format {
	t.Helper()
	for _, f := range All() {
		if f.Name == name && f.Import != nil {
			return f
		}
	}
	t.Fatalf("no format %s", name)
	return exchange.Format{}
}

// TestSummaryStatesWhatTheRecordStates reads summaries again with the importer of
// FHIR, and finds a fact that was dropped and a number that was changed.
func TestSummaryStatesWhatTheRecordStates(t *testing.T) {
	for _, l := range []*sheettest.Library{sheettest.Realistic(), sheettest.Large(2_000)} {
		sel := l.Select(t, exchange.Scope{})
		content, lost, added := summaryOf(t, sel)
		if len(lost)+len(added) > 0 {
			t.Errorf("only in the record %q, only in the summary %q", lost, added)
		}
		changed := bytes.Replace(content, []byte(`"valueQuantity":{"value":`), []byte(`"valueQuantity":{"value":1`), 1)
		if d := differ(t, changed, sel); len(d[0]) == 0 || len(d[1]) == 0 {
			t.Error("a number that was changed is not found")
		}
		less := sel
		less.Records = nil
		for _, r := range sel.Records {
			if r.Resource.Kind() != record.KindAllergyIntolerance {
				less.Records = append(less.Records, r)
			}
		}
		content, _, _ = summaryOf(t, less)
		if d := differ(t, content, sel); len(d[0]) == 0 {
			t.Error("allergies that were dropped are not found")
		}
	}
}

// TestSummariesOfSharedPeople does the same with every sample of FHIR, C-CDA and
// the IPS.
func TestSummariesOfSharedPeople(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	var files []string
	for _, dir := range []string{"fhir-r4", "fhir-stu3", "fhir-dstu2", "ccda", "ips"} {
		_ = filepath.WalkDir(filepath.Join("../../../../shared/data", dir), func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				files = append(files, path)
			}
			return nil
		})
	}
	if len(files) == 0 {
		t.Skip("SKIPPED: ../shared/data is not here")
	}
	people := 0
	for _, path := range files {
		if info, err := os.Stat(path); err != nil || info.IsDir() || info.Size() > 3<<20 {
			continue
		}
		v := vaulttest.Empty(t)
		src := exchange.Source{Name: filepath.Base(path), FS: os.DirFS(filepath.Dir(path)), Path: filepath.Base(path)}
		b, err := exchange.Import(t.Context(), v, All(), []exchange.Source{src}, exchange.Options{Person: exchange.NewPerson})
		if err != nil || b.Held() {
			continue
		}
		if _, err := b.Commit(t.Context()); err != nil {
			continue
		}
		found, err := v.People(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range found[:min(2, len(found))] {
			sel, err := exchange.Select(t.Context(), v, exchange.Scope{Person: p.ID}, time.Now(), "test")
			if err != nil {
				t.Fatal(err)
			}
			var content bytes.Buffer
			if err := ips.Document.Export(t.Context(), &content, sel); errors.Is(err, exchange.ErrTooLarge) {
				continue
			}
			people++
			if d := differ(t, content.Bytes(), sel); len(d[0])+len(d[1]) > 0 {
				t.Errorf("%s: only in the record %.200q, only in the summary %.200q", src.Name, strings.Join(d[0], "; "), strings.Join(d[1], "; "))
			}
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d people", people)
}

// TestTimesThatFHIRCannotHold puts results with times of every odd kind into a
// record: neither the summary nor the CCD is left out because of one.
func TestTimesThatFHIRCannotHold(t *testing.T) {
	times := map[string]record.When{
		"ends before it starts":      {Start: "2021-05-01", End: "2021-01-01", Period: true},
		"ends earlier on the day":    {Start: "2021-05-01T10:00:00Z", End: "2021-05-01T09:00:00Z", Period: true},
		"has an end alone":           {End: "2021-01-01", Period: true},
		"goes on":                    {Start: "2021-01-01", Period: true},
		"is over":                    {Start: "2021-01-01", Ended: true},
		"is in words":                {Text: "last summer"},
		"is a day and words":         {Start: "2021-01-01", Text: "New Year's morning"},
		"is no date":                 {Start: "2021-02-31"},
		"is no date in a period":     {Start: "2021-02-31", End: "2021-03-01", Period: true},
		"has no offset":              {Start: "2021-01-01T10:00"},
		"has an offset":              {Start: "2021-01-01T23:30+09:00"},
		"is a month":                 {Start: "2021-01"},
		"is of different precision":  {Start: "2021-01", End: "2021-01-20", Period: true},
		"is of different precision2": {Start: "2021-01-20T10:00:00Z", End: "2021", Period: true},
		"is nothing":                 {},
	}
	for name, when := range times {
		l := sheettest.New(&record.Patient{})
		h := l.File("labs.json", "application/json", []byte(name))
		l.Add(&record.Observation{
			Status: "final", Code: record.Concept{Text: "Potassium"}, Effective: when,
			Value: record.Value{Quantity: sheettest.Amount("4.1", "mmol/L")},
		}, record.Provenance{Original: h, Format: "fhir"})
		sel := l.Select(t, exchange.Scope{})
		for _, format := range []string{"ips", "ccda"} {
			f, ok := exchange.Exporter(All(), format)
			if !ok {
				t.Fatalf("there is no %s", format)
			}
			var b bytes.Buffer
			if err := f.Export(t.Context(), &b, sel); err != nil {
				t.Errorf("a time that %s: %s: %v", name, format, err)
				continue
			}
			src := exchange.Source{Name: "x", FS: fstest.MapFS{"x": {Data: b.Bytes()}}, Path: "x"}
			if err := f.Verify(t.Context(), src, sel); err != nil {
				t.Errorf("a time that %s: %s: %v", name, format, err)
			}
		}
	}
}
