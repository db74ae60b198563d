package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// concept reads a CE, CWE, CNE or CF: up to three codes and the original text.
func (f field) concept() record.Concept {
	if f.empty() {
		return record.Concept{}
	}
	if strings.IndexByte(f.text, f.seg.delimiters().component) < 0 {
		return lone(f.String())
	}
	var c record.Concept
	for _, at := range [...]struct{ code, version, oid int }{{1, 7, 14}, {4, 8, 17}, {10, 13, 20}} {
		f.addCode(&c, at.code, at.version, at.oid)
	}
	if text := f.comp(9).String(); text != "" {
		c.Text = text
	}
	return c
}

// addCode adds the code at component n, with its text and system behind it.
func (f field) addCode(c *record.Concept, n, version, oid int) {
	code, display, system := f.comp(n).String(), f.comp(n+1).String(), f.comp(n+2).String()
	switch {
	case code == "" && display != "":
		if c.Text == "" {
			c.Text = display
		}
	case code == "":
	case system == "" && display == "" && n == 1 && !isCode(code):
		if c.Text == "" {
			c.Text = code
		}
	default:
		uri := f.seg.m.system(system)
		if uri == "" || strings.HasPrefix(uri, namespace) {
			if o := f.comp(oid).String(); isOID(o) {
				uri = f.seg.m.system(o)
			}
		}
		k := record.Coding{System: uri, Code: code, Display: display, Version: f.comp(version).String()}
		if k.Display == k.Code {
			k.Display = ""
		}
		c.Coding = append(c.Coding, k)
	}
}

// lone is a value that is neither marked as a code nor as words.
func lone(s string) record.Concept {
	if s == "" {
		return record.Concept{}
	}
	if isCode(s) {
		return record.Concept{Coding: []record.Coding{{Code: s}}}
	}
	return record.Concept{Text: s}
}

// answer is a coded value. A bare number in it is no code that anybody could
// look up: it is shown as it is.
func (f field) answer() record.Concept {
	c := f.concept()
	if len(c.Coding) == 1 && c.Text == "" && c.Coding[0].System == "" && c.Coding[0].Display == "" {
		return record.Concept{Text: c.Coding[0].Code}
	}
	return c
}

// isCode says whether text on its own is a number rather than words.
func isCode(s string) bool {
	for _, c := range s {
		if (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

// concepts reads every repetition.
func (f field) concepts() []record.Concept {
	var out []record.Concept
	for _, x := range f.all() {
		if c := x.concept(); !c.Empty() {
			out = append(out, c)
		}
	}
	return out
}

// tabled is a code of an HL7 table: with the sender's words where it gives
// some, else with those of the table.
func (f field) tabled(number string, words map[string]string) record.Concept {
	c := f.concept()
	code := f.comp(1).String()
	if code == "" || words[code] == "" {
		return c
	}
	if c.Words() == code {
		c.Text = ""
	}
	if len(c.Coding) == 0 {
		c.Coding = []record.Coding{{Code: code}}
	}
	if c.Coding[0].Code == code {
		if c.Coding[0].System == "" {
			c.Coding[0].System = v2Table(number)
		}
		if c.Coding[0].Display == "" && c.Text == "" {
			c.Coding[0].Display = words[code]
		}
	}
	return c
}
