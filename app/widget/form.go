package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// Field is an input with its label above and, below, a hint that may be nil.
func Field(label string, input fyne.CanvasObject, hint fyne.CanvasObject) fyne.CanvasObject {
	l := NewLine(label, "", "")
	l.Bold = true
	parts := []fyne.CanvasObject{l, input}
	if hint != nil {
		parts = append(parts, hint)
	}
	return Column(5, parts...)
}

// Big makes a button of comfortable height.
func Big(b *fw.Button) fyne.CanvasObject {
	height := canvas.NewRectangle(nil)
	height.SetMinSize(fyne.NewSize(0, 44))
	return container.NewStack(height, b)
}

// keyCells shows the groups of a recovery key, large and easy to copy by hand.
func keyCells(groups []string) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, s := range groups {
		l := fw.NewRichText(&fw.TextSegment{Text: s, Style: fw.RichTextStyle{
			Alignment: fyne.TextAlignCenter, SizeName: theme.SizeNameSubHeadingText, TextStyle: fyne.TextStyle{Monospace: true, Bold: true}, ColorName: theme.ColorNameForeground,
		}})
		cells = append(cells, container.NewStack(NewGround(ui.ColorCalm, "", 7), l))
	}
	return container.NewGridWithColumns(3, cells...)
}

// NewKeyEntry is where a recovery key is typed back.
func NewKeyEntry() *fw.Entry {
	e := fw.NewMultiLineEntry()
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(2)
	e.TextStyle = fyne.TextStyle{Monospace: true}
	return e
}
