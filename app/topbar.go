package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// topBar holds back and forward, the person, search and lock.
type topBar struct {
	shell         *shell
	object        fyne.CanvasObject
	back, forward *fw.Button
	person        *fw.Select
	name          *widget.Line
	who           *fyne.Container
	search        *fw.Entry
}

func newTopBar(s *shell) *topBar {
	t := &topBar{shell: s}
	t.back = fw.NewButtonWithIcon("", theme.NavigateBackIcon(), s.back)
	t.forward = fw.NewButtonWithIcon("", theme.NavigateNextIcon(), s.forward)
	t.back.Importance, t.forward.Importance = fw.LowImportance, fw.LowImportance
	t.person = fw.NewSelect(nil, nil)
	t.name = widget.NewLine("", "", "")
	t.name.Bold = true
	t.who = container.NewStack()
	t.search = fw.NewEntry()
	t.search.SetPlaceHolder(lang.L("Search the whole record  (Ctrl+K)"))
	t.search.Icon = theme.SearchIcon()
	t.search.OnSubmitted = func(words string) { s.open(ui.Route{Place: ui.Search, Words: words}) }
	lock := fw.NewButtonWithIcon(lang.L("Lock"), theme.LogoutIcon(), s.app.lock)
	left := &fyne.Container{Layout: fixedWidth(290), Objects: []fyne.CanvasObject{container.NewBorder(nil, nil, container.NewHBox(t.back, t.forward), nil, t.who)}}
	bar := container.NewBorder(nil, nil, left, lock, widget.Centred(520, t.search))
	t.object = container.NewStack(widget.NewGround(ui.ColorSide, "", 0), container.NewBorder(nil, fw.NewSeparator(), nil, nil, widget.Inset(7, 7, 8, 10, bar)))
	return t
}

// update follows history and people.
func (t *topBar) update() {
	s := t.shell
	enable(t.back, len(s.past) > 0)
	enable(t.forward, len(s.future) > 0)
	if s.now.Place != ui.Search && t.search.Text != "" {
		t.search.SetText("")
	}
	names := personNames(s.people)
	chosen := -1
	for i, p := range s.people {
		if p.ID == s.env.Person {
			chosen = i
		}
	}
	if len(names) < 2 {
		t.name.Set("")
		if chosen >= 0 {
			t.name.Set(names[chosen])
		}
		t.who.Objects = []fyne.CanvasObject{container.NewVBox(widget.Inset(9, 0, 6, 0, t.name))}
	} else {
		t.person.OnChanged = nil
		t.person.SetOptions(names)
		t.person.SetSelectedIndex(chosen)
		t.person.OnChanged = func(string) {
			if i := t.person.SelectedIndex(); i >= 0 && i < len(s.people) {
				s.choose(s.people[i].ID)
			}
		}
		t.who.Objects = []fyne.CanvasObject{widget.Framed(t.person)}
	}
	t.who.Refresh()
}

// personNames are the names in the switch, with the birth date where two people
// have the same.
func personNames(people []record.Record) []string {
	seen := map[string]int{}
	for _, p := range people {
		seen[p.Summary().Title]++
	}
	names := make([]string, len(people))
	for i, p := range people {
		s := p.Summary()
		names[i] = record.Visible(s.Title)
		if born := ui.Time(s.When); seen[s.Title] > 1 && born != "" {
			names[i] += ", " + born
		}
	}
	return ui.Distinct(names)
}

func enable(b *fw.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
