package formats_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"math/rand/v2"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

// difference is one element that comes back otherwise.
type difference struct {
	path     string // without the numbers of lists: Condition.code.coding[].display
	was, is  any    // as JSON gives them; nil for nothing
	from, to string // all words of the record that went out, and of the one that came in
}

// returns reads an export again and holds every record against what went out.
func returns(t *testing.T, name string, f exchange.Format, sel exchange.Selection) (found map[record.ID]bool) {
	t.Helper()
	var b bytes.Buffer
	if err := f.Export(t.Context(), &b, sel); errors.Is(err, exchange.ErrTooLarge) {
		return nil
	} else if err != nil {
		t.Fatal(err)
	}
	in := &taken{}
	if err := named(t, "fhir").Import(t.Context(), exchangetest.Source("ips.json", b.Bytes()), in); err != nil {
		t.Fatal(err)
	}
	if in.refused > 0 {
		t.Errorf("%s: %d entries are refused", name, in.refused)
	}
	out := map[record.ID]record.Record{}
	for _, r := range sel.Records {
		out[r.ID] = r
	}
	found = map[record.ID]bool{}
	for _, r := range in.records {
		was, ok := out[idOf(r, out)]
		if d, yes := r.Resource.(*record.DocumentReference); yes && !ok && d.Type.Has(record.LOINC, "60591-5") {
			continue // the summary itself
		}
		if !ok {
			t.Errorf("%s: a %s comes back that nobody wrote", name, r.Resource.Kind())
			continue
		}
		found[was.ID] = true
		if a, b := was.Summary().Standing, r.Summary().Standing; !weaker(a, b) {
			t.Errorf("%s: %s was %v, is %v", name, was.Resource.Kind(), a, b)
		}
		source := was.Source()
		from, to := tree(t, was.Resource), tree(t, r.Resource)
		said, heard := allWords(from)+folded(source.Author+" "+source.System+" "+sel.Person.Summary().Title), allWords(to)
		walk(string(was.Resource.Kind()), from, to, func(at string, a, b any) {
			d := difference{at, a, b, said, heard}
			if !excepted(d) {
				t.Errorf("%s: %s was %s, is %s; lost %q, new %q", name, at, short(a), short(b), unsaid(a, heard, nil), unsaid(b, said, glue))
			}
		})
	}
	return found
}

// sameNumber: what JSON cannot write as it stands has the same digits.
func sameNumber(a, b any) bool {
	x, _ := a.(string)
	y, _ := b.(string)
	p, ok := new(big.Rat).SetString(x)
	q, yes := new(big.Rat).SetString(y)
	return ok && yes && p.Cmp(q) == 0 && strings.Trim(x, "0.") == strings.Trim(y, "0.")
}

// weaker: what counts for something counts for the same, or nobody knows.
func weaker(was, is record.Standing) bool {
	unclear := func(s record.Standing) bool { return s == record.Unstated || s == record.Uncertain }
	return was == is || unclear(is)
}

func short(v any) string {
	b, _ := json.Marshal(v)
	return fmt.Sprintf("%.300s", b)
}

// idOf is the record that an entry was written from: its id is the record's own.
func idOf(r record.Record, out map[record.ID]record.Record) record.ID {
	for _, l := range r.Provenance[0].Local {
		if id := record.ID(path.Base(l)); out[id].ID != "" {
			return id
		}
	}
	return ""
}

func named(t *testing.T, name string) exchange.Format {
	t.Helper()
	for _, f := range formats.All() {
		if f.Name == name && f.Import != nil {
			return f
		}
	}
	t.Fatalf("no format %s", name)
	return exchange.Format{}
}

type taken struct {
	records []record.Record
	refused int
}

func (k *taken) Add(r record.Record) { k.records = append(k.records, r) }

func (k *taken) Report(i exchange.Issue) {
	if i.Outcome == exchange.Refused {
		k.refused++
	}
}

func (*taken) Attach(name, mediaType string, from io.Reader) (record.Attachment, error) {
	_, err := io.Copy(io.Discard, from)
	return record.Attachment{Title: name, ContentType: mediaType}, err
}

func tree(t *testing.T, r record.Resource) map[string]any {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	prune(v)
	return v
}

// prune takes out what says nothing.
func prune(v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if list, ok := x.([]any); ok {
				v[k] = slices.DeleteFunc(list, func(x any) bool { m, ok := x.(map[string]any); return ok && len(m) == 0 })
			}
			prune(x)
		}
	case []any:
		for _, x := range v {
			prune(x)
		}
	}
}

// walk tells every leaf that differs.
func walk(at string, a, b any, tell func(at string, a, b any)) {
	switch x := a.(type) {
	case map[string]any:
		if y, ok := b.(map[string]any); ok {
			keys := maps.Clone(x)
			maps.Copy(keys, y)
			for _, k := range slices.Sorted(maps.Keys(keys)) {
				walk(at+"."+k, x[k], y[k], tell)
			}
			return
		}
	case []any:
		if y, ok := b.([]any); ok && len(x) == len(y) {
			for i := range x {
				walk(at+"[]", x[i], y[i], tell)
			}
			return
		}
	}
	if !reflect.DeepEqual(a, b) && !sameNumber(a, b) {
		tell(at, a, b)
	}
}

func excepted(d difference) bool {
	for _, x := range exceptions {
		if regexp.MustCompile("^(?:"+x.path+")$").MatchString(d.path) && x.but.holds(d) {
			return true
		}
	}
	return false
}

// TestExceptionsAreDocumented: what comes back otherwise is told to those who
// use the package.
func TestExceptionsAreDocumented(t *testing.T) {
	b, err := os.ReadFile("../ips/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	doc := strings.Join(strings.Fields(strings.ReplaceAll(string(b), "//", " ")), " ")
	for _, x := range exceptions {
		if !strings.Contains(doc, x.reason) {
			t.Errorf("the documentation of package ips does not say %q", x.reason)
		}
	}
}

// TestRecordsReturn: whatever is written as FHIR comes back as it was.
func TestRecordsReturn(t *testing.T) {
	for _, l := range []*sheettest.Library{sheettest.Realistic(), sheettest.Large(500)} {
		both(t, "made up", l.Select(t, exchange.Scope{}))
	}
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	for round := range rounds {
		d := exchangetest.Dice{Rand: rand.New(rand.NewPCG(uint64(round), 34))}
		l := sheettest.New(&record.Patient{Name: []record.HumanName{{Family: "Beispiel"}}, BirthDate: "1980-05-17"})
		for range 30 {
			l.Add(d.Resource(), sheettest.From("a", "fhir", "Example Clinic", "Dr. A"))
		}
		both(t, fmt.Sprintf("round %d", round), l.Select(t, exchange.Scope{}))
	}
}

// TestSamplesReturn does the same with every sample person.
func TestSamplesReturn(t *testing.T) {
	n := 0
	everyPerson(t, func(name string, sel exchange.Selection) {
		both(t, name, sel)
		n++
	})
	t.Logf("%d people", n)
}

func both(t *testing.T, name string, sel exchange.Selection) {
	t.Helper()
	all := returns(t, name+" all", ips.Bundle, sel)
	for _, r := range sel.Records {
		if all != nil && !all[r.ID] {
			t.Errorf("%s: a %s does not come back", name, r.Resource.Kind())
		}
	}
	returns(t, name+" summary", ips.Document, sel)
}
