package entry

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/widget"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
)

// input is where one field is filled in.
type input struct {
	field  own.Field
	object fyne.CanvasObject
	focus  fyne.Focusable
	wrong  *widget.Line // what is to be filled in otherwise
	get    func() string
	set    func(string)
}

// newInput makes the input of a field; save is what Enter does in a line.
func newInput(f own.Field, save func()) *input {
	in := &input{field: f, wrong: widget.NewLine("", "", "error")}
	in.wrong.Whole = true
	in.wrong.Hide()
	switch f.Type {
	case own.Pick:
		in.choice()
	case own.Amount:
		in.amount(save)
	case own.Date, own.Time:
		in.date(f.Type == own.Time)
	case own.LongText:
		e := fw.NewMultiLineEntry()
		e.Wrapping = fyne.TextWrapWord
		e.SetMinRowsVisible(3)
		in.text(e)
	default:
		e := fw.NewEntry()
		e.OnSubmitted = func(string) { save() }
		in.text(e)
	}
	return in
}

func (in *input) text(e *fw.Entry) {
	if in.field.Hint != "" {
		e.SetPlaceHolder(say(in.field.Hint))
	}
	in.object, in.focus = e, e
	in.get, in.set = func() string { return e.Text }, e.SetText
}

// choice is a list of answers, of which one may be none.
func (in *input) choice() {
	var words []string
	values := map[string]string{}
	of := map[string]string{}
	for _, c := range in.field.Choices {
		w := say(c.Words)
		words = append(words, w)
		values[w], of[c.Value] = c.Value, w
	}
	s := fw.NewSelect(words, nil)
	s.PlaceHolder = lang.L("not stated")
	in.object, in.focus = container.NewHBox(s), s
	in.get = func() string { return values[s.Selected] }
	in.set = func(v string) {
		if v == "" {
			s.ClearSelected()
			return
		}
		s.SetSelected(of[v])
	}
	in.set(in.field.Default)
}

// amount is a number with its unit. Where there are several, none is chosen
// beforehand: a unit is never guessed.
func (in *input) amount(save func()) {
	e := fw.NewEntry()
	e.OnSubmitted = func(string) { save() }
	e.SetPlaceHolder(in.field.Hint)
	in.focus = e
	wide := container.NewGridWrap(fyne.NewSize(140, e.MinSize().Height), e)
	units := in.field.Units
	if len(units) == 1 {
		unit := widget.NewLine(units[0].Words, "", "")
		unit.Whole = true
		in.object = container.NewHBox(wide, container.NewCenter(unit))
		in.get, in.set = func() string { return e.Text }, func(s string) { e.SetText(bare(s, units)) }
		return
	}
	var words []string
	for _, u := range units {
		words = append(words, u.Words)
	}
	s := fw.NewSelect(words, nil)
	s.PlaceHolder = lang.L("choose the unit")
	in.object = container.NewHBox(wide, s)
	in.get = func() string {
		if e.Text == "" {
			return ""
		}
		return e.Text + " " + s.Selected
	}
	in.set = func(v string) {
		e.SetText(bare(v, units))
		s.ClearSelected()
		if u, ok := unitOf(v, units); ok {
			s.SetSelected(u.Words)
		}
	}
}

// date is a day, a month or a year, with the time of day where that is asked for.
func (in *input) date(clock bool) {
	p := widget.NewPartialDate(clock)
	in.object, in.focus = p.Object, p.First()
	in.get, in.set = p.Text, p.Set
	in.set(in.field.Default)
}

// fail shows what is to be filled in otherwise; "" takes it away.
func (in *input) fail(words string) {
	in.wrong.Set(words)
	if words == "" {
		in.wrong.Hide()
	} else {
		in.wrong.Show()
	}
}
