package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func zipped(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n := 0; n < len(pairs); n += 2 {
		w, err := z.Create(pairs[n])
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(pairs[n+1]))
	}
	z.Close()
	return b.Bytes()
}

func office() []exchange.Format {
	return append(all(), document.Office, document.OldOffice, document.RTF)
}

func bringOffice(t testing.TB, content []byte) (*record.DocumentReference, record.SourceReport) {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, office(), []exchange.Source{exchangetest.Source("letter", content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, r := range m.All() {
		if d, ok := r.Resource.(*record.DocumentReference); ok {
			return d, b.Receipt.Sources[0]
		}
	}
	return nil, b.Receipt.Sources[0]
}

const (
	wordXML  = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Liebe Kolle</w:t></w:r><w:r><w:t xml:space="preserve">gin, </w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kalium</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4,10</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`
	sheetXML = `<worksheet xmlns="x"><sheetData><row><c t="s"><v>0</v></c><c><v>4.10</v></c></row></sheetData></worksheet>`
	odtXML   = `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><text:h>Befund</text:h><text:p>Kalium<text:tab/>4,10</text:p></office:body></office:document-content>`
)

func TestOffice(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		text    string
		words   string
	}{
		"docx":  {zipped(t, "[Content_Types].xml", "<a/>", "word/document.xml", wordXML, "word/header1.xml", "<h xmlns='x'><p><t>Praxis</t></p></h>"), "Liebe Kollegin, \nKalium\n4,10\nPraxis\n", ""},
		"xlsx":  {zipped(t, "xl/workbook.xml", "<a/>", "xl/sharedStrings.xml", "<sst><si><t>Kalium</t></si></sst>", "xl/worksheets/sheet1.xml", sheetXML), "Kalium\n0 4.10\n", ""},
		"odt":   {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<a/>", "content.xml", odtXML), "Befund\nKalium 4,10\n", ""},
		"macro": {zipped(t, "word/document.xml", wordXML, "word/vbaProject.bin", "x"), "Liebe Kollegin", "macros"},
		"cut":   {zipped(t, "word/document.xml", wordXML[:300]), "Liebe Kolle", "damaged"},
		"old":   {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "", "cannot be searched"},
	} {
		d, report := bringOffice(t, c.content)
		if d == nil || report.Filed != 1 || !strings.HasPrefix(d.Content[0].Text, c.text) || !strings.Contains(words(report), c.words) {
			t.Errorf("%s: %+v, %s", name, d, words(report))
		}
	}
}

func TestRTF(t *testing.T) {
	for name, c := range map[string]struct{ content, text, words string }{
		"plain":   {`{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Dear {\b colleague},\par thank \'e9 you}`, "Dear colleague,\nthank é you", ""},
		"unicode": {`{\rtf1\ansi\uc1 Pr\u252?fung \u8211-\u8217'}`, "Prüfung –’", ""},
		"pages":   {`{\rtf1\ansi\ansicpg1251 \'ca\'e0\'eb\'e8\'e9}`, "Калий", ""},
		"hidden":  {`{\rtf1 a{\*\secret b}{\info{\title c}}{\pict\bin3 xyz}d\tab e\{f\}}`, "ad e{f}", ""},
		"object":  {`{\rtf1 a{\object{\*\objdata 0105}}b}`, "ab", "other files"},
		"open":    {`{\rtf1 a{{{{`, "a", ""},
		"closed":  {`{\rtf1 a}}}}\`, "a", ""},
	} {
		d, report := bringOffice(t, []byte(c.content))
		if d == nil || d.Content[0].Text != c.text || !strings.Contains(words(report), c.words) {
			t.Errorf("%s: %+v, %s", name, d, words(report))
		}
	}
}

func FuzzOffice(f *testing.F) {
	f.Add(zipped(f, "word/document.xml", wordXML))
	f.Add(zipped(f, "META-INF/manifest.xml", "<a/>", "content.xml", odtXML))
	f.Add([]byte(`{\rtf1\ansi\uc1 Pr\u252?fung {\*\x y}\'e9\bin3 abc}`))
	f.Fuzz(func(t *testing.T, b []byte) { bringOffice(t, b) })
}
