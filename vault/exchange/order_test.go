package exchange_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// labs is a made-up format in which every line says all that reconciliation
// looks at:
//
//	patient|Given Family|1958-03-14|female|marital status
//	result|status|identifier,…|issuer|version|code,…|when|value|unit|note
var labs = exchange.Format{
	Name: "labs", Title: "Labs",
	Identify: func(h exchange.Head) exchange.Match {
		if strings.HasPrefix(string(h.Bytes), "#labs") {
			return exchange.Yes
		}
		return exchange.No
	},
	Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		b, err := src.ReadAll(1 << 20)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(b), "\n") {
			switch f := strings.Split(line, "|"); f[0] {
			case "patient":
				name := strings.Fields(f[1])
				sink.Add(record.Record{Provenance: []record.Provenance{{Place: fmt.Sprint("line ", n)}}, Resource: &record.Patient{
					Name: []record.HumanName{{Given: name[:1], Family: name[1]}}, BirthDate: record.Date(f[2]), Gender: f[3], MaritalStatus: record.Concept{Text: f[4]},
				}})
			case "result":
				sink.Add(labResult(n, f))
			}
		}
		return nil
	},
}

func labResult(n int, f []string) record.Record {
	p := record.Provenance{Place: fmt.Sprint("line ", n), Span: record.Span{Offset: int64(n), Length: 1}, System: f[3], Version: f[4]}
	for _, id := range strings.Split(f[2], ",") {
		if system, value, ok := strings.Cut(id, "#"); ok {
			p.Identifiers = append(p.Identifiers, record.Identifier{System: system, Value: value})
		}
	}
	o := &record.Observation{Status: f[1], Effective: record.At(record.Date(f[6]))}
	for _, c := range strings.Split(f[5], ",") {
		if system, code, ok := strings.Cut(c, "#"); ok {
			o.Code.Coding = append(o.Code.Coding, record.Coding{System: system, Code: code})
		}
	}
	if f[7] != "" {
		o.Value.Quantity = record.Quantity{Value: f[7], Unit: f[8]}
	}
	if f[9] != "" {
		o.Note = []string{f[9]}
	}
	return record.Record{Resource: o, Provenance: []record.Provenance{p}}
}

// randomLabs draws a file from so few words that its lines meet those of others
// in every way.
func randomLabs(rng *rand.Rand) string {
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	lines := []string{"#labs", "patient|Marie Sample|1958-03-14|female|" + pick("", "married", "married")}
	for range 1 + rng.IntN(6) {
		lines = append(lines, strings.Join([]string{
			"result", pick("final", "final", "final", "", "preliminary", "corrected", "entered-in-error"),
			pick("", "urn:oid:1.2.3#a", "1.2.3#a", "urn:oid:1.2.3#b", "urn:x#c,urn:oid:1.2.3#a"),
			pick("Lab", "LAB", "Other", ""), pick("", "2024-05-01", "2024-05-02T10:00:00Z"),
			pick("http://loinc.org#1", "urn:oid:2.16.840.1.113883.6.1#1", "http://loinc.org#2", "L#K,http://loinc.org#1", "L#K"),
			pick("2024-04-30T10:30:00+02:00", "2024-04-30T08:30:00Z", "2024-04-30T10:30", "2024-04-30"),
			pick("4.4", "4.4", "4.8"), pick("mmol/L", "mmol/L", ""), pick("", "", "fasting"),
		}, "|"))
	}
	return strings.Join(lines, "\n")
}

func labFiles(rng *rand.Rand, n int) []exchange.Source {
	var files []exchange.Source
	for i := range n {
		files = append(files, exchangetest.Source(fmt.Sprint("file ", i), []byte(randomLabs(rng)+fmt.Sprint("\n", i))))
	}
	return files
}

func bringLabs(t *testing.T, m *exchangetest.Memory, files ...exchange.Source) record.Receipt {
	t.Helper()
	b, err := exchange.Import(t.Context(), m, []exchange.Format{labs}, files, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := commit(t, b)
	for _, s := range r.Sources {
		if !s.Adds() {
			t.Fatalf("the receipt does not add up: %+v", s)
		}
	}
	return r
}

// said is everything that a store holds, without what chance and time gave:
// facts, who states them in which words, and what they mean now.
func said(m *exchangetest.Memory) []string {
	names := map[record.ID]string{}
	for _, r := range m.All() {
		names[r.ID] = wording(r)
	}
	var lines []string
	for _, r := range m.All() {
		line := fmt.Sprintf("%s | root %v | %s", wording(r), r.ID == r.Person, r.Summary().Standing)
		if r.Superseded != nil {
			line += fmt.Sprintf(" | %s by %s", r.Superseded.Why, names[r.Superseded.By])
		}
		lines = append(lines, line)
	}
	originals, _ := m.Originals(context.Background())
	for _, o := range originals {
		lines = append(lines, "original "+o.Name)
	}
	slices.Sort(lines)
	return lines
}

func wording(r record.Record) string {
	line := string(r.Resource.Kind())
	for _, s := range r.Testimonies() {
		line += fmt.Sprintf(" %.6s %s %.6s", s.Provenance.Original, s.Provenance.Place, s.Content())
	}
	return line
}

func difference(a, b []string) string {
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+ "+l)
		}
	}
	return strings.Join(out, "\n")
}

func text(files []exchange.Source) string {
	var out []string
	for _, f := range files {
		b, _ := f.ReadAll(1 << 20)
		out = append(out, string(b))
	}
	return strings.Join(out, "\n---\n")
}

// Importing files in any order, one by one or together, gives the same; again,
// changes nothing; and taking any of them back leaves what the others give.
func TestAnyOrderGivesTheSame(t *testing.T) {
	rounds := 300
	if testing.Short() {
		rounds = 40
	}
	for seed := range rounds {
		rng := rand.New(rand.NewPCG(uint64(seed), 4))
		files := labFiles(rng, 2+rng.IntN(3))
		together := exchangetest.NewMemory()
		bringLabs(t, together, files...)
		want := said(together)

		m, imports := exchangetest.NewMemory(), map[string]record.ID{}
		order := rng.Perm(len(files))
		for _, n := range order {
			imports[files[n].Name] = bringLabs(t, m, files[n]).Import
		}
		if d := difference(want, said(m)); d != "" {
			t.Fatalf("seed %d, order %v:\n%s\n%s", seed, order, d, text(files))
		}
		before := m.Commits
		for _, f := range files {
			bringLabs(t, m, f)
		}
		if m.Commits != before {
			t.Fatalf("seed %d: the same files again change something: %s", seed, difference(want, said(m)))
		}
		gone := rng.IntN(len(files))
		if _, err := exchange.Undo(t.Context(), m, imports[files[gone].Name]); err != nil {
			t.Fatal(err)
		}
		others := exchangetest.NewMemory()
		for n, f := range files {
			if n != gone {
				bringLabs(t, others, f)
			}
		}
		if d := difference(said(others), said(m)); d != "" {
			t.Fatalf("seed %d, order %v, without file %d:\n%s\n%s", seed, order, gone, d, text(files))
		}
		for n, f := range files {
			if n == gone {
				continue
			}
			if _, err := exchange.Undo(t.Context(), m, imports[f.Name]); err != nil {
				t.Fatal(err)
			}
		}
		if left := said(m); len(left) != 0 || len(m.Receipts) != 0 {
			t.Fatalf("seed %d: undo of everything leaves %v, %d receipts", seed, left, len(m.Receipts))
		}
	}
}
