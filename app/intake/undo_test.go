package intake

import (
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestTakeBack takes an import back from its receipt.
func TestTakeBack(t *testing.T) {
	v := vaulttest.New(t)
	b, err := exchange.Import(t.Context(), v, nil, []exchange.Source{exchangetest.Source("letter.txt", []byte("Dear colleague,\nthank you."))}, exchange.Options{Person: exchange.PersonChoice(vaulttest.Person)})
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := b.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	env := &ui.Env{
		Ctx: t.Context(), Vault: v, Person: vaulttest.Person, Work: ui.InTurn(), Prefs: ui.Prefs{P: test.NewTempApp(t).Preferences()},
		Touch: func(bool) {}, Changed: func() { changed++ }, Hold: func() func() { return func() {} },
	}
	p := &page{env: env, body: container.NewStack(), past: widget.NewView()}
	p.planUndo(receipt)
	env.Work.Wait()
	u, err := exchange.PlanUndo(t.Context(), v, receipt.Import)
	if err != nil || len(u.Gone) != 1 {
		t.Fatalf("%+v, %v", u, err)
	}
	p.undo(u)
	env.Work.Wait()
	n := 0
	for range v.Query(t.Context(), record.Filter{}) {
		n++
	}
	if got, err := v.Imports(t.Context()); err != nil || len(got) != 0 || n != len(vaulttest.Records()) || changed != 1 {
		t.Errorf("%d imports, %d records, told of %d changes, %v", len(got), n, changed, err)
	}
}
