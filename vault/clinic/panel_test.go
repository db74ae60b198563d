package clinic_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func refs(ids ...string) []record.Reference {
	var out []record.Reference
	for _, id := range ids {
		out = append(out, record.Reference{ID: record.ID(id)})
	}
	return out
}

// tree writes panels with their members in brackets.
func tree(list []clinic.Panel) string {
	var inside func([]clinic.Member) string
	inside = func(list []clinic.Member) string {
		var out []string
		for _, m := range list {
			s := string(m.ID)
			if len(m.Members) > 0 {
				s += "(" + inside(m.Members) + ")"
			}
			out = append(out, s)
		}
		return strings.Join(out, " ")
	}
	var out []string
	for _, p := range list {
		out = append(out, string(p.ID)+": "+inside(p.Members))
	}
	return strings.Join(out, "; ")
}

// TestHazard29PanelsStayTogether: a report with its results in its own order, a panel within
// it, and a culture with what was tested on each organism.
func TestHazard29PanelsStayTogether(t *testing.T) {
	observation := func(id string, members, from []record.Reference) record.Record {
		return rec(id, &record.Observation{Status: "final", Code: text(id), Effective: record.At("2024-01-01"), Value: record.Value{Text: "x"}, HasMember: members, DerivedFrom: from})
	}
	wrong := observation("wrong", nil, nil)
	wrong.Resource.(*record.Observation).Status = "entered-in-error"
	all := []record.Record{
		rec("blood", &record.DiagnosticReport{Status: "final", Code: text("Blood count"), Effective: record.At("2024-02-01"), Result: refs("hb", "diff", "wrong", "elsewhere", "hb")}),
		observation("hb", nil, nil), observation("diff", refs("neutrophils", "diff"), nil), observation("neutrophils", nil, nil), wrong, observation("alone", nil, nil),
		rec("culture", &record.DiagnosticReport{Status: "final", Code: text("Culture"), Effective: record.At("2024-01-02"), Result: refs("penicillin 1", "coli", "staph", "penicillin 2")}),
		observation("coli", nil, nil), observation("staph", nil, nil), observation("penicillin 1", nil, refs("coli")), observation("penicillin 2", nil, refs("staph")),
		observation("x", refs("y"), nil), observation("y", refs("x"), nil),
	}
	want := "blood: hb diff(neutrophils); culture: coli(penicillin 1) staph(penicillin 2)"
	for range 5 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := tree(clinic.PanelsOf(all)); got != want {
			t.Fatalf("got %s\nwant %s", got, want)
		}
	}
	if n := clinic.PanelsOf(all)[0].Len(); n != 3 {
		t.Errorf("%d results in the blood count", n)
	}
}

// TestPanelsOfACircle of derivation end, with every result once.
func TestPanelsOfACircle(t *testing.T) {
	a := rec("a", &record.Observation{Status: "final", Code: text("a"), DerivedFrom: refs("b")})
	b := rec("b", &record.Observation{Status: "final", Code: text("b"), DerivedFrom: refs("a")})
	r := rec("r", &record.DiagnosticReport{Status: "final", Result: refs("a", "b")})
	if got := tree(clinic.PanelsOf([]record.Record{a, b, r})); got != "r: a(b)" {
		t.Errorf("got %s", got)
	}
}

func BenchmarkPanels(b *testing.B) {
	for _, size := range []int{1000, 10000, 100000} {
		var all []record.Record
		for n := range size / 10 {
			var ids []string
			for m := range 9 {
				id := fmt.Sprint(n, "-", m)
				ids = append(ids, id)
				all = append(all, rec(id, &record.Observation{Status: "final", Code: text("t")}))
			}
			all = append(all, rec(fmt.Sprint(n), &record.DiagnosticReport{Status: "final", Result: refs(ids...)}))
		}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				clinic.PanelsOf(all)
			}
		})
	}
}
