package records

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// act is what can be done with an entry.
type act struct {
	Words string
	Icon  fyne.Resource
	Do    func()
}

// acts are what can be done with an entry: own ones are put right, what files say
// stays as it is and is spoken of.
func (d *detail) acts(r record.Record) []act {
	_, _, mine := own.Fields(r)
	var list []act
	switch {
	case d.env.ReadOnly || r.Superseded != nil || r.Resource.Kind() == record.KindPatient:
		return nil
	case mine && r.Summary().Standing == record.InError:
		return []act{{lang.L("Bring it back"), theme.ContentUndoIcon(), func() { d.restore(r) }}}
	case mine:
		list = []act{
			{lang.L("Correct it"), theme.DocumentCreateIcon(), func() { d.env.Open(ui.Route{Place: ui.Write, Kind: r.Resource.Kind(), ID: r.ID}) }},
			{lang.L("Take it back…"), theme.DeleteIcon(), func() { d.retract(r) }},
		}
	default:
		if r.Overlay == nil || !r.Overlay.Accepted {
			list = append(list, act{lang.L("This is right"), theme.ConfirmIcon(), func() { d.say(r, own.Accept) }})
		}
		list = append(list, act{lang.L("This is wrong…"), theme.WarningIcon(), func() { d.dispute(r) }})
	}
	list = append(list, act{lang.L("Add a note…"), theme.FileTextIcon(), func() { d.annotate(r) }},
		act{lang.L("The same as another…"), theme.ContentCopyIcon(), func() { d.pair(r) }})
	if _, said := own.Last(r); said {
		list = append(list, act{lang.L("Take back what I said last"), theme.ContentUndoIcon(), func() { d.unsay(r) }})
	}
	return list
}

// bar shows the acts.
func (d *detail) bar(r record.Record) []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	for _, a := range d.acts(r) {
		buttons = append(buttons, fw.NewButtonWithIcon(a.Words, a.Icon, a.Do))
	}
	if len(buttons) == 0 {
		return nil
	}
	return []fyne.CanvasObject{widget.Flow(6, buttons...)}
}

// say says something of an entry that needs no words.
func (d *detail) say(r record.Record, what func(record.Record, time.Time) (record.Change, error)) {
	d.commit(r, func(context.Context) (record.Change, error) { return what(r, d.env.Now()) })
}

func (d *detail) dispute(r record.Record) {
	widget.Ask(d.env.Window, widget.Question{
		Title: lang.L("What is wrong with it?"), Words: lang.L("The entry stays as its file states it, and is marked as disputed by you wherever it is shown."),
		Lines: 3, Button: lang.L("Say that it is wrong"),
	}, func(why string) {
		d.commit(r, func(context.Context) (record.Change, error) { return own.Dispute(r, why, d.env.Now()) })
	})
}

func (d *detail) annotate(r record.Record) {
	q := widget.Question{
		Title: lang.L("Your note beside this entry"), Words: lang.L("It goes wherever the entry goes, marked as yours."),
		Lines: 4, Button: lang.L("Keep the note"), Needed: true,
	}
	if r.Overlay != nil {
		q.Text = r.Overlay.Note
	}
	widget.Ask(d.env.Window, q, func(note string) {
		d.commit(r, func(context.Context) (record.Change, error) { return own.Annotate(r, note, d.env.Now()) })
	})
}

func (d *detail) retract(r record.Record) {
	widget.Ask(d.env.Window, widget.Question{
		Title: lang.L("Why do you take it back?"), Words: lang.L("It is kept as history, never goes into a package, and can be brought back."),
		Hint: lang.L("it was another medicine"), Lines: 1, Button: lang.L("Take it back"), Needed: true,
	}, func(why string) {
		d.commit(r, func(context.Context) (record.Change, error) {
			return own.Retract(r, why, own.By{Now: d.env.Now()})
		})
	})
}

func (d *detail) restore(r record.Record) {
	d.commit(r, func(ctx context.Context) (record.Change, error) {
		versions, err := d.versions(ctx, r)
		if err != nil {
			return record.Change{}, err
		}
		return own.Unretract(r, versions, own.By{Now: d.env.Now()})
	})
}

