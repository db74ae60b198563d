package app

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"fyne.io/fyne/v2"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// letterPDF is a made-up letter of three pages.
func letterPDF(t *testing.T) []byte {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	p.SetTitle("Letter about the heart", true)
	for n := range 3 {
		p.AddPage()
		p.SetFont("Helvetica", "B", 18)
		p.Text(25, 30, fmt.Sprintf("Lakeside Hospital (made up), page %d", n+1))
		p.SetFont("Helvetica", "", 12)
		p.SetXY(25, 45)
		p.MultiCell(160, 7, strings.Repeat("Dear colleague, the potassium of your patient was 4.1 mmol/L in March. We saw no sign of a failing heart, and ask you to go on with the tablets as before. ", 8), "", "L", false)
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func photo(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	for y := range 1200 {
		for x := range 1600 {
			img.SetRGBA(x, y, color.RGBA{uint8(x / 7), uint8(y / 5), 140, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lockedPassword opens the made-up letter that is locked.
const lockedPassword = "geheim"

// bringDocuments files made-up letters for a person.
func bringDocuments(t *testing.T, v *vault.Vault, person record.ID) {
	t.Helper()
	note := "My notes on sleep\n\n"
	for n := range 300 {
		note += fmt.Sprintf("Day %d: slept badly, woke at four, and walked for half an hour along the lake before breakfast. The doctor said to wait.\n\n", n+1)
	}
	sources := []exchange.Source{
		exchangetest.Source("letter-cardiology.pdf", letterPDF(t)), exchangetest.Source("photo-of-the-rash.jpg", photo(t)), exchangetest.Source("sleep.txt", []byte(note)),
		exchangetest.Source("discharge.rtf", []byte(`{\rtf1\ansi{\b Discharge}\par The patient goes home in good health.\par}`)),
	}
	locked := fpdf.New("P", "mm", "A4", "")
	locked.SetProtection(0, lockedPassword, "owner")
	locked.AddPage()
	var b bytes.Buffer
	if err := locked.Output(&b); err != nil {
		t.Fatal(err)
	}
	sources = append(sources, exchangetest.Source("locked.pdf", b.Bytes()))
	batch, err := exchange.Import(t.Context(), v, formats.All(), sources, exchange.Options{Person: exchange.PersonChoice(person)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := batch.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// finder is the field in which words are looked for in a document.
func (u *user) finder() *fw.Entry {
	u.t.Helper()
	for _, e := range u.entries() {
		if e.PlaceHolder == "Find in this document" {
			return e
		}
	}
	u.t.Fatal("nothing to find words with")
	return nil
}

func (u *user) find(words string) {
	u.t.Helper()
	e := u.finder()
	e.SetText(words)
	e.OnSubmitted(words)
	u.a.work.Wait()
}

func (u *user) sheet() *widget.Sheet {
	u.t.Helper()
	for _, o := range u.objects() {
		if s, ok := o.(*widget.Sheet); ok {
			return s
		}
	}
	u.t.Fatalf("no page is shown in\n%s", u.texts())
	return nil
}

// choose opens the row of a list with these words in its title.
func (u *user) chooseDocument(title string) {
	u.t.Helper()
	for _, o := range u.objects() {
		if l, ok := o.(*fw.List); ok && l.OnSelected != nil {
			for i := range l.Length() {
				row := l.CreateItem()
				l.UpdateItem(i, row)
				if r, ok := row.(*widget.RowView); ok && strings.Contains(r.Title(), title) {
					l.Select(i)
					u.a.work.Wait()
					return
				}
			}
		}
	}
	u.t.Fatalf("no document %q", title)
}

// TestReadingDocuments: a note with its words, a letter page by page, a picture,
// and where a fact comes from.
func TestReadingDocuments(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	bringDocuments(t, u.a.session.vault, u.a.session.shell.env.Person)
	shell := u.a.session.shell
	shell.open(ui.Route{Place: ui.Records, Kind: record.KindDocumentReference})
	u.sees("Notes and documents", "letter-cardiology.pdf", "sleep.txt", "7 entries")
	u.write("Find in this list", "cardiology")
	u.sees("1 of 7")
	u.chooseDocument("letter-cardiology")
	if testing.Short() {
		t.Skip("the library for PDF files takes seconds to start")
	}
	u.sees("of 3", "Whole page (1)", "Words alone", "About it")
	u.find("POTASSIUM")
	u.sees("1 of 24")
	s := u.sheet()
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	s.TypedRune('1')
	u.a.work.Wait()
	if e := u.number(); e.Text != "3" {
		t.Errorf("after the end key it is page %q", e.Text)
	}
	u.press("Words alone")
	u.sees("Dear colleague")
	u.press("About it")
	u.sees("Where this comes from", "No other entry of the record comes from it.")
	u.press("Show in the original")
	u.sees("The original of", "of 3", "Back to the entry")
	u.press("Back to the entry")

	u.write("Find in this list", "sleep")
	u.chooseDocument("sleep")
	u.sees("My notes on sleep")
	u.find("day 250:")
	u.sees("1 of 1", "Day 250:")
	u.write("Find in this list", "photo")
	u.chooseDocument("photo")
	u.sheet()
	u.sees("Real size (1)")
	u.press("Whole window")
	u.sheet()
	u.press("Back to the list")

	u.write("Find in this list", "rtf")
	u.chooseDocument("discharge")
	u.sees("The patient goes home in good health.")

	u.write("Find in this list", "locked")
	u.chooseDocument("locked")
	u.sees("This PDF is locked with a password")
	u.passwords()[0].SetText("wrong")
	u.press("Open it")
	u.sees("That is not the password of this PDF")
	u.passwords()[0].SetText(lockedPassword)
	u.press("Open it")
	u.sees("of 1")

	shell.open(ui.Route{Place: ui.Records, Kind: record.KindAllergyIntolerance})
	u.press("Show in the original")
	u.sees("The marked part, with the bar at its left, is what this entry says")
	if r := shell.now.Section(); r.Kind != record.KindAllergyIntolerance || r.Place != ui.Records {
		t.Errorf("the navigation marks %+v", r)
	}
	u.find("penicillin")
	u.sees("1 of ")
	shell.find()
	if u.a.window.Canvas().Focused() != fyne.Focusable(u.finder()) {
		t.Error("Ctrl+F does not lead to the field")
	}
	shell.back()
	u.sees("Where this comes from")
	u.press("Read the document it stands in")
	u.sees("Visit summary, Harbour Walk-in Clinic", "Mrs. Sample says that penicillin once gave her hives")
}

// TestAnImageOpensInItsViewer: a DICOM file is no text; what shows it is a button
// away.
func TestAnImageOpensInItsViewer(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	env := u.a.session.shell.env
	b, err := exchange.Import(t.Context(), env.Vault, formats.All(), []exchange.Source{exchangetest.Source("ct.dcm", madeUp{series: 1, number: 1}.bytes())}, exchange.Options{Person: exchange.PersonChoice(env.Person)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for r, err := range env.Vault.Query(t.Context(), record.Filter{Person: env.Person, Kind: record.KindImagingStudy}) {
		if err != nil {
			t.Fatal(err)
		}
		if s := r.Resource.(*record.ImagingStudy); len(s.Series) > 0 && len(s.Series[0].Instance) > 0 && len(s.Series[0].Instance[0].Files()) > 0 {
			u.a.session.shell.open(ui.Route{Place: ui.Original, Kind: record.KindImagingStudy, ID: r.ID, Words: ui.Source(0)})
			u.sees("This file is a medical image")
			u.press("Look at the image")
			if now := u.a.session.shell.now; now.Place != ui.Imaging || now.ID != r.ID {
				t.Errorf("it leads to %+v", now)
			}
			return
		}
	}
	t.Fatal("the image is not in the record")
}

// TestAFileThatCannotBeShown says so in its place, and is still to be had.
func TestAFileThatCannotBeShown(t *testing.T) {
	if testing.Short() {
		t.Skip("the library for PDF files takes seconds to start")
	}
	u := start(t, "")
	u.press("Try it with a made-up record")
	env := u.a.session.shell.env
	const letter = `{"resourceType":"DocumentReference","id":"x","status":"current","description":"Broken letter","content":[{"attachment":{"contentType":"application/pdf","data":"JVBERi0xLjQKZ2FyYmFnZQ=="}}]}`
	b, err := exchange.Import(t.Context(), env.Vault, formats.All(), []exchange.Source{exchangetest.Source("letter.json", []byte(letter))}, exchange.Options{Person: exchange.PersonChoice(env.Person)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindDocumentReference})
	u.chooseDocument("Broken letter")
	u.sees("This file cannot be shown here.", "this PDF is damaged", "Try again")
	u.press("About it")
	u.press("Look at it")
	u.sees("The original of “Broken letter”", "this PDF is damaged", "Save a copy of the file…")
}

// number is the field with the number of a page.
func (u *user) number() *fw.Entry {
	u.t.Helper()
	for _, e := range u.entries() {
		if e.PlaceHolder == "" && e.Text != "" && len(e.Text) < 4 {
			return e
		}
	}
	u.t.Fatal("no number of a page")
	return nil
}
