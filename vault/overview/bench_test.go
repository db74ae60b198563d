package overview_test

import (
	"fmt"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// life gives n records of one person in the proportions of a long record: of a
// hundred 80 are results of 400 tests, 6 medicines and their refills, 6 visits, 5
// reports, 1 problem, 1 document and 1 immunization. Where one test dominates, as
// of a watch, 95 of a hundred are its newest points.
func life(n int, watch bool) []record.Record {
	list := make([]record.Record, 0, n)
	for i := range n {
		r := vaulttest.Nth(i)
		at := record.Date(fmt.Sprintf("%04d-%02d-%02dT%02d:15:00-05:00", 2000+i%26, i/26%12+1, i/7%28+1, i%24))
		word := func(s string, of int) record.Concept {
			return record.Concept{Text: fmt.Sprintf("Made-up %s %d", s, i%of)}
		}
		switch k := i % 100; {
		case i == 0:
		case watch && k < 95:
			at = record.Date(fmt.Sprintf("2026-%02d-%02dT%02d:%02d:00-05:00", i%2+1, i/2%28+1, i/7%24, i%60))
			r.Resource = &record.Observation{Status: "final", Category: []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: record.VitalSigns}}}}, Code: record.Concept{Text: "Heart rate", Coding: []record.Coding{{System: record.LOINC, Code: "8867-4"}}}, Effective: record.At(at), Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprint(60 + i%40), Unit: "/min"}}}
		case k < 80:
			r.Resource = &record.Observation{Status: "final", Code: word("test", 400), Effective: record.At(at), Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprint(i % 300), Unit: "mg/dL"}}}
		case k < 86:
			r.Resource = &record.MedicationStatement{Origin: []record.MedicationOrigin{record.Request, record.Dispense}[i%2], Status: []string{"active", "completed", "stopped"}[i%3], Medication: word("medicine", 60), Effective: record.At(at), Dosage: []record.Dosage{{Text: "one tablet a day"}}}
		case k < 92:
			r.Resource = &record.Encounter{Status: "finished", Type: []record.Concept{word("visit", 9)}, Period: record.At(at)}
		case k < 97:
			r.Resource = &record.DiagnosticReport{Status: "final", Code: word("report", 40), Effective: record.At(at)}
		case k == 97:
			r.Resource = &record.Condition{ClinicalStatus: []string{"active", "resolved"}[i/100%2], Code: word("problem", 50), Onset: record.At(at)}
		case k == 98:
			r.Resource = &record.DocumentReference{Status: "current", Title: "Visit note", Date: at, Section: []record.Section{{Title: "Plan", Text: "<p>Walk every day.</p>"}}}
		default:
			r.Resource = &record.Immunization{Status: "completed", VaccineCode: word("vaccine", 8), Occurrence: record.At(at)}
		}
		list = append(list, r)
	}
	return list
}

func filled(b *testing.B, n int, watch bool) string {
	b.Helper()
	v, _, err := vault.Create(b.Context(), b.TempDir()+"/v", []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	if err := v.Commit(b.Context(), record.Change{Put: life(n, watch)}); err != nil {
		b.Fatal(err)
	}
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return v.Dir()
}

// BenchmarkHome is the first page of a vault of 100,000 records: from a vault that
// is closed (with a KDF that costs next to nothing); after a result and a medicine
// were added, first without what only all records tell; and from nothing kept.
func BenchmarkHome(b *testing.B) {
	for name, watch := range map[string]bool{"mixed": false, "one-test-dominates": true} {
		dir := filled(b, 100_000, watch)
		keep := func(v *vault.Vault) {
			b.Helper()
			if p, err := overview.Notice(b.Context(), v, vaulttest.Person); err != nil || p.Noticed == nil {
				b.Fatal(err)
			}
		}
		b.Run(name+"/nothing-kept", func(b *testing.B) {
			v := open(b, dir)
			for b.Loop() {
				v.Keep("overview\x00"+string(vaulttest.Person), nil)
				keep(v)
			}
			v.Close()
		})
		b.Run(name+"/cold", func(b *testing.B) {
			for b.Loop() {
				v := open(b, dir)
				p, err := overview.Glance(b.Context(), v, vaulttest.Person)
				if err != nil || p.Noticed == nil {
					b.Fatal("not kept", err)
				}
				b.StopTimer()
				v.Close()
				b.StartTimer()
			}
		})
		for what, resource := range map[string]record.Resource{
			"result":   &record.Observation{Status: "final", Code: record.Concept{Text: "Made-up test 7"}, Effective: record.At("2026-03-01"), Value: record.Value{Quantity: record.Quantity{Value: "7", Unit: "mg/dL"}}},
			"medicine": &record.MedicationStatement{Origin: record.Request, Status: "active", Medication: record.Concept{Text: "Made-up medicine 3"}},
		} {
			b.Run(name+"/after-a-"+what, func(b *testing.B) {
				v := open(b, dir)
				n := 0
				for b.Loop() {
					b.StopTimer()
					n++
					if err := v.Commit(b.Context(), record.Change{Put: []record.Record{{ID: record.ID(fmt.Sprint(what, n)), Person: vaulttest.Person, Resource: resource}}}); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					if _, err := overview.Glance(b.Context(), v, vaulttest.Person); err != nil {
						b.Fatal(err)
					}
				}
				v.Close()
			})
		}
	}
}
