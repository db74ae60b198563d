package documents

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/record"
)

func doc(id record.ID, d *record.DocumentReference) record.Record {
	return record.Record{ID: id, Person: "p", Resource: d}
}

func made() []record.Record {
	return []record.Record{
		doc("a", &record.DocumentReference{Title: "Discharge", Date: "2021-03-04", Type: record.Concept{Text: "Discharge summary"}, Author: []string{"Dr Adams", "Dr Baker"}}),
		doc("b", &record.DocumentReference{Title: "scan.pdf", Date: "2022-01-01", Content: []record.Attachment{{ContentType: "application/pdf", Hash: "h"}}}),
		doc("c", &record.DocumentReference{Title: "Gone", Status: "entered-in-error"}),
		doc("d", &record.DocumentReference{Title: "other.pdf", Content: []record.Attachment{{ContentType: "application/pdf; charset=x"}}}),
	}
}

func TestRows(t *testing.T) {
	list, withdrawn := rows(made())
	if len(list) != 3 || withdrawn != 1 {
		t.Fatalf("%d rows, %d withdrawn", len(list), withdrawn)
	}
	if list[0].Title != "scan.pdf" || list[1].Title != "Discharge" || list[2].Date != "Date unknown" {
		t.Errorf("the order is %+v", list)
	}
	if got := list[1].Text; got != "Discharge summary · Dr Adams and others" {
		t.Errorf("the second line is %q", got)
	}
	names, counts := kinds(list)
	if !slices.Equal(names, []string{"PDF", "Discharge summary"}) || !slices.Equal(counts, []int{2, 1}) {
		t.Errorf("kinds: %v %v", names, counts)
	}
	for _, c := range []struct {
		kind, words string
		want        int
	}{{"", "", 3}, {"PDF", "", 2}, {"PDF", "SCAN", 1}, {"", "adams march", 1}, {"", "adams scan", 0}, {"Discharge summary", "pdf", 0}} {
		if got := len(filter(list, c.kind, c.words)); got != c.want {
			t.Errorf("%q in %q: %d rows, want %d", c.words, c.kind, got, c.want)
		}
	}
	if s := footer(2, 3, 1); !strings.Contains(s, "2 of 3") || !strings.Contains(s, "1 withdrawn") {
		t.Errorf("the footer says %q", s)
	}
}

// TestBlocksLoseNothing: every word of a document is in its blocks, once.
func TestBlocksLoseNothing(t *testing.T) {
	d := &record.DocumentReference{
		Section: []record.Section{
			{Title: "Plan", Text: "<p>Walk <b>every</b> day.</p><table><tr><th>Drug</th><td>Aspirin</td></tr></table>"},
			{Title: "Procedures", EmptyReason: "nilknown"},
			{Title: "Below", Depth: 1, Text: "<ul><li>one</li></ul>"},
			{Title: "Bare"},
		},
		Text: "<p>generated</p>",
		Content: []record.Attachment{
			{ContentType: "text/plain", Title: "note.txt", Text: "first\nsecond"}, {ContentType: "application/pdf", Text: "of the pages"},
		},
	}
	var all []string
	for _, b := range blocksOf(d) {
		all = append(all, b.Holders()...)
	}
	want := []string{"Plan", "Walk every day.", "Drug", "Aspirin", "Procedures", "Nothing here; the source gives the reason: nilknown", "Below", "one", "Bare", "note.txt", "first", "second"}
	if !slices.Equal(all, want) {
		t.Errorf("got %q", all)
	}
	if b := blocksOf(&record.DocumentReference{Text: "<p>whole</p>"}); len(b) != 1 || b[0].Holders()[0] != "whole" {
		t.Errorf("got %+v", b)
	}
	found, more := findInBlocks(blocksOf(d), "ASPIRIN")
	if len(found) != 1 || more || found[0].block != 2 || found[0].Holder != 1 {
		t.Errorf("got %+v", found)
	}
	if m := marksIn(found, 2, 0); len(m) != 1 || !m[0].Now || marksIn(found, 1, 0) != nil {
		t.Errorf("got %+v", m)
	}
}

