package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// Notice puts a problem into a sentence: what opening or a check found. What has
// no words of its own here keeps the vault's.
func Notice(p vault.Problem) string {
	if p.File == "db" && p.Mended {
		return lang.L("Carnet was not closed properly last time; the index was built again, and nothing was lost.")
	}
	return Capital(record.Visible(strings.TrimSuffix(p.Text, "."))) + "."
}

// Lately is a moment not long ago: "today, 14:30", or the day with the time.
func Lately(t, now time.Time) string {
	t, now = t.Local(), now.Local()
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return lang.L("today, {{.Time}}", map[string]any{"Time": t.Format("15:04")})
	}
	return Moment(t)
}
