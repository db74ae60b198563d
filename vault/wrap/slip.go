package wrap

import (
	"errors"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Slip is the paper that brings the passphrase to the receiver, apart from the
// package. It names the receiver and the file, and not the patient: who finds it
// learns little.
type Slip struct {
	Passphrase []byte
	Kind       Kind
	For        string // "" when nobody is named
	File       string // the name of the wrapped file, without a folder
	Made       time.Time
}

// ErrSlip is returned for a passphrase with letters that the typeface lacks.
var ErrSlip = errors.New("the slip cannot print the letters of this passphrase: write it down by hand, or use the six words that are proposed")

// A slip is one A4 page, cut off at a third by hand where that is enough; in
// points.
const (
	slipMargin = 56
	slipWidth  = 595.28 - 2*slipMargin
)

// Write writes the slip as PDF.
func (s Slip) Write(w io.Writer) error {
	words := string(seal.TidyPassphrase(s.Passphrase))
	if words == "" || printable(words) != words {
		return ErrSlip
	}
	d := fpdf.New("P", "pt", "A4", "")
	d.AddUTF8FontFromBytes("sans", "", assets.FontRegular)
	d.AddUTF8FontFromBytes("sans", "B", assets.FontBold)
	d.SetMargins(slipMargin, slipMargin, slipMargin)
	d.SetAutoPageBreak(false, slipMargin)
	d.SetTitle("Passphrase slip", true)
	d.SetLang("en")
	d.SetCreator("Carnet", true)
	d.SetCreationDate(s.Made)
	d.SetModificationDate(s.Made)
	d.AddPage()
	line := func(style string, size, leading float64, text string) {
		d.SetFont("sans", style, size)
		d.MultiCell(slipWidth, leading, text, "", "L", false)
	}
	line("B", 18, 24, "Passphrase for a protected health record")
	d.Ln(6)
	if s.For != "" {
		line("", 11, 16, "For: "+printable(s.For))
	}
	line("", 11, 16, "File: "+printable(s.File)+", made on "+s.Made.Format("2 January 2006"))
	d.Ln(14)
	s.box(d, words)
	d.Ln(18)
	line("B", 11, 16, "How to open the file")
	for _, step := range howToOpen[s.Kind] {
		line("", 11, 16, "•  "+step)
	}
	d.Ln(10)
	line("B", 11, 16, "Keep the two apart")
	line("", 11, 16, "Hand this slip over in person, or read it out over the telephone. Never send it the way the file goes: who has both can read the record. Destroy it when the record was read.")
	return d.Output(w)
}

// box prints the passphrase: six words in two rows, numbered so that none is
// missed when they are read out; another one as it is.
func (s Slip) box(d *fpdf.Fpdf, words string) {
	list := strings.Split(words, " ")
	top := d.GetY()
	if !seal.Generated([]byte(words)) {
		d.SetFont("sans", "B", 16)
		d.SetXY(slipMargin+12, top+12)
		d.MultiCell(slipWidth-24, 24, words, "", "L", false)
		bottom := d.GetY() + 12
		d.Rect(slipMargin, top, slipWidth, bottom-top, "D")
		d.SetXY(slipMargin, bottom)
		return
	}
	const rowHeight, columns = 46, 3
	for i, word := range list {
		x, y := slipMargin+12+float64(i%columns)*slipWidth/columns, top+12+float64(i/columns)*rowHeight
		d.SetXY(x, y)
		d.SetFont("sans", "", 10)
		d.CellFormat(16, rowHeight-12, string(rune('1'+i)), "", 0, "L", false, 0, "")
		d.SetFont("sans", "B", 20)
		d.CellFormat(slipWidth/columns-30, rowHeight-12, word, "", 0, "L", false, 0, "")
	}
	height := 12 + float64(len(list)/columns)*rowHeight
	d.Rect(slipMargin, top, slipWidth, height, "D")
	d.SetXY(slipMargin, top+height+6)
	d.SetFont("sans", "", 10)
	d.MultiCell(slipWidth, 14, "Small letters, one space between the words.", "", "L", false)
}

var howToOpen = map[Kind][]string{
	Page: {
		"Save the file, then open it by a double click in Firefox, Chrome, Edge or Safari.",
		"Type the passphrase and press Enter. Nothing is installed, and no network is needed.",
	},
	Zip: {
		"Open it with 7-Zip, WinZip, WinRAR or Keka; the Explorer of Windows cannot.",
		"Take package.zip out of it with the passphrase, and open START-HERE.html in that one.",
	},
	Age: {
		"Decrypt it with age (age-encryption.org): age -d -o package.zip FILE",
		"Open START-HERE.html in package.zip.",
	},
}

// printable puts a box for every character that the typeface lacks.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= ' ' && r <= '~', r >= 0xA1 && r <= 0x24F, r >= 0x370 && r <= 0x3FF, r >= 0x400 && r <= 0x52F, r >= 0x1E00 && r <= 0x1EFF, r >= 0x2010 && r <= 0x2027:
			return r
		}
		return '□'
	}, s)
}
