// Package pdf writes Summary.pdf: the front page on one sheet of A4 or Letter,
// with the emergency facts as a QR code, then the details by section. Its words and order are package sheet's.
//
// A [document] is laid out first, as pages of simple marks with every line
// measured; only then is it drawn. Tests read the marks.
//
// The file is not tagged (PDF/UA): fpdf writes no structure tree. It has a title, a
// language, bookmarks and text in the order of reading; who needs structure has it
// in START-HERE.html.
//
// The laws of the print:
//
//   - The first page is one page for any record. What does not fit is counted
//     and its page is named.
//   - Every page names the person, the birth date and "page x of y".
//   - A character that no typeface of ours has is shown as a box and counted by
//     its script; it is never dropped, and never written in other letters.
//   - The same selection gives the same bytes: the one time in the file is that of
//     the selection, and no name of a computer or its user.
//   - Hebrew and Arabic run from right to left (package bidi) in joined letters.
package pdf

import (
	"context"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// Format writes the print. It imports nothing.
var Format = exchange.Format{
	Name:       "pdf",
	Title:      "Summary to print (PDF)",
	MediaTypes: []string{"application/pdf"},
	Extensions: []string{".pdf"},
	Export:     Export,
}

// Export writes the print of a selection, on the paper of the country where the
// person lives.
func Export(ctx context.Context, w io.Writer, sel exchange.Selection) error {
	return ExportOn(ctx, w, sel, PaperOf(sel.Patient()))
}

// ExportOn is Export on a paper that someone chose.
func ExportOn(ctx context.Context, w io.Writer, sel exchange.Selection, on Paper) error {
	d, err := layOut(ctx, sheet.Of(sel), on)
	if err != nil {
		return err
	}
	return d.draw(ctx, w, sel.Generated)
}

// layOut makes all pages: the details first, so that the front page can name
// theirs.
func layOut(ctx context.Context, s *sheet.Sheet, on Paper) (*document, error) {
	d, err := newDocument(s, on)
	if err != nil {
		return nil, err
	}
	d.newPage()
	f := &flow{d: d}
	f.person()
	f.doubts()
	for _, x := range s.Sections {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.section(x)
	}
	f.sources()
	f.about()
	d.page = 0
	if err := d.front(); err != nil {
		return nil, err
	}
	d.footers()
	return d, nil
}
