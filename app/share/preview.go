package share

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// The size of a page that is looked at: pixels for screens with two to a point, and
// points.
const (
	previewPixels = 1240
	previewWidth  = 620
)

// print shows the pages to print as they will be, drawn by what draws any PDF.
type print struct {
	page   *page
	file   paper.File
	pages  int
	at     int
	view   *widget.View
	number *widget.Line
}

// printCard shows page one of what leaves; the others follow on demand.
func (p *page) printCard(plan *disclose.Plan) fyne.CanvasObject {
	v := &print{page: p, view: widget.NewView(), number: widget.NewLine("", "", "")}
	v.number.Whole = true
	back := fw.NewButtonWithIcon("", theme.NavigateBackIcon(), func() { v.turn(v.at - 1) })
	next := fw.NewButtonWithIcon("", theme.NavigateNextIcon(), func() { v.turn(v.at + 1) })
	v.load(plan)
	return widget.Card(lang.L("The summary to print"), container.NewHBox(back, container.NewCenter(v.number), next), v.view.Object)
}

// load makes the summary, in memory alone.
func (v *print) load(plan *disclose.Plan) {
	env := v.page.env
	if env.Paper.PDF == nil || env.Paper.Page == nil {
		v.view.Ready(widget.MutedWords(lang.L("PDF files are not shown here")))
		return
	}
	v.view.Loading(lang.L("Making the summary…"))
	ui.Load(env.Ctx, env.Work, func(ctx context.Context) (paper.PDF, error) {
		var b bytes.Buffer
		if err := plan.Print(ctx, env.Formats, &b); err != nil {
			return paper.PDF{}, err
		}
		v.file.Open = func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil }
		return env.Paper.PDF(ctx, v.file)
	}, func(about paper.PDF, err error) {
		if err != nil {
			v.view.Failed(ui.Explain(err), func() { v.load(plan) })
			return
		}
		v.pages = about.Pages
		v.draw()
	})
}

func (v *print) turn(page int) {
	if page >= 0 && page < v.pages && page != v.at {
		v.page.env.Used()
		v.at = page
		v.draw()
	}
}

// draw has the wanted page drawn; one that is not wanted any more is not shown.
func (v *print) draw() {
	env, at := v.page.env, v.at
	v.number.Set(lang.L("Page {{.Page}} of {{.Pages}}", map[string]any{"Page": ui.Number(at + 1), "Pages": ui.Number(v.pages)}))
	ui.Load(env.Ctx, env.Work, func(ctx context.Context) (*image.RGBA, error) {
		drawn, _, err := env.Paper.Page(ctx, v.file, at, previewPixels)
		return drawn, err
	}, func(drawn *image.RGBA, err error) {
		switch {
		case at != v.at:
		case err != nil:
			v.view.Failed(ui.Explain(err), v.draw)
		default:
			v.view.Ready(sheetOf(drawn))
		}
	})
}

// sheetOf is a page as a sheet of paper.
func sheetOf(drawn *image.RGBA) fyne.CanvasObject {
	c := canvas.NewImageFromImage(drawn)
	c.FillMode, c.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	size := drawn.Bounds().Size()
	c.SetMinSize(fyne.NewSize(previewWidth, previewWidth*float32(size.Y)/float32(max(1, size.X))))
	edge := canvas.NewRectangle(nil)
	edge.StrokeColor, edge.StrokeWidth = theme.Color(ui.ColorBorder), 1
	return container.NewCenter(container.NewStack(c, edge))
}

// pageCard offers to look at the page in the browser. It lies there sealed, as long
// as one looks at it: nothing of the record comes to lie on the disk in clear text.
func (p *page) pageCard(plan *disclose.Plan) fyne.CanvasObject {
	below := widget.Column(8)
	var look *fw.Button
	look = fw.NewButtonWithIcon(lang.L("Open it in the browser…"), theme.VisibilityIcon(), func() {
		look.Disable()
		below.Objects = []fyne.CanvasObject{widget.MutedWords(lang.L("Making the page…"))}
		below.Refresh()
		p.try(plan, func(words []fyne.CanvasObject) {
			look.Enable()
			below.Objects = words
			below.Refresh()
		})
	})
	return widget.Card(lang.L("The doctor's page"), nil, widget.Column(8,
		widget.MutedWords(lang.L("All of it as the doctor will see it. It lies in a folder of its own, sealed, and goes when you go on or lock the record.")), container.NewHBox(look), below))
}

// try makes the sealed page in a folder of its own, and opens it.
func (p *page) try(plan *disclose.Plan, show func([]fyne.CanvasObject)) {
	env := p.env
	protection := wrap.Protection{Kind: wrap.Page, Passphrase: []byte(ui.SuggestPassphrase())}
	ui.Load(env.Ctx, env.Work, func(ctx context.Context) (string, error) {
		dir, err := os.MkdirTemp("", "carnet-look-")
		if err != nil {
			return "", err
		}
		context.AfterFunc(env.Ctx, func() { os.RemoveAll(dir) })
		path := filepath.Join(dir, "look"+wrap.Page.Ending())
		_, err = plan.Try(ctx, disclose.Delivery{Path: path, Protection: protection, Formats: env.Formats, Children: env.Children})
		if err != nil {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
		return path, nil
	}, func(path string, err error) {
		switch {
		case errors.Is(err, wrap.ErrPageSize):
			show([]fyne.CanvasObject{widget.Banner(ui.Care, "", lang.L("There is too much in it for one page in a browser. Choose a zip archive, or hold files back."))})
			return
		case err != nil:
			t := ui.Explain(err)
			show([]fyne.CanvasObject{widget.Banner(ui.Care, t.What, t.Next)})
			return
		}
		p.looked = append(p.looked, filepath.Dir(path))
		words := widget.Subheading(string(protection.Passphrase))
		words.Align = fyne.TextAlignCenter
		show([]fyne.CanvasObject{widget.Banner(ui.Calm, "", "", words), widget.MutedWords(lang.L("Type these words into the page. They are for this look alone: the package gets others."))})
		if a := fyne.CurrentApp(); a != nil {
			if err := a.OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
				ui.Tell(env.Window, ui.Trouble{What: lang.L("The browser could not be opened."), Next: lang.L("Open this file yourself: {{.Path}}", map[string]any{"Path": path})})
			}
		}
	})
}

// forget removes what was looked at.
func (p *page) forget() {
	for _, dir := range p.looked {
		if err := os.RemoveAll(dir); err != nil {
			fyne.LogError("remove what was looked at", err)
		}
	}
	p.looked = nil
}
