package unlock

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/seal"

	fw "fyne.io/fyne/v2/widget"
)

// demo is an open vault with the made-up record and where it lies.
type demo struct {
	vault *vault.Vault
	dir   string
}

// openDemo makes a record of an invented person in a folder for temporary
// files, sealed like any other; it goes when it is locked.
func (g *Gate) openDemo() {
	g.busy(lang.L("Making a record up"), lang.L("An invented person with invented files. Nothing of it is real."))
	ui.Load(g.Ctx, g.Work, func(ctx context.Context) (demo, error) { return makeDemo(ctx, g.Outside) }, func(d demo, err error) {
		if err != nil {
			t := ui.Explain(err)
			g.show(g.frame(t.What, t.Next, widget.Column(0, fw.NewButton(lang.L("Start page"), g.showWelcome))), nil)
			return
		}
		g.Opened(ui.Opening{Vault: d.vault, Dir: d.dir, MadeUp: true})
	})
}

// demoCost opens fast: the passphrase is 75 random bits and the record invented.
var demoCost = seal.Cost{Time: 1, MemoryKiB: 8 << 10, Threads: 1}

func makeDemo(ctx context.Context, out ui.Outside) (demo, error) {
	parent, err := os.MkdirTemp("", "carnet-made-up-")
	if err != nil {
		return demo{}, err
	}
	dir := filepath.Join(parent, "Made-up record"+suffix)
	pass := []byte(seal.GeneratePassphrase())
	defer ui.Wipe(pass)
	options := out.Vault
	options.KDF, options.Memory = demoCost, "" // it is gone with the window
	v, _, err := vault.Create(ctx, dir, pass, options)
	if err == nil {
		err = fill(ctx, v, out)
		if err != nil {
			v.Close()
		}
	}
	if err != nil {
		os.RemoveAll(parent)
		return demo{}, err
	}
	return demo{v, parent}, nil
}

func fill(ctx context.Context, v *vault.Vault, out ui.Outside) error {
	var sources []exchange.Source
	err := fs.WalkDir(out.Demo, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			sources = append(sources, exchange.Source{Name: d.Name(), FS: out.Demo, Path: path})
		}
		return err
	})
	if err != nil {
		return err
	}
	b, err := exchange.Import(ctx, v, out.Formats, sources, exchange.Options{Person: exchange.NewPerson, Children: out.Children})
	if err != nil {
		return err
	}
	_, err = b.Commit(ctx)
	return err
}
