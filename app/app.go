package app

import (
	"context"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/unlock"
	"github.com/carnet-phr/carnet/app/watch"
	"github.com/carnet-phr/carnet/assets"
)

// Options are what the program starts the window with.
type Options struct {
	ui.Outside
	Dir   string         // the record to unlock; "" for the one that was open last
	Paths []string       // files to bring in once a record is open
	Work  *ui.Work       // nil for a real window; tests give ui.InTurn()
	Watch []watch.Source // what locks an open record; nil for all that the system has
}

// App is the running window.
type App struct {
	fyne    fyne.App
	window  fyne.Window
	ctx     context.Context
	options Options
	work    *ui.Work
	prefs   ui.Prefs
	icon    fyne.Resource

	session *session // nil while locked
	gate    *unlock.Gate
	proven  string        // a record whose recovery key was typed back before it was opened
	gone    chan struct{} // closed once the record that was locked last is; nil before
	paths   []string      // to bring in once a record is open
	used    time.Time
}

// Run shows the window and returns when it is closed.
func Run(ctx context.Context, a fyne.App, o Options) {
	debug.SetGCPercent(garbagePercent)
	w := New(ctx, a, o)
	w.window.ShowAndRun()
	w.end()
	w.work.Wait()
	if w.gate != nil {
		if err := w.gate.Close(); err != nil {
			fyne.LogError("close the record", err)
		}
	}
}

// garbagePercent trades a little time for a smaller peak while a large file is
// brought in, and leaves fewer copies of what was read in memory.
const garbagePercent = 25

// New makes the window without showing it.
func New(ctx context.Context, a fyne.App, o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Work == nil {
		o.Work = &ui.Work{}
	}
	if o.Watch == nil {
		o.Watch = watch.Sources()
	}
	w := &App{fyne: a, ctx: ctx, options: o, work: o.Work, prefs: ui.Prefs{P: a.Preferences()}, paths: o.Paths, used: o.Now()}
	w.prefs.ForgetDialogs() // of a window that never closed
	w.speak()
	w.icon = fyne.NewStaticResource("icon.png", assets.Icon())
	w.restyle()
	w.window = a.NewWindow("Carnet")
	w.window.SetIcon(w.icon)
	w.window.SetMaster()
	w.window.SetPadded(false)
	w.window.Resize(fyne.NewSize(1280, 800))
	w.window.SetOnDropped(w.dropped)
	w.showGate(o.Dir)
	return w
}

// speak takes the language that was chosen.
func (a *App) speak() {
	if err := ui.Speak(a.prefs.Language()); err != nil {
		fyne.LogError("load the translations", err)
	}
}

func (a *App) restyle() {
	a.fyne.Settings().SetTheme(ui.Theme{Look: a.prefs.Look(), Scale: a.prefs.TextScale()})
}

// showGate asks for a record: the welcome or the passphrase.
func (a *App) showGate(dir string) { a.newGate().Start(dir) }

// newGate puts the gate into the window; it shows nothing yet.
func (a *App) newGate() *unlock.Gate {
	g := &unlock.Gate{Ctx: a.ctx, Window: a.window, Work: a.work, Prefs: a.prefs, Icon: a.icon, Outside: a.options.Outside, Opened: a.opened, Before: a.settled}
	a.window.SetMainMenu(a.lockedMenu())
	a.window.SetTitle("Carnet")
	a.window.SetContent(g.Body())
	a.gate = g
	return g
}

// opened shows a record.
func (a *App) opened(o ui.Opening) {
	ctx, cancel := context.WithCancel(a.ctx)
	s := &session{app: a, vault: o.Vault, drafts: ui.NewDrafts(o.Vault), dir: o.Dir, ctx: ctx, cancel: cancel, madeUp: o.MadeUp, rescued: o.Rescued}
	if o.Proven || a.proven == o.Dir {
		s.drafts.Keep(ui.Draft{Name: ui.UnprovenKey})
		a.proven = ""
	}
	a.gate, a.session = nil, s
	a.used = a.options.Now()
	ui.Load(ctx, a.work, o.Vault.People, s.start)
	a.watch(ctx)
	a.leaveWhen(ctx)
}

// dropped takes files that were dropped on the window.
func (a *App) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	a.bring(paths)
}

// bring reads files now, or as soon as a record is open.
func (a *App) bring(paths []string) {
	if a.session == nil || a.session.shell == nil {
		a.paths = append(a.paths, paths...)
		return
	}
	a.session.shell.bring(paths)
}

// watch locks the record after the idle time, and keeps drafts on the disk while
// they are typed.
func (a *App) watch(ctx context.Context) {
	const look = 15 * time.Second
	ui.After(ctx, a.work, look, func() {
		if a.idle(); a.session != nil && a.session.ctx == ctx {
			a.session.saveDrafts()
			a.watch(ctx)
		}
	})
}

// idle locks the record when nothing was opened for the idle time; work under
// way counts as use.
func (a *App) idle() {
	if a.session == nil {
		return
	}
	now := a.options.Now()
	if a.session.busy > 0 {
		a.used = now
	}
	if after := a.prefs.LockAfter(); after > 0 && now.Sub(a.used) >= after {
		a.lock()
	}
}

// touched notes that somebody is there.
func (a *App) touched() { a.used = a.options.Now() }
