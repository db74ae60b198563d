package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"regexp"
	"testing"
)

var referenceID = regexp.MustCompile(`"id":"[0-9a-z]{16}",?`)

// slowContent is contentOf as its words say it.
func slowContent(t *testing.T, r Resource) content {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	b = referenceID.ReplaceAll(b, nil)
	return content{known: true, hash: sha256.Sum256(b), elements: bytes.Count(b, []byte(`":`))}
}

var awkward = []string{
	"a", "", "K+", `say "no"`, `"a":1`, `\":`, `"`, `":`, "<0.5 & >3", "tab\tand\nline\r\b\f\x00\x1f\x7f", "Größe ±5", "\u2028|\u2029|\u2027", "\xff\xfe", "a\xc3", "\ufffd",
	"0123456789abcdef", "0123456789abcdeF", `"id":"0123456789abcdef",`, "日本語 \U0001F600", "𝄞\xed\xa0\x80",
}

// fill sets about share of all elements of v.
func fill(r *rand.Rand, v reflect.Value, share float64, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(awkward[r.IntN(len(awkward))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(r.IntN(3)))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(r, v.Elem(), share, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for n := range v.Len() {
			fill(r, v.Index(n), share, depth+1)
		}
	case reflect.Struct:
		for n := range v.NumField() {
			if r.Float64() < share && depth < 6 {
				fill(r, v.Field(n), share, depth+1)
			}
		}
	}
}

func TestContentIsOfTheJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, k := range Kinds {
		for n := range 600 {
			res := k.New()
			fill(r, reflect.ValueOf(res).Elem(), float64(n%10)/9, 0)
			if got, want := contentOf(res), slowContent(t, res); got != want {
				b, _ := json.Marshal(res)
				t.Fatalf("%s: got %d elements, want %d, or another fingerprint, of %s", k.Kind, got.elements, want.elements, b)
			}
		}
	}
}

func BenchmarkContent(b *testing.B) {
	res := &Observation{
		Status: "final", Category: []Concept{{Text: "laboratory", Coding: []Coding{{System: CategorySystem, Code: Laboratory, Display: "Laboratory"}}}},
		Code: Concept{Text: "Potassium", Coding: []Coding{{System: LOINC, Code: "2823-3", Display: "Potassium [Moles/volume] in Serum or Plasma"}}}, Effective: At("2021-03-05T10:30:00Z"),
		Value: Value{Quantity: Quantity{Value: "4.4", Unit: "mmol/L", System: UCUM, Code: "mmol/L"}}, Encounter: Reference{ID: "0123456789abcdef", Local: "Encounter/1"},
		Text: "<p>Potassium 4.4 mmol/L &lt; 5</p>",
	}
	b.ReportAllocs()
	for b.Loop() {
		contentOf(res)
	}
}
