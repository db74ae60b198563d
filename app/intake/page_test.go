package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
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
	"github.com/carnet-phr/carnet/vault/arrive"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/vaulttest"
	"github.com/carnet-phr/carnet/vault/wrap"
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

// A sealed file is asked for its passphrase, again where it does not fit, and shown
// before it is filed.
func TestASealedFileIsAskedFor(t *testing.T) {
	keep := exchange.Format{
		Name: "plain", Title: "Plain",
		Identify: func(exchange.Head) exchange.Match { return exchange.Yes },
		Import:   func(context.Context, exchange.Source, exchange.Sink) error { return nil },
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	if _, err := z.Create("letter.txt"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "for-dr-menon.age")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := seal.EncryptFor(f, []byte("six made up words"), nil)
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		_, err = w.Write(packed.Bytes())
	}
	if err = errors.Join(err, w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	env := &ui.Env{Ctx: t.Context(), Vault: vaulttest.New(t), Person: vaulttest.Person, Work: ui.InTurn(), Prefs: ui.Prefs{P: test.NewTempApp(t).Preferences()}, Touch: func(bool) {}, Used: func() {}, Changed: func() {}}
	env.Formats = []exchange.Format{keep}
	p := &page{env: env, body: container.NewStack(), past: widget.NewView()}
	p.bring([]string{path})
	env.Work.Wait()
	open := func(words string) {
		t.Helper()
		for _, o := range test.LaidOutObjects(p.body) {
			if e, ok := o.(*fw.Entry); ok && e.Password {
				e.SetText(words)
				e.OnSubmitted(words)
				env.Work.Wait()
				return
			}
		}
		t.Fatalf("nothing asks for a passphrase:\n%s", shown(p.body))
	}
	if s := shown(p.body); !strings.Contains(s, "for-dr-menon.age is locked") {
		t.Errorf("the page says\n%s", s)
	}
	open("other words")
	if s := shown(p.body); !strings.Contains(s, "That does not open this file.") || p.batch != nil {
		t.Errorf("a wrong passphrase: the page says\n%s", s)
	}
	open("six made up words")
	if p.batch == nil || len(p.batch.Receipt.Sources) == 0 {
		t.Fatalf("the right one: the page says\n%s", shown(p.body))
	}
	if d := p.draft(); bytes.Contains(d.Data, []byte("made up words")) {
		t.Error("what was typed is kept")
	}
	p.showIdle("")
	if p.batch != nil || p.done != nil {
		t.Error("what was read is still open")
	}
}

func TestWhyFilesWereNotRead(t *testing.T) {
	test.NewTempApp(t)
	for want, err := range map[string]error{
		"One of these files is sealed": fmt.Errorf("a: %w", arrive.ErrAlone), "neither a package nor an archive": arrive.ErrOther,
		"a backup of a whole record": fmt.Errorf("a: %w", wrap.ErrBackup), "filed under the people": exchange.ErrArchivePerson,
	} {
		if got := explain(err); !strings.Contains(got.What, want) || !strings.HasPrefix(got.Next, "Nothing was changed.") {
			t.Errorf("of %v it says %+v", err, got)
		}
	}
}
