package imaging

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

// patience is how long an old picture stands before a wait is said.
const patience = 150 * time.Millisecond

// tool is what dragging does.
type tool int

const (
	brightness tool = iota
	moving
	measuring
)

// controls are what stands around the picture.
type controls struct {
	pic        *widget.Picture
	bar        *fyne.Container
	tools      map[tool]*fw.Button
	presets    *fw.Select
	choices    []view.Preset
	playButton *fw.Button
	slider     *fw.Slider
	hint       *widget.Line
	waiting    fyne.CanvasObject
	trouble    *fyne.Container
	progress   *fyne.Container
	count      *widget.Line
	side       *fyne.Container
	thumbs     map[int]*widget.Thumbnail // by row
	grounds    map[int]*widget.Ground
	reports    *fyne.Container
	box        *fyne.Container
	silent     bool // the slider follows, and does not lead
	endPrepare func()
}

// build makes the controls; what they do is in actions.go.
func (v *viewer) build() {
	v.endPrepare = func() {}
	v.pic = widget.NewPicture()
	v.pic.OnSize = func(width, height int, scale float32) {
		v.width, v.height, v.scale = width, height, scale
		v.look = v.look.Moved(v.canvas(), 0, 0)
		v.draw(false)
	}
	v.pic.OnKey, v.pic.OnRune, v.pic.OnWheel = v.key, v.rune, v.wheel
	v.pic.OnPress, v.pic.OnDrag, v.pic.OnDrop = v.press, v.drag, v.drop
	v.slider = fw.NewSlider(0, 1)
	v.slider.Step = 1
	v.slider.OnChanged = func(at float64) {
		if !v.silent {
			v.show(int(at))
		}
	}
	v.hint = widget.Caption("")
	bar := fw.NewActivity()
	bar.Start()
	v.waiting = container.NewStack(widget.NewGround(ui.ColorPanel, ui.ColorBorder, 8), widget.Inset(6, 6, 12, 12, container.NewHBox(bar, fw.NewLabel(lang.L("Decoding…")))))
	v.waiting.Hide()
	v.trouble = container.NewStack()
	v.trouble.Hide()
	v.count = widget.Caption("")
	v.count.Whole = true
	v.progress = container.NewHBox(container.NewCenter(v.count), fw.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), func() { v.endPrepare() }))
	v.progress.Hide()
	v.buildBar()
	v.buildReports()
}

func (v *viewer) buildBar() {
	v.tools = map[tool]*fw.Button{
		brightness: fw.NewButtonWithIcon(lang.L("Brightness (B)"), theme.ColorPaletteIcon(), func() { v.take(brightness) }),
		moving:     fw.NewButtonWithIcon(lang.L("Move (G)"), theme.ViewFullScreenIcon(), func() { v.take(moving) }),
		measuring:  fw.NewButtonWithIcon(lang.L("Measure (M)"), rulerIcon(), func() { v.take(measuring) }),
	}
	v.presets = fw.NewSelect(nil, nil)
	v.presets.PlaceHolder = lang.L("Window (V)")
	v.playButton = fw.NewButtonWithIcon(lang.L("Play (Space)"), theme.MediaPlayIcon(), v.play)
	button := func(words string, icon fyne.Resource, do func()) *fw.Button {
		b := fw.NewButtonWithIcon(words, icon, func() { do(); v.env.Window.Canvas().Focus(v.pic) })
		return b
	}
	diagnosis := widget.NewChip(notForDiagnosis(), ui.Care)
	v.bar = widget.Flow(6,
		button(lang.L("Study"), theme.NavigateBackIcon(), v.back),
		v.tools[brightness], v.tools[moving], v.tools[measuring], widget.Framed(v.presets),
		button(lang.L("Negative (I)"), theme.VisibilityIcon(), v.invert),
		button("", theme.ZoomInIcon(), func() { v.zoom(zoomStep) }),
		button("", theme.ZoomOutIcon(), func() { v.zoom(1 / zoomStep) }),
		button(lang.L("Whole (0)"), theme.ZoomFitIcon(), v.fit),
		v.playButton,
		button(lang.L("Report (R)"), theme.DocumentIcon(), v.toggleReports),
		button(lang.L("Keys (?)"), theme.HelpIcon(), v.keys),
		widget.Inset(7, 0, 4, 0, diagnosis),
	)
	v.take(brightness)
}

// buildReports makes the place of the reports beside the images.
func (v *viewer) buildReports() {
	v.box = widget.Column(12, widget.MutedWords(lang.L("One moment…")))
	scroll := container.NewVScroll(widget.Inset(12, 16, 14, 14, v.box))
	v.reports = container.NewStack(widget.Room(fyne.NewSize(300, 1)), widget.NewGround(ui.ColorPanel, ui.ColorBorder, 0), scroll)
	v.reports.Hide()
	v.side = container.NewStack()
}

func (v *viewer) toggleReports() {
	if v.reports.Visible() {
		v.reports.Hide()
	} else {
		v.reports.Show()
	}
	v.view.Object.Objects[0].Refresh()
}

