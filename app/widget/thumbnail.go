package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// ThumbnailPixels is the side of a small picture in pixels: enough for screens
// with two to a point.
const ThumbnailPixels = 288

const thumbnailSide = 144

// ThumbnailWidth is how wide a thumbnail is at the least.
func ThumbnailWidth() float32 { return thumbnailSide + 2*thumbnailPad }

const thumbnailPad = 6

// Thumbnail is a small picture with lines of words below, to press.
type Thumbnail struct {
	*Pressed
	picture *fyne.Container
}

// NewThumbnail makes one without a picture: a title, and lines of second rank.
func NewThumbnail(title string, lines ...string) *Thumbnail {
	t := &Thumbnail{picture: container.NewStack()}
	head := NewLine(title, "", "")
	head.Bold = true
	parts := []fyne.CanvasObject{container.NewStack(canvas.NewRectangle(pictureGround), Room(fyne.NewSize(thumbnailSide, thumbnailSide)), t.picture), head}
	for _, l := range lines {
		if l != "" {
			parts = append(parts, Caption(l))
		}
	}
	t.Pressed = NewPressed(Inset(thumbnailPad, thumbnailPad, thumbnailPad, thumbnailPad, Column(4, parts...)), nil)
	return t
}

// Wait says that the picture is being made.
func (t *Thumbnail) Wait() {
	bar := fw.NewActivity()
	bar.Start()
	t.put(container.NewCenter(bar))
}

// Say shows words in place of the picture.
func (t *Thumbnail) Say(text string) {
	seg := fw.RichTextStyleInline
	seg.Alignment, seg.SizeName = fyne.TextAlignCenter, theme.SizeNameCaptionText
	words := newText(text, seg)
	plate := container.NewStack(NewGround(ui.ColorPlain, "", 0), container.NewVBox(Inset(thumbnailSide/3, 0, 8, 8, words)))
	t.put(plate)
}

// Show shows the picture.
func (t *Thumbnail) Show(i image.Image) {
	c := canvas.NewImageFromImage(i)
	c.FillMode, c.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	t.put(c)
}

func (t *Thumbnail) put(o fyne.CanvasObject) {
	t.picture.Objects = []fyne.CanvasObject{o}
	t.picture.Refresh()
}
