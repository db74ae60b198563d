package fulltext_test

import (
	"encoding/binary"
	"testing"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

// cut makes blocks of a fuzzer's bytes: u16 length before each.
func cut(b []byte) *fulltext.Memory {
	var m fulltext.Memory
	for len(b) >= 2 {
		n := min(int(binary.LittleEndian.Uint16(b)), len(b)-2)
		m = append(m, b[2:2+n])
		b = b[2+n:]
	}
	return &m
}

func FuzzSegment(f *testing.F) {
	b := fulltext.NewBuilder()
	for _, text := range []string{"Glucose in blood 5.2", "glucose 血糖値", "infections of the left arm"} {
		b.Add(fulltext.Doc{ID: text[:3], Group: "g", Time: uint64(len(text))}, []fulltext.Text{{Field: fulltext.Body, Text: text}, {Field: fulltext.Title, Text: "arm"}})
	}
	s, err := b.Segment()
	if err != nil {
		f.Fatal(err)
	}
	var seed []byte
	err = fulltext.Merge([]*fulltext.Segment{s}, func(int, fulltext.Doc) (bool, error) { return true, nil }, func(block []byte) error {
		seed = append(binary.LittleEndian.AppendUint16(seed, uint16(len(block))), block...)
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := fulltext.Open(cut(b))
		if err != nil {
			return
		}
		all := []*fulltext.Segment{s}
		for _, words := range []string{"arm", "glucsoe blood", "infected", "5", "血"} {
			found, err := fulltext.Find(t.Context(), all, fulltext.Parse(words), nil)
			if err != nil {
				continue
			}
			for _, c := range found.Next(10) {
				found.Doc(c)
			}
		}
		var m fulltext.Memory
		fulltext.Merge(all, func(int, fulltext.Doc) (bool, error) { return true, nil }, m.Append)
	})
}

func FuzzWords(f *testing.F) {
	f.Add("Café 8480-6 血糖値", "cafe")
	f.Add("㋋", "12")
	f.Fuzz(func(t *testing.T, text, words string) {
		q := fulltext.Parse(words)
		for _, w := range q.Words() {
			w.Misspelt()
		}
		before := 0
		spans, _ := q.Spans(text)
		for _, s := range spans {
			if s.Start < before || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("a word of %d to %d behind %d in %d bytes", s.Start, s.End, before, len(text))
			}
			before = s.End
		}
	})
}
