package fhir_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestManifest walks every hostile sample and holds the pipeline's answer
// against what the manifest demands.
func TestManifest(t *testing.T) {
	root := shared(t, "bad")
	f, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tsv := csv.NewReader(f)
	tsv.Comma, tsv.LazyQuotes, tsv.FieldsPerRecord = '\t', true, -1
	rows, err := tsv.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range rows {
		if row[2] == "fhir-json" {
			n++
			t.Run(filepath.Base(row[0]), func(t *testing.T) { manifestRow(t, filepath.Join(root, row[0]), row[4]) })
		}
	}
	if n < 70 {
		t.Errorf("only %d rows for fhir-json", n)
	}
}

func manifestRow(t *testing.T, path, demand string) {
	b, report := receipt(t, path)
	name := strings.TrimSuffix(filepath.Base(path), ".json")
	switch {
	case strings.HasPrefix(demand, "REJECT"):
		if report.Refused != 1 || report.Filed != 0 || len(report.Issues) == 0 {
			t.Errorf("not refused: %+v", report)
		}
	case strings.HasPrefix(demand, "ACCEPT all"):
		if report.Filed != 2 {
			t.Errorf("filed %d of 2", report.Filed)
		}
	case strings.HasPrefix(demand, "HOLD as above"):
		if i := report.Issues; len(i) == 0 || !strings.Contains(i[0].Text, "held back") {
			t.Errorf("not held: %+v", report)
		}
	case strings.HasPrefix(demand, "HOLD"):
		if !b.Held() && !strings.HasPrefix(name, "other_patient") && !strings.HasPrefix(name, "twin") { // those are another person's only in a vault that has one
			t.Error("the batch is not held")
		}
	case name == "r5":
		if report.Kept != 1 || !strings.Contains(report.Issues[0].Text, "FHIR R5") {
			t.Errorf("not named as unsupported: %+v", report)
		}
	default:
		if report.Refused != 0 || report.Kept != 0 || report.Read == 0 {
			t.Errorf("not accepted: %+v", report)
		}
	}
	warned := map[string]bool{"attach_url": true, "attach_lie": true, "contained_missing": true, "period_inv": true, "date_feb30": true, "date_us": true, "date_24h": true, "date_year0": true}
	if warned[name] && len(report.Issues) == 0 {
		t.Error("no warning")
	}
}

