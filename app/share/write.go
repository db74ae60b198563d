package share

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// write makes the package of a plan.
func (p *page) write(req disclose.Request, plan *disclose.Plan) {
	protection := wrap.Protection{Kind: p.kind}
	if p.kind != wrap.None {
		protection.Passphrase = []byte(ui.SuggestPassphrase())
	}
	path := p.folder.Text
	ctx, cancel := context.WithCancel(p.env.Ctx)
	show, rows := p.busy(cancel)
	progress, checked := ui.Throttled(p.env.Work, show), ui.Throttled(p.env.Work, rows)
	var lines []handover.Check
	p.env.Touch(true)
	p.working = true
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (disclose.Package, error) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return disclose.Package{}, err
		}
		return plan.Make(ctx, logbook{p.env.Vault}, disclose.Delivery{
			Path: path, Protection: protection, Formats: p.env.Formats, Children: p.env.Children, Progress: progress,
			Checked: func(c handover.Check) {
				lines = append(lines, c)
				checked(checkRows(lines))
			},
		})
	}, func(done disclose.Package, err error) {
		stopped := ctx.Err() != nil
		cancel()
		p.env.Touch(false)
		p.working = false
		p.finish(req, plan, made{done, protection, plan}, err, stopped)
	})
}

// finish shows what came of it, unless the page was left meanwhile.
func (p *page) finish(req disclose.Request, plan *disclose.Plan, done made, err error, stopped bool) {
	switch {
	case p.env.Ctx.Err() != nil:
		clear(done.Passphrase)
	case err == nil:
		p.showResult(done)
	case stopped:
		p.showPlan(req, plan)
		p.say(lang.L("Stopped. No package was made."))
	case errors.Is(err, handover.ErrCheck):
		p.showPlan(req, plan)
		p.say(lang.L("The package did not pass its own check, and nothing of it was kept. The reason: {{.Reason}}", map[string]any{"Reason": record.Visible(err.Error())}))
	case errors.Is(err, wrap.ErrPageSize):
		p.showForm()
		p.say(lang.L("There is too much in it for one page in a browser. Choose a zip archive, or hold files back."))
	default:
		t := ui.Explain(err)
		p.showPlan(req, plan)
		p.say(t.What + " " + t.Next)
	}
}

// planTrouble says why there is no plan.
func planTrouble(err error) string {
	if errors.Is(err, disclose.ErrNoFormer) {
		return lang.L("No package was made for this person yet: leave “only what is new” out.")
	}
	t := ui.Explain(err)
	return t.What + " " + t.Next
}

// logbook writes down that a package left; a record that is open for reading only
// has no room for it, and lets it leave all the same.
type logbook struct{ v *vault.Vault }

// Commit implements [disclose.Ledger].
func (l logbook) Commit(ctx context.Context, c record.Change) error {
	err := l.v.Commit(ctx, c)
	if errors.Is(err, vault.ErrRescued) || errors.Is(err, vault.ErrReadOnly) {
		return nil
	}
	return err
}
