package fhir_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestHazard34OrderOfEntriesDoesNotMatter shuffles a bundle: what each record
// says and whom it is about must stay the same.
func TestHazard34OrderOfEntriesDoesNotMatter(t *testing.T) {
	b, err := os.ReadFile("testdata/kinds.json")
	if err != nil {
		t.Fatal(err)
	}
	var bundle struct {
		Entry []json.RawMessage `json:"entry"`
	}
	if err := json.Unmarshal(b, &bundle); err != nil {
		t.Fatal(err)
	}
	said := func() map[string]string {
		list, err := json.Marshal(bundle.Entry)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, r := range mustRead(t, `{"resourceType":"Bundle","type":"collection","entry":`+string(list)+`}`).records {
			if d, ok := r.Resource.(*record.DocumentReference); ok {
				for i := range d.Section {
					d.Section[i].Place = ""
				}
			}
			p := r.Source()
			content, err := json.Marshal(r.Resource)
			if err != nil {
				t.Fatal(err)
			}
			out[p.Local[0]] = fmt.Sprint(string(content), r.Person, p.Author, p.System, p.Asserter)
		}
		return out
	}
	want := said()
	rng := rand.New(rand.NewSource(34))
	for range 50 {
		rng.Shuffle(len(bundle.Entry), func(i, j int) { bundle.Entry[i], bundle.Entry[j] = bundle.Entry[j], bundle.Entry[i] })
		got := said()
		if len(got) != len(want) {
			t.Fatalf("got %d records, want %d", len(got), len(want))
		}
		for name, w := range want {
			if got[name] != w {
				t.Errorf("%s:\ngot  %s\nwant %s", name, got[name], w)
			}
		}
	}
}

// TestHazard19RandomDecimals says that every decimal comes back byte for byte.
func TestHazard19RandomDecimals(t *testing.T) {
	rng := rand.New(rand.NewSource(19))
	var want []string
	var s strings.Builder
	for range 20_000 {
		n := fmt.Sprintf("%d.%0*d", rng.Intn(1000), 1+rng.Intn(6), rng.Intn(10))
		if rng.Intn(4) == 0 {
			n = "-" + n
		}
		if rng.Intn(4) == 0 {
			n += fmt.Sprintf("e%+d", rng.Intn(36)-18)
		}
		want = append(want, n)
		s.WriteString(`{"resourceType":"Observation","status":"final","valueQuantity":{"value":` + n + "}}\n")
	}
	got := mustRead(t, s.String()).records
	if len(got) != len(want) {
		t.Fatalf("got %d records, want %d", len(got), len(want))
	}
	for i, r := range got {
		if v := r.Resource.(*record.Observation).Value.Quantity.Value; v != want[i] {
			t.Errorf("got %s, want %s", v, want[i])
		}
	}
}

// TestTruncation cuts a file at every length: it is refused, or not FHIR, and
// never half read.
func TestTruncation(t *testing.T) {
	b, err := os.ReadFile("testdata/kinds.json")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(b))
	for n := 0; n < len(text); n += 37 {
		if _, err := read(t, text[:n]); err == nil {
			t.Fatalf("cut at %d: read without an error", n)
		}
	}
}
