package labcsv_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/labcsv"
	"github.com/carnet-phr/carnet/vault/record"
)

// brought is what one import of a made-up table gave.
type brought struct {
	records   []record.Record
	report    record.SourceReport
	questions []exchange.Question
}

// bring imports one table; answers are name, answer, name, answer, …
func bring(t testing.TB, content string, answers ...string) brought {
	t.Helper()
	opt := exchange.Options{Person: exchange.NewPerson, Answers: map[string]string{}}
	for i := 0; i+1 < len(answers); i += 2 {
		opt.Answers[answers[i]] = answers[i+1]
	}
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{labcsv.Format, labcsv.Table}, []exchange.Source{exchangetest.Source("t.csv", []byte(content))}, opt)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !r.Sources[0].Adds() {
		t.Errorf("the receipt does not add up: %+v", r.Sources[0])
	}
	out := brought{report: r.Sources[0], questions: b.Questions()}
	for _, one := range m.All() {
		if len(one.Provenance) > 0 && one.Source().Format != "" {
			out.records = append(out.records, one)
		}
	}
	return out
}

// results are "title: result" of every observation, with flag and range.
func (b brought) results() string {
	var out []string
	for _, r := range b.records {
		if o, ok := r.Resource.(*record.Observation); ok {
			s := o.Summary()
			out = append(out, strings.TrimRight(s.Title+": "+s.Result()+" "+s.Interpretation+" "+s.Range, " "))
		}
	}
	return strings.Join(out, "; ")
}

func first(t testing.TB, b brought) *record.Observation {
	t.Helper()
	for _, r := range b.records {
		if o, ok := r.Resource.(*record.Observation); ok {
			return o
		}
	}
	t.Fatalf("no result; %+v", b.report)
	return nil
}

func identify(content string) exchange.Match {
	h := exchange.Head{Bytes: []byte(content)[:min(len(content), 64<<10)], Size: int64(len(content))}
	return max(labcsv.Format.Identify(h), labcsv.Table.Identify(h))
}

const usual = "Test Name,Result,Flag,Units,Reference Range,Collected Date,LOINC,Status,Lab,Fasting\n" +
	"Sodium,140.90,,mmol/L,135-146,09/17/2008 06:28 PM,2951-2,Final,\"Example Lab, Inc.\",yes\n" +
	"Troponin,<0.010,H,ug/L,<0.04,09/17/2008 06:28 PM,,Preliminary,\"Example Lab, Inc.\",\n"

func TestConformance(t *testing.T) {
	exchangetest.Run(t, exchangetest.Suite{
		Format: labcsv.Format,
		Good: map[string][]byte{
			"us.csv":   []byte(usual),
			"de.csv":   []byte("Datum;Parameter;Wert;Einheit;Referenzbereich\r\n23.09.2009;H\xe4moglobin;12,74;g/dl;13,2\x9617,1\r\n"),
			"fr.tsv":   []byte("Date de prélèvement\tAnalyse\tRésultat\tUnité\tCommentaire\n13/02/2020\tGlycémie\t5.1\tmmol/L\t\"à jeun\"\"\"\n"),
			"es.csv":   []byte("\xef\xbb\xbfFecha;Prueba;Resultado;Unidades\n2020-02-03;Potasio;4,15;mmol/L\n"),
			"home.csv": []byte("Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse,Weight (kg)\n2020-02-03,07:30,128,82,60,71.5\n2020-02-04,07:30,,,61,\n"),
		},
		Not: map[string][]byte{
			"prose.txt": []byte("Dear Bob, thank you\nfor all, and the rest\n"), "letter.txt": []byte("Value for money, a result of the test.\nUnits, ranges and flags are of no interest here.\n"),
			"hl7": []byte("MSH|^~\\&|A|B\rPID|1|2|3\r"), "json": []byte("{\"test\":1,\"value\":2}\n"), "xml": []byte("<test,value,unit>\n"), "empty": nil, "binary": {1, 2, 0, 3},
		},
	})
}

func TestConformanceOfOtherTables(t *testing.T) {
	exchangetest.Run(t, exchangetest.Suite{
		Format: labcsv.Table,
		Good:   map[string][]byte{"other.csv": []byte("city,country\nParis,France\n")},
		Not:    map[string][]byte{"us.csv": []byte(usual), "prose.txt": []byte("Dear Bob, thank you\nfor all, and the rest\n")},
	})
}

func TestProseIsNoTable(t *testing.T) {
	for _, s := range []string{
		"Dear Bob, thank you\nfor all, and the rest\n",
		"Dear colleague,\n\nMany thanks for the referral; the result is fine.\n",
		"a line\nanother line\n", "one; two. Three.\n", "", "\n\n", "# title, of a page\n- a, b\n",
		"Potassium was 4.1, sodium 140.\nBoth are fine, thank you.\n",
	} {
		if m := identify(s); m != exchange.No {
			t.Errorf("%q is claimed (%v)", s, m)
		}
	}
}

