package settings

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
)

// verdict says in a sentence whether the record is sound, and what to do.
func verdict(rescued bool, h ui.Health, rows []problemRow, now time.Time) (tone ui.Tone, what, next string) {
	when := map[string]any{"When": ui.Lately(h.At, now)}
	switch {
	case rescued && len(rows) == 0:
		return ui.Care, lang.L("This record is open for reading only."), lang.L("Nothing was found missing. Copy it to a folder that can be written to, to go on with it.")
	case rescued:
		return ui.Alarm, lang.L("This is what can still be read."), lang.L("Something is missing; it is listed below. If you have a backup, put it back into a new folder: that is the better record. Else copy what can be read to a new record. Keep the damaged folder.")
	case h.Err != nil:
		return ui.Care, lang.L("The record could not be checked."), lang.L("Try again. If it happens again, make a backup.")
	case h.At.IsZero():
		return ui.Plain, lang.L("The record is being checked in the background."), lang.L("That goes slowly, so that it is not in your way.")
	case len(h.Problems()) > 0:
		return ui.Alarm, lang.L("Checked {{.When}}: something is damaged.", when), lang.L("What you see in the window was read and checked. “Put it right” writes the damaged part again from what is whole, and checks it. Make a backup to another folder first if you can.")
	case h.Deep:
		return ui.Good, lang.L("Checked {{.When}}: the record is complete, with every file in it.", when), ""
	}
	return ui.Good, lang.L("Checked {{.When}}: the record is complete.", when), lang.L("Every entry was opened and compared. The files that you brought in were looked at, not read to their end: “Check every file too” does that.")
}
