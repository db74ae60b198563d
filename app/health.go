package app

import (
	"context"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
)

// checkSoon has the record checked as a whole once the first page is there.
func (s *session) checkSoon() {
	const settle = 3 * time.Second
	if s.rescued || s.madeUp {
		return
	}
	ui.After(s.ctx, s.app.work, settle, s.check)
}

// check reads the whole record in the background, slowly, and tells the pages.
func (s *session) check() {
	if s.health.Running {
		return
	}
	s.health.Running = true
	ui.Load(s.ctx, s.app.work, func(ctx context.Context) (vault.Report, error) {
		return s.vault.Check(ctx, false, ui.Pace())
	}, func(r vault.Report, err error) {
		s.checked(ui.Health{At: s.app.options.Now(), Report: r, Err: err})
	})
}

// checked takes what a check found.
func (s *session) checked(h ui.Health) {
	s.health = h
	if s.shell != nil && s.shell.page.Refresh != nil {
		s.shell.page.Refresh()
	}
}
