package imaging

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/app/ui"
)

// player shows the pictures of an image with several frames, or of a whole
// series, one after the other.
type player struct {
	playing bool
	due     bool // a next picture is on its way
}

// play starts or ends playing.
func (v *viewer) play() {
	v.played(!v.playing)
	v.tick()
}

func (v *viewer) stop() { v.played(false) }

func (v *viewer) played(on bool) {
	v.playing = on && len(v.stack) > 1
	if v.playing {
		v.playButton.SetIcon(theme.MediaPauseIcon())
		v.playButton.SetText(lang.L("Stop (Space)"))
		return
	}
	v.playButton.SetIcon(theme.MediaPlayIcon())
	v.playButton.SetText(lang.L("Play (Space)"))
}

// tick has the next picture shown when the one that stands there has stood long
// enough; how long the file says, or else a tenth of a second.
func (v *viewer) tick() {
	if !v.playing || v.due || v.drawn.image == nil {
		return
	}
	v.due = true
	stay, _ := v.drawn.image.Stay(v.drawn.step.Frame)
	ui.After(v.env.Ctx, v.env.Work, stay, v.next)
}

// next shows the picture after the one that stands there, and begins anew behind
// the last.
func (v *viewer) next() {
	v.due = false
	if !v.playing {
		return
	}
	first, last := v.stack.Cine(v.at)
	if at := v.at + 1; at <= last {
		v.show(at)
	} else {
		v.show(first)
	}
}
