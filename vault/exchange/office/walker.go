package office

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// walker takes the words out of a part of WordprocessingML, SpreadsheetML or
// DrawingML (ECMA-376 part 1, 17.3.3, 18.4 and 21.1.2). The three use the same
// few names for text.
type walker struct {
	out     *prose
	looks   []look // of the open runs
	text    int    // open elements whose character data is text
	skipped int    // open elements inside one that is passed over; 0 for none
	cells   int    // open cells of tables
	powers  int    // open exponents of formulas
	formula bool   // the open cell of a spreadsheet holds words as a formula's value
	deleted bool
}

func (w *walker) walk(r io.Reader) error {
	d, err := strictxml.NewDecoder(r, strictxml.Limits{})
	if err != nil {
		return err
	}
	for !w.out.full() {
		t, err := d.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch {
		case w.skipped > 0:
			w.skipped += step(t.Kind)
		case t.Kind == strictxml.Start:
			w.start(t)
		case t.Kind == strictxml.End:
			w.end(t.Name.Local)
		case w.text > 0:
			w.out.words(t.Text, w.look())
		}
	}
	return nil
}

func step(k strictxml.Kind) int {
	switch k {
	case strictxml.Start:
		return 1
	case strictxml.End:
		return -1
	}
	return 0
}

func (w *walker) look() look {
	if n := len(w.looks); n > 0 {
		return w.looks[n-1]
	}
	return look{}
}

// passedOver are elements that hold no words of the document as it is: former
// properties and places, what stands there for older programs, how Japanese is
// read aloud.
func passedOver(local string) bool {
	switch local {
	case "pPr", "rPrChange", "moveFrom", "Fallback", "rPh", "sectPr", "tblPr", "trPr", "tcPr":
		return true
	}
	return false
}

func (w *walker) start(t strictxml.Token) {
	switch local := t.Name.Local; {
	case passedOver(local):
		w.skipped = 1
	case local == "r" || local == "fld":
		w.looks = append(w.looks, look{raised: w.powers > 0})
	case local == "t" || local == "v" && w.formula:
		w.text++
	case local == "c":
		w.formula = attribute(t, "t") == "str"
	case local == "sup":
		w.powers++
	case local == "delText":
		w.deleted = true
	case local == "tc":
		w.cells++
	case !w.character(t) && len(w.looks) > 0:
		w.property(t)
	}
}

// character takes an element that stands for a character.
func (w *walker) character(t strictxml.Token) bool {
	switch t.Name.Local {
	case "tab", "ptab":
		w.out.words("\t", w.look())
	case "br", "cr":
		w.end("p")
	case "noBreakHyphen":
		w.out.words("-", w.look())
	case "sym":
		w.out.words(symbol(attribute(t, "font"), attribute(t, "char")), w.look())
	default:
		return false
	}
	return true
}

// property changes the look of the open run (17.3.2, 18.8.22, 21.1.2.3.9).
func (w *walker) property(t strictxml.Token) {
	l := &w.looks[len(w.looks)-1]
	on := true
	switch attribute(t, "val") {
	case "0", "false", "off", "none":
		on = false
	}
	switch t.Name.Local {
	case "strike", "dstrike":
		l.struck = on
	case "vanish", "webHidden":
		l.hidden = on
	case "vertAlign":
		l.raised = attribute(t, "val") == "superscript"
	case "rPr":
		if s := attribute(t, "strike"); s != "" {
			l.struck = s != "noStrike"
		}
		if n, err := strconv.Atoi(strings.TrimSuffix(attribute(t, "baseline"), "%")); err == nil {
			l.raised = n > 0
		}
	}
}

func (w *walker) end(local string) {
	switch local {
	case "r", "fld":
		w.looks = w.looks[:max(0, len(w.looks)-1)]
	case "t", "v":
		w.text = max(0, w.text-1)
	case "p":
		if w.cells > 0 {
			w.out.words(" ", w.out.now)
			return
		}
		w.out.line()
	case "sup":
		w.powers = max(0, w.powers-1)
	case "si", "is", "c", "comment":
		if local != "c" || w.formula {
			w.out.line()
		}
		w.formula = false
	case "tc":
		w.cells = max(0, w.cells-1)
		w.out.cell()
	case "tr":
		w.out.line()
	}
}

// attribute is the value of the attribute of that local name, in whatever
// namespace: WordprocessingML gives its attributes one, DrawingML does not.
func attribute(t strictxml.Token, local string) string {
	for _, a := range t.Attr {
		if a.Local == local {
			return a.Value
		}
	}
	return ""
}

// symbol is a character of a font by its number there (17.3.3.30).
func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 16)
	if err != nil {
		return "\uFFFD"
	}
	return string(fontSymbol(font, rune(n)))
}
