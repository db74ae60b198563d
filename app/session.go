package app

import (
	"context"

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
	busy   int // long acts under way
	shell  *shell
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
		Ctx: s.ctx, Vault: s.vault, Outside: a.options.Outside, Window: a.window, Work: a.work, Prefs: a.prefs, MadeUp: s.madeUp,
		Restyle: a.restyle, Lock: a.lock, Touch: s.touch, Used: a.touched,
	}
	if len(people) > 0 {
		env.Person = people[0].ID
	}
	s.shell = newShell(a, env, people)
	s.shell.show()
	if len(a.paths) > 0 {
		paths := a.paths
		a.paths = nil
		s.shell.bring(paths)
	}
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
