package fulltext_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

// corpus gives n made-up entries like those of a record, and the bytes of their
// texts.
func corpus(n int) (docs []doc, size int) {
	tests := []struct{ title, code, unit string }{
		{"Glucose [Mass/volume] in Serum or Plasma", "2345-7", "mg/dL"},
		{"Hemoglobin [Mass/volume] in Blood", "718-7", "g/dL"},
		{"Systolic blood pressure", "8480-6", "mm[Hg]"},
		{"Body weight", "29463-7", "kg"},
		{"Creatinine [Mass/volume] in Serum or Plasma", "2160-0", "mg/dL"},
	}
	for i := range n {
		at := time.Date(2000+i%26, time.Month(i%12+1), i%28+1, i%24, 15, 0, 0, time.UTC).Format("2 January 2006, 15:04 (UTC-05:00)")
		k := tests[i%len(tests)]
		d := doc{Doc: fulltext.Doc{ID: fmt.Sprintf("b%015x", uint64(i)*0x9e3779b97f4a7c15>>4), Group: fmt.Sprint(i % 3), Time: uint64(i * 7919 % 100000)}}
		for j := range d.Print {
			d.Print[j] = byte(uint64(i+1) * 0x9e3779b97f4a7c15 >> (8 * j))
		}
		add := func(f fulltext.Field, text string) {
			d.texts = append(d.texts, fulltext.Text{Field: f, Text: text})
			size += len(text)
		}
		switch {
		case i%10 == 3:
			add(fulltext.Title, fmt.Sprint("Made-up problem ", i))
			add(fulltext.Code, fmt.Sprint(100000+i))
			add(fulltext.Body, at)
		case i%10 == 6:
			add(fulltext.Title, fmt.Sprint("Visit note ", i))
			add(fulltext.Body, fmt.Sprintf("Made-up note %d: walk every day, drink enough, come back in %d weeks.", i, i%9))
		default:
			add(fulltext.Title, k.title)
			add(fulltext.Code, k.code+" "+k.title)
			for _, text := range []string{k.title, fmt.Sprintf("%d.%d %s", i%200, i%10, k.unit), "final", "Laboratory", at, at, "LOINC " + k.code, "Made-up General Hospital"} {
				add(fulltext.Body, text)
			}
		}
		docs = append(docs, d)
	}
	return docs, size
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		docs, size := corpus(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var s *fulltext.Segment
			for b.Loop() {
				s = segment(b, docs...)
			}
			total := 0
			err := fulltext.Merge([]*fulltext.Segment{s}, func(int, fulltext.Doc) (bool, error) { return true, nil }, func(block []byte) error { total += len(block); return nil })
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(total)/float64(size)*100, "%-of-text")
			b.ReportMetric(float64(total)/float64(n), "B/entry")
		})
	}
}

func BenchmarkMerge100k(b *testing.B) {
	docs, _ := corpus(100_000)
	parts := []*fulltext.Segment{segment(b, docs[:60_000]...), segment(b, docs[60_000:90_000]...), segment(b, docs[90_000:]...)}
	for b.Loop() {
		merge(b, parts, func(int, fulltext.Doc) bool { return true })
	}
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		docs, _ := corpus(n)
		s := []*fulltext.Segment{segment(b, docs...)}
		docs = nil
		for _, words := range []string{"drink weeks 9996", "glucose", "gluc plasma", "hospital", "hemoglobni", "creatinines", "problem 99", "8480-6", "m", "104.5"} {
			b.Run(fmt.Sprintf("%d/%s", n, words), func(b *testing.B) {
				hits := 0
				for b.Loop() {
					found, err := fulltext.Find(b.Context(), s, fulltext.Parse(words), nil)
					if err != nil {
						b.Fatal(err)
					}
					hits = found.Len()
					found.Next(20)
				}
				b.ReportMetric(float64(hits), "hits")
			})
		}
	}
}
