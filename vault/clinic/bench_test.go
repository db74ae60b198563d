package clinic_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// lifetime is a record of n entries over forty years: mostly results, each tenth
// stated by a second file in its own words, with visits and medicines.
func lifetime(n int) []record.Record {
	begin := time.Date(1985, 1, 1, 8, 0, 0, 0, time.UTC)
	out := make([]record.Record, 0, n)
	visit := record.ID("")
	for i := range n {
		at := begin.Add(time.Duration(i) * 40 * 365 * 24 * time.Hour / time.Duration(n)).Truncate(time.Minute)
		day := record.Date(at.Format("2006-01-02T15:04:05Z"))
		id := fmt.Sprintf("r%07d", i)
		var res record.Resource
		switch {
		case i%50 == 0:
			res, visit = &record.Encounter{Status: "finished", Period: record.At(day)}, record.ID(id)
		case i%10 == 3:
			res = &record.MedicationStatement{Status: "active", Medication: text(fmt.Sprint("medicine ", i%40)), Effective: record.At(day)}
		case i%100 == 7:
			res = &record.Condition{ClinicalStatus: "active", Code: text(fmt.Sprint("problem ", i%300)), Onset: record.At(day)}
		default:
			o := creatinine(fmt.Sprintf("1.%02d", i%100), "mg/dL", string(day))
			o.Code = coded(fmt.Sprint("test ", i%200), record.LOINC, fmt.Sprint(i%200))
			o.Encounter = record.Reference{ID: visit}
			res = o
		}
		r := from(fmt.Sprint("file ", i%7), id, id, res)
		r.Recorded = begin.AddDate(40, 0, i%30)
		if o, ok := res.(*record.Observation); ok && i%10 == 1 {
			said := *o
			said.Note = []string{"in other words"}
			r = saying(r, "another", &said)
		}
		out = append(out, r)
	}
	return out
}

func BenchmarkMeaning(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		all := lifetime(n)
		s := summarise(all...)
		for name, f := range map[string]func(){
			"Missing":       func() { clinic.Missing(s) },
			"Disagreements": func() { clinic.Disagreements(s) },
			"ChangesSince":  func() { clinic.ChangesSince(all, clinic.Since{Time: all[n/2].Recorded}) },
			"TimelineOf":    func() { clinic.TimelineOf(all, clinic.TimelineFilter{}) },
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					f()
				}
			})
		}
	}
}