// strip shows the other series at the left, where there are several.
func (v *viewer) strip(now int) {
	v.thumbs, v.grounds = map[int]*widget.Thumbnail{}, map[int]*widget.Ground{}
	column := container.NewVBox()
	d := &detail{env: v.env}
	var rows []seriesRow
	var thumbs []*widget.Thumbnail
	for n, s := range v.series {
		if len(s.Images) == 0 {
			continue
		}
		t := widget.NewThumbnail(s.title(), s.holds())
		t.OnTapped = func() {
			v.choose(n, -1)
			v.env.Window.Canvas().Focus(v.pic)
		}
		t.Wait()
		v.thumbs[n], v.grounds[n] = t, widget.NewGround("", "", 8)
		column.Add(container.NewStack(v.grounds[n], t.Pressed))
		rows, thumbs = append(rows, s), append(thumbs, t)
	}
	if len(rows) < 2 {
		return
	}
	scroll := container.NewVScroll(column)
	v.side.Objects = []fyne.CanvasObject{widget.Room(fyne.NewSize(widget.ThumbnailWidth()+8, 1)), scroll}
	v.side.Refresh()
	d.fill(v.env.Ctx, rows, thumbs, 0)
	v.marked(now)
}

// marked shows which series is looked at.
func (v *viewer) marked(row int) {
	for n, g := range v.grounds {
		if g.Fill = ""; n == row {
			g.Fill = theme.ColorNameSelection
		}
		g.Refresh()
	}
}

// slide makes the slider follow.
func (v *viewer) slide() {
	v.silent = true
	v.slider.Max = float64(max(1, len(v.stack)-1))
	v.slider.SetValue(float64(v.at))
	v.slider.Refresh()
	v.silent = false
	if len(v.stack) < 2 {
		v.slider.Hide()
		v.playButton.Disable()
	} else {
		v.slider.Show()
		v.playButton.Enable()
	}
}

// offer gives the windows to choose from for the picture that is shown.
func (v *viewer) offer() {
	v.choices = v.reel.presets(v.now.step)
	names := presetNames(v.choices)
	v.presets.OnChanged = nil
	v.presets.SetOptions(names)
	if len(names) == 0 {
		v.presets.ClearSelected()
		v.presets.Disable()
		return
	}
	v.presets.Enable()
	at := -1
	for n, c := range v.choices {
		if v.look.Window == nil && n == 0 || v.look.Window != nil && c.Window == *v.look.Window {
			at = n
			break
		}
	}
	if at < 0 {
		v.presets.ClearSelected()
	} else {
		v.presets.SetSelectedIndex(at)
	}
	v.presets.OnChanged = func(string) {
		v.preset(v.presets.SelectedIndex())
		v.env.Window.Canvas().Focus(v.pic)
	}
}

// reading says how far the images of the series are opened.
func (v *viewer) reading(n, all int) {
	v.count.Set(lang.L("Putting the images in order: {{.Done}} of {{.All}}", map[string]any{"Done": ui.Number(n), "All": ui.Number(all)}))
	v.progress.Show()
	v.progress.Refresh()
}

// explain says over the picture's place why it is not shown.
func (v *viewer) explain(err error) {
	t := trouble(err)
	save := fw.NewButtonWithIcon(lang.L("Save a copy of the file…"), theme.DocumentSaveIcon(), func() {
		if s := v.now.step; s.Image < len(v.reel.list) {
			if files := v.reel.list[s.Image].Files(); len(files) > 0 {
				ui.SaveCopy(v.env, files[0])
			}
		}
	})
	words := widget.Column(8, widget.Subheading(t.What), widget.Words(t.Next), container.NewHBox(save))
	v.trouble.Objects = []fyne.CanvasObject{widget.Room(fyne.NewSize(420, 190)), widget.NewGround(ui.ColorPanel, ui.ColorBorder, 10), widget.Inset(16, 16, 18, 18, words)}
	v.trouble.Show()
	v.trouble.Refresh()
}

// caption is what the corners say of a picture.
func (v *viewer) caption(s seen, l view.Look) caption {
	row := v.series[v.row]
	i := v.reel.list[s.step.Image]
	c := caption{
		Study: v.study.Title, Date: ui.When(v.study.study.Started), Series: row.title(), At: s.at + 1, Of: len(v.stack), Number: i.Number,
		Negative: l.Negative, Lossy: i.Lossy == "01", Side: i.Laterality, Zoom: l.Scale(v.canvas()),
	}
	if c.Side == "" {
		c.Side = row.Series.Laterality.String()
	}
	if v.person != nil {
		c.Name, c.Born = record.Visible(v.person.Summary().Title), ui.Date(v.person.BirthDate)
	}
	if s.image == nil {
		return c
	}
	c.Frame, c.Frames = s.step.Frame+1, s.image.Frames
	p := s.image.Of(s.step.Frame).Presentation
	if view.Windowed(p, s.frame) {
		c.Window = windowWords(v.window(l), p.Modality.Unit)
	}
	return c
}

// window is the one that a look gives the shown picture.
func (v *viewer) window(l view.Look) imaging.Window {
	switch {
	case l.Window != nil:
		return *l.Window
	case len(v.choices) > 0:
		return v.choices[0].Window
	}
	return imaging.Window{}
}

// keys shows all keys.
func (v *viewer) keys() {
	var facts []widget.Fact
	for _, k := range keyList() {
		facts = append(facts, widget.Fact{Label: k[0], Value: k[1]})
	}
	d := dialog.NewCustom(lang.L("Keys for looking at images"), lang.L("Close"), container.NewVScroll(widget.Inset(4, 8, 8, 16, widget.Facts(facts...))), v.env.Window)
	d.Resize(fyne.NewSize(560, 520))
	ui.Show(v.env.Window, d, func() { v.env.Window.Canvas().Focus(v.pic) })
}
