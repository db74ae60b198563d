//go:build tour

package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// documents shows made-up letters, one of each form, and where a fact comes from.
func (s *onScreen) documents(name string) {
	s.t.Helper()
	to := ui.Route{Place: ui.Records, Kind: record.KindDocumentReference}
	s.open(to)
	for i, d := range []struct{ title, words string }{{"letter-cardiology", "potassium"}, {"photo-of", ""}, {"locked", ""}, {"sleep", "day 250:"}, {"Walk-in", "penicillin"}} {
		s.do(func() { s.document(d.title) })
		if d.words != "" {
			s.do(func() { s.find(d.words) })
		}
		s.shot(fmt.Sprintf("%s-document-%d", name, i+1))
	}
	s.do(func() { s.tap("About it") })
	s.shot(name + "-document-about")
	s.do(func() { s.document("letter-cardiology") })
	s.do(func() { s.tap("Whole window") })
	s.do(func() { s.find("heart") })
	s.shot(name + "-document-whole")
	for _, k := range []record.Kind{record.KindAllergyIntolerance, record.KindMedicationStatement} {
		s.open(ui.Route{Place: ui.Records, Kind: k})
		s.do(func() { s.tap("Show in the original") })
		s.do(func() { s.find("text") })
		s.shot(fmt.Sprintf("%s-original-%s", name, strings.ToLower(string(k))))
	}
}

// document chooses a document by words of its title.
func (s *onScreen) document(title string) {
	for _, o := range test.LaidOutObjects(s.a.session.shell.page.Content) {
		l, ok := o.(*fw.List)
		if !ok {
			continue
		}
		for i := range l.Length() {
			row, ok := l.CreateItem().(*widget.RowView)
			if !ok {
				break
			}
			if l.UpdateItem(i, row); strings.Contains(row.Title(), title) {
				l.Select(i)
				return
			}
		}
	}
}

// find looks for words in the document that is shown.
func (s *onScreen) find(words string) {
	s.a.session.shell.find()
	if e, ok := s.a.window.Canvas().Focused().(*fw.Entry); ok {
		e.SetText(words)
		e.OnSubmitted(words)
	}
}