func TestHeadingsInFourLanguages(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"English":         {"Analyte,Value,Unit,Low,High,Flag,Date\nPotassium,4.1,mmol/L,3.5,5.0,N,2020-01-31\n", "Potassium: 4.1 mmol/L N 3.5 to 5.0 mmol/L"},
		"German":          {"Untersuchung;Ergebnis;Einheit;Normbereich;Abnahmedatum\nKalium;4,10;mmol/l;3,5 - 5,0;31.01.2020\n", "Kalium: 4.10 mmol/l  3,5 - 5,0"},
		"French":          {"Libellé;Valeur;Unités;Valeurs de référence;Date du prélèvement\nPotassium;4,1;mmol/L;3,5 à 5,0;31/01/2020\n", "Potassium: 4.1 mmol/L  3,5 à 5,0"},
		"Spanish":         {"Determinación;Resultado;Unidades;Valores de referencia;Fecha de extracción\nPotasio;4,1;mmol/L;3,5-5,0;31/01/2020\n", "Potasio: 4.1 mmol/L  3,5-5,0"},
		"code alone":      {"LOINC,Result,Unit,Date\n2823-3,4.1,mmol/L,2020-01-31\n", "code 2823-3: 4.1 mmol/L"},
		"lines above":     {"Report of 2020;;\nsomething;else;\n\nTest;Wert;Einheit\nKalium;4,1;mmol/l\n", "Kalium: 4.1 mmol/l"},
		"sep":             {"sep=;\nTest;Wert;Einheit\nKalium;4,1;mmol/l\n", "Kalium: 4.1 mmol/l"},
		"unit in value":   {"Test,Result\nPotassium,4.1 mmol/L\n", "Potassium: 4.1 mmol/L"},
		"unit heading":    {"Test,Result (mmol/L)\nPotassium,4.1\n", "Potassium: 4.1 mmol/L"},
		"pressure":        {"Date,Test,Value,Unit\n2020-01-31,Blood pressure,120/80,mmHg\n", "Blood pressure: 120/80 mmHg"},
		"grade":           {"Test,Result\nProtein,2+\nGlucose,1+\n", "Protein: 2+; Glucose: 1+"},
		"flag behind":     {"Test,Result,Units\nPotassium,5.9 H,mmol/L\n", "Potassium: 5.9 mmol/L H"},
		"quotes":          {"Test,Result\n\"Say \"\"x\"\",\nthen y\",\" 4.1 \"\n", "Say \"x\",\nthen y: 4.1"},
		"separator \"|\"": {"Test|Result|Unit\nPotassium|4.1|mmol/L\n", "Potassium: 4.1 mmol/L"},
	} {
		b := bring(t, tt.in)
		if got := b.results(); got != tt.want || identify(tt.in) != exchange.Yes {
			t.Errorf("%s: got %q, want %q; %v", name, got, tt.want, b.report.Issues)
		}
	}
}

func TestPlaceAndSpanAreTheRows(t *testing.T) {
	b := bring(t, usual)
	for _, r := range b.records {
		s := r.Source()
		if text := usual[s.Span.Offset : s.Span.Offset+s.Span.Length]; r.Summary().Title == "Troponin" && (s.Place != "row 3" || !strings.HasPrefix(text, "Troponin,<0.010") || strings.HasSuffix(text, "\n")) {
			t.Errorf("%s: got %q", s.Place, text)
		}
	}
	if o := first(t, b); len(o.Note) != 1 || o.Note[0] != "Fasting: yes" {
		t.Errorf("a column that is not known: got %q", o.Note)
	}
}

