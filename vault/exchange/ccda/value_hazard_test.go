package ccda_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard18ComparatorForms(t *testing.T) {
	for value, want := range map[string]record.Comparator{
		`<value xsi:type="ST">&lt;0.5</value>`:                                                                     record.Less,
		`<value xsi:type="IVL_PQ"><high value="0.5" unit="mg"/></value>`:                                           record.LessOrEqual,
		`<value xsi:type="IVL_PQ"><high value="0.5" unit="mg" inclusive="false"/></value>`:                         record.Less,
		`<value xsi:type="IVL_PQ"><low value="0.5" unit="mg"/></value>`:                                            record.GreaterOrEqual,
		`<value xsi:type="IVL_PQ"><low value="0.5" unit="mg" inclusive="false"/></value>`:                          record.Greater,
		`<value xsi:type="IVL_PQ"><low nullFlavor="NINF"/><high value="0.5" unit="mg" inclusive="false"/></value>`: record.Less,
	} {
		o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(value, "")))))
		if got := o.Value.Quantity.Comparator; got != want && !strings.HasPrefix(o.Value.Text, string(want)) || strings.HasPrefix(o.Summary().Value, "0.5") {
			t.Errorf("%s: got %q, shown %q", value, got, o.Summary().Value)
		}
	}
}

// Decimals keep every digit that was written.
func TestHazard19DecimalsAsWritten(t *testing.T) {
	const batches, each = 20, 500
	random := rand.New(rand.NewPCG(1, 2))
	for range batches {
		var results, want []string
		for range each {
			d := fmt.Sprintf("%d.%0*d", random.IntN(1000), 1+random.IntN(6), random.IntN(10))
			want = append(want, d)
			results = append(results, resultOf(`<value xsi:type="PQ" value="`+d+`" unit="mg"/>`, ""))
		}
		var got []string
		i := bringDoc(t, sec("30954-2", "x", batteryOf(results...)))
		for _, r := range i.records {
			if o, ok := r.Resource.(*record.Observation); ok {
				got = append(got, o.Value.Quantity.Value)
			}
		}
		counts := map[string]int{}
		for _, d := range want {
			counts[d]++
		}
		for _, d := range got {
			counts[d]--
		}
		for d, n := range counts {
			if n != 0 {
				t.Fatalf("%s: %d times too few", d, n)
			}
		}
	}
}

func TestHazard23NoValueIsNotZero(t *testing.T) {
	for _, flavor := range []string{"NI", "UNK", "ASKU", "NAV", "NASK", "NA", "MSK", "NP", "INV"} {
		o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" nullFlavor="`+flavor+`"/>`, "")))))
		if s := o.Summary(); !o.Value.Empty() || o.DataAbsentReason.Words() == "" || strings.Contains(s.Value, "0") || s.Value == "" {
			t.Errorf("%s: got %q because of %q", flavor, s.Value, o.DataAbsentReason)
		}
	}
}

// A birth date is a day of the calendar, whatever zone is written beside it.
func TestHazard36BirthDateInEveryZone(t *testing.T) {
	for minutes := -12 * 60; minutes <= 14*60; minutes += 15 {
		sign, m := "+", minutes
		if m < 0 {
			sign, m = "-", -m
		}
		for _, clock := range []string{"000000", "235959"} {
			zone := fmt.Sprintf("%s%02d%02d", sign, m/60, m%60)
			doc := strings.Replace(string(document()), "19610403000000+0000", "19610403"+clock+zone, 1)
			if got := one[*record.Patient](t, bring(t, "x.xml", []byte(doc))).BirthDate; got != "1961-04-03" {
				t.Fatalf("%s%s: got %s", clock, zone, got)
			}
		}
	}
}

// A result that two documents state is one record with two sources.
func TestHazard45ResultInTwoDocuments(t *testing.T) {
	result := strings.Replace(resultOf(`<value xsi:type="PQ" value="4.10" unit="mmol/L"/>`, ""), `<code code="2823-3"`, `<id root="1.2.3" extension="lab-1"/><code code="2823-3"`, 1)
	first := document(sec("30954-2", "x", batteryOf(result)))
	second := []byte(strings.NewReplacer(`extension="doc-1"`, `extension="doc-2"`, "Made-up summary", "Another summary").Replace(string(first)))
	m := exchangetest.NewMemory()
	exchangetest.Import(t, m, ccda.Format, "a.xml", first)
	exchangetest.Import(t, m, ccda.Format, "b.xml", second)
	found := 0
	for _, r := range m.All() {
		if r.Resource.Kind() == record.KindObservation {
			found++
			if len(r.Provenance) != 2 {
				t.Errorf("got %d sources, want 2", len(r.Provenance))
			}
		}
	}
	if found != 1 {
		t.Errorf("got %d results, want 1", found)
	}
}
