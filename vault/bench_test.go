package vault_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// many gives n synthetic records of about 580 bytes of JSON, most of them results.
func many(n int) []record.Record {
	tests := []struct{ code, text, unit string }{
		{"2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL"},
		{"718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL"},
		{"8480-6", "Systolic blood pressure", "mm[Hg]"},
		{"29463-7", "Body weight", "kg"},
		{"2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL"},
	}
	list := []record.Record{{ID: vaulttest.Person, Person: vaulttest.Person, Resource: &record.Patient{Name: []record.HumanName{{Text: "Ada Testperson"}}}}}
	for i := 1; i < n; i++ {
		k := tests[i%len(tests)]
		r := record.Record{ID: record.ID(fmt.Sprintf("b%015d", i)), Person: vaulttest.Person}
		at := record.Date(fmt.Sprintf("20%02d-%02d-%02dT%02d:15:00-05:00", i%26, i%12+1, i%28+1, i%24))
		switch {
		case i%10 == 3:
			r.Resource = &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: fmt.Sprintf("Made-up problem %d", i), Coding: []record.Coding{{System: record.SNOMED, Code: fmt.Sprint(100000 + i)}}}, Onset: record.At(at)}
		case i%10 == 6:
			r.Resource = &record.DocumentReference{Status: "current", Title: fmt.Sprintf("Visit note %d", i), Date: at, Section: []record.Section{{Title: "Plan", Text: record.Narrative(fmt.Sprintf("<p>Made-up note %d: walk every day, drink enough, come back in %d weeks.</p>", i, i%9))}}}
		default:
			r.Resource = &record.Observation{
				Status:    "final",
				Category:  []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: record.Laboratory, Display: "Laboratory"}}}},
				Code:      record.Concept{Text: k.text, Coding: []record.Coding{{System: record.LOINC, Code: k.code, Display: k.text}}},
				Effective: record.At(at), Issued: at,
				Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprintf("%d.%d", i%200, i%10), Unit: k.unit, System: record.UCUM, Code: k.unit}},
			}
		}
		r.Provenance = []record.Provenance{{
			Import: "cccccccccccccccc", Format: "fhir", Original: record.Hash(fmt.Sprintf("%064x", 77)), Place: fmt.Sprintf("/entry/%d/resource", i),
			Span: record.Span{Offset: int64(i) * 900, Length: 880}, Received: vaulttest.Now, System: "Made-up General Hospital",
			Asserter: record.ByOrganisation, Local: []string{fmt.Sprintf("urn:uuid:%08x-0000-4000-8000-%012x", i*7919, i)},
			Identifiers: []record.Identifier{{System: "urn:made-up", Value: fmt.Sprint(i)}},
		}}
		list = append(list, r)
	}
	return list
}

// folderSize adds up all files below dir.
func folderSize(t testing.TB, dir string) (total int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func BenchmarkCommit(b *testing.B) {
	for _, n := range []int{1, 10_000, 40_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			list := many(n)
			records := 0
			var size int64
			for b.Loop() {
				b.StopTimer()
				v, _, err := vault.Create(b.Context(), b.TempDir()+"/v", []byte(vaulttest.Passphrase), vaulttest.Options())
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if err := v.Commit(b.Context(), record.Change{Put: list}); err != nil {
					b.Fatal(err)
				}
				records += n
				b.StopTimer()
				if err := v.Close(); err != nil {
					b.Fatal(err)
				}
				size = folderSize(b, v.Dir())
				os.RemoveAll(v.Dir())
				b.StartTimer()
			}
			b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(size)/1e6, "MB-on-disk")
		})
	}
}

// filled10k gives the folder of a closed vault of 10,000 records.
func filled10k(b *testing.B) string {
	b.Helper()
	v, _, err := vault.Create(b.Context(), b.TempDir()+"/v", []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	if err := v.Commit(b.Context(), record.Change{Put: many(10_000)}); err != nil {
		b.Fatal(err)
	}
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return v.Dir()
}

func reopened(b *testing.B, dir string) *vault.Vault {
	b.Helper()
	v, err := vault.Open(b.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// first reads the first n records of a kind.
func first(b *testing.B, v *vault.Vault, kind record.Kind, n int) {
	b.Helper()
	for _, err := range v.Query(b.Context(), record.Filter{Person: vaulttest.Person, Kind: kind}) {
		if err != nil {
			b.Fatal(err)
		}
		if n--; n == 0 {
			return
		}
	}
	b.Fatalf("%d records are missing", n)
}

func BenchmarkOpen10k(b *testing.B) {
	dir := filled10k(b)
	for b.Loop() {
		v := reopened(b, dir)
		first(b, v, record.KindObservation, 50)
		b.StopTimer()
		if err := v.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func BenchmarkRebuild10k(b *testing.B) {
	dir := filled10k(b)
	for b.Loop() {
		b.StopTimer()
		os.Remove(filepath.Join(dir, "db", "CLOSED"))
		b.StartTimer()
		v := reopened(b, dir)
		b.StopTimer()
		v.Close()
		b.StartTimer()
	}
}

func BenchmarkQueryFirst50(b *testing.B) {
	v := reopened(b, filled10k(b))
	defer v.Close()
	for b.Loop() {
		first(b, v, record.KindObservation, 50)
	}
}

func BenchmarkSearch10k(b *testing.B) {
	v := reopened(b, filled10k(b))
	defer v.Close()
	for b.Loop() {
		if hits, err := v.Search(b.Context(), "drink weeks 9996", 20); err != nil || len(hits) != 1 {
			b.Fatalf("got %d hits, %v, want 1", len(hits), err)
		}
	}
}
