package documents

import (
	"context"
	"errors"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/record"
)

// view is one way in which a document is shown.
type view struct {
	name   string
	object fyne.CanvasObject
	start  func()  // begins to fetch; called when it is first shown
	focus  func()  // gives the keyboard to what is read
	finder *finder // nil: words cannot be looked for
	tools  []fyne.CanvasObject
}

// bar is the tools of a view beside each other.
func (v *view) bar() fyne.CanvasObject {
	row := widget.Flow(4)
	if v.finder != nil {
		row.Add(v.finder.object)
	}
	for _, t := range v.tools {
		row.Add(t)
	}
	return row
}

// fileOf opens a file of the record from its beginning.
func fileOf(env *ui.Env, h record.Hash) paper.File {
	return paper.File{Open: func(ctx context.Context) (io.ReadCloser, error) {
		r, _, err := env.Vault.OpenOriginal(ctx, h)
		return r, err
	}}
}

// trouble puts into words why a file is not shown.
func trouble(err error) ui.Trouble {
	for _, known := range []error{vault.ErrNotFound, vault.ErrDamaged, vault.ErrClosed, context.Canceled} {
		if errors.Is(err, known) {
			return ui.Explain(err)
		}
	}
	return ui.Trouble{
		What: lang.L("This file cannot be shown here."),
		Next: lang.L("It is kept as it is. The reason given is: {{.Reason}}.", map[string]any{"Reason": strings.TrimSuffix(err.Error(), ".")}),
	}
}

// saveButton offers a copy of a file.
func saveButton(env *ui.Env, h record.Hash) *fw.Button {
	return fw.NewButtonWithIcon(lang.L("Save a copy of the file…"), theme.DocumentSaveIcon(), func() { ui.SaveCopy(env, h) })
}

// button is a tool with its key named in its words.
func button(words string, icon fyne.Resource, do func()) *fw.Button {
	b := fw.NewButtonWithIcon(words, icon, do)
	b.Importance = fw.LowImportance
	return b
}
