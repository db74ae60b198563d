package phr_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/phr"
	"github.com/carnet-phr/carnet/vault/record"
)

var update = flag.Bool("update", false, "rewrite the expected results")

// sink keeps what it is given.
type sink struct {
	exchange.Sink
	records []record.Record
	issues  []exchange.Issue
}

func (s *sink) Add(r record.Record)     { s.records = append(s.records, r) }
func (s *sink) Report(i exchange.Issue) { s.issues = append(s.issues, i) }

func read(t testing.TB, text string) (*sink, error) {
	t.Helper()
	s := &sink{}
	err := phr.Format().Import(context.Background(), exchangetest.Source("a.json", []byte(text)), s)
	return s, err
}

func export(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/export.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// with is a small export with one list.
func with(name, item string) string {
	return `{"export_metadata":{"generated_at":"x","scope":"all","include_files":false},"` + name + `":[` + item + `]}`
}

func TestConformance(t *testing.T) {
	exchangetest.Run(t, exchangetest.Suite{Format: phr.Format(), Good: map[string][]byte{"export.json": []byte(export(t))}, Not: map[string][]byte{
		"FHIR": []byte(`{"resourceType":"Patient"}`), "list": []byte(`[]`), "other": []byte(`{"export_metadata":{"scope":"all"}}`), "text": []byte("x"),
	}})
}

func TestGolden(t *testing.T) {
	s, err := read(t, export(t))
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Place, Kind, Title, When, Standing string
		Resource                           record.Resource
	}
	var rows []row
	for _, r := range s.records {
		sum := r.Summary()
		rows = append(rows, row{r.Source().Place, string(r.Resource.Kind()), sum.Title, sum.When.Human(), string(sum.Standing), r.Resource})
		if r.Source().Asserter != record.ByPatient || r.Person != "patient_info" {
			t.Errorf("%s: %+v", r.Source().Place, r.Source())
		}
	}
	got, err := json.MarshalIndent(map[string]any{"records": rows, "issues": s.issues}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile("testdata/export.want.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/export.want.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("the result differs from testdata/export.want.json; run with -update and read the difference")
	}
}

func one[T record.Resource](t *testing.T, text string) (T, record.Summary) {
	t.Helper()
	s, err := read(t, text)
	if err != nil || len(s.records) != 1 {
		t.Fatalf("got %d records, %v", len(s.records), err)
	}
	r, ok := s.records[0].Resource.(T)
	if !ok {
		t.Fatalf("got a %s", s.records[0].Resource.Kind())
	}
	return r, s.records[0].Summary()
}

func TestHazard08And13MedicineStanding(t *testing.T) {
	for status, want := range map[string]record.Standing{
		"active": record.Current, "stopped": record.Past, "on_hold": record.Past, "completed": record.Past, "cancelled": record.NotSo,
		"": record.Unstated, "some-new-word": record.Uncertain,
	} {
		if _, s := one[*record.MedicationStatement](t, with("medications", `{"medication_name":"x","status":"`+status+`"}`)); s.Standing != want {
			t.Errorf("%s: got %q, want %q", status, s.Standing, want)
		}
	}
}

func TestHazard04NoKnownAllergy(t *testing.T) {
	if a, _ := one[*record.AllergyIntolerance](t, with("allergies", `{"allergen":"No known allergies"}`)); a.NoneKnown() != record.NoKnownAllergy {
		t.Errorf("got %+v", a)
	}
}

func TestHazard17NoUnitInvented(t *testing.T) {
	o, s := one[*record.Observation](t, with("vitals", `{"recorded_date":"2024-01-02","blood_glucose":5.40}`))
	if o.Value.Quantity.Value != "5.40" || s.Unit != "" {
		t.Errorf("got %+v", o.Value)
	}
}

func TestHazard19DecimalsAsWritten(t *testing.T) {
	for _, n := range []string{"0.010", "4.10", "1e3", "100"} {
		if o, _ := one[*record.Observation](t, with("vitals", `{"weight":`+n+`,"weight_unit":"kg"}`)); o.Value.Quantity.Value != n || o.Value.Quantity.Unit != "kg" {
			t.Errorf("got %+v", o.Value)
		}
	}
}

func TestHazard29PressureStaysTogether(t *testing.T) {
	if _, s := one[*record.Observation](t, with("vitals", `{"systolic_bp":120,"diastolic_bp":80}`)); s.Value != "120/80" {
		t.Errorf("got %q", s.Value)
	}
}

func TestHazard31FamilyHistoryIsNoCondition(t *testing.T) {
	f, _ := one[*record.FamilyMemberHistory](t, with("family_history", `{"relationship":"mother","conditions":[{"condition_name":"Stroke","diagnosis_age":60}]}`))
	if f.Condition[0].String() != "Stroke, from age 60" {
		t.Errorf("got %q", f.Condition[0])
	}
}

func TestHazard32NobodyNamed(t *testing.T) {
	b, err := exchange.Import(context.Background(), exchangetest.NewMemory(), []exchange.Format{phr.Format()}, []exchange.Source{exchangetest.Source("a.json", []byte(with("conditions", `{"diagnosis":"x"}`)))}, exchange.Options{})
	if err != nil || !b.Held() {
		t.Errorf("an export without a patient is not held: %v", err)
	}
}

func TestHazard35DatePrecision(t *testing.T) {
	for _, d := range []string{"2021", "2021-03", "2021-03-05"} {
		if c, _ := one[*record.Condition](t, with("conditions", `{"diagnosis":"x","onset_date":"`+d+`"}`)); string(c.Onset.Start) != d {
			t.Errorf("got %q", c.Onset.Start)
		}
	}
}

func TestHazard41CriticalityIsNotSeverity(t *testing.T) {
	if a, _ := one[*record.AllergyIntolerance](t, with("allergies", `{"allergen":"x","severity":"severe"}`)); a.Criticality != "" || a.Reaction[0].Severity != "severe" {
		t.Errorf("got %+v", a)
	}
}

func TestRefused(t *testing.T) {
	for name, text := range map[string]string{
		"duplicate":      with("allergies", `{"allergen":"x","status":"inactive","status":"active"}`),
		"other capitals": with("allergies", `{"allergen":"x","Status":"active"}`),
		"behind":         with("allergies", "") + "{}",
		"cut":            with("allergies", "")[:90],
		"NUL":            with("allergies", `{"allergen":"\u0000"}`),
		"UTF-8":          with("allergies", "{\"allergen\":\"\xff\"}"),
		"depth":          with("allergies", strings.Repeat("[", 70)+strings.Repeat("]", 70)),
	} {
		s, err := read(t, text)
		if err == nil || len(s.records) > 0 || !strings.Contains(err.Error(), "line 1, column ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := read(t, `{"a":1}`); !errors.Is(err, exchange.ErrNotThisFormat) {
		t.Errorf("got %v", err)
	}
}

func TestIssuesTellNothing(t *testing.T) {
	s, err := read(t, `{"export_metadata":{"scope":"all"},"SECRET":[1],"conditions":["SECRET",{"diagnosis":"x","onset_date":"SECRET"}],"patient_info":{"birth_date":"SECRET"}}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range s.issues {
		if strings.Contains(i.Place+i.Text+i.What, "SECRET") {
			t.Errorf("told: %s %s %s", i.Place, i.What, i.Text)
		}
	}
}

func FuzzImport(f *testing.F) {
	f.Add(export(f))
	for _, s := range []string{`{"export_metadata":{"scope":1},"vitals":{"systolic_bp":[]},"lab_results":[{"test_components":7}]}`, `{"export_metadata":{"scope":""},"patient_info":[],"emergency_contacts":1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := read(t, text)
		if err != nil {
			return
		}
		for _, r := range s.records {
			p := r.Source()
			if p.Place == "" || p.Span.Offset < 0 || p.Span.Offset+p.Span.Length > int64(len(text)) {
				t.Fatalf("%s: %+v of %d bytes", p.Place, p.Span, len(text))
			}
			r.Summary()
			r.Resource.Details()
			r.Resource.Validate()
			r.Keys()
		}
	})
}
