package app

import (
	"context"
	"os"
	"sync"

	"fyne.io/fyne/v2"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// session is one open record, from unlocking to locking.
type session struct {
	app    *App
	vault  *vault.Vault
	dir    string // the vault's folder; for a made-up record the folder that goes
	ctx    context.Context
	cancel context.CancelFunc
	madeUp bool

	rescued bool // open for reading only
	health  ui.Health
	busy    int // long acts under way
	shell   *shell
	drafts  *ui.Drafts
	whole   sync.WaitGroup // acts that the vault must stay open for
}

// start shows the first person's record.
func (s *session) start(people []record.Record, err error) {
	a := s.app
	if err != nil {
		v := widget.NewView()
		v.Failed(ui.Explain(err), func() { a.lock() })
		a.window.SetContent(v.Object)
		return
	}
	env := &ui.Env{
		Ctx: s.ctx, Vault: s.vault, Outside: a.options.Outside, Window: a.window, Work: a.work, Prefs: a.prefs, MadeUp: s.madeUp, ReadOnly: s.rescued,
		Health: func() ui.Health { return s.health }, Checked: s.checked, PutBack: a.putBack, Another: a.another,
		Drafts: s.drafts, Hold: s.hold, Restyle: a.restyle, Respeak: s.respeak, Lock: a.lock, Touch: s.touch, Used: a.touched,
	}
	if len(people) > 0 {
		env.Person = people[0].ID
	}
	s.shell = newShell(a, env, people)
	s.shell.show()
	s.checkSoon()
	if len(a.paths) > 0 {
		paths := a.paths
		a.paths = nil
		s.shell.bring(paths)
	}
}

// respeak takes the language that was chosen, and shows everything in it.
func (s *session) respeak() {
	s.app.speak()
	s.app.restyle() // a typeface of its own
	s.shell.respeak()
}

// touch counts long acts, during which the record must not lock itself.
func (s *session) touch(busy bool) {
	s.app.touched()
	if busy {
		s.busy++
	} else {
		s.busy--
	}
}

// hold keeps the vault open until release is called.
func (s *session) hold() (release func()) {
	s.whole.Add(1)
	return sync.OnceFunc(s.whole.Done)
}

// saveDrafts seals what stands on the pages now.
func (s *session) saveDrafts() {
	if s.shell == nil {
		return
	}
	s.shell.keep()
	ui.Aside(s.app.work, func() { s.drafts.Save() }) // told when it fails for good, in close
}

// close waits for what must be whole, seals the drafts and closes the vault. It
// runs off the UI goroutine; the error is of drafts that could not be kept.
func (s *session) close() error {
	s.whole.Wait()
	if s.madeUp {
		defer os.RemoveAll(s.dir)
	}
	var unsaved error
	if !s.madeUp {
		unsaved = s.drafts.Save()
	}
	if err := s.vault.Close(); err != nil {
		fyne.LogError("close the vault", err)
	}
	return unsaved
}
