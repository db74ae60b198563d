package results

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// rowOf is a test in two lines: its last result, when, and how many there are.
func rowOf(t clinic.Test) ui.Entry {
	e := ui.EntryOf(t.Last().Record)
	e.Title = t.Title
	return e
}

// titles are what tests are called.
func titles(list []clinic.Test) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = record.Visible(t.Title)
	}
	return out
}

// tests is "12 of 34 tests".
func tests(shown, all int) string {
	if shown == all {
		return lang.N("{{.Count}} tests", all, map[string]any{"Count": ui.Number(all)})
	}
	return lang.L("{{.Shown}} of {{.All}}", map[string]any{"Shown": ui.Number(shown), "All": ui.Number(all)})
}

// value is one result as it is listed.
type value struct {
	Date, Value, Range, Flag string
	Tone                     ui.Tone
}

func valueOf(l clinic.Line) value {
	v := value{Date: ui.ShortWhen(l.When), Value: strings.Join(strings.Fields(l.Result()), " ")}
	if v.Date == "" {
		v.Date = lang.L("Date unknown")
	}
	if l.Range != "" {
		v.Range = lang.L("(range {{.Range}})", map[string]any{"Range": l.Range})
	}
	v.Flag, v.Tone = ui.Status(l.Record)
	return v
}

// spotWords tell a result of a chart in three lines, so that none is cut in large
// text: value and date, range and flag, and where it comes from.
func spotWords(s *clinic.Spot) (what, judged, from string) {
	if s == nil {
		return "", "", ""
	}
	var by []string
	if r := s.Of.Range(); r != "" {
		by = append(by, lang.L("range {{.Range}}", map[string]any{"Range": r}))
	}
	if f := s.Of.Flag(); f != "" {
		by = append(by, f)
	}
	return s.Label, strings.Join(by, "  ·  "), ui.From(s.Of.Line.Record)
}

// axisWords say what an axis shows.
func axisWords(axis []clinic.Series) string {
	var parts []string
	for _, s := range axis {
		if s.Part != "" {
			parts = append(parts, record.Visible(s.Part))
		}
	}
	unit := record.Visible(axis[0].Unit)
	switch {
	case unit == "":
		parts = append(parts, lang.L("the source gives no unit"))
	default:
		parts = append(parts, unit)
	}
	return strings.Join(parts, "  ·  ")
}
