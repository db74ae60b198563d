package records

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// versions are all of an own entry; none of another record.
func (d *detail) versions(ctx context.Context, r record.Record) ([]own.Version, error) {
	if !r.OwnEntry() {
		return nil, nil
	}
	found, err := d.env.Vault.Match(ctx, r.Keys()...)
	if err != nil {
		return nil, err
	}
	return own.History(r, found), nil
}

// past is one line of what happened to an entry.
type past struct{ When, Words string }

// history is what happened to an entry, oldest first: its versions, and what was
// said about it.
func history(r record.Record, versions []own.Version) []past {
	var out []past
	for _, v := range versions {
		who := lang.L("by you")
		if a := v.Source().Author; a != "" {
			who = lang.L("by {{.Name}}", map[string]any{"Name": a})
		}
		words := acted(v.Entered.Act) + " " + who
		if len(v.Changed) > 0 && v.Entered.Version > 1 {
			k, _, _ := own.Fields(v.Record)
			var labels []string
			for _, name := range v.Changed {
				if f, ok := k.Field(name); ok {
					labels = append(labels, lang.X(ui.FormKey(f.Label), f.Label))
				}
			}
			words += ": " + strings.Join(labels, ", ")
		}
		if v.Entered.Reason != "" {
			words += ": " + v.Entered.Reason
		}
		if line := v.Summary(); v.Entered.Act == record.Add || v.Entered.Act == record.Amend {
			words += "  ·  " + strings.TrimSpace(line.Title+"  "+line.Result())
		}
		out = append(out, past{ui.Moment(v.Entered.At), words})
	}
	if r.Overlay == nil {
		return out
	}
	for _, m := range r.Overlay.Remarks {
		words := spoken(m.Say)
		if m.Text != "" {
			words += ": " + m.Text
		}
		if !m.Undone.IsZero() {
			words += "  " + lang.L("(taken back on {{.Day}})", map[string]any{"Day": ui.Day(m.Undone)})
		}
		out = append(out, past{ui.Moment(m.At), words})
	}
	return out
}

func acted(a record.Act) string {
	switch a {
	case record.Add:
		return lang.L("Written")
	case record.Amend:
		return lang.L("Corrected")
	case record.Retract:
		return lang.L("Taken back")
	}
	return lang.L("Brought back")
}

func spoken(s record.Saying) string {
	switch s {
	case record.SayAccept:
		return lang.L("You said that it is right")
	case record.SayDispute:
		return lang.L("You said that it is wrong")
	case record.SayAnnotate:
		return lang.L("Your note")
	case record.SayJoin:
		return lang.L("You said that it is the same as another entry")
	}
	return lang.L("You said that it is not the same as another entry")
}

// told is the history where there is one, under a line that opens it; it comes once
// it is read.
func (d *detail) told(r record.Record) fyne.CanvasObject {
	place := widget.Column(0)
	ui.Load(d.env.Ctx, d.env.Work, func(ctx context.Context) ([]own.Version, error) { return d.versions(ctx, r) }, func(versions []own.Version, err error) {
		var facts []widget.Fact
		for _, p := range history(r, versions) {
			facts = append(facts, widget.Fact{Label: p.When, Value: p.Words})
		}
		if err != nil || len(facts) == 0 {
			return
		}
		place.Objects = []fyne.CanvasObject{fw.NewAccordion(fw.NewAccordionItem(lang.L("History"), widget.Inset(4, 4, 8, 0, widget.Facts(facts...))))}
		place.Refresh()
	})
	return place
}
