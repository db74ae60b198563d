package ui

import (
	"context"
	"errors"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// Asked is what somebody is asked to choose on the disk.
type Asked struct {
	Title  string
	Act    string // on the button that chooses; "" for the system's word
	Folder bool   // a folder, else a file
	Name   string // a place to save under this name; "" where something is to be there already
}

// Dialog asks with a window of the system and waits for the answer; "" is none. It is
// not called on the UI goroutine.
type Dialog func(ctx context.Context, a Asked) (path string, err error)

// ErrNoDialog says that the system has no dialog of its own.
var ErrNoDialog = errors.New("this system has no dialog for files")

// Asker asks for places on the disk.
type Asker struct {
	Ctx    context.Context
	Window fyne.Window
	Work   *Work
	Prefs  Prefs
	Dialog Dialog // nil: the window's own
}

// Ask asks, with the system's dialog where it has one.
func (e *Env) Ask(a Asked, chosen func(path string)) {
	Asker{e.Ctx, e.Window, e.Work, e.Prefs, e.Dialog}.Ask(a, chosen)
}

// Ask asks; chosen is called on the UI goroutine, and not where nothing was chosen.
func (x Asker) Ask(a Asked, chosen func(path string)) {
	if x.Dialog == nil {
		x.own(a, chosen)
		return
	}
	Load(x.Ctx, x.Work, func(ctx context.Context) (string, error) { return x.Dialog(ctx, a) }, func(path string, err error) {
		switch {
		case err != nil:
			x.own(a, chosen)
		case path != "":
			chosen(path)
		}
	})
}

// own asks with the window's dialog, and leaves no trace of it.
func (x Asker) own(a Asked, chosen func(string)) {
	done := func(u fyne.URI, err error) {
		switch {
		case err != nil:
			Tell(x.Window, Explain(err))
		case u != nil:
			chosen(u.Path())
		}
	}
	var d *dialog.FileDialog
	switch {
	case a.Name != "":
		d = dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			if w == nil {
				done(nil, err)
				return
			}
			err = w.Close()
			done(w.URI(), err)
		}, x.Window)
		d.SetFileName(a.Name)
	case a.Folder:
		d = dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if u == nil {
				done(nil, err)
				return
			}
			done(u, err)
		}, x.Window)
	default:
		d = dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if r == nil {
				done(nil, err)
				return
			}
			err = r.Close()
			done(r.URI(), err)
		}, x.Window)
	}
	if !a.Folder {
		d.SetFilter(substantial{})
	}
	if a.Title != "" {
		d.SetTitleText(a.Title)
	}
	if a.Act != "" {
		d.SetConfirmText(a.Act)
	}
	ShowFiles(x.Window, d, x.Prefs.ForgetDialogs)
}

// substantial are the files with something to read. Fyne reads the beginning of each
// that it lists, on the UI goroutine: of a pipe, or of what /proc holds, it would wait
// for ever.
type substantial struct{}

// Matches implements [storage.FileFilter].
func (substantial) Matches(u fyne.URI) bool {
	info, err := os.Stat(u.Path())
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}
