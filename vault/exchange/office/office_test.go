package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/office"
	"github.com/carnet-phr/carnet/vault/record"
)

// all are the formats of this package.
var all = []exchange.Format{office.Document, office.Compound, office.RTF}

// bring imports one file and gives its document and the words about it.
func bring(t testing.TB, name string, content []byte) (*record.DocumentReference, record.SourceReport) {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, all, []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	report := b.Receipt.Sources[0]
	if !report.Adds() {
		t.Errorf("%s: the counts do not add up: %+v", name, report)
	}
	for _, r := range m.All() {
		if d, ok := r.Resource.(*record.DocumentReference); ok {
			return d, report
		}
	}
	return nil, report
}

// text imports one file that must be kept and gives its text.
func text(t testing.TB, name string, content []byte) (string, string) {
	t.Helper()
	d, report := bring(t, name, content)
	if d == nil || report.Filed != 1 || len(d.Content) != 1 {
		t.Fatalf("%s: not filed: %+v", name, report)
	}
	return d.Content[0].Text, told(report)
}

func told(r record.SourceReport) string {
	var s []string
	for _, i := range r.Issues {
		s = append(s, i.Text)
	}
	return strings.Join(s, "; ")
}

// packed makes a zip archive of names and contents, in that order.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for n := 0; n < len(parts); n += 2 {
		f, err := w.Create(parts[n])
		if err == nil {
			_, err = f.Write([]byte(parts[n+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

// docx makes a Word document of its body, with more parts beside it.
func docx(t testing.TB, body string, more ...string) []byte {
	return packed(t, append([]string{
		"[Content_Types].xml", "<Types/>", "_rels/.rels", relations,
		"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="m" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`,
	}, more...)...)
}

func run(properties, words string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + words + `</w:t></w:r>`
}

func odt(t testing.TB, styles, body string, more ...string) []byte {
	return packed(t, append([]string{
		"mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<o:d xmlns:o="o" xmlns:text="t" xmlns:style="s" xmlns:table="b"><o:automatic-styles>` + styles + `</o:automatic-styles><o:body>` + body + `</o:body></o:d>`,
		"META-INF/manifest.xml", "<m/>",
	}, more...)...)
}

func TestWord(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"paragraphs": {"<w:p>" + run("", "Dear ") + run("<w:b/>", "colleague") + "</w:p><w:p>" + run("", "thank you") + "</w:p>", "Dear colleague\nthank you\n"},
		"table":      {"<w:tbl><w:tr><w:tc><w:p>" + run("", "Potassium") + "</w:p></w:tc><w:tc><w:p>" + run("", "4.10") + "</w:p></w:tc></w:tr></w:tbl>", "Potassium \t4.10 \t\n"},
		"fallback":   {"<w:p><mc:AlternateContent><mc:Choice>" + run("", "once") + "</mc:Choice><mc:Fallback>" + run("", "twice") + "</mc:Fallback></mc:AlternateContent></w:p>", "once\n"},
		"tabs":       {"<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/></w:r></w:p>", "a\tb-\n"},
		"field":      {"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>" + run("", "1") + "</w:p>", "1\n"},
	} {
		if got, _ := text(t, name+".docx", docx(t, c.body)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	got, _ := text(t, "parts.docx", docx(t, "<w:p>"+run("", "body")+"</w:p>",
		"word/footnotes.xml", "<w:f xmlns:w='w'><w:p>"+run("", "note")+"</w:p></w:f>", "word/header1.xml", "<w:f xmlns:w='w'><w:p>"+run("", "letterhead")+"</w:p></w:f>"))
	if got != "letterhead\nbody\nnote\n" {
		t.Errorf("parts: got %q", got)
	}
}

// TestAbout: what the file says of itself is told as that, and is no date of the
// document.
func TestAbout(t *testing.T) {
	core := `<c xmlns:dc="d" xmlns:t="t"><dc:title>Discharge letter</dc:title><t:created>2021-03-04T10:00:00Z</t:created></c>`
	d, _ := bring(t, "letter.docx", docx(t, "<w:p/>", "docProps/core.xml", core))
	want := "Word document; its maker calls it “Discharge letter”; made on 4 March 2021 as the file says"
	if d.Description != want || d.Date != "" || d.Title != "letter.docx" {
		t.Errorf("got %q, %q, %q", d.Description, d.Date, d.Title)
	}
	d, _ = bring(t, "letter.rtf", []byte(`{\rtf1{\info{\title Discharge \u8211?x}{\author nobody}{\creatim\yr2021\mo3\dy4}}words}`))
	if want := "Rich Text; its maker calls it “Discharge –x”; made on 4 March 2021 as the file says"; d.Description != want || d.Content[0].Text != "words" {
		t.Errorf("got %q, %q", d.Description, d.Content[0].Text)
	}
}

func TestSheetsAndSlides(t *testing.T) {
	rels := strings.Replace(relations, "word/document.xml", "/xl/workbook.xml", 1)
	got, said := text(t, "t.xlsx", packed(t, "[Content_Types].xml", "<T/>", "_rels/.rels", rels, "xl/workbook.xml", "<w/>",
		"xl/sharedStrings.xml", "<sst><si><t>Potassium</t><rPh><t>x</t></rPh></si><si><r><t>10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>9</t></r></si></sst>",
		"xl/worksheets/sheet1.xml", "<w><row><c t='inlineStr'><is><t>inline</t></is></c><c><v>4.0999999999999996</v></c><c t='str'><v>words</v></c></row></w>"))
	if got != "Potassium\n10^9\ninline\nwords\n" || !strings.Contains(said, "numbers cannot") {
		t.Errorf("got %q; %s", got, said)
	}
	rels = strings.Replace(relations, "word/document.xml", "ppt/presentation.xml", 1)
	slide := func(s string) string { return "<s xmlns:a='a'><a:p><a:r><a:t>" + s + "</a:t></a:r></a:p></s>" }
	got, _ = text(t, "s.pptx", packed(t, "[Content_Types].xml", "<T/>", "_rels/.rels", rels, "ppt/presentation.xml", "<p/>",
		"ppt/slides/slide10.xml", slide("ten"), "ppt/slides/slide2.xml", slide("two")))
	if got != "two\nten\n" {
		t.Errorf("got %q", got)
	}
}

func TestOpenDocument(t *testing.T) {
	styles := `<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>`
	got, said := text(t, "l.odt", odt(t, styles, `<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Letter</text:h><text:p>10<text:span text:style-name="T1">9</text:span>/L<text:s text:c="3"/>take<text:tab/><text:span text:style-name="T2">not</text:span> one</text:p><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>`))
	if want := "Letter\n10^9/L   take\t~~not~~ one\na \tb \t\n"; got != want || !strings.Contains(said, "struck out") || !strings.Contains(said, "tracked changes") {
		t.Errorf("got %q, want %q; %s", got, want, said)
	}
	d, report := bring(t, "locked.odt", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "\x01\x02", "META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`))
	if d == nil || !strings.Contains(told(report), "locked with a password") {
		t.Errorf("%+v", report)
	}
}

func TestRTF(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"words":     {`\ansi Dear {\b colleague},\par thank\~you\line.`, "Dear colleague,\nthank\u00a0you\n."},
		"latin":     {`\ansi\ansicpg1252 Pr\'fcfung`, "Prüfung"},
		"cyrillic":  {`\ansi{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f1 \'cf\'f0\f0 \'e4`, "Прä"},
		"shift-jis": {`\ansi{\fonttbl{\f0\fcharset128 Gothic;}}\f0 \'93\'fa\'96{}`, "日\uFFFD"},
		"unicode":   {`\uc1 5 \u181?g \u-3913? \uc2\u8804\'3c\'3d 4 \uc1\u-10179?\u-8704?`, "5 µg \uFFFD ≤ 4 😀"},
		"symbol":    {`{\fonttbl{\f0 Arial;}{\f3\fnil\fcharset2 Symbol;}}5 {\f3 m}g {\f3 \'a3}4 {\f3\u-4013?}`, "5 μg ≤4 Σ"},
		"skipped":   {`{\stylesheet{\s0 Normal;}}{\*\generator X;}{\pict 0011}{\*\unknown{\b no}}{\field{\*\fldinst HYPERLINK "x"}{\fldrslt shown}}`, "shown"},
		"binary":    {`{\pict\bin5 }}}}}}a`, "a"},
		"table":     {`\trowd a\cell b\cell\row c`, "a\tb\t\nc"},
		"text box":  {`x{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt boxed}}}`, "x\nboxed"},
		"escapes":   {`\{a\}\\ b`, `{a}\ b`},
	} {
		if got, _ := text(t, name+".rtf", []byte(`{\rtf1`+c.body+`}`)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	for name, c := range map[string]struct{ content, want string }{
		"cut":      {`{\rtf1 words`, "damaged"},
		"deep":     {`{\rtf1 words` + strings.Repeat("{", 5000), "damaged"},
		"object":   {`{\rtf1{\object{\*\objdata 0102}{\result w}}}`, "other files are inside"},
		"template": {`{\rtf1{\*\template http://made.up/x.dot}words}`, "fetch files"},
		"nothing":  {`{\rtf1{\pict 00}}`, "no text"},
		"page":     {`{\rtf1\ansicpg99999 \'fc}`, "cannot be told"},
	} {
		if _, said := text(t, name, []byte(c.content)); !strings.Contains(said, c.want) {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// compound makes an older file with one entry in its directory.
func compound(name string) []byte {
	b := make([]byte, 512*3)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	b[30] = 9
	b[48] = 1 // the directory is the second sector; the first one is the table
	copy(b[512+4:], "\xfe\xff\xff\xff")
	for i, c := range name {
		b[1024+2*i] = byte(c)
	}
	b[1024+64] = byte(2*len(name) + 2)
	return b
}

func TestOlderFiles(t *testing.T) {
	for name, want := range map[string]string{"WordDocument": "application/msword", "Workbook": "application/vnd.ms-excel", "EncryptedPackage": "application/octet-stream", "other": "application/octet-stream"} {
		d, report := bring(t, "old", compound(name))
		if d == nil || d.Content[0].ContentType != want || !strings.Contains(told(report), "cannot be searched") {
			t.Errorf("%s: %+v, %s", name, d, told(report))
		}
	}
}

// TestDangers tells what a file could do when it is opened elsewhere.
func TestDangers(t *testing.T) {
	for name, c := range map[string]struct {
		parts []string
		want  string
	}{
		"macro":    {[]string{"word/vbaProject.bin", "x"}, "a macro"},
		"embedded": {[]string{"word/embeddings/oleObject1.bin", "x"}, "other files are inside it (1)"},
		"template": {[]string{"word/_rels/settings.xml.rels", `<R><Relationship Type="x/attachedTemplate" Target="http://made.up" TargetMode="External"/></R>`}, "fetch files"},
	} {
		if _, said := text(t, name, docx(t, "<w:p/>", c.parts...)); !strings.Contains(said, c.want) {
			t.Errorf("%s: %s", name, said)
		}
	}
	if _, said := text(t, "link", docx(t, "<w:p>"+run("", "w")+"</w:p>", "word/_rels/document.xml.rels", `<R><Relationship Type="x/hyperlink" Target="http://made.up" TargetMode="External"/></R>`)); said != "" {
		t.Errorf("a link: %s", said)
	}
}

// TestWithoutTheList reads packages whose writer left out what the standards
// ask for and nothing depends on.
func TestWithoutTheList(t *testing.T) {
	word := `<w:document xmlns:w="w"><w:p><w:r><w:t>Liebe Kolle</w:t></w:r><w:r><w:t xml:space="preserve">gin, </w:t></w:r></w:p></w:document>`
	for name, c := range map[string]struct {
		content    []byte
		text, said string
	}{
		"docx": {packed(t, "word/document.xml", word), "Liebe Kollegin, \n", ""},
		"odt":  {packed(t, "META-INF/manifest.xml", "<a/>", "content.xml", `<d xmlns:text="t"><text:h>Befund</text:h><text:p>Kalium<text:tab/>4,10</text:p></d>`), "Befund\nKalium\t4,10\n", ""},
		"cut":  {packed(t, "word/document.xml", word[:60]), "Liebe Kolle\n", "damaged"},
	} {
		if got, said := text(t, name, c.content); got != c.text || !strings.Contains(said, c.said) {
			t.Errorf("%s: got %q, want %q; %s", name, got, c.text, said)
		}
	}
}
