package pdf

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// monster is a record that no hospital would write: every field of every kind has
// something in it, words of any length and script, numbers of any precision.
func monster(rng *rand.Rand, n int) *sheettest.Library {
	g := &generator{rng}
	p := new(record.Patient)
	g.fill(reflect.ValueOf(p).Elem(), 0)
	p.BirthDate, p.Deceased = "1961-04-03", record.When{}
	l := sheettest.New(p, record.Identifier{System: "https://example.org/id", Value: g.word()})
	from := sheettest.From(l.File("record.json", "application/json", []byte("{}")), "fhir", g.words(), g.words())
	for range n {
		for _, k := range record.Kinds[1:] {
			if k.Kind == record.KindAuditEvent {
				continue
			}
			r := k.New()
			g.fill(reflect.ValueOf(r).Elem(), 0)
			g.status(reflect.ValueOf(r).Elem())
			if g.IntN(6) == 0 {
				l.Add(r, sheettest.Self())
			} else {
				l.Add(r, from)
			}
		}
	}
	return l
}

type generator struct{ *rand.Rand }

// alphabets are scripts whose words are read back as they are written; those that
// run from right to left have their own test.
var alphabets = []string{"abcdefghijklmnopqrstuvwxyz", "ABCXYZabc-", "äöüßéèñçøåłž", "αβγδεζηθλμπσω", "абвгдежзийклмнопрстуфхцчшщ", "0123456789", "药物过敏反应患者心脏", "アレルギー薬剤", "알레르기약물"}

func (g *generator) word() string {
	letters := []rune(alphabets[max(0, g.IntN(3*len(alphabets))-2*len(alphabets))])
	length := 1 + g.IntN(14)
	if g.IntN(60) == 0 {
		length = 100 + g.IntN(200)
	}
	word := make([]rune, length)
	for i := range word {
		word[i] = letters[g.IntN(len(letters))]
	}
	return string(word)
}

func (g *generator) words() string {
	n := 1 + g.IntN(5)
	if g.IntN(25) == 0 {
		n = 60
	}
	words := make([]string, n)
	for i := range words {
		words[i] = g.word()
	}
	return strings.Join(words, " ")
}

func (g *generator) decimal() string {
	return fmt.Sprintf("%s%d.%0*d", []string{"", "", "-"}[g.IntN(3)], g.IntN(100000), 1+g.IntN(8), g.IntN(10))
}

func (g *generator) date() record.Date {
	d := fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:00+02:00", 1950+g.IntN(76), 1+g.IntN(12), 1+g.IntN(28), g.IntN(24), g.IntN(60))
	return record.Date(d[:[]int{4, 7, 10, 10, 25}[g.IntN(5)]])
}

// known sets what is more than words.
func (g *generator) known(v reflect.Value) bool {
	switch v.Type() {
	case reflect.TypeFor[record.Date]():
		v.SetString(string(g.date()))
	case reflect.TypeFor[record.When]():
		v.Set(reflect.ValueOf(record.At(g.date())))
	case reflect.TypeFor[record.Quantity]():
		v.Set(reflect.ValueOf(record.Quantity{Comparator: []record.Comparator{"", "<", "<=", ">", ">="}[g.IntN(5)], Value: g.decimal(), Unit: []string{"mg/dL", "mmol/L", "10*9/L", "", "%"}[g.IntN(5)]}))
	case reflect.TypeFor[record.Value]():
		v.Set(reflect.ValueOf([]record.Value{{Quantity: sheettest.Amount("<"+g.decimal(), "mg/dL")}, {Quantity: sheettest.Amount(g.decimal(), "mmol/L")}, {Concept: sheettest.Words(g.words())}, {Text: g.words()}}[g.IntN(4)]))
	case reflect.TypeFor[record.Narrative]():
		var w record.NarrativeWriter
		w.Open("p", "", "")
		w.Text(g.words())
		v.SetString(string(w.Narrative()))
	case reflect.TypeFor[record.Coding]():
		v.Set(reflect.ValueOf(record.Coding{System: record.SNOMED, Code: fmt.Sprint(g.IntN(1 << 30)), Display: g.words()}))
	case reflect.TypeFor[record.Hash](), reflect.TypeFor[record.Reference]():
	default:
		return false
	}
	return true
}

// fill sets every field that it can reach.
func (g *generator) fill(v reflect.Value, depth int) {
	switch {
	case g.known(v), depth > 6:
	case v.Kind() == reflect.String:
		v.SetString(g.words())
	case v.Kind() == reflect.Bool:
		v.SetBool(g.IntN(12) == 0)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		n := g.IntN(3)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			g.fill(v.Index(i), depth+1)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				g.fill(v.Field(i), depth+1)
			}
		}
	}
}

// status sets what has a list of words to choose from.
func (g *generator) status(v reflect.Value) {
	pick := func(field string, words ...string) {
		if f := v.FieldByName(field); f.IsValid() && f.Kind() == reflect.String {
			f.SetString(words[g.IntN(len(words))])
		}
	}
	pick("Status", "active", "active", "completed", "final", "stopped", "not-done", "preliminary", "unknown", "current", "finished", "")
	pick("ClinicalStatus", "active", "active", "resolved", "inactive", "")
	pick("VerificationStatus", "confirmed", "confirmed", "refuted", "unconfirmed", "")
	pick("LifecycleStatus", "active", "completed", "proposed")
	pick("ActStatus", "")
	pick("DocStatus", "final", "preliminary")
	pick("Intent", "order", "plan")
	pick("Criticality", "high", "low", "unable-to-assess", "")
	pick("Origin", string(record.Request), string(record.Statement), string(record.Dispense))
	pick("Reported", "", "true")
	pick("RepeatsAllowed", "", "3")
}