// unsay takes back what was said last, of the other entry too.
func (d *detail) unsay(r record.Record) {
	d.commit(r, func(ctx context.Context) (record.Change, error) {
		var partner *record.Record
		if last, ok := own.Last(r); ok && last.With != "" {
			switch p, err := d.env.Vault.Get(ctx, last.With); {
			case err == nil:
				partner = &p
			case !errors.Is(err, vault.ErrNotFound):
				return record.Change{}, err
			}
		}
		return own.Undo(r, partner, d.env.Now())
	})
}

// commit files what was said and shows what holds now.
func (d *detail) commit(r record.Record, what func(context.Context) (record.Change, error)) {
	release := d.env.Hold()
	ui.Do(context.Background(), d.env.Work, func(ctx context.Context) (struct{}, error) {
		defer release()
		change, err := what(ctx)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, d.env.Vault.Commit(ctx, change)
	}, func(_ struct{}, err error) {
		if d.env.Ctx.Err() != nil {
			return
		}
		if err != nil {
			ui.Tell(d.env.Window, ui.Explain(err))
			return
		}
		d.env.Changed()
		d.show(r.ID)
	})
}

// pair asks which other entry speaks of the same thing, or does not.
func (d *detail) pair(r record.Record) {
	view := widget.NewView()
	view.Loading(lang.L("One moment…"))
	win := dialog.NewCustom(lang.L("Which other entry?"), lang.L("Cancel"), view.Object, d.env.Window)
	ui.Show(d.env.Window, win, nil)
	size := d.env.Window.Canvas().Size()
	win.Resize(fyne.NewSize(min(720, size.Width-80), min(600, size.Height-80)))
	ui.Load(d.env.Ctx, d.env.Work, func(ctx context.Context) (filtered, error) {
		var found []record.Record
		for x, err := range d.env.Vault.Query(ctx, record.Filter{Person: r.Person, Kind: r.Resource.Kind()}) {
			if err != nil {
				return filtered{}, err
			}
			if x.ID != r.ID && x.Superseded == nil {
				found = append(found, x)
			}
		}
		all := list(found).records
		return filtered{all, keysOf(all)}, nil
	}, func(all filtered, err error) {
		switch {
		case err != nil:
			view.Failed(ui.Explain(err), nil)
		case len(all.records) == 0:
			view.Empty(lang.L("There is no other entry in this section"), "")
		default:
			view.Ready(d.others(r, all, func() { win.Hide() }))
		}
	})
}

// others is the list to choose another entry from.
func (d *detail) others(r record.Record, all filtered, done func()) fyne.CanvasObject {
	shown := all.records
	var chosen record.ID
	find := fw.NewEntry()
	find.SetPlaceHolder(lang.L("Find in this list"))
	list := fw.NewList(func() int { return len(shown) }, func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).Set(ui.EntryOf(shown[i])) })
	pair := func(what func(a, b record.Record, now time.Time) (record.Change, error)) func() {
		return func() {
			done()
			d.commit(r, func(ctx context.Context) (record.Change, error) {
				other, err := d.env.Vault.Get(ctx, chosen)
				if err != nil {
					return record.Change{}, err
				}
				return what(r, other, d.env.Now())
			})
		}
	}
	same := fw.NewButton(lang.L("They are the same thing"), pair(own.Join))
	apart := fw.NewButton(lang.L("They are not the same thing"), pair(own.Part))
	same.Importance = fw.HighImportance
	enable := func(on bool) {
		for _, b := range []*fw.Button{same, apart} {
			if on {
				b.Enable()
			} else {
				b.Disable()
			}
		}
	}
	enable(false)
	list.OnSelected = func(i int) { chosen = shown[i].ID; enable(true) }
	find.OnChanged = func(s string) {
		shown = all.keys.filter(all.records, s)
		list.UnselectAll()
		enable(false)
		list.Refresh()
	}
	return container.NewBorder(widget.Inset(0, 8, 0, 0, find), widget.Inset(8, 0, 0, 0, container.NewHBox(same, apart)), nil, nil, list)
}
