package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestCancelFilesNothing stops an import in the middle of a file.
func TestCancelFilesNothing(t *testing.T) {
	started := make(chan bool)
	slow := exchange.Format{
		Name: "slow", Title: "Slow",
		Identify: func(exchange.Head) exchange.Match { return exchange.Yes },
		Import: func(ctx context.Context, _ exchange.Source, _ exchange.Sink) error {
			close(started)
			<-ctx.Done()
			return ctx.Err()
		},
	}
	v := vaulttest.New(t)
	busy := 0
	env := &ui.Env{
		Ctx: t.Context(), Vault: v, Person: vaulttest.Person, Work: ui.InTurn(), Prefs: ui.Prefs{P: test.NewTempApp(t).Preferences()},
		Touch: func(on bool) {
			if on {
				busy++
			} else {
				busy--
			}
		},
		Changed: func() { t.Error("nothing was filed, yet the record is said to have changed") },
	}
	env.Formats = []exchange.Format{slow}
	p := &page{env: env, body: container.NewStack(), past: widget.NewView()}
	p.showIdle("")
	env.Work.Wait()
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("made up"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.bring([]string{file})
	<-started
	p.bring([]string{file}) // a second drop meanwhile does nothing
	p.cancel()
	env.Work.Wait()
	if s := shown(p.body); !strings.Contains(s, "Stopped. Nothing was filed.") {
		t.Errorf("the page does not say that it stopped:\n%s", s)
	}
	if busy != 0 {
		t.Errorf("the record still counts as busy (%d)", busy)
	}
	if got, err := v.Imports(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("%d imports, %v; want none", len(got), err)
	}
	var n int
	for _, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != len(vaulttest.Records()) {
		t.Errorf("%d records, want %d", n, len(vaulttest.Records()))
	}
}

func shown(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, x := range test.LaidOutObjects(o) {
		switch x := x.(type) {
		case *widget.Line:
			b.WriteString(x.Text + "\n")
		case *fw.RichText:
			b.WriteString(x.String() + "\n")
		}
	}
	return b.String()
}
