package unlock

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// Gate is everything before a record is open. Opened gets the record.
type Gate struct {
	Ctx    context.Context
	Window fyne.Window
	Work   *ui.Work
	Prefs  ui.Prefs
	Icon   fyne.Resource
	ui.Outside
	Opened func(ui.Opening)

	Before func(context.Context) error // waits until a record may be opened; nil: at once

	body    *fyne.Container
	pending *vault.Vault // made, its recovery key not yet typed back
}

// Close closes a record that was made and is not open yet.
func (g *Gate) Close() error {
	v := g.pending
	g.pending = nil
	if v == nil {
		return nil
	}
	return v.Close()
}

// Body is what stands in the window; [Gate.Start] fills it.
func (g *Gate) Body() fyne.CanvasObject {
	if g.body == nil {
		g.body = container.NewStack()
	}
	return g.body
}

// Start shows the page to begin with: unlock for the record that was open last
// (or given), else the welcome.
func (g *Gate) Start(dir string) {
	g.Body()
	if dir == "" {
		dir = g.Prefs.LastVault()
	}
	if dir != "" {
		if _, err := os.Stat(dir); err == nil {
			g.showOpen(dir)
			return
		}
	}
	g.showWelcome()
}

// show puts a page into the window and the keyboard where it belongs.
func (g *Gate) show(o fyne.CanvasObject, focus fyne.Focusable) {
	g.body.Objects = []fyne.CanvasObject{o}
	g.body.Refresh()
	if focus != nil && g.Window != nil {
		g.Window.Canvas().Focus(focus)
	}
}

// frame is the calm column that all pages of the gate stand in.
func (g *Gate) frame(title, words string, content ...fyne.CanvasObject) fyne.CanvasObject {
	if g.Icon == nil {
		return g.column(nil, title, words, content...)
	}
	mark := canvas.NewImageFromResource(g.Icon)
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSize(56, 56))
	return g.column(container.NewCenter(mark), title, words, content...)
}

// column is the frame with anything, or nothing, above the title.
func (g *Gate) column(above fyne.CanvasObject, title, words string, content ...fyne.CanvasObject) fyne.CanvasObject {
	const width = 460
	var parts []fyne.CanvasObject
	if above != nil {
		parts = append(parts, above)
	}
	head := widget.Heading(title)
	head.Align = fyne.TextAlignCenter
	parts = append(parts, head)
	if words != "" {
		parts = append(parts, centredWords(words))
	}
	parts = append(parts, content...)
	column := widget.Centred(width, widget.Inset(36, 36, 16, 16, widget.Column(14, parts...)))
	return container.NewVScroll(container.NewVBox(layout.NewSpacer(), column, layout.NewSpacer()))
}

func centredWords(text string) fyne.CanvasObject {
	style := fw.RichTextStyleInline
	style.Alignment, style.ColorName = fyne.TextAlignCenter, ui.ColorMuted
	t := fw.NewRichText(&fw.TextSegment{Text: text, Style: style})
	t.Wrapping = fyne.TextWrapWord
	return widget.Flush(t)
}

// busy shows that work is going on and what it is.
func (g *Gate) busy(title, words string) {
	bar := fw.NewProgressBarInfinite()
	bar.Start()
	g.show(g.frame(title, words, bar), nil)
}

func home() string {
	h, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return h
}

// makeParent makes the folder that a vault will lie in.
func makeParent(dir string) error { return os.MkdirAll(filepath.Dir(dir), 0o700) }