func TestContentByFirstBytes(t *testing.T) {
	dicom := string(make([]byte, 128)) + "DICM"
	for head, want := range map[string]content{
		"%PDF-1.7\n": pdfContent, "\n\n%PDF-1.4": pdfContent, "\xff\xd8\xff\xe0": pictureContent, "\x89PNG\r\n\x1a\nxx": pictureContent, dicom: dicomContent, "PK\x03\x04": archiveContent,
		"{\"a\":\"%PDF-\"}": textContent, "<a>%PDF-</a>": textContent, "MSH|^~\\&|": textContent, "a,b\r\n1,2": textContent, "\x00\x01\x02": unknownContent, "": textContent,
		"BM and more, which is text": textContent,
	} {
		if got, _ := contentOf([]byte(head)); got != want {
			t.Errorf("%.20q: got %d, want %d", head, got, want)
		}
	}
	for place, want := range map[string]int{"page 3": 2, "Page 12, line 4": 11, "whole file": 0, "page 0": 0, "page": 0, "homepage 7x": 0} {
		if got := pageOf(place); got != want {
			t.Errorf("%q: page %d, want %d", place, got, want)
		}
	}
}

func TestZoom(t *testing.T) {
	z := zoom{own: fyne.NewSize(800, 1000), room: fyne.NewSize(400, 400)}
	if got := z.size(); got != fyne.NewSize(400, 500) {
		t.Errorf("to the width: %v", got)
	}
	z.fit = toWhole
	if got := z.size(); got != fyne.NewSize(320, 400) {
		t.Errorf("whole: %v", got)
	}
	if got := z.by(2).size(); got != fyne.NewSize(640, 800) {
		t.Errorf("twice of it: %v", got)
	}
	if got := z.exactly().pixels(2); got != 1600 {
		t.Errorf("its own size has %d pixels", got)
	}
	if got := z.by(1e9).factor(); got != zoomMost {
		t.Errorf("it grows to %v", got)
	}
	if got := (zoom{}).factor(); got != 1 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestLinks(t *testing.T) {
	from := func(id record.ID, res record.Resource, file record.Hash) record.Record {
		return record.Record{ID: id, Person: "p", Resource: res, Provenance: []record.Provenance{{Original: file}}}
	}
	of := from("d", &record.DocumentReference{}, "f")
	var l links
	for _, r := range []record.Record{
		of, from("a", &record.Condition{Code: record.Concept{Text: "Asthma"}}, "f"), from("b", &record.Condition{}, "other"),
		from("c", &record.Patient{}, "f"), from("e", &record.Condition{VerificationStatus: "entered-in-error"}, "f"),
	} {
		l.add(r, of, filesOf(of))
	}
	if l.all != 1 || l.entries[0].ID != "a" || l.shared || l.heading() != "What comes from this document" {
		t.Errorf("got %+v", l)
	}
	l.add(from("x", &record.DocumentReference{}, "f"), of, filesOf(of))
	if l.heading() != "In the same file" {
		t.Errorf("got %+v", l)
	}
}

func TestWords(t *testing.T) {
	for want, got := range map[string]string{
		"":                     findWords("", 0, found{}),
		"Not found":            findWords("x", 0, found{}),
		"2 of 5\u202f000+":     findWords("x", 1, found{n: 5000, more: true}),
		"20 to 60 % of 1.0 MB": whereWords(piece{start: 200_000, end: 600_000, size: 1_000_000}),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if whereWords(piece{end: 10, size: 10}) != "" || activeWords(paper.PDF{}) != "" {
		t.Error("words where nothing is to be said")
	}
	if w := activeWords(paper.PDF{Active: []string{"run a script"}}); !strings.Contains(w, "run a script") {
		t.Errorf("got %q", w)
	}
	if got := markWords(placed{content: pdfContent}); got != "" {
		t.Errorf("got %q", got)
	}
}
