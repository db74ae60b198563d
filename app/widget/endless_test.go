package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestTheWheelGoesOn: at the end of a page the wheel tells so once it is meant, and
// never turns two pages at once.
func TestTheWheelGoesOn(t *testing.T) {
	test.NewTempApp(t)
	s := NewSheet()
	var told []bool
	s.OnEnd = func(down bool) { told = append(told, down) }
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(500, 400))
	s.Set(nil, fyne.NewSize(400, 600))
	wheel := func(dy float32) { s.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, dy)}) }
	wheel(10)
	wheel(-100)
	if len(told) != 0 || s.scroll.Offset.Y == 0 {
		t.Fatalf("the wheel does not scroll: %v, %v", s.scroll.Offset, told)
	}
	for range 10 {
		wheel(-100)
	}
	if len(told) != 1 || !told[0] {
		t.Errorf("at the end it tells %v", told)
	}
	s.ToTop(false)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if len(told) != 2 || told[1] {
		t.Errorf("at the beginning the key tells %v", told)
	}
}
