//go:build tour

package app

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	fw "fyne.io/fyne/v2/widget"

	"fyne.io/fyne/v2/test"
	"github.com/carnet-phr/carnet/app/ui"
)

// look is how the window looks on one round of the tour.
type look struct {
	name     string
	look     ui.Look
	scale    float32
	language string
}

// TestTour walks through every page of the made-up record, and of a large one,
// in every look, and keeps a picture of each for somebody to look at: TOUR_OUT
// says where. TOUR_RECORDS is how large the large one is.
func TestTour(t *testing.T) {
	s := startOnScreen(t)
	s.shot("welcome")
	looks := []look{{"light", ui.LookLight, 1, "en"}, {"dark", ui.LookDark, 1, "en"}, {"large", ui.LookLight, 1.4, "en"}}
	for _, l := range ui.Languages[1:] {
		looks = append(looks, look{l.Code, ui.LookLight, 1, l.Code})
	}
	s.demo()
	bringDocuments(t, s.a.session.vault, s.a.session.shell.env.Person)
	for _, l := range looks {
		s.take(l)
		s.round("made-up-" + l.name)
		s.documents("made-up-" + l.name)
		s.acts("made-up-" + l.name)
	}
	s.take(looks[0])
	n, err := strconv.Atoi(os.Getenv("TOUR_RECORDS"))
	if err != nil {
		n = 100_000
	}
	s.large(n)
	for _, l := range looks[:2] {
		s.take(l)
		s.round(fmt.Sprint(n, "-", l.name))
	}
	s.locked("light")
}

// take has the window look so.
func (s *onScreen) take(l look) {
	s.do(func() {
		s.a.prefs.SetLook(l.look)
		s.a.prefs.SetTextScale(l.scale)
		s.a.prefs.SetLanguage(l.language)
		s.a.restyle()
		s.a.session.respeak()
	})
}

// round shows every place of the navigation, with the first entry of its list
// open where it has one.
func (s *onScreen) round(name string) {
	s.t.Helper()
	var items []navItem
	s.do(func() { items = append(items, s.a.session.shell.items...) })
	n := 0
	for _, item := range items {
		if item.Group {
			continue
		}
		n++
		s.open(item.Route)
		s.do(func() { s.first() })
		s.shot(fmt.Sprintf("%s-%02d-%s", name, n, file(item.Route)))
	}
	s.open(ui.Route{Place: ui.Share})
	for i, button := range []string{"Look at what leaves", "Make the package"} {
		s.do(func() {
			if !s.tap(button) {
				s.t.Errorf("%s: no button %q", name, button)
			}
		})
		s.shot(fmt.Sprintf("%s-share-%d", name, i+1))
	}
	s.open(ui.Route{Place: ui.Search, Words: "kidney"})
	s.shot(name + "-search")
	s.open(ui.Route{Place: ui.Home})
	if n < 10 {
		s.t.Errorf("the tour of %s saw only %d places", name, n)
	}
}

// file is a route's part of the name of its picture.
func file(r ui.Route) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(string(r.Place)+" "+string(r.Kind)), " ", "-"))
}

// first chooses the first row of the page's list.
func (s *onScreen) first() {
	for _, o := range test.LaidOutObjects(s.a.session.shell.page.Content) {
		if l, ok := o.(*fw.List); ok && l.Length() > 0 {
			l.Select(0)
			return
		}
	}
}
