package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

func TestViewShowsOneState(t *testing.T) {
	test.NewTempApp(t)
	v := NewView()
	retried := false
	for _, c := range []struct {
		want State
		show func()
	}{
		{Loading, func() {}},
		{Empty, func() { v.Empty("Nothing here yet", "Bring in a file.") }},
		{Failed, func() { v.Failed(ui.Trouble{What: "No", Next: "Try again"}, func() { retried = true }) }},
		{Ready, func() { v.Ready(fw.NewLabel("here")) }},
	} {
		c.show()
		if v.State != c.want || len(v.Object.Objects) != 1 {
			t.Errorf("got %q with %d objects, want %q with 1", v.State, len(v.Object.Objects), c.want)
		}
		for _, o := range test.LaidOutObjects(v.Object) {
			if b, ok := o.(*fw.Button); ok {
				test.Tap(b)
			}
		}
	}
	if !retried {
		t.Error("an error offers no way to try again")
	}
}

// TestUnrolled makes objects only as they are asked for, and loses none.
func TestUnrolled(t *testing.T) {
	test.NewTempApp(t)
	made := 0
	blocks := make([]func() fyne.CanvasObject, 3*blocksAtOnce+5)
	for i := range blocks {
		blocks[i] = func() fyne.CanvasObject { made++; return fw.NewLabel("x") }
	}
	c := Unrolled(0, blocks)
	if made != blocksAtOnce {
		t.Errorf("%d made at once, want %d", made, blocksAtOnce)
	}
	for range 5 {
		if b, ok := c.Objects[len(c.Objects)-1].(*fw.Button); ok {
			test.Tap(b)
		}
	}
	if made != len(blocks) || len(c.Objects) != len(blocks) {
		t.Errorf("%d made and %d shown, want %d", made, len(c.Objects), len(blocks))
	}
}
