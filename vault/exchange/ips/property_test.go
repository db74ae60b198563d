package ips_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestHazard19RandomDecimals writes random decimals and finds every one of them
// byte for byte in the file.
func TestHazard19RandomDecimals(t *testing.T) {
	rnd := rand.New(rand.NewPCG(19, 19))
	value := regexp.MustCompile(`"valueQuantity":\{"value":([^,}]+)`)
	rounds := 30
	if testing.Short() {
		rounds = 5
	}
	for range rounds {
		o := &record.Observation{Status: "final", Code: text("Panel")}
		var want []string
		for range 1000 {
			s := randomDecimal(rnd)
			want = append(want, s)
			o.Component = append(o.Component, record.Component{Code: text("x"), Value: record.Value{Quantity: record.Quantity{Value: s, Unit: "mg"}}})
		}
		found := value.FindAllSubmatch(export(t, ips.NDJSON, selection(rec("o", o))), -1)
		if len(found) != len(want) {
			t.Fatalf("got %d values, want %d", len(found), len(want))
		}
		for i := range want {
			if got := string(found[i][1]); got != want[i] {
				t.Fatalf("got %s, want %s", got, want[i])
			}
		}
	}
}

func randomDecimal(rnd *rand.Rand) string {
	var b strings.Builder
	if rnd.IntN(4) == 0 {
		b.WriteByte('-')
	}
	fmt.Fprint(&b, rnd.Int64N(1<<uint(1+rnd.IntN(60))))
	if rnd.IntN(4) > 0 {
		b.WriteByte('.')
		for range 1 + rnd.IntN(12) {
			b.WriteByte(byte('0' + rnd.IntN(10)))
		}
	}
	if rnd.IntN(6) == 0 {
		fmt.Fprintf(&b, "e%+d", rnd.IntN(40)-20)
	}
	return b.String()
}

func TestSameSelectionSameBytes(t *testing.T) {
	for _, f := range allFormats {
		if !bytes.Equal(export(t, f, selection(everything()...)), export(t, f, selection(everything()...))) {
			t.Errorf("%s differs from one run to the next", f.Name)
		}
	}
}

