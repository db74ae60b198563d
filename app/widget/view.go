package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// State is which of the four states a [View] shows.
type State string

// The states.
const (
	Loading State = "loading"
	Empty   State = "empty"
	Failed  State = "error"
	Ready   State = "ready"
)

// View is the part of a page that waits for data: loading, empty, error, ready.
type View struct {
	Object *fyne.Container // what stands in the window
	State  State
}

// NewView makes a view that is loading.
func NewView() *View {
	v := &View{Object: container.NewStack()}
	v.Loading(lang.L("One moment…"))
	return v
}

func (v *View) show(s State, o fyne.CanvasObject) {
	v.State = s
	v.Object.Objects = []fyne.CanvasObject{o}
	v.Object.Refresh()
}

// Loading says that something is being fetched.
func (v *View) Loading(words string) {
	bar := fw.NewActivity()
	bar.Start()
	v.show(Loading, container.NewCenter(container.NewHBox(bar, fw.NewLabel(words))))
}

// Empty says that there is nothing, and what to do about it.
func (v *View) Empty(title, hint string, actions ...fyne.CanvasObject) {
	v.show(Empty, message(theme.ColorNameForeground, title, hint, actions))
}

// Failed says what went wrong and what to do next; retry may be nil.
func (v *View) Failed(t ui.Trouble, retry func()) {
	var actions []fyne.CanvasObject
	if retry != nil {
		actions = append(actions, fw.NewButton(lang.L("Try again"), retry))
	}
	v.show(Failed, message(theme.ColorNameError, t.What, t.Next, actions))
}

// Ready shows the data.
func (v *View) Ready(o fyne.CanvasObject) { v.show(Ready, o) }

func message(color fyne.ThemeColorName, title, hint string, actions []fyne.CanvasObject) fyne.CanvasObject {
	head := NewLine(title, theme.SizeNameSubHeadingText, color)
	head.Bold, head.Align = true, fyne.TextAlignCenter
	style := fw.RichTextStyleInline
	style.Alignment, style.ColorName = fyne.TextAlignCenter, ui.ColorMuted
	parts := []fyne.CanvasObject{head, newText(hint, style)}
	if len(actions) > 0 {
		row := append([]fyne.CanvasObject{layout.NewSpacer()}, actions...)
		parts = append(parts, Inset(6, 0, 0, 0, container.NewHBox(append(row, layout.NewSpacer())...)))
	}
	return container.NewVBox(layout.NewSpacer(), Inset(24, 24, 24, 24, Centred(440, Column(8, parts...))), layout.NewSpacer())
}
