package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// nav is the navigation at the left: the sections of the record, which scroll, and
// below them what there is to do, which is always in sight.
type nav struct {
	object         fyne.CanvasObject
	sections, acts *fw.List
}

func newNav(s *shell) *nav {
	n := &nav{
		sections: navList(s, func() []navItem { return s.items[:firstAct(s.items)] }),
		acts:     navList(s, func() []navItem { return s.items[firstAct(s.items):] }),
	}
	room := func() float32 {
		return float32(n.acts.Length()) * (widget.NewNavRow().MinSize().Height + theme.Padding())
	}
	foot := container.New(heightLayout(room), n.acts)
	n.object = container.NewBorder(nil, container.NewVBox(fw.NewSeparator(), foot), nil, nil, n.sections)
	return n
}

// firstAct is where in the navigation the acts begin.
func firstAct(items []navItem) int {
	if i := slices.IndexFunc(items, func(item navItem) bool { return item.Act }); i >= 0 {
		return i
	}
	return len(items)
}

// navList is one of its lists.
func navList(s *shell, items func() []navItem) *fw.List {
	l := fw.NewList(
		func() int { return len(items()) },
		func() fyne.CanvasObject { return widget.NewNavRow() },
		func(i int, o fyne.CanvasObject) {
			item := items()[i]
			count := ""
			if item.Count >= 0 {
				count = ui.Number(item.Count)
			}
			o.(*widget.NavRow).Set(item.Words, count, item.Group, item.Count == 0)
		},
	)
	l.HideSeparators = true
	l.OnSelected = func(i int) {
		list := items()
		switch {
		case i >= len(list):
		case list[i].Group:
			s.mark()
		case list[i].Route != s.now.Section():
			s.open(list[i].Route)
		}
	}
	return l
}

// refresh shows other items.
func (n *nav) refresh() {
	n.sections.Refresh()
	n.acts.Refresh()
	n.object.Refresh()
}

// mark shows in the navigation where we are.
func (s *shell) mark() {
	here := slices.IndexFunc(s.items, func(item navItem) bool { return !item.Group && item.Route == s.now.Section() })
	first := firstAct(s.items)
	for _, part := range []struct {
		list *fw.List
		at   int
		in   bool
	}{{s.nav.sections, here, here >= 0 && here < first}, {s.nav.acts, here - first, here >= first}} {
		if part.in {
			part.list.Select(part.at)
		} else {
			part.list.UnselectAll()
		}
	}
}

// heightLayout gives one object all the room, and at least a height.
type heightLayout func() float32

// MinSize implements [fyne.Layout].
func (l heightLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, l())
}

// Layout implements [fyne.Layout].
func (heightLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}
