package formats_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/record"
)

// output is what one face of the record says.
type output struct {
	name    string
	raw     string   // its bytes
	all     string   // everything that it says, of each entry its name and value
	current string   // of that, what counts now
	words   string   // what it says to people; "" for software alone
	own     []string // what it marks as the patient's own, where software can tell
}

// outputs are all outputs of a selection, read back as their readers read them.
func outputs(t *testing.T, sel exchange.Selection) []output {
	t.Helper()
	file := func(format string) string {
		f, ok := exchange.Exporter(formats.All(), format)
		if !ok {
			t.Fatalf("no format %s", format)
		}
		var b bytes.Buffer
		if err := f.Export(t.Context(), &b, sel); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	page, document, ccd := file("html"), file("ips"), file("ccda")
	summary := imported(t, "ips.json", "fhir", document)
	summary.words = narratives(t, document)
	clinical := imported(t, "ccd.xml", "ccda", ccd)
	clinical.words = narrativeBlocks(t, ccd)
	for _, o := range []*output{&summary, &clinical} { // what is told in words alone is told
		o.all += o.words
	}
	return []output{
		onScreen(sel), pageOutput(t, page), paper(t, file("pdf"), sel), summary, clinical, tableOutput(t, file("csv")),
		imported(t, "records.json", "fhir", file("fhir")), imported(t, "records.ndjson", "fhir", file("ndjson")),
	}
}

// positive are the titles of the lists that hold what counts.
var positive = map[string]bool{"Current": true, "Given": true, "Done": true}

func pageOutput(t *testing.T, page string) output {
	t.Helper()
	f := sheettest.Page(t, page)
	o := output{name: "START-HERE.html", raw: page, all: f.All, words: f.All}
	for name, words := range f.Lists {
		_, title, _ := strings.Cut(name, "/")
		if positive[title] {
			o.current += words + "\n"
		}
	}
	return o
}

// paper is the print, read by PDFium.
func paper(t *testing.T, pdf string, sel exchange.Selection) output {
	t.Helper()
	var out bytes.Buffer
	if err := pdftext.Format.Tasks[0].Run(strings.NewReader(pdf), &out); err != nil {
		t.Fatal(err)
	}
	var got struct{ Text string }
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	o := output{name: "Summary.pdf", raw: got.Text, all: got.Text, words: got.Text}
	titles := map[string]bool{}
	for _, s := range sheet.Build(sel).Sections {
		titles[s.Title] = true
		for _, table := range s.Tables {
			titles[table.Title] = true
		}
	}
	in := false
	for line := range strings.Lines(got.Text) {
		if line = strings.TrimSpace(line); titles[line] {
			in = positive[line]
		}
		if in {
			o.current += line + "\n"
		}
	}
	return o
}

// imported is a file as our own importer reads it.
func imported(t *testing.T, name, format, content string) output {
	t.Helper()
	in := &taken{}
	if err := named(t, format).Import(t.Context(), exchangetest.Source(name, []byte(content)), in); err != nil {
		t.Fatal(err)
	}
	o := output{name: name, raw: content}
	for _, r := range in.records {
		if d, ok := r.Resource.(*record.DocumentReference); ok && len(d.Section) > 1 && (d.Type.Has(record.LOINC, "60591-5") || d.Type.Has(record.LOINC, "34133-9")) {
			continue // the document itself
		}
		if r.Resource.Kind() != record.KindPatient {
			o.add(r)
		}
	}
	return o
}

// onScreen is what lists and details show.
func onScreen(sel exchange.Selection) output {
	o := output{name: "list and show"}
	for _, r := range sel.Records {
		if r.Resource.Kind() != record.KindPatient && r.Summary().Standing != record.InError {
			o.add(r)
		}
	}
	o.raw = o.all
	return o
}

// add says one record.
func (o *output) add(r record.Record) {
	s := r.Summary()
	var details strings.Builder
	for _, d := range r.Resource.Details() {
		details.WriteString(" " + d.Value)
	}
	line := s.Title + " = " + s.Result() + details.String() + "\n"
	o.all += line
	relative := r.Resource.Kind() == record.KindFamilyMemberHistory // says so itself
	if s.Standing == record.Current && len(r.Held) == 0 && !relative {
		o.current += line
	}
	if r.Source().Asserter == record.ByPatient {
		o.own = append(o.own, s.Title)
	}
}

// tableOutput is the table for spreadsheets.
func tableOutput(t *testing.T, content string) output {
	t.Helper()
	lines, err := stdcsv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	o := output{name: "records.csv", raw: content}
	column := map[string]int{}
	for n, heading := range lines[0] {
		column[heading] = n
	}
	for _, cells := range lines[1:] {
		line := cells[column["what"]] + " = " + cells[column["value"]] + " " + strings.Join(cells, " ") + "\n"
		o.all += line
		if cells[column["current"]] == "yes" && cells[column["kind"]] != record.KindFamilyMemberHistory.Section() {
			o.current += line
		}
		if cells[column["recorded by"]] == record.ByPatient.Words() {
			o.own = append(o.own, cells[column["what"]])
		}
	}
	return o
}

// narratives are the narratives of a FHIR document, as people read them.
func narratives(t *testing.T, document string) string {
	t.Helper()
	var b struct {
		Entry []struct {
			Resource struct {
				Text    struct{ Div string }
				Section []struct{ Text struct{ Div string } }
			}
		}
	}
	if err := json.Unmarshal([]byte(document), &b); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, e := range b.Entry {
		all.WriteString(record.Narrative(e.Resource.Text.Div).Plain() + "\n")
		for _, s := range e.Resource.Section {
			all.WriteString(record.Narrative(s.Text.Div).Plain() + "\n")
		}
	}
	return all.String()
}

// narrativeBlocks are the texts of a clinical document's sections.
func narrativeBlocks(t *testing.T, document string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	var all strings.Builder
	depth := 0 // inside a section's text
	for {
		token, err := d.Token()
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Local == "text" || depth > 0 {
				depth++
			}
		case xml.EndElement:
			if depth > 0 {
				depth--
				all.WriteByte(' ')
			}
		case xml.CharData:
			if depth > 0 {
				all.Write(x)
			}
		}
		if errors.Is(err, io.EOF) {
			return all.String()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
