package record_test

import (
	"fmt"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestFoldedReceipt(t *testing.T) {
	var r record.Receipt
	for n := range 300 {
		r.Sources = append(r.Sources, record.SourceReport{
			Name: fmt.Sprintf("disc/IMAGES/IM%d", n), Format: "dicom", Read: 2, Filed: 1, Duplicate: 1, Kinds: map[string]int{"ImagingStudy": 1},
			Issues: []record.Issue{{Severity: record.Information, Place: "preamble", Text: "the same words"}},
		})
	}
	r.Sources[7] = record.SourceReport{Name: "disc/IMAGES/IM7", Read: 1, Refused: 1, Issues: []record.Issue{{Severity: record.Error, Place: "IM7", Text: "cut off"}}}
	r.Sources = append(r.Sources, record.SourceReport{Name: "disc/README.TXT", Format: "document", Read: 1, Filed: 1})
	if got := r.Folded(301); len(got) != 301 {
		t.Errorf("few sources are folded: %d", len(got))
	}
	got := r.Folded(20)
	if len(got) != 3 {
		t.Fatalf("got %d lines: %+v", len(got), got)
	}
	if g := got[0]; g.Name != "disc/IMAGES/ (299 files)" || g.Read != 598 || g.Filed != 299 || !g.Adds() || len(g.Issues) != 1 || g.Issues[0].Text != "the same words (299 times)" || g.Kinds["ImagingStudy"] != 299 {
		t.Errorf("got %+v", g)
	}
	if got[1].Refused != 1 || got[2].Name != "disc/README.TXT" {
		t.Errorf("got %+v", got[1:])
	}
}