// receipt imports one file, filing under a new person, into an empty vault.
func receipt(t *testing.T, path string) (*exchange.Batch, record.SourceReport) {
	t.Helper()
	sources, err := exchange.Paths(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(context.Background(), &store{}, []exchange.Format{fhir.Format()}, sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := b.Receipt.Sources[0]
	if !r.Adds() {
		t.Errorf("the counts do not add up: %+v", r)
	}
	return b, r
}

// TestNarrative holds the sanitiser against what browsers would act on.
func TestNarrative(t *testing.T) {
	for _, c := range []struct{ name, div, want string }{
		{"script", `<div>a<script>alert(1)</script>b</div>`, "ab"},
		{"closed script does not swallow", `<div>a<script src="x"/>b</div>`, "ab"},
		{"style", `<div><style>p{display:none}</style><p>x</p></div>`, "<p>x</p>"},
		{"picture", `<div><img src="http://a/x.png" onerror="alert(1)" alt="rash"/></div>`, "[picture: rash]"},
		{"hidden text shows", `<div><p style="display:none">Penicillin anaphylaxis</p><p>No known allergies</p></div>`, "<p>Penicillin anaphylaxis</p><p>No known allergies</p>"},
		{"link", `<div><a href="javascript:alert(1)">click</a></div>`, "click"},
		{"form", `<div><form action="http://a/"><input name="ssn"/><textarea>words</textarea></form></div>`, "words"},
		{"iframe", `<div><iframe src="http://a/"/><p>after</p></div>`, "<p>after</p>"},
		{"attribute with markup", `<div><p title="&lt;img src=x onerror=alert(1)&gt;">x</p></div>`, "<p>x</p>"},
		{"escaped markup stays text", `<div>&lt;script&gt;x&lt;/script&gt; &amp;lt;</div>`, "&lt;script&gt;x&lt;/script&gt; &amp;lt;"},
		{"cdata", `<div><![CDATA[1 < 2]]></div>`, "1 &lt; 2"},
		{"title is text", `<div><title>Allergies</title></div>`, "Allergies"},
		{"blocks stay apart", `<div><div>a</div><div>b</div></div>`, "a<br/>b"},
		{"deletion keeps its meaning", `<div><del>5 mg</del> <strong>10 mg</strong></div>`, "<s>5 mg</s> <b>10 mg</b>"},
		{"table", `<div><table class="x"><tr><th colspan="2">A</th></tr><tr><td>1</td><td>2</td></tr></table></div>`, `<table><tr><th colspan="2">A</th></tr><tr><td>1</td><td>2</td></tr></table>`},
		{"empty cell keeps its place", `<div><table><tr><td>a</td><td/><td colspan="2"/><td>b</td></tr></table></div>`, `<table><tr><td>a</td><td></td><td colspan="2"></td><td>b</td></tr></table>`},
		{"heading", `<div><h1>A</h1></div>`, "<h4>A</h4>"},
		{"not closed", `<div><b><i>x`, "<b><i>x</i></b>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(fhir.Sanitised(c.div)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestManyOfOneKind: long lists of what older versions name otherwise, and of
// what stands inside a resource, take time in proportion. A reader that looks
// through the whole list for each item takes minutes here.
func TestManyOfOneKind(t *testing.T) {
	const n = 60_000
	many := func(item string) string { return strings.TrimSuffix(strings.Repeat(item+",", n), ",") }
	refs, inside := strings.Builder{}, strings.Builder{}
	for i := range n {
		fmt.Fprintf(&refs, `{"reference":"#b%d"},`, i)
		fmt.Fprintf(&inside, `{"resourceType":"Practitioner","id":"a%d"},`, i)
	}
	for _, text := range []string{
		`{"resourceType":"QuestionnaireResponse","group":{"question":[` + many(`{"linkId":"1"}`) + `]}}`,
		`{"resourceType":"Observation","related":[` + many(`{"type":"x","target":{"display":"a"}}`) + `]}`,
		`{"resourceType":"Observation","notes":[` + many(`"a"`) + `]}`,
		`{"resourceType":"Patient","name":[{"family":[` + many(`"a"`) + `]}]}`,
		`{"resourceType":"Observation","performer":[` + strings.TrimSuffix(refs.String(), ",") + `],"contained":[` + strings.TrimSuffix(inside.String(), ",") + `]}`,
	} {
		if s, err := read(t, text); err != nil || len(s.records) != 1 {
			t.Errorf("%.60s: %v", text, err)
		}
	}
}

// FuzzNarrative holds the short way for simple markup against the full one.
func FuzzNarrative(f *testing.F) {
	for _, s := range []string{"<p>a<br/>b</p>", "<table><tr><td/><td>1 &lt; 2</td></tr></table>", "<ul><li>a</ul></p>x", "<h1>A</h1><em>b</em><hr>", "&nbsp;&copy;&lt;script>", "<b><script>x</b>", "</div>x<div>y</div>", "a\rb", "<p", "<pre>\nx</pre>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		div := `<div xmlns="http://www.w3.org/1999/xhtml">` + s
		if got, want := fhir.Sanitised(div), fhir.SanitisedFully(div); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	})
}

func TestNarrativeIsQuickOnDeepNesting(t *testing.T) {
	div := strings.Repeat("<b>", 170_000) + "x" + strings.Repeat("</i>", 170_000)
	if got := fhir.Sanitised(div).Plain(); got != "x" {
		t.Errorf("got %d bytes", len(got))
	}
}

func TestStrict(t *testing.T) {
	entry := func(res string) string {
		return `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient"}},` + "\n" + `{"resource":` + res + `}]}`
	}
	for _, c := range []struct{ name, text, want string }{
		{"duplicate", entry(`{"resourceType":"Observation","status":"final","status":"amended"}`), "line 2, column 60 (/entry/1/resource/status): the same name stands twice"},
		{"other capitals", entry(`{"resourceType":"Observation","Status":"final"}`), "(/entry/1/resource/Status): the name is written with other capitals"},
		{"other capitals in the Bundle", `{"resourceType":"Bundle","Entry":[]}`, "(/Entry): "},
		{"cut off", `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"`, "cut off"},
		{"behind the Bundle", entry(`{"resourceType":"Observation"}`) + "\nrubbish", "line 3"},
		{"NUL", entry(`{"resourceType":"Observation","id":"\u0000"}`), "NUL"},
		{"long number", entry(`{"resourceType":"Observation","valueInteger":` + strings.Repeat("9", 65) + `}`), "a number longer"},
		{"exponent", entry(`{"resourceType":"Observation","valueQuantity":{"value":1e400}}`), "exponent"},
		{"depth", entry(strings.Repeat("[", 70) + strings.Repeat("]", 70)), "nested deeper"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read(t, c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want it to hold %q", err, c.want)
			}
		})
	}
}

// TestErrorsTellNothing feeds content that must never come back in words.
func TestErrorsTellNothing(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Patient","SECRETNAME":{"Status":1}}`,
		`{"resourceType":"Patient","SECRETNAME":1,"SECRETNAME":2}`,
		`{"resourceType":"Observation","status":"SECRET" SECRET}`,
		`{"resourceType":"SECRET NAME"}` + "\n" + `{"resourceType":"Patient","birthDate":"SECRET"}`,
		`{"resourceType":"DocumentReference","content":[{"attachment":{"data":"SECRET!","url":"http://SECRET"}}]}`,
		`{"resourceType":"Observation","performer":[{"reference":"#SECRET"}],"valueQuantity":{"value":"SECRET","comparator":"SECRET"}}`,
	} {
		s, err := read(t, text)
		all := s.text()
		if err != nil {
			all += err.Error()
		}
		if strings.Contains(all, "SECRET") {
			t.Errorf("told: %s", all)
		}
	}
}
