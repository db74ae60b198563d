package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// Meter shows how strong a passphrase is: four bars and the same in words.
type Meter struct {
	fw.BaseWidget
	bars  [4]*Ground
	words *Line
}

// NewMeter makes an empty meter.
func NewMeter() *Meter {
	m := &Meter{words: Caption("")}
	for i := range m.bars {
		m.bars[i] = NewGround(ui.ColorPlain, "", 2)
	}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows a score from 0 to 4 and its words.
func (m *Meter) Set(score int, words string, tone ui.Tone) {
	fill := map[ui.Tone]fyne.ThemeColorName{ui.Good: theme.ColorNameSuccess, ui.Care: theme.ColorNameWarning, ui.Alarm: theme.ColorNameError, ui.Plain: ui.ColorPlain}[tone]
	for i, b := range m.bars {
		b.Fill = ui.ColorPlain
		if i < max(score, 1) && tone != ui.Plain {
			b.Fill = fill
		}
		b.Refresh()
	}
	m.words.Color = tone.Ink()
	m.words.Text = words
	m.words.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	bars := make([]fyne.CanvasObject, len(m.bars))
	for i, b := range m.bars {
		bars[i] = b
	}
	return fw.NewSimpleRenderer(Column(5, container.New(barsLayout{}, bars...), m.words))
}

type barsLayout struct{}

// MinSize implements [fyne.Layout].
func (barsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 5) }

// Layout implements [fyne.Layout].
func (barsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap = 4
	w := (size.Width - gap*float32(len(o)-1)) / float32(len(o))
	for i, b := range o {
		b.Move(fyne.NewPos(float32(i)*(w+gap), 0))
		b.Resize(fyne.NewSize(w, 5))
	}
}

// Shares lays objects out in a row, each with its share of the width.
type Shares []float32

// MinSize implements [fyne.Layout].
func (s Shares) MinSize(o []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, x := range o {
		m.Width += x.MinSize().Width + 8
		m.Height = max(m.Height, x.MinSize().Height)
	}
	return m
}

// Layout implements [fyne.Layout].
func (s Shares) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap = 8
	total := float32(0)
	for _, v := range s {
		total += v
	}
	x, room := float32(0), size.Width-gap*float32(len(o)-1)
	for i, c := range o {
		w := room * s[i] / total
		c.Move(fyne.NewPos(x, 0))
		c.Resize(fyne.NewSize(w, size.Height))
		x += w + gap
	}
}
