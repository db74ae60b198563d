package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// endless scrolls, and tells when the wheel goes on where its content ends.
type endless struct {
	container.Scroll
	onEnd func(down bool)
	turns int       // of the wheel past the end
	quiet time.Time // turns before are of the last time
}

// How much of the wheel past the end counts as meant.
const (
	turnsMeant = 3
	turnsQuiet = 400 * time.Millisecond
)

func newEndless(content fyne.CanvasObject, onEnd func(bool)) *endless {
	e := &endless{onEnd: onEnd}
	e.Direction, e.Content = container.ScrollBoth, content
	e.ExtendBaseWidget(e)
	return e
}

// Scrolled implements [fyne.Scrollable].
func (e *endless) Scrolled(ev *fyne.ScrollEvent) {
	down := ev.Scrolled.DY < 0
	if ev.Scrolled.DY == 0 || !e.at(down) {
		e.turns = 0
		e.Scroll.Scrolled(ev)
		return
	}
	if now := time.Now(); now.Before(e.quiet) {
		e.quiet = now.Add(turnsQuiet)
		return
	}
	if e.turns++; e.turns >= turnsMeant {
		e.turns, e.quiet = 0, time.Now().Add(turnsQuiet)
		e.onEnd(down)
	}
}

// at says whether the content's end, or its beginning, is in sight.
func (e *endless) at(end bool) bool {
	if end {
		return e.Offset.Y >= e.Content.MinSize().Height-e.Size().Height-1
	}
	return e.Offset.Y <= 0
}
