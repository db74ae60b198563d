package office_test

import (
	"strings"
	"testing"
)

// TestHazard13StruckOut: a medicine that is crossed out in a list is not there
// as if it were taken.
func TestHazard13StruckOut(t *testing.T) {
	for name, content := range map[string][]byte{
		"docx": docx(t, "<w:p>"+run("<w:strike/>", "Aspirin 100 mg")+run("", " Ramipril 5 mg")+run("<w:strike w:val='0'/>", ".")+"</w:p>"),
		"odt":  odt(t, `<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>`, `<text:p><text:span text:style-name="T2">Aspirin 100 mg</text:span> Ramipril 5 mg.</text:p>`),
		"rtf":  []byte(`{\rtf1{\strike Aspirin 100 mg} Ramipril 5 mg.}`),
	} {
		got, said := text(t, name, content)
		if strings.TrimSpace(got) != "~~Aspirin 100 mg~~ Ramipril 5 mg." || !strings.Contains(said, "struck out") {
			t.Errorf("%s: got %q; %s", name, got, said)
		}
	}
}

// TestHazard13TakenOut: words that tracked changes took out are not in the text.
func TestHazard13TakenOut(t *testing.T) {
	for name, content := range map[string][]byte{
		"docx": docx(t, "<w:p><w:del><w:r><w:delText>Aspirin</w:delText></w:r></w:del><w:moveFrom>"+run("", "Aspirin")+"</w:moveFrom>"+run("", "Ramipril")+"</w:p>"),
		"odt":  odt(t, "", `<text:tracked-changes><text:changed-region><text:deletion><text:p>Aspirin</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Ramipril</text:p>`),
		"rtf":  []byte(`{\rtf1{\deleted Aspirin}Ramipril}`),
	} {
		got, said := text(t, name, content)
		if strings.TrimSpace(got) != "Ramipril" || !strings.Contains(said, "tracked changes") {
			t.Errorf("%s: got %q; %s", name, got, said)
		}
	}
}

// TestHazard17Microgram: a letter of the font Symbol is not lost, and one that
// cannot be told is not passed over.
func TestHazard17Microgram(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"docx":    {docx(t, "<w:p>"+run("", "50 ")+`<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>`+run("", "g")+"</w:p>"), "50 μg"},
		"rtf":     {[]byte(`{\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}}50 {\f1 m}g}`), "50 μg"},
		"unknown": {docx(t, "<w:p>"+run("", "50 ")+`<w:r><w:sym w:font="Of the house" w:char="F06D"/></w:r>`+run("", "g")+"</w:p>"), "50 \uFFFDg"},
	} {
		if got, _ := text(t, name, c.content); strings.TrimSpace(got) != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestHazard19Power: a raised figure does not become a part of the number.
func TestHazard19Power(t *testing.T) {
	raised := `<w:vertAlign w:val="superscript"/>`
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"docx":    {docx(t, "<w:p>"+run("", "4.10 x 10")+run(raised, "9")+run("", "/L")+"</w:p>"), "4.10 x 10^9/L"},
		"formula": {docx(t, "<w:p><m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>9</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>"), "10^9"},
		"odt":     {odt(t, `<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>`, `<text:p>10<text:span text:style-name="T1">9</text:span>/L</text:p>`), "10^9/L"},
		"rtf":     {[]byte(`{\rtf1 10{\super 9}/L and 10{\up6 12}/L and H{\sub 2}O, 1{\super st} visit}`), "10^9/L and 10^12/L and H2O, 1st visit"},
	} {
		if got, _ := text(t, name, c.content); strings.TrimSpace(got) != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestHazard19Spreadsheet: the number that a spreadsheet stores is not the one
// that its reader saw, and is not shown in its place.
func TestHazard19Spreadsheet(t *testing.T) {
	rels := strings.Replace(relations, "word/document.xml", "xl/workbook.xml", 1)
	got, _ := text(t, "t.xlsx", packed(t, "[Content_Types].xml", "<T/>", "_rels/.rels", rels, "xl/workbook.xml", "<w/>",
		"xl/worksheets/sheet1.xml", "<w><row><c t='inlineStr'><is><t>Potassium</t></is></c><c><v>4.0999999999999996</v></c></row></w>"))
	if got != "Potassium\n" {
		t.Errorf("got %q", got)
	}
}

// TestHazard32NobodyNamed: a letter does not say whose it is, and brings nothing
// but itself.
func TestHazard32NobodyNamed(t *testing.T) {
	for n, content := range [][]byte{docx(t, "<w:p>"+run("", "Dear colleague, Ann Other, born 3 May 1960")+"</w:p>"), compound("WordDocument"), []byte(`{\rtf1 Patient: Ann Other}`)} {
		d, report := bring(t, "letter", content)
		if report.Filed != 1 || d.Date != "" || len(d.Author) != 0 {
			t.Errorf("got %+v, %+v", d, report)
		}
		if !all[n].Documents {
			t.Errorf("%s does not say that its files name nobody", all[n].Name)
		}
	}
}