func TestRaggedRowsAreNamed(t *testing.T) {
	b := bring(t, "Test,Value,Unit,Date\nKalium,4,1,mmol/L,2020-01-31\nNatrium,140,mmol/L,2020-01-31\nChlorid,100\nCalcium\n\nGroup,,,\n")
	if b.report.Refused != 1 || b.report.Kept != 2 || b.report.Filed != 2 {
		t.Errorf("got %+v", b.report)
	}
	said := ""
	for _, i := range b.report.Issues {
		said += i.Place + ": " + i.Text + "\n"
	}
	for _, want := range []string{"row 2: has more cells", "row 4: has fewer cells"} {
		if !strings.Contains(said, want) {
			t.Errorf("no word of %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, "Kalium") || strings.Contains(said, "4") && strings.Contains(said, "mmol") {
		t.Error("an issue quotes the file")
	}
}

func TestNoTableOfResultsIsADocument(t *testing.T) {
	b := bring(t, "city;country;note\nZ\xfcrich;Schweiz;caf\xe9\n")
	if len(b.records) != 1 || b.report.Filed != 1 {
		t.Fatalf("got %+v", b.report)
	}
	d, ok := b.records[0].Resource.(*record.DocumentReference)
	if !ok || d.Title != "t.csv" || !strings.Contains(d.Section[0].Text.Plain(), "Zürich | Schweiz | café") {
		t.Errorf("got %+v", d)
	}
}

func TestLimits(t *testing.T) {
	for name, in := range map[string]string{
		"cell":          "Test,Value\nx,\"" + strings.Repeat("a", 70<<10) + "\"\n",
		"columns":       "Test,Value\n" + strings.Repeat("x,", 1500) + "\n",
		"NUL":           "Test,Value\nx,\x00\n",
		"quote":         "Test,Value\nx,\"never closed\ny,2\n",
		"damaged UTF-8": "Test,Value\nµµ,\xb5\n",
		"no character":  "Test,Value\nx,\x81\n",
	} {
		b := bring(t, in)
		if b.report.Refused != 1 || b.report.Filed != 0 || len(b.records) != 0 {
			t.Errorf("%s: got %+v", name, b.report)
			continue
		}
		if text := b.report.Issues[0].Text; !strings.Contains(text, "row ") && !strings.Contains(text, "file") {
			t.Errorf("%s: got %q", name, text)
		}
	}
}

func TestPatientsOfATable(t *testing.T) {
	one := bring(t, "Patient Name,Date of Birth,Sex,Test,Value\n\"Example, Ada\",1961-04-03,F,Potassium,4.1\n\"Example, Ada\",1961-04-03,F,Sodium,140\n")
	n := 0
	for _, r := range one.records {
		if p, ok := r.Resource.(*record.Patient); ok {
			n++
			if p.BirthDate != "1961-04-03" || p.Gender != "female" || p.Name[0].Family != "Example" {
				t.Errorf("got %+v", p)
			}
		}
	}
	if n != 1 {
		t.Errorf("got %d patients, want 1", n)
	}
	m := exchangetest.NewMemory()
	two := "Patient,Test,Value\nA-1,Potassium,4.1\nB-2,Potassium,5.1\n"
	b, err := exchange.Import(context.Background(), m, []exchange.Format{labcsv.Format, labcsv.Table}, []exchange.Source{exchangetest.Source("t.csv", []byte(two))}, exchange.Options{})
	if err != nil || !b.Held() || len(b.Subjects) != 2 {
		t.Errorf("two patients: held %v, %d subjects, %v", b.Held(), len(b.Subjects), err)
	}
}

// TestMemoryIsLinear: ten times the rows allocate at most twelve times as much.
func TestMemoryIsLinear(t *testing.T) {
	spent := func(rows int) uint64 {
		in := table(rows)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := labcsv.Format.Import(t.Context(), exchangetest.Source("t.csv", in), drop{}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if small, large := spent(2_000), spent(20_000); large > 12*small {
		t.Errorf("2,000 rows took %d bytes, 20,000 took %d", small, large)
	}
}

// table is a made-up table of results.
func table(rows int) []byte {
	return []byte("Test,Value,Unit,Date\n" + strings.Repeat("Potassium,4.1,mmol/L,2020-01-31\n", rows))
}

func BenchmarkImport(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			in := table(rows)
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				if err := labcsv.Format.Import(b.Context(), exchangetest.Source("t.csv", in), drop{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// shared is the folder of samples beside the repository.
func shared(t testing.TB, part string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", part)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: the samples ../shared/%s are not on this computer", part)
	}
	return dir
}

func TestSharedFiles(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "lab-csv")
	for _, tt := range []struct {
		file          string
		read          int
		title, result string
		rangeText     string
	}{
		{"DERIVED_labor_de_cp1252.csv", 40, "Leukocytes [#/volume] in Blood by Automated count", "3.65 Tsd/µl", "3,8–10,8"},
		{"DERIVED_portal_us.csv", 60, "Sodium", "140.9 mmol/L", "135-146"},
		{"DERIVED_synthea_observations.csv", 133, "Carbon Dioxide", "20.2 mmol/L", ""},
	} {
		b, err := os.ReadFile(filepath.Join(root, tt.file))
		if err != nil {
			t.Fatal(err)
		}
		got := bring(t, string(b))
		s := first(t, got).Summary()
		if got.report.Read != tt.read || got.report.Filed != tt.read || s.Title != tt.title || s.Result() != tt.result || s.Range != tt.rangeText || s.When.Start == "" {
			t.Errorf("%s: got %+v, %q %q %q", tt.file, got.report, s.Title, s.Result(), s.Range)
		}
	}
}

func TestSharedBadFiles(t *testing.T) {
	root := filepath.Join(shared(t, "bad"), "csv")
	for file, refused := range map[string]bool{"inject.csv": false, "nul.csv": true, "line_50mb.csv": true} {
		b, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		got := bring(t, string(b))
		if (got.report.Refused == 1) != refused || refused && len(got.records) > 0 || time.Since(start) > 5*time.Second {
			t.Errorf("%s: got %+v in %v", file, got.report, time.Since(start))
		}
	}
}

// TestNotOurs tries all other samples: none is claimed.
func TestNotOurs(t *testing.T) {
	for _, part := range []string{"data", "bad"} {
		err := filepath.WalkDir(shared(t, part), func(p string, d os.DirEntry, err error) error {
			folder := filepath.Base(filepath.Dir(p))
			if err != nil || d.IsDir() || folder == "lab-csv" || folder == "csv" || filepath.Ext(p) == ".tsv" {
				return err
			}
			b, err := os.ReadFile(p)
			if err == nil && identify(string(b)) != exchange.No {
				t.Errorf("claims %s", p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
