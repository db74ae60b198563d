package clinic_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// groups are all groups of a summary by name.
func groups(s clinic.Summary) map[string]clinic.Group {
	return map[string]clinic.Group{
		"allergies": s.Allergies.Group, "medicines": s.Medicines.Group, "problems": s.Problems.Group, "immunizations": s.Immunizations,
		"social": s.SocialHistory, "procedures": s.Procedures, "encounters": s.Encounters, "reports": s.Reports, "documents": s.Documents,
		"imaging": s.Imaging, "family": s.Family, "devices": s.Devices, "plans": s.Plans, "others": s.Others,
	}
}

func lists(g clinic.Group) map[record.Standing][]clinic.Line {
	return map[record.Standing][]clinic.Line{record.Current: g.Current, record.Uncertain: g.Uncertain, record.Intended: g.Intended, record.Past: g.Past, record.NotSo: g.NotSo, record.Held: g.Held}
}

// places says where every record stands.
func places(s clinic.Summary) map[record.ID][]string {
	out := map[record.ID][]string{}
	put := func(place string, lines []clinic.Line) {
		for _, l := range lines {
			out[l.ID] = append(out[l.ID], place)
			for _, same := range l.Same {
				out[same.ID] = append(out[same.ID], place)
			}
		}
	}
	for name, g := range groups(s) {
		for standing, lines := range lists(g) {
			put(fmt.Sprintf("%s %s", name, standing), lines)
		}
	}
	put("no allergy", s.Allergies.NoneKnown)
	put("no medicine", s.Medicines.NoneKnown)
	put("no problem", s.Problems.NoneKnown)
	for _, tests := range [][]clinic.Test{s.Results, s.Vitals} {
		for _, t := range tests {
			put("test "+t.Title, t.Points)
		}
	}
	return out
}

// TestEveryRecordStandsOnce: nothing is lost and nothing is shown twice; only
// what its source withdrew is merely counted.
func TestEveryRecordStandsOnce(t *testing.T) {
	all := some()
	s := summarise(all...)
	at := places(s)
	withdrawn := 0
	for _, r := range all {
		want := 1
		if r.Summary().Standing == record.InError {
			want = 0
			withdrawn++
		}
		if got := len(at[r.ID]); got != want {
			t.Errorf("%s %q: stands in %d places, want %d: %v", r.Resource.Kind(), r.Summary().Status, got, want, at[r.ID])
		}
	}
	if s.InError != withdrawn || withdrawn == 0 {
		t.Errorf("in error: got %d, want %d", s.InError, withdrawn)
	}
	for name, g := range groups(s) {
		n := 0
		for _, lines := range lists(g) {
			n += len(lines)
		}
		if g.Len() != n || g.Empty() != (n == 0) {
			t.Errorf("%s: Len %d, Empty %t, with %d lines", name, g.Len(), g.Empty(), n)
		}
	}
}

// TestOrderDoesNotMatter: the same records in any order give the same summary.
func TestOrderDoesNotMatter(t *testing.T) {
	all := some()
	want := encoded(t, summarise(all...))
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := encoded(t, summarise(all...)); got != want {
			t.Fatal("the summary depends on the order of the records")
		}
	}
}

// encoded is everything of a summary that a reader sees.
func encoded(t *testing.T, s clinic.Summary) string {
	t.Helper()
	s.Person = record.Record{}
	b, err := json.Marshal(struct {
		Summary  clinic.Summary
		Banners  []string
		Disagree []bool
	}{s, []string{s.Allergies.Banner(), s.Medicines.Banner(), s.Problems.Banner()}, []bool{s.Allergies.Disagree(), s.Medicines.Disagree(), s.Problems.Disagree()}})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestInputStays: Summarise leaves the caller's slice as it was.
func TestInputStays(t *testing.T) {
	all := []record.Record{rec("a", &record.Condition{RecordedDate: "2001"}), rec("b", &record.Condition{RecordedDate: "2020"})}
	summarise(all...)
	if all[0].ID != "a" {
		t.Error("the records were sorted in place")
	}
}

func TestTestsOverTime(t *testing.T) {
	point := func(id, name, code, at, status string) record.Record {
		return rec(id, &record.Observation{Status: status, Code: coded(name, record.LOINC, code), Effective: record.At(record.Date(at)), Value: record.Value{Text: "1"}})
	}
	s := summarise(point("a", "Potassium", "2823-3", "2026-01-01", "final"), point("b", "K", "2823-3", "2026-03-01", "preliminary"), point("c", "Sodium", "2951-2", "2026-02-01", ""),
		point("d", "Potassium", "2823-3", "2026-04-01", "cancelled"), point("e", "Potassium", "2823-3", "2026-05-01", "registered"), point("f", "Potassium", "2823-3", "2026-06-01", "entered-in-error"))
	got := ""
	for _, test := range s.Results {
		got += test.Title + ":"
		for _, p := range test.Points {
			got += " " + string(p.ID)
		}
		got += "; "
	}
	if want := "Potassium: e; Potassium: d; K: b a; Sodium: c; "; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if s.Results[2].Last().ID != "b" {
		t.Error("the newest point is not the last value")
	}
}

func TestSections(t *testing.T) {
	s := summarise(some()...)
	for name, g := range groups(s) {
		if g.Empty() {
			t.Errorf("%s: empty", name)
		}
	}
}

func BenchmarkSummarise(b *testing.B) {
	all := some()
	b.ReportAllocs()
	for b.Loop() {
		summarise(all...)
	}
	b.ReportMetric(float64(len(all)), "records")
}
