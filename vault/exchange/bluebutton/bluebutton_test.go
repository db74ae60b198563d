package bluebutton_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/bluebutton"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// sample is a made-up report: own work, no real person.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bring imports one report and gives its records and its receipt.
func bring(t testing.TB, name string, content []byte) ([]record.Record, record.SourceReport) {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{bluebutton.Format}, []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s := r.Sources[0]
	if !s.Adds() {
		t.Errorf("%s: the receipt does not add up: %+v", name, s)
	}
	return m.All(), s
}

// va are the records of the made-up report of the VA.
func va(t testing.TB) []record.Record {
	t.Helper()
	records, _ := bring(t, "va.txt", sample(t, "va.txt"))
	return records
}

func of(records []record.Record, k record.Kind) []record.Record {
	var out []record.Record
	for _, r := range records {
		if r.Resource.Kind() == k && len(r.Provenance) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// titled finds a record by kind and title.
func titled(t testing.TB, records []record.Record, k record.Kind, title string) record.Record {
	t.Helper()
	for _, r := range of(records, k) {
		if r.Summary().Title == title {
			return r
		}
	}
	t.Fatalf("no %s of that title", k)
	return record.Record{}
}

// whole is the document of the whole report.
func whole(t testing.TB, records []record.Record) *record.DocumentReference {
	t.Helper()
	for _, r := range of(records, record.KindDocumentReference) {
		if d, ok := r.Resource.(*record.DocumentReference); ok && len(d.Section) > 1 {
			return d
		}
	}
	t.Fatal("the report itself was not kept as a document")
	return nil
}

func checkPlaces(t testing.TB, records []record.Record, content []byte) {
	t.Helper()
	for _, r := range records {
		for _, p := range r.Provenance {
			if !strings.HasPrefix(p.Place, "line") || p.Span.Offset < 0 || p.Span.Length <= 0 || p.Span.Offset+p.Span.Length > int64(len(content)) {
				t.Errorf("%s: the bytes %v are not of the file", p.Place, p.Span)
			}
		}
	}
}

func claimed(name string, content []byte) bool {
	return bluebutton.Format.Identify(exchange.Head{Name: name, Bytes: content[:min(len(content), 64<<10)], Size: int64(len(content))}) != exchange.No
}

func TestConformance(t *testing.T) {
	va := sample(t, "va.txt")
	exchangetest.Run(t, exchangetest.Suite{
		Format: bluebutton.Format,
		Good: map[string][]byte{
			"va.txt": va, "cms.txt": sample(t, "cms.txt"), "vagov.txt": sample(t, "vagov.txt"), "marked.txt": append([]byte("\xef\xbb\xbf"), va...),
			"returns.txt": bytes.ReplaceAll(va, []byte("\n"), []byte("\r\n")), "two-returns.txt": bytes.ReplaceAll(va, []byte("\n"), []byte("\r\r\n")),
			"latin.txt": bytes.ReplaceAll(va, []byte("as a child"), []byte("as a child \xe9t\xe9 \x96")),
		},
		Not: map[string][]byte{
			"letter.txt":  []byte("Dear colleague,\n\nI enclose the MY HEALTHEVET PERSONAL INFORMATION REPORT, produced by the VA Blue Button (v12.5).\n"),
			"mention.txt": []byte("MYMEDICARE.GOV PERSONAL HEALTH INFORMATION\nis what the site calls it.\n"),
			"rule.txt":    []byte("--------------------\nNotes\n--------------------\nSource: my own\n"),
			"binary":      {0, 1, 2, 3}, "empty": nil,
		},
	})
}

// TestSameInAnyDress: line ends, a mark and the encoding change no record.
func TestSameInAnyDress(t *testing.T) {
	plain := sample(t, "va.txt")
	want := titles(t, plain)
	for name, b := range map[string][]byte{
		"CR LF": bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")), "CR CR LF": bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\r\n")), "mark": append([]byte("\xef\xbb\xbf"), plain...),
	} {
		if got := titles(t, b); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func titles(t testing.TB, content []byte) string {
	records, _ := bring(t, "x.txt", content)
	var out []string
	for _, k := range record.Kinds {
		for _, r := range of(records, k.Kind) {
			s := r.Summary()
			out = append(out, string(k.Kind)+" "+r.Source().Place+" "+s.Title+" "+s.Result()+" "+s.When.Human())
		}
	}
	return strings.Join(out, "\n")
}

func TestUnknownSectionIsKept(t *testing.T) {
	records, report := bring(t, "va.txt", sample(t, "va.txt"))
	if report.Kept != 1 || report.Administrative != 1 || report.Refused != 0 {
		t.Errorf("got %+v", report)
	}
	found := false
	for _, i := range report.Issues {
		found = found || strings.Contains(i.Text, "not understood") && strings.HasPrefix(i.Place, "lines ")
	}
	if !found {
		t.Errorf("no word of the section: %v", report.Issues)
	}
	d := whole(t, records)
	for _, s := range d.Section {
		if s.Title == "VA SOMETHING NEW" && strings.Contains(s.Text.Plain(), "Line one that nobody knows") {
			return
		}
	}
	t.Error("its text is not in the document")
}

// TestFreeTextIsNoHeading: a note that prints a heading or a key stays one note.
func TestFreeTextIsNoHeading(t *testing.T) {
	records := va(t)
	if n := len(of(records, record.KindAllergyIntolerance)); n != 1 {
		t.Errorf("got %d allergies, want 1", n)
	}
	d, ok := titled(t, records, record.KindDocumentReference, "EXAMPLE - FOLLOW-UP").Resource.(*record.DocumentReference)
	if !ok || len(d.Section) != 1 || !strings.Contains(d.Section[0].Text.Plain(), "nor is this an allergy") || len(d.Author) != 1 {
		t.Errorf("got %+v", d)
	}
}

func TestWrappedValues(t *testing.T) {
	records := va(t)
	m, _ := titled(t, records, record.KindMedicationStatement, "MADEUPINE 10MG TAB").Resource.(*record.MedicationStatement)
	if got, want := m.Dosage[0].Text, "TAKE ONE TABLET BY MOUTH EVERY DAY FOR A MADE-UP REASON -- WITH FOOD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	o, _ := titled(t, records, record.KindObservation, "POTASSIUM").Resource.(*record.Observation)
	if len(o.Performer) != 1 || !strings.HasSuffix(o.Performer[0], "ROAD, EXAMPLETON") || len(o.Note) != 1 || !strings.Contains(o.Note[0], "LOW RISK") {
		t.Errorf("got %q, %q", o.Performer, o.Note)
	}
	r, _ := titled(t, records, record.KindDiagnosticReport, "Panel one").Resource.(*record.DiagnosticReport)
	if len(r.Result) != 4 || r.Status != "" || !strings.Contains(strings.Join(r.Note, "\n"), "OF THE WHOLE PANEL") {
		t.Errorf("got %+v", r)
	}
	p, _ := of(records, record.KindPatient)[1].Resource.(*record.Patient)
	if p.Gender != "female" || len(p.Contact) != 1 || p.Contact[0].Telecom[0].Value != "555-0100" {
		t.Errorf("got %+v", p)
	}
}

// TestMoreOfTheSame: a second download of the same facts adds only its own text.
func TestMoreOfTheSame(t *testing.T) {
	m := exchangetest.NewMemory()
	first := sample(t, "va.txt")
	exchangetest.Import(t, m, bluebutton.Format, "first.txt", first)
	later := bytes.ReplaceAll(first, []byte("\n\nName: EXAMPLE"), []byte("\n\nA further line of the portal.\n\nName: EXAMPLE"))
	r := exchangetest.Import(t, m, bluebutton.Format, "later.txt", later)
	if s := r.Sources[0]; s.Filed > 3 || s.Duplicate < 15 {
		t.Errorf("got %+v", s)
	}
}
