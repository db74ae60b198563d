package widget

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// PartialDate is where a date is filled in as precisely as it is known: a year, a
// month of a year or a day, and the time of day where that is asked for.
type PartialDate struct {
	Object           fyne.CanvasObject
	day, year, clock *fw.Entry
	month            *fw.Select
	whole            *fw.Check // "now", where a time is asked for
	whatever         string    // a date that the parts cannot show
}

// NewPartialDate makes one; withTime asks for the time of day as well.
func NewPartialDate(withTime bool) *PartialDate {
	p := &PartialDate{day: fw.NewEntry(), year: fw.NewEntry(), clock: fw.NewEntry()}
	p.day.SetPlaceHolder(lang.L("Day"))
	p.year.SetPlaceHolder(lang.L("Year"))
	p.clock.SetPlaceHolder(lang.L("Time, like 08:30"))
	p.month = fw.NewSelect(append([]string{lang.L("month not known")}, ui.Months()...), nil)
	p.month.PlaceHolder = lang.L("Month")
	sized := func(o fyne.CanvasObject, width float32) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(width*theme.TextSize()/14, o.MinSize().Height), o)
	}
	parts := []fyne.CanvasObject{sized(p.day, 64), p.month, sized(p.year, 84)}
	if withTime {
		p.whole = fw.NewCheck(lang.L("now"), func(on bool) {
			for _, d := range []fyne.Disableable{p.day, p.year, p.clock, p.month} {
				if on {
					d.Disable()
				} else {
					d.Enable()
				}
			}
		})
		parts = append([]fyne.CanvasObject{p.whole}, append(parts, sized(p.clock, 150))...)
	}
	p.Object = Flow(8, parts...)
	return p
}

// First is what gets the keyboard first.
func (p *PartialDate) First() fyne.Focusable {
	if p.whole != nil {
		return p.whole
	}
	return p.day
}

// Text is what was filled in: an ISO 8601 date as precise as it is, with the time
// behind a space, or "now"; what is no date is given as it was typed.
func (p *PartialDate) Text() string {
	if p.whole != nil && p.whole.Checked {
		return "now"
	}
	day, year, clock := strings.TrimSpace(p.day.Text), strings.TrimSpace(p.year.Text), strings.TrimSpace(p.clock.Text)
	month := max(0, p.month.SelectedIndex())
	switch {
	case p.whatever != "" && day+year+clock == "" && month == 0:
		return p.whatever
	case day+year+clock == "" && month == 0:
		return ""
	case month == 0 && day == "" && clock == "":
		return year
	}
	s := year + "-?" // a day needs its month
	if month > 0 {
		s = year + fmt.Sprintf("-%02d", month)
	}
	if day != "" || clock != "" {
		s += "-" + padded(day, len("05"))
	}
	if clock != "" {
		s += " " + padded(clock, len("08:30"))
	}
	return s
}

// padded is a number that lacks one figure in front with its zero.
func padded(s string, whole int) string {
	if len(s) == whole-1 {
		return "0" + s
	}
	return s
}

// Set fills a date in.
func (p *PartialDate) Set(s string) {
	p.whatever = ""
	p.day.SetText("")
	p.year.SetText("")
	p.clock.SetText("")
	p.month.ClearSelected()
	if p.whole != nil {
		p.whole.SetChecked(s == "now")
	}
	if s == "" || s == "now" {
		return
	}
	d, err := record.ParseDate(strings.Replace(s, " ", "T", 1))
	if err != nil {
		p.whatever = s
		return
	}
	day := string(d.Day())
	parts := strings.Split(day, "-")
	p.year.SetText(parts[0])
	if len(parts) > 1 {
		var n int
		fmt.Sscanf(parts[1], "%d", &n)
		p.month.SetSelectedIndex(n)
	}
	if len(parts) > 2 {
		p.day.SetText(strings.TrimPrefix(parts[2], "0"))
	}
	if p.whole != nil && len(d) > len(day) {
		p.clock.SetText(string(d)[len(day)+1:])
	}
}
