package app

import (
	"fyne.io/fyne/v2"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// newNav is the list at the left.
func (s *shell) newNav() *fw.List {
	l := fw.NewList(
		func() int { return len(s.items) },
		func() fyne.CanvasObject { return widget.NewNavRow() },
		func(i int, o fyne.CanvasObject) {
			item := s.items[i]
			count := ""
			if item.Count >= 0 {
				count = ui.Number(item.Count)
			}
			o.(*widget.NavRow).Set(item.Words, count, item.Group, item.Count == 0)
		},
	)
	l.HideSeparators = true
	l.OnSelected = func(i int) {
		switch {
		case i >= len(s.items):
		case s.items[i].Group:
			s.mark()
		case s.items[i].Route != s.now.Section():
			s.open(s.items[i].Route)
		}
	}
	return l
}

// mark shows in the navigation where we are.
func (s *shell) mark() {
	for i, item := range s.items {
		if !item.Group && item.Route == s.now.Section() {
			s.nav.Select(i)
			return
		}
	}
	s.nav.UnselectAll()
}
