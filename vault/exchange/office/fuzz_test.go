package office_test

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

func check(t *testing.T, name string, b []byte) {
	d, _ := bring(t, name, b)
	if d == nil {
		return
	}
	if s := d.Content[0].Text; len(s) > 1<<20 || !utf8.ValidString(s) || bytes.ContainsAny([]byte(s), "\x00\x1b") {
		t.Errorf("%d bytes of text that is not fit to be shown", len(s))
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset128 G;}}{\info{\title a\u8211?}{\creatim\yr2021\mo3\dy4}}\f1 m\f2\'93\'fa\uc2\u-10179??\u-8704??\par\trowd a\cell\row{\*\x y}{\super 9}{\strike z}{\bin3 abc}}`))
	f.Add([]byte(`{\rtf1{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt c}}}\'`))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, "f.rtf", append([]byte(`{\rtf1`), b...)) })
}

// FuzzWord is about the XML inside: the archive around it is tested with package
// container.
func FuzzWord(f *testing.F) {
	f.Add("<w:p><w:r><w:rPr><w:strike/><w:vertAlign w:val='superscript'/></w:rPr><w:t>9</w:t><w:tab/><w:sym w:font='Symbol' w:char='F06D'/></w:r></w:p>")
	f.Add("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:r>")
	f.Fuzz(func(t *testing.T, body string) { check(t, "f.docx", docx(t, body)) })
}

func FuzzOpenDocument(f *testing.F) {
	f.Add(`<style:style style:name="T" style:family="text"><style:text-properties style:text-position="super"/></style:style>`, `<text:p>10<text:span text:style-name="T">9</text:span><text:s text:c="99999999"/></text:p>`)
	f.Add("", "<table:table-row><table:table-cell/></table:table-row>")
	f.Fuzz(func(t *testing.T, styles, body string) { check(t, "f.odt", odt(t, styles, body)) })
}

func FuzzCompound(f *testing.F) {
	f.Add(compound("WordDocument")[512:])
	f.Fuzz(func(t *testing.T, b []byte) { check(t, "f.doc", append(compound("x")[:512:512], b...)) })
}
