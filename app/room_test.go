package app

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// TestEveryPageFitsASmallScreen: a window that asks for more room than the screen has
// is cut off at its edge, and stays so.
func TestEveryPageFitsASmallScreen(t *testing.T) {
	const small = 1280 // points; a laptop's screen of 15 years
	u := start(t, "")
	u.press("Try it with a made-up record")
	u.sees("Marie Louise Sample")
	u.a.prefs.SetTextScale(1.4)
	for _, l := range ui.Languages {
		if l.Code == "" {
			continue
		}
		u.a.prefs.SetLanguage(l.Code)
		u.a.restyle()
		u.a.session.respeak()
		u.a.work.Wait()
		fits := func(what string) {
			t.Helper()
			u.a.work.Wait()
			if w := u.a.window.Canvas().Content().MinSize(); w.Width > small {
				t.Errorf("%s: %s is %.0f points wide at the least, which is wider than %d", l.Code, what, w.Width, small)
			}
		}
		s := u.a.session.shell
		for _, item := range s.items {
			if item.Group {
				continue
			}
			s.open(item.Route)
			u.a.work.Wait()
			fits(item.Words)
			for _, o := range test.LaidOutObjects(s.page.Content) {
				if list, ok := o.(*fw.List); ok && list.Length() > 1 {
					list.Select(1)
					break
				}
			}
			fits(item.Words + ", an entry")
		}
		for _, r := range []ui.Route{{Place: ui.Differ}, {Place: ui.Write, Words: "medicine"}, {Place: ui.Settings, Words: ui.SettingsState}, {Place: ui.Settings, Words: ui.SettingsBackup}, {Place: ui.Search, Words: "kidney"}} {
			s.open(r)
			fits(fmt.Sprint(r.Place, " ", r.Words))
		}
	}
}
