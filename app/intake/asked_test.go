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

// TestAskedIsReadAgain: a file that asks is shown with its choices, and read
// again with the answer.
func TestAskedIsReadAgain(t *testing.T) {
	asks := exchange.Format{
		Name: "asks", Title: "Asks", Documents: true,
		Identify: func(exchange.Head) exchange.Match { return exchange.Yes },
		Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
			said := src.Answer("csv-dates")
			if said == "" {
				return exchange.Ask(exchange.Question{Name: "csv-dates", Text: "which?", Choices: []exchange.Choice{{Answer: "day-first", Words: "d"}, {Answer: "month-first", Words: "m"}}})
			}
			sink.Add(record.Record{Resource: &record.DocumentReference{Title: said}, Provenance: []record.Provenance{{Place: "line 1"}}})
			return nil
		},
	}
	env := &ui.Env{
		Ctx: t.Context(), Vault: vaulttest.New(t), Person: vaulttest.Person, Work: ui.InTurn(), Prefs: ui.Prefs{P: test.NewTempApp(t).Preferences()},
		Touch: func(bool) {},
	}
	env.Formats = []exchange.Format{asks}
	p := &page{env: env, body: container.NewStack(), past: widget.NewView()}
	file := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(file, []byte("made up"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.bring([]string{file})
	env.Work.Wait()
	if s := shown(p.body); !strings.Contains(s, "a.csv") || !strings.Contains(s, "Which comes first?") {
		t.Fatalf("the page does not ask:\n%s", s)
	}
	radio, next := asking(p.body)
	if radio == nil || next == nil || !next.Disabled() {
		t.Fatal("no choice, or it is not waited for")
	}
	radio.SetSelected(radio.Options[1])
	test.Tap(next)
	env.Work.Wait()
	if p.batch == nil || len(p.batch.Questions()) != 0 || p.batch.Receipt.Sources[0].Filed != 1 {
		t.Fatalf("not read with the answer:\n%s", shown(p.body))
	}
	if got := p.open.Answers; len(got) != 1 || got["csv-dates:"+string(p.batch.Receipt.Sources[0].SHA256)] != "month-first" {
		t.Errorf("got %v, want the answer for this file alone", got)
	}
}

// asking finds the choice and the button of the page.
func asking(o fyne.CanvasObject) (radio *fw.RadioGroup, next *fw.Button) {
	for _, x := range test.LaidOutObjects(o) {
		switch x := x.(type) {
		case *fw.RadioGroup:
			radio = x
		case *fw.Button:
			if x.Importance == fw.HighImportance {
				next = x
			}
		}
	}
	return radio, next
}
