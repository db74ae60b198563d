package app

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/watch"
)

// leaveWhen locks the record as soon as the computer sleeps, its session is
// locked or a screen saver comes on, work under way or not: what must be whole
// goes on behind the locked window, the rest is called off.
func (a *App) leaveWhen(ctx context.Context) {
	for _, source := range a.options.Watch {
		ui.Hear(ctx, a.work, source, func(watch.Event) { a.lock() })
	}
}

// lock closes the record: what runs is stopped, what is shown goes, what was
// typed is kept sealed, the vault is closed. It may be called twice.
func (a *App) lock() {
	if s := a.session; s != nil {
		a.clear()
		a.showGate(lockedDir(s))
	}
}

// clear takes the record out of the window and closes it.
func (a *App) clear() {
	if s := a.session; s != nil && s.shell != nil {
		s.shell.wipe()
	}
	a.end()
}

// putBack locks the record and asks for a backup to put back, from the one given.
func (a *App) putBack(backup string) {
	if s := a.session; s != nil {
		a.clear()
		a.newGate().StartRestore(backup, lockedDir(s))
	}
}

// another locks the record and asks for the secret of another one, whose recovery
// key was just typed back.
func (a *App) another(dir string) {
	a.proven = dir
	a.clear()
	a.showGate(dir)
}

// end stops what runs and closes the vault, without touching the window. Acts
// that must be whole are waited for.
func (a *App) end() {
	s := a.session
	if s == nil {
		return
	}
	a.session = nil
	if s.shell != nil {
		s.shell.keep()
	}
	s.cancel()
	gone := make(chan struct{})
	a.gone = gone
	ui.Do(a.ctx, a.work, func(context.Context) (struct{}, error) {
		defer close(gone)
		return struct{}{}, s.close()
	}, func(_ struct{}, err error) {
		if err == nil {
			return
		}
		t := ui.Explain(err)
		ui.Tell(a.window, ui.Trouble{What: lang.L("What you had typed could not be kept."), Next: t.What + " " + t.Next})
	})
}

// settled waits until the record that was locked last is closed, so that it can
// be opened again.
func (a *App) settled(ctx context.Context) error {
	if a.gone == nil {
		return nil
	}
	select {
	case <-a.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func lockedDir(s *session) string {
	if s.madeUp {
		return ""
	}
	return s.dir
}
