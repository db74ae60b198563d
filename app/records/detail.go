package records

import (
	"context"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// detail shows one entry.
type detail struct {
	env    *ui.Env
	view   *widget.View
	ctx    context.Context // of the entry that is shown
	cancel context.CancelFunc
}

func newDetail(env *ui.Env) *detail {
	d := &detail{env: env, view: widget.NewView()}
	d.view.Empty(lang.L("Nothing chosen"), lang.L("Choose an entry on the left to see all it says."))
	return d
}

// loaded is an entry with the names of the files it came from.
type loaded struct {
	record record.Record
	names  map[record.Hash]string
}

// show fetches and shows an entry; an earlier one still under way is dropped.
func (d *detail) show(id record.ID) {
	d.env.Used()
	if d.cancel != nil {
		d.cancel()
	}
	ctx, cancel := context.WithCancel(d.env.Ctx)
	d.ctx, d.cancel = ctx, cancel
	ui.Load(ctx, d.env.Work, func(ctx context.Context) (loaded, error) {
		r, err := d.env.Vault.Get(ctx, id)
		if err != nil {
			return loaded{}, err
		}
		l := loaded{r, map[record.Hash]string{}}
		for _, p := range r.Provenance {
			if o, err := d.env.Vault.Original(ctx, p.Original); err == nil {
				l.names[p.Original] = o.Name
			}
		}
		return l, nil
	}, func(l loaded, err error) {
		if err != nil {
			d.view.Failed(ui.Explain(err), func() { d.show(id) })
			return
		}
		d.view.Ready(d.object(l))
	})
}

func (d *detail) object(l loaded) fyne.CanvasObject {
	r := l.record
	s := r.Summary()
	content := []fyne.CanvasObject{d.head(r, s)}
	if h, t := warning(r); h != "" {
		content = append(content, widget.Banner(ui.Care, h, t))
	}
	content = append(content, d.bar(r)...)
	list, codes := facts(r.Resource)
	content = append(content, widget.Facts(append(said(r), list...)...))
	for _, p := range parts(r.Resource) {
		content = append(content, partObject(p))
	}
	content = append(content, d.files(r)...)
	content = append(content, fw.NewSeparator(), widget.Subheading(lang.L("Where this comes from")))
	for n, o := range widget.Origins(r, func(h record.Hash) string { return l.names[h] }) {
		content = append(content, d.origin(r, n, o))
	}
	content = append(content, d.document(r), d.told(r))
	if len(codes) > 0 {
		content = append(content, fw.NewAccordion(fw.NewAccordionItem(lang.L("Codes for the doctor's software"), widget.Inset(4, 4, 8, 0, widget.Facts(codes...)))))
	}
	return container.NewVScroll(widget.Inset(18, 24, 24, 24, widget.Column(14, content...)))
}

// head is title, date and status.
func (d *detail) head(r record.Record, s record.Summary) fyne.CanvasObject {
	style := fw.RichTextStyleInline
	style.SizeName, style.TextStyle = theme.SizeNameHeadingText, fyne.TextStyle{Bold: true}
	t := fw.NewRichText(&fw.TextSegment{Text: record.Visible(s.Title), Style: style})
	t.Wrapping = fyne.TextWrapWord
	parts := []fyne.CanvasObject{widget.Flush(t)}
	below := widget.Flow(8)
	const short = 40 // characters; what is longer, as two moments with their zones, may need a second line
	if when := ui.When(s.When); utf8.RuneCountInString(when) > short {
		parts = append(parts, widget.MutedWords(when))
	} else if when != "" {
		line := widget.NewLine(when, "", ui.ColorMuted)
		line.Whole = true
		below.Add(line)
	}
	if words, tone := ui.Status(r); words != "" {
		below.Add(widget.NewChip(words, tone))
	}
	if len(below.Objects) > 0 {
		parts = append(parts, below)
	}
	if v := s.Result(); v != "" && r.Resource.Kind() == record.KindObservation {
		big := widget.NewLine(v, theme.SizeNameSubHeadingText, theme.ColorNamePrimary)
		big.Bold = true
		parts = append(parts, big)
	}
	return widget.Column(6, parts...)
}

func partObject(p part) fyne.CanvasObject {
	var body fyne.CanvasObject
	if p.Text != "" {
		body = widget.Narrative(p.Text)
	} else {
		body = widget.Paragraphs(p.Plain)
	}
	if p.Heading == "" {
		return body
	}
	return widget.Column(8, widget.Subheading(p.Heading), body)
}
