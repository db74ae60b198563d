package ccd_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccd"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// sameFacts reads a document again: what its entries declare is what its selection
// declares.
func sameFacts(t testing.TB, name string, sel exchange.Selection) {
	t.Helper()
	lost, added, err := ccd.Differences(t.Context(), ccda.Format.Import, exchangetest.Source("ccd.xml", export(t, sel)), sel)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, f := range lost {
		t.Errorf("%s: lost  %s", name, f)
	}
	for _, f := range added {
		t.Errorf("%s: added %s", name, f)
	}
}

func TestFactsInFactsOut(t *testing.T) {
	sameFacts(t, "everything", selection(everything()...))
	sameFacts(t, "nothing", selection())
	sameFacts(t, "realistic", sheettest.Realistic().Select(t, exchange.Scope{}))
	sameFacts(t, "large", sheettest.Large(500).Select(t, exchange.Scope{}))
	rnd := rand.New(rand.NewPCG(6, 6))
	for round := range 30 {
		all := everything()
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		sameFacts(t, fmt.Sprintf("round %d", round), selection(all[:rnd.IntN(len(all))]...))
	}
}

func TestVerifierFindsWhatDiffers(t *testing.T) {
	sel := selection(everything()...)
	good := string(export(t, sel))
	verify := ccd.Verifier(ccda.Format.Import)
	for name, change := range map[string][2]string{
		"nothing":            {"", ""},
		"an altered number":  {`value="4.10" unit="mmol/L"`, `value="4.1" unit="mmol/L"`},
		"an altered unit":    {`value="4.10" unit="mmol/L"`, `value="4.10" unit="umol/L"`},
		"a dropped negation": {`negationInd="true"`, `negationInd="false"`},
		"an altered code":    {`code="314076"`, `code="314077"`},
		"an altered date":    {`<low value="2015"/>`, `<low value="2016"/>`},
		"a dropped bound":    {`inclusive="false"`, `inclusive="true"`},
	} {
		if !strings.Contains(good, change[0]) {
			t.Fatalf("%s: the document has no %s", name, change[0])
		}
		b := []byte(strings.Replace(good, change[0], change[1], 1))
		err := verify(t.Context(), exchangetest.Source("ccd.xml", b), sel)
		if want := change[0] != ""; want != errors.Is(err, ccd.ErrDiffers) || !want && err != nil {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestSameSelectionSameBytes(t *testing.T) {
	if !bytes.Equal(export(t, selection(everything()...)), export(t, selection(everything()...))) {
		t.Error("two exports differ")
	}
	moved := selection(everything()...)
	moved.Generated = moved.Generated.AddDate(0, 0, 1)
	ids := func(b []byte) string {
		var out []string
		for _, e := range parse(t, b).all("entry") {
			for _, i := range e.all("id") {
				out = append(out, i.attr("root"))
			}
		}
		return strings.Join(out, " ")
	}
	if ids(export(t, selection(everything()...))) != ids(export(t, moved)) {
		t.Error("the ids of entries depend on the day")
	}
}

// TestEveryEntryRefersToItsRow: no reference leads nowhere, no ID stands twice, and
// each entry points into the narrative of its own section.
func TestEveryEntryRefersToItsRow(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range parse(t, export(t, selection(everything()...))).all("section") {
		here := map[string]bool{}
		for _, n := range s.at("text").all("tr") {
			here[n.attr("ID")] = true
		}
		for _, name := range []string{"content", "list", "tr"} {
			for _, n := range s.at("text").all(name) {
				if id := n.attr("ID"); id != "" {
					if seen[id] {
						t.Errorf("ID %s stands twice", id)
					}
					seen[id], here[id] = true, true
				}
			}
		}
		for _, e := range s.Kids {
			if e.XMLName.Local != "entry" {
				continue
			}
			refs := e.all("reference")
			if len(refs) == 0 {
				t.Errorf("%s: an entry without a reference", s.at("title").Text)
			}
			for _, r := range refs {
				if id, ok := strings.CutPrefix(r.attr("value"), "#"); !ok || !here[id] {
					t.Errorf("%s: %s leads nowhere", s.at("title").Text, r.attr("value"))
				}
			}
		}
	}
}

// TestHazard19RandomDecimals writes random decimals and reads every one of them
// byte for byte.
func TestHazard19RandomDecimals(t *testing.T) {
	rnd := rand.New(rand.NewPCG(19, 19))
	o := &record.Observation{Status: "final", Category: of(record.Laboratory), Code: text("Panel")}
	var want []string
	for range 20_000 {
		s := fmt.Sprint(rnd.Int64N(1 << uint(1+rnd.IntN(60))))
		if rnd.IntN(4) > 0 {
			s += "." + strings.Repeat("0", rnd.IntN(4)) + fmt.Sprint(rnd.IntN(10000))
		}
		if rnd.IntN(6) == 0 {
			s += fmt.Sprintf("e%+d", rnd.IntN(40)-20)
		}
		want = append(want, s)
		o.Component = append(o.Component, record.Component{Code: text("x"), Value: amount(s, "mg")})
	}
	n := 0
	for _, r := range reread(t, export(t, selection(rec("o", o)))) {
		if x, ok := r.Resource.(*record.Observation); ok {
			if x.Value.Quantity.Value != want[n] {
				t.Fatalf("got %s, want %s", x.Value.Quantity.Value, want[n])
			}
			n++
		}
	}
	if n != len(want) {
		t.Errorf("got %d values, want %d", n, len(want))
	}
}

// TestHostileText fills every field of every kind: the document stays well-formed,
// nothing of it becomes markup, and our own reader takes it.
func TestHostileText(t *testing.T) {
	for name, payload := range map[string]string{
		"markup":   `<script>alert("x")</script> & <img src=x onerror=1> ]]> <!-- --> <?x?> <![CDATA[`,
		"control":  "a\x00\x01\x1b\x7f\u0085\ufffe\uffffb\r\nc\td",
		"not utf8": "\xff\xfe\xc3\x28",
		"order":    "\u202Egnp.exe\u202C \u2066x\u2069",
		"quotes":   `"'` + "`" + ` "><x y="`,
		"long":     strings.Repeat("long words ", 2_000),
		"code":     "x y",
		"blank":    " \n\t ",
	} {
		t.Run(name, func(t *testing.T) {
			b := export(t, sheettest.Hostile(payload).Select(t, exchange.Scope{}))
			root := parse(t, b)
			for _, bad := range []string{"script", "img", "x", "style", "linkHtml"} {
				if len(root.all(bad)) > 0 {
					t.Errorf("an element %s", bad)
				}
			}
			if len(reread(t, b)) == 0 {
				t.Error("our own reader finds nothing")
			}
			schema(t, b)
		})
	}
}

// tools is the folder of the independent checkers, which live outside this
// repository.
func tools(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../../../../shared/tools")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// schema validates against HL7's schema of CDA, where it is at hand.
func schema(t testing.TB, b []byte) {
	t.Helper()
	xsd := filepath.Join(tools(t), "schema", "SDTC", "infrastructure", "cda", "CDA_SDTC.xsd")
	if _, err := os.Stat(xsd); err != nil {
		return
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		return
	}
	file := filepath.Join(t.TempDir(), "ccd.xml")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "xmllint", "--noout", "--nonet", "--huge", "--schema", xsd, file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%.2000s", err, out)
	}
}

// TestCheckers runs the independent validators, where they are installed.
func TestCheckers(t *testing.T) {
	check := filepath.Join(tools(t), "check-ccda")
	if _, err := exec.LookPath(check); err != nil || testing.Short() {
		t.Skip("SKIPPED: the independent C-CDA validators are not here, or -short; nothing checked this output but our own tests")
	}
	dir := t.TempDir()
	withheld := selection(everything()...)
	withheld.Withheld, withheld.Scope.For = 3, "Dr. <Next>"
	nobody := selection()
	nobody.Person.Resource = &record.Patient{Name: []record.HumanName{{Text: "One Name"}}, Contact: []record.Contact{{Name: "Someone"}}, GeneralPractitioner: []string{"Dr. GP"}, Race: []record.Concept{text("a"), text("b")}, Deceased: record.When{Ended: true}, Address: []record.Address{{Text: "somewhere"}}, Telecom: []record.ContactPoint{{System: "phone", Value: "1 2"}}}
	var files []string
	for name, sel := range map[string]exchange.Selection{
		"everything": withheld, "nothing": selection(), "nobody": nobody, "realistic": sheettest.Realistic().Select(t, exchange.Scope{}),
		"hostile": sheettest.Hostile(`<b> & "x" ]]>`).Select(t, exchange.Scope{}),
	} {
		files = append(files, filepath.Join(dir, name+".xml"))
		if err := os.WriteFile(files[len(files)-1], export(t, sel), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.CommandContext(t.Context(), check, files...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ccd.Export(ctx, io.Discard, selection(everything()...)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

type full struct{ room int }

func (w *full) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	if err := ccd.Export(t.Context(), &full{20_000}, selection(everything()...)); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkExport10000(b *testing.B) {
	sel := sheettest.Large(10_000).Select(b, exchange.Scope{})
	b.ReportAllocs()
	b.SetBytes(int64(len(export(b, sel))))
	for b.Loop() {
		if err := ccd.Export(b.Context(), io.Discard, sel); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify10000(b *testing.B) {
	sel := sheettest.Large(10_000).Select(b, exchange.Scope{})
	src := exchangetest.Source("ccd.xml", export(b, sel))
	verify := ccd.Verifier(ccda.Format.Import)
	for b.Loop() {
		if err := verify(b.Context(), src, sel); err != nil {
			b.Fatal(err)
		}
	}
}
