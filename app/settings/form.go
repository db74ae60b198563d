package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// form is one question of the page: fields, a button that does it, and a way
// back.
type form struct {
	page *page
	note *fyne.Container
	bar  *fw.ProgressBarInfinite
	act  *fw.Button
	back *fw.Button
}

// ask shows a form. The act begins with the button or with Enter in a field.
func (p *page) ask(title, words, action string, act func(*form), fields ...fyne.CanvasObject) *form {
	p.shown = action
	f := &form{page: p, note: widget.Column(0), bar: fw.NewProgressBarInfinite()}
	f.bar.Stop()
	f.bar.Hide()
	f.act = fw.NewButton(action, func() { act(f) })
	f.act.Importance = fw.HighImportance
	f.back = fw.NewButton(lang.L("Back"), func() {
		p.typed = typed{}
		p.showAll()
	})
	content := append([]fyne.CanvasObject{widget.MutedWords(words)}, fields...)
	content = append(content, f.note, f.bar, container.NewHBox(f.act, f.back))
	p.set(frame(title, widget.Card("", nil, widget.Column(12, content...))))
	return f
}

// focus puts the keyboard into the first field.
func (f *form) focus(e *fw.Entry) {
	e.OnSubmitted = func(string) { f.act.OnTapped() }
	if w := f.page.env.Window; w != nil {
		w.Canvas().Focus(e)
	}
}

func (f *form) say(tone ui.Tone, what, next string) {
	f.note.Objects = []fyne.CanvasObject{widget.Banner(tone, what, next)}
	f.note.Refresh()
}

func (f *form) wait(on bool) {
	if on {
		f.note.Objects = nil
		f.note.Refresh()
		f.act.Disable()
		f.back.Disable()
		f.bar.Show()
		f.bar.Start()
		return
	}
	f.bar.Stop()
	f.bar.Hide()
	f.act.Enable()
	f.back.Enable()
}

// run does what a form asks for. It is whole even when the record is locked
// meanwhile.
func run[T any](f *form, do func(context.Context) (T, error), done func(T)) {
	if f.act.Disabled() {
		return
	}
	p := f.page
	f.wait(true)
	p.env.Touch(true)
	p.working = true
	release := p.env.Hold()
	ui.Do(context.WithoutCancel(p.env.Ctx), p.env.Work, func(ctx context.Context) (T, error) {
		defer release()
		return do(ctx)
	}, func(v T, err error) {
		p.env.Touch(false)
		p.working = false
		if p.env.Ctx.Err() != nil {
			return // locked meanwhile
		}
		f.wait(false)
		if err != nil {
			t := ui.Explain(err)
			f.say(ui.Care, t.What, t.Next)
			return
		}
		done(v)
	})
}

// nothing is the result of an act that has none.
type nothing struct{}
