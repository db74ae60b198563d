package documents

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// filesMost is how many files of one document are offered by name.
const filesMost = 12

// reader shows one document: its head, and below it one of its views.
type reader struct {
	env    *ui.Env
	whole  bool // there is no list beside it
	view   *widget.View
	cancel context.CancelFunc

	views   []*view
	now     int
	started map[int]bool
	tabs    *fyne.Container
	tools   *fyne.Container
	body    *fyne.Container
}

func newReader(env *ui.Env, whole bool) *reader {
	r := &reader{env: env, whole: whole, view: widget.NewView(), cancel: func() {}}
	if !whole {
		r.view.Empty(lang.L("Nothing chosen"), lang.L("Choose a document on the left to read it."))
	}
	return r
}

// loaded is a document with what its views need.
type loaded struct {
	record record.Record
	doc    *record.DocumentReference
	blocks []widget.Block
	words  map[record.Hash][]widget.Block // of PDF files
	names  map[record.Hash]string
}

// show fetches and shows a document; an earlier one still under way is dropped.
func (r *reader) show(id record.ID) {
	r.env.Used()
	r.cancel()
	env, cancel := r.env.Scoped()
	r.cancel, env.Paper = cancel, patient(r.env.Ctx, r.env.Paper)
	ui.Load(env.Ctx, env.Work, func(ctx context.Context) (loaded, error) { return load(ctx, env, id) }, func(l loaded, err error) {
		if err != nil {
			r.view.Failed(ui.Explain(err), func() { r.show(id) })
			return
		}
		r.take(env, l)
	})
}

func load(ctx context.Context, env *ui.Env, id record.ID) (loaded, error) {
	rec, err := env.Vault.Get(ctx, id)
	if err != nil {
		return loaded{}, err
	}
	l := loaded{record: rec, names: map[record.Hash]string{}, words: map[record.Hash][]widget.Block{}}
	l.doc, _ = rec.Resource.(*record.DocumentReference)
	if l.doc == nil {
		l.doc = &record.DocumentReference{}
	}
	l.blocks = blocksOf(l.doc)
	for _, a := range l.doc.Content {
		if formOf(a.ContentType) == pdfForm && a.Text != "" {
			l.words[a.Hash] = plainBlocks(a.Text)
		}
	}
	for _, h := range filesOf(rec) {
		if o, err := env.Vault.Original(ctx, h); err == nil {
			l.names[h] = o.Name
		}
	}
	return l, nil
}

// take shows a document that was fetched.
func (r *reader) take(env *ui.Env, l loaded) {
	r.views, r.now, r.started = viewsOf(env, l), -1, map[int]bool{}
	r.tabs, r.tools, r.body = widget.Flow(4), container.NewStack(), container.NewStack()
	for i, v := range r.views {
		r.tabs.Add(fw.NewButton(v.name, func() { r.turn(i) }))
	}
	if !r.whole {
		r.tabs.Add(button(lang.L("Whole window"), theme.ViewFullScreenIcon(), func() {
			env.Open(ui.Route{Place: ui.Documents, Kind: record.KindDocumentReference, ID: l.record.ID, Words: ui.WholeWindow})
		}))
	} else {
		r.tabs.Add(button(lang.L("Back to the list"), theme.NavigateBackIcon(), func() {
			env.Open(ui.Route{Place: ui.Documents, Kind: record.KindDocumentReference, ID: l.record.ID})
		}))
	}
	top := widget.Inset(16, 8, 24, 20, widget.Column(8, head(l), r.tabs, r.tools))
	r.view.Ready(container.NewBorder(top, nil, nil, nil, r.body))
	r.turn(0)
}

// turn shows one of the views.
func (r *reader) turn(n int) {
	if n == r.now || n < 0 || n >= len(r.views) {
		return
	}
	r.now = n
	v := r.views[n]
	for i := range r.views {
		b := r.tabs.Objects[i].(*fw.Button)
		b.Importance = fw.MediumImportance
		if i == n {
			b.Importance = fw.HighImportance
		}
		b.Refresh()
	}
	r.tools.Objects = []fyne.CanvasObject{v.bar()}
	r.body.Objects = []fyne.CanvasObject{v.object}
	r.view.Object.Refresh()
	if !r.started[n] {
		r.started[n] = true
		v.start()
	}
	if r.whole && v.focus != nil {
		v.focus()
	}
}

// find puts the keyboard where words are looked for.
func (r *reader) find() {
	if r.now < len(r.views) && r.now >= 0 && r.views[r.now].finder != nil {
		r.views[r.now].finder.focus()
	}
}

// head is title, date, kind and author.
func head(l loaded) fyne.CanvasObject {
	s := l.record.Summary()
	style := fw.RichTextStyleInline
	style.SizeName, style.TextStyle = theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true}
	t := fw.NewRichText(&fw.TextSegment{Text: record.Visible(s.Title), Style: style})
	t.Wrapping = fyne.TextWrapWord
	below := widget.Flow(10)
	for _, words := range distinct(ui.When(s.When), kindOf(l.doc), author(l.doc), ui.From(l.record)) {
		line := widget.NewLine(words, theme.SizeNameCaptionText, ui.ColorMuted)
		line.Whole = true
		below.Add(line)
	}
	if words, tone := ui.Status(l.record); words != "" {
		below.Add(widget.NewChip(words, tone))
	}
	return widget.Column(4, widget.Flush(t), below)
}

// viewsOf are the ways in which a document can be shown, the best first.
func viewsOf(env *ui.Env, l loaded) []*view {
	var views []*view
	if len(l.blocks) > 0 {
		views = append(views, newTextView(env, l.blocks))
	}
	for i, a := range l.doc.Content {
		if a.Hash == "" || i >= filesMost {
			continue
		}
		switch formOf(a.ContentType) {
		case pdfForm:
			views = append(views, newPDFView(env, a.Hash, fileName(l.doc, a, lang.L("Pages")), 0))
			if b := l.words[a.Hash]; len(b) > 0 {
				words := newTextView(env, b)
				words.name = lang.L("Words alone")
				views = append(views, words)
			}
		case pictureForm:
			views = append(views, newPictureView(env, a.Hash, fileName(l.doc, a, lang.L("Picture"))))
		}
	}
	return append(views, newAboutView(env, l))
}

// fileName is the words of a tab for a file: its name where there are several.
func fileName(d *record.DocumentReference, a record.Attachment, only string) string {
	const most = 24 // letters
	name := []rune(record.Visible(a.Title))
	if len(name) == 0 || len(d.Content) == 1 {
		return only
	}
	if len(name) > most {
		name = append(name[:most-1], '…')
	}
	return string(name)
}
