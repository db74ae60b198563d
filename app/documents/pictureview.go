package documents

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// pictureView shows a picture, whole or in its own size.
type pictureView struct {
	env   *ui.Env
	file  record.Hash
	state *widget.View
	sheet *widget.Sheet
	zoom  zoom
	scale float32 // pixels of a point
	image *image.RGBA
	full  image.Point
}

func newPictureView(env *ui.Env, file record.Hash, name string) *view {
	v := &pictureView{env: env, file: file, state: widget.NewView(), sheet: widget.NewSheet(), zoom: zoom{fit: toWhole}, scale: 1}
	v.sheet.OnSize = func(room fyne.Size, scale float32) { v.zoom.room, v.scale = room, scale; v.draw() }
	v.sheet.OnRune = v.rune
	tools := []fyne.CanvasObject{
		button("+", theme.ZoomInIcon(), func() { v.set(v.zoom.by(zoomStep)) }),
		button("−", theme.ZoomOutIcon(), func() { v.set(v.zoom.by(1 / zoomStep)) }),
		button(lang.L("Whole picture (0)"), theme.ZoomFitIcon(), func() { v.rune('0') }),
		button(lang.L("Real size (1)"), theme.ViewFullScreenIcon(), func() { v.rune('1') }),
	}
	return &view{name: name, object: v.state.Object, start: v.load, tools: tools, focus: func() { env.Window.Canvas().Focus(v.sheet) }}
}

func (v *pictureView) load() {
	if v.env.Paper.Picture == nil {
		v.state.Empty(lang.L("Pictures are not shown here"), lang.L("Save a copy to open it in another program."), saveButton(v.env, v.file))
		return
	}
	v.state.Loading(lang.L("One moment…"))
	type drawn struct {
		image *image.RGBA
		full  image.Point
	}
	ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) (drawn, error) {
		i, full, err := v.env.Paper.Picture(ctx, fileOf(v.env, v.file))
		return drawn{i, full}, err
	}, func(d drawn, err error) {
		if err != nil {
			v.state.Failed(trouble(err), nil)
			return
		}
		v.image, v.full = d.image, d.full
		v.state.Ready(v.sheet)
		v.draw()
	})
}

func (v *pictureView) set(z zoom) { v.zoom = z; v.draw() }

// draw shows the picture; its own size is one of its pixels on one of the screen's.
func (v *pictureView) draw() {
	if v.image == nil {
		return
	}
	v.zoom.own = fyne.NewSize(float32(v.full.X)/v.scale, float32(v.full.Y)/v.scale)
	v.sheet.Set(v.image, v.zoom.size())
}

func (v *pictureView) rune(r rune) {
	switch r {
	case '+':
		v.set(v.zoom.by(zoomStep))
	case '-':
		v.set(v.zoom.by(1 / zoomStep))
	case '0':
		v.zoom.fit = toWhole
		v.draw()
	case '1':
		v.set(v.zoom.exactly())
	}
}