// TestHazard34ReferencesStayInside: every reference leads to something in the
// file, every fullUrl and id stands once, in any order of the records.
func TestHazard34ReferencesStayInside(t *testing.T) {
	all := everything()
	rand.New(rand.NewPCG(34, 34)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, f := range allFormats[:2] {
		b := decode(t, export(t, f, selection(all...)))
		seen := map[string]bool{}
		for _, e := range array(b["entry"]) {
			r := e["resource"].(object)
			for _, name := range []string{at(e, "fullUrl"), at(r, "resourceType") + "/" + at(r, "id")} {
				if seen[name] {
					t.Errorf("%s twice", name)
				}
				seen[name] = true
			}
		}
		for _, e := range array(b["entry"]) {
			checkResource(t, f.Name, e["resource"].(object), seen)
		}
	}
	seen := map[string]bool{}
	var lines []object
	for _, line := range splitLines(export(t, ips.NDJSON, selection(all...))) {
		r := decode(t, line)
		seen[at(r, "resourceType")+"/"+at(r, "id")] = true
		lines = append(lines, r)
	}
	for _, r := range lines {
		checkResource(t, "ndjson", r, seen)
	}
}

// checkResource looks for references of one resource, to others and to what it
// contains.
func checkResource(t *testing.T, where string, r object, known map[string]bool) {
	t.Helper()
	inside := maps.Clone(known)
	for _, c := range array(r["contained"]) {
		inside["#"+at(c, "id")] = true
	}
	checkReferences(t, where, r, inside)
}

func checkReferences(t *testing.T, where string, v any, known map[string]bool) {
	t.Helper()
	switch v := v.(type) {
	case object:
		if ref, ok := v["reference"].(string); ok && !known[ref] {
			t.Errorf("%s: %s leads nowhere", where, ref)
		}
		for _, child := range v {
			checkReferences(t, where, child, known)
		}
	case []any:
		for _, child := range v {
			checkReferences(t, where, child, known)
		}
	}
}

// TestNarrativeIsSound: every narrative is well-formed XHTML of plain elements,
// whatever the source wrote.
func TestNarrativeIsSound(t *testing.T) {
	hostile := "<script>alert('x')</script> & <img src=http://example.org onerror=1> \x00\x1f ]]> \xff"
	all := append(everything(),
		rec("x1", &record.Condition{ClinicalStatus: "active", Code: text(hostile), Note: []string{hostile}}),
		rec("x2", &record.DocumentReference{Status: "current", Title: hostile, Section: []record.Section{{Title: hostile, Text: record.Narrative(hostile)}, {Text: "<p onclick=\"x\">a</p>"}, {Text: "<p>open"}, {Text: "<table><tr><td colspan=\"2\">fine</td></tr></table>"}}}))
	allowed := map[string]bool{"div": true}
	for name := range record.NarrativeElements {
		allowed[name] = true
	}
	for _, f := range allFormats {
		out := export(t, f, selection(all...))
		if f.Name != "ndjson" && !json.Valid(out) {
			t.Fatalf("%s: not JSON", f.Name)
		}
		for _, m := range regexp.MustCompile(`"div":("(?:[^"\\]|\\.)*")`).FindAllSubmatch(out, -1) {
			var div string
			if err := json.Unmarshal(m[1], &div); err != nil {
				t.Fatal(err)
			}
			checkMarkup(t, div, allowed)
		}
	}
}

func checkMarkup(t *testing.T, div string, allowed map[string]bool) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(div))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, div)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if !allowed[start.Name.Local] {
			t.Errorf("element %s", start.Name.Local)
		}
		for _, a := range start.Attr {
			if !strings.Contains(" xmlns lang colspan rowspan ", " "+a.Name.Local+" ") {
				t.Errorf("attribute %s", a.Name.Local)
			}
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, f := range allFormats {
		if err := f.Export(ctx, io.Discard, selection(everything()...)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", f.Name, err)
		}
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
	for _, f := range allFormats {
		if err := f.Export(t.Context(), &full{20_000}, selection(everything()...)); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: got %v", f.Name, err)
		}
	}
}

func BenchmarkExport1000(b *testing.B) {
	var all []record.Record
	for i := range 1000 {
		r := everything()[i%70]
		r.ID = record.ID(fmt.Sprintf("r%d", i))
		all = append(all, r)
	}
	for _, f := range allFormats {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(export(b, f, selection(all...)))))
			for b.Loop() {
				if err := f.Export(b.Context(), io.Discard, selection(all...)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestCheckers runs independent validators on what is written, where they are
// installed; they live outside this repository.
func TestCheckers(t *testing.T) {
	tools, err := filepath.Abs("../../../../shared/tools")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath(filepath.Join(tools, "check-fhir")); err != nil || testing.Short() {
		t.Skip("SKIPPED: the independent FHIR validators are not here, or -short; nothing checked this output but our own tests")
	}
	dir := t.TempDir()
	empty := selection()
	empty.Records = nil
	for name, sel := range map[string]struct {
		bytes []byte
		check string
	}{
		"ips.json":   {export(t, ips.Document, selection(everything()...)), "check-ips"},
		"empty.json": {export(t, ips.Document, empty), "check-ips"},
		"all.json":   {export(t, ips.Bundle, selection(everything()...)), "check-fhir"},
		"all.ndjson": {export(t, ips.NDJSON, selection(everything()...)), "check-fhir"},
		// check-fhir takes the entries out of a Bundle before it checks the
		// Bundle itself, so that bdl-11 fails on any document, HL7's own
		// examples among them: the resources of the summary go to it line by line.
		"ips.ndjson": {entryLines(t, export(t, ips.Document, selection(everything()...))), "check-fhir"},
	} {
		file := filepath.Join(dir, name)
		write(t, file, sel.bytes)
		if out, err := exec.CommandContext(t.Context(), filepath.Join(tools, sel.check), file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
