package app

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// shell is the frame around the pages of an open record: navigation, top bar,
// history.
type shell struct {
	app    *App
	env    *ui.Env
	people []record.Record

	past, future []ui.Route
	now          ui.Route
	page         ui.Page
	leave        context.CancelFunc
	kept         map[ui.Place]keptPage

	items []navItem
	nav   *nav
	body  *fyne.Container
	top   *topBar
}

func newShell(a *App, env *ui.Env, people []record.Record) *shell {
	s := &shell{app: a, env: env, people: people, body: container.NewStack(), kept: map[ui.Place]keptPage{}, items: navigation(nil, env.ReadOnly)}
	env.Open = s.open
	env.Choose = s.choose
	env.Changed = s.changed
	s.nav = newNav(s)
	s.top = newTopBar(s)
	return s
}

// show puts the shell into the window with the home page.
func (s *shell) show() {
	s.frame()
	s.open(ui.Route{Place: ui.Home})
	s.changed()
}

// respeak shows everything anew, in another language.
func (s *shell) respeak() {
	s.nav = newNav(s)
	s.top = newTopBar(s)
	s.frame()
	s.drop()
	s.goTo(s.now)
	s.changed()
}

// frame puts navigation, top bar and page into the window.
func (s *shell) frame() {
	side := container.NewStack(widget.NewGround(ui.ColorSide, "", 0), widget.Inset(10, 10, 8, 8, s.nav.object))
	s.app.window.SetMainMenu(s.menu())
	s.app.window.SetContent(container.New(frameLayout{}, s.top.object, side, s.framed()))
}

// open goes to a route and remembers where it came from.
func (s *shell) open(r ui.Route) {
	s.app.touched()
	r = r.Screen()
	if s.now.Place != "" && s.now != r {
		s.past = append(s.past, s.now)
		s.future = nil
	}
	s.goTo(r)
}

// back and forward walk through the history.
func (s *shell) back() {
	if n := len(s.past); n > 0 {
		s.future = append(s.future, s.now)
		r := s.past[n-1]
		s.past = s.past[:n-1]
		s.goTo(r)
	}
}

func (s *shell) forward() {
	if n := len(s.future); n > 0 {
		s.past = append(s.past, s.now)
		r := s.future[n-1]
		s.future = s.future[:n-1]
		s.goTo(r)
	}
}

// goTo shows a page: a kept one again, any other anew.
func (s *shell) goTo(r ui.Route) {
	s.part()
	s.now = r
	s.page = s.build(r)
	s.body.Objects = []fyne.CanvasObject{s.page.Content}
	s.body.Refresh()
	s.mark()
	s.top.update()
	if s.page.Focus != nil {
		s.app.window.Canvas().Focus(s.page.Focus)
	}
}

func (s *shell) build(r ui.Route) ui.Page {
	if k, ok := s.kept[r.Place]; ok {
		delete(s.kept, r.Place)
		s.leave = k.leave
		return k.page
	}
	for _, p := range pages {
		switch {
		case p.Place != r.Place:
		case p.Writes && s.env.ReadOnly:
			return insteadOf(ui.Explain(vault.ErrRescued))
		case p.Whole && s.env.Lacking():
			return insteadOf(lackingWords())
		default:
			env, leave := s.env.Scoped()
			s.leave = leave
			return p.Build(env, r)
		}
	}
	return ui.Page{Content: container.NewStack()}
}

// keptPage is a page that was left while work was under way in it.
type keptPage struct {
	page  ui.Page
	leave context.CancelFunc
}

// part leaves the page that is shown: it ends, unless it must stay.
func (s *shell) part() {
	s.keep()
	switch {
	case s.leave == nil:
	case s.page.Stay != nil && s.page.Stay():
		s.kept[s.now.Place] = keptPage{s.page, s.leave}
	default:
		s.leave()
	}
	s.leave = nil
}

// bring hands files to the page that takes them.
func (s *shell) bring(paths []string) {
	s.app.touched()
	if len(paths) == 0 {
		return
	}
	s.open(ui.Route{Place: ui.BringIn})
	if s.page.Drop != nil {
		s.page.Drop(paths)
	}
}

// choose shows another person's record.
func (s *shell) choose(id record.ID) {
	if id == s.env.Person {
		return
	}
	s.env.Person = id
	s.past, s.future = nil, nil
	s.drop()
	s.changed()
	s.goTo(ui.Route{Place: ui.Home})
}

// standing is what the frame itself shows of the vault.
type standing struct {
	people []record.Record
	counts map[record.Kind]int
}

// changed reads people and counts again.
func (s *shell) changed() {
	env := s.env
	ui.Load(env.Ctx, env.Work, func(ctx context.Context) (standing, error) {
		people, err := env.Vault.People(ctx)
		if err != nil {
			return standing{}, err
		}
		person := env.Person
		if person == "" && len(people) > 0 {
			person = people[0].ID
		}
		counts, err := env.Vault.Counts(ctx, person)
		return standing{people, counts}, err
	}, func(st standing, err error) {
		if err != nil {
			fyne.LogError("count the record", err)
			return
		}
		s.people = st.people
		if env.Person == "" && len(st.people) > 0 {
			env.Person = st.people[0].ID
		}
		s.items = navigation(st.counts, env.ReadOnly)
		s.nav.refresh()
		s.mark()
		s.top.update()
	})
}

// keep takes what stands on the pages and is not filed yet.
func (s *shell) keep() {
	for _, k := range s.kept {
		s.keepOf(k.page)
	}
	s.keepOf(s.page)
}

func (s *shell) keepOf(p ui.Page) {
	if p.Draft != nil {
		s.env.Drafts.Keep(p.Draft())
	}
}

// drop ends every page, work under way or not.
func (s *shell) drop() {
	s.keep()
	if s.leave != nil {
		s.leave()
		s.leave = nil
	}
	for place, k := range s.kept {
		k.leave()
		delete(s.kept, place)
	}
	s.page = ui.Page{}
}

// wipe takes everything that was shown out of the window.
func (s *shell) wipe() {
	s.drop()
	s.past, s.future, s.people = nil, nil, nil
	s.body.Objects = nil
	for _, o := range s.app.window.Canvas().Overlays().List() {
		o.Hide()
		s.app.window.Canvas().Overlays().Remove(o)
	}
}

// fixedWidth gives its one object a width of its own.
type fixedWidth float32

// MinSize implements [fyne.Layout].
func (w fixedWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(w), o[0].MinSize().Height)
}

// Layout implements [fyne.Layout].
func (w fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// frameLayout places top bar, navigation and page without gaps.
type frameLayout struct{}

// navWidth is the width of the navigation; it grows with the text.
func navWidth() float32 { return 218 * theme.TextSize() / 14 }

// MinSize implements [fyne.Layout].
func (frameLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	top, body := o[0].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(top.Width, navWidth()+body.Width), top.Height+max(300, body.Height))
}

// Layout implements [fyne.Layout].
func (frameLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h, w := o[0].MinSize().Height, navWidth()
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, h))
	o[1].Resize(fyne.NewSize(w, size.Height-h))
	o[2].Move(fyne.NewPos(w, h))
	o[2].Resize(fyne.NewSize(size.Width-w, size.Height-h))
}
