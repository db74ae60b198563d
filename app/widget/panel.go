package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// Ground is a rectangle in a theme colour that follows the theme.
type Ground struct {
	fw.BaseWidget
	Fill   fyne.ThemeColorName // "" for none
	Stroke fyne.ThemeColorName // "" for none
	Radius float32
}

// NewGround makes a ground.
func NewGround(fill, stroke fyne.ThemeColorName, radius float32) *Ground {
	g := &Ground{Fill: fill, Stroke: stroke, Radius: radius}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements [fyne.Widget].
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	r := &groundRenderer{g, canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type groundRenderer struct {
	g    *Ground
	rect *canvas.Rectangle
}

// Layout implements [fyne.WidgetRenderer].
func (r *groundRenderer) Layout(s fyne.Size) { r.rect.Resize(s) }

// MinSize implements [fyne.WidgetRenderer].
func (r *groundRenderer) MinSize() fyne.Size { return fyne.Size{} }

// Refresh implements [fyne.WidgetRenderer].
func (r *groundRenderer) Refresh() {
	th, v := r.g.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.rect.FillColor = color.Transparent
	if r.g.Fill != "" {
		r.rect.FillColor = th.Color(r.g.Fill, v)
	}
	r.rect.CornerRadius = r.g.Radius
	if r.g.Stroke != "" {
		r.rect.StrokeColor, r.rect.StrokeWidth = th.Color(r.g.Stroke, v), 1
	}
	r.rect.Refresh()
}

// Objects implements [fyne.WidgetRenderer].
func (r *groundRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }

// Destroy implements [fyne.WidgetRenderer].
func (*groundRenderer) Destroy() {}

// Framed draws the border of an entry around an input that has none of its own.
func Framed(input fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(input, Inset(1, 1, 1, 1, NewGround("", theme.ColorNameInputBorder, theme.Size(theme.SizeNameInputRadius))))
}

// Inset puts room around content.
func Inset(top, bottom, left, right float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), content)
}

// Column stacks content with a gap.
func Column(gap float32, content ...fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{gap}, content...)
}

// Heading is the title of a page.
func Heading(text string) *Line {
	l := NewLine(text, theme.SizeNameHeadingText, "")
	l.Bold = true
	return l
}

// Subheading is the title of a part of a page.
func Subheading(text string) *Line {
	l := NewLine(text, theme.SizeNameSubHeadingText, "")
	l.Bold = true
	return l
}

// Caption is a small line of second rank.
func Caption(text string) *Line { return NewLine(text, theme.SizeNameCaptionText, ui.ColorMuted) }

// Card is content on a panel of its own with a small head: a title, and
// something at its right that may be nil.
func Card(title string, right fyne.CanvasObject, content fyne.CanvasObject) fyne.CanvasObject {
	body := content
	if title != "" {
		head := container.NewBorder(nil, nil, nil, right, Subheading(title))
		body = Column(10, head, content)
	}
	return container.NewStack(NewGround(ui.ColorPanel, ui.ColorBorder, 10), Inset(14, 14, 16, 16, body))
}

// Banner is a few words on a tinted ground, with a heading that may be empty.
func Banner(tone ui.Tone, heading, text string, below ...fyne.CanvasObject) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if heading != "" {
		h := NewLine(heading, "", tone.Ink())
		h.Bold = true
		parts = append(parts, h)
	}
	if text != "" {
		parts = append(parts, Words(text))
	}
	parts = append(parts, below...)
	return container.NewStack(NewGround(tone.Tint(), "", 10), Inset(11, 11, 16, 16, Column(4, parts...)))
}

// Words is wrapped text without padding around it. It is for sentences; long
// texts go through [Paragraphs].
func Words(text string) fyne.CanvasObject { return newText(text, fw.RichTextStyleInline) }

// MutedWords is wrapped text of second rank.
func MutedWords(text string) fyne.CanvasObject {
	s := fw.RichTextStyleInline
	s.ColorName = ui.ColorMuted
	return newText(text, s)
}

func newText(text string, style fw.RichTextStyle) fyne.CanvasObject {
	t := fw.NewRichText(&fw.TextSegment{Text: record.Visible(text), Style: style})
	t.Wrapping = fyne.TextWrapWord
	return Flush(t)
}

// Flush takes the inner padding away that Fyne's text widgets put around.
func Flush(o fyne.CanvasObject) fyne.CanvasObject { return container.New(flushLayout{}, o) }

type flushLayout struct{}

// MinSize implements [fyne.Layout].
func (flushLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	p := theme.InnerPadding()
	m := o[0].MinSize()
	return fyne.NewSize(max(0, m.Width-2*p), max(0, m.Height-2*p))
}

// Layout implements [fyne.Layout].
func (flushLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	p := theme.InnerPadding()
	o[0].Move(fyne.NewPos(-p, -p))
	o[0].Resize(size.AddWidthHeight(2*p, 2*p))
}
