package documents

import (
	"context"
	"errors"
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// originalPage shows a file that an entry comes from, at the entry's place.
type originalPage struct {
	env   *ui.Env
	route ui.Route
	state *widget.View
	view  *view
}

// NewOriginal makes the page of a file.
func NewOriginal(env *ui.Env, r ui.Route) ui.Page {
	p := &originalPage{env: env, route: r, state: widget.NewView()}
	p.load()
	return ui.Page{Content: container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), p.state.Object), Find: func() {
		if p.view != nil && p.view.finder != nil {
			p.view.finder.focus()
		}
	}}
}

// placed is a file with the place that is to be shown.
type placed struct {
	record   record.Record
	from     record.Provenance // zero for a file that the entry carries
	file     record.Original
	content  content
	encoding encoding
	study    record.ID // whose image the file is; "" for none
}

func (p *originalPage) load() {
	p.state.Loading(lang.L("Opening the original…"))
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) (placed, error) {
		return place(ctx, p.env.Vault, p.route)
	}, func(f placed, err error) {
		if err != nil {
			p.state.Failed(trouble(err), p.load)
			return
		}
		p.show(f)
	})
}

// place finds the file of a route and looks at its beginning.
func place(ctx context.Context, v *vault.Vault, route ui.Route) (placed, error) {
	r, err := v.Get(ctx, route.ID)
	if err != nil {
		return placed{}, err
	}
	f := placed{record: r}
	h, ok := f.choose(route.Words)
	if !ok {
		return f, vault.ErrNotFound
	}
	in, o, err := v.OpenOriginalAt(ctx, h)
	if err != nil {
		return f, err
	}
	defer in.Close()
	f.file = o
	head := make([]byte, headSize)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return f, err
	}
	if f.content, f.encoding = contentOf(head[:n]); f.content != dicomContent {
		return f, nil
	}
	f.study, err = studyOf(ctx, v, r.Person, h)
	return f, err
}

// choose is the file that the words of a route name.
func (f *placed) choose(words string) (record.Hash, bool) {
	for n, p := range f.record.Provenance {
		if words == ui.Source(n) && p.Original != "" {
			f.from = p
			return p.Original, true
		}
	}
	for _, a := range exchange.Attachments(f.record.Resource) {
		if a.Hash != "" && words == ui.File(a.Hash) {
			return a.Hash, true
		}
	}
	return "", false
}

// studyOf finds the study whose image a file is.
func studyOf(ctx context.Context, v *vault.Vault, person record.ID, h record.Hash) (record.ID, error) {
	for r, err := range v.Query(ctx, record.Filter{Person: person, Kind: record.KindImagingStudy}) {
		if err != nil {
			return "", err
		}
		s, ok := r.Resource.(*record.ImagingStudy)
		if !ok {
			continue
		}
		for _, x := range s.Series {
			for _, i := range x.Instance {
				if i.Rows != "" && slices.Contains(i.Files(), h) {
					return r.ID, nil
				}
			}
		}
	}
	return "", nil
}

// show shows the file as what it is.
func (p *originalPage) show(f placed) {
	switch f.content {
	case textContent:
		p.view = newFileView(p.env, f.file, f.from.Span, f.encoding)
	case pdfContent:
		p.view = newPDFView(p.env, f.file.Hash, "", pageOf(f.from.Place))
	case pictureContent:
		p.view = newPictureView(p.env, f.file.Hash, "")
	default:
		p.view = p.closed(f)
	}
	top := widget.Inset(16, 8, 24, 20, widget.Column(8, p.head(f), p.view.bar()))
	p.state.Ready(container.NewBorder(top, nil, nil, nil, widget.Inset(0, 0, 8, 8, p.view.object)))
	p.view.start()
	if p.view.focus != nil && p.env.Window.Canvas().Focused() == nil {
		p.view.focus()
	}
}

// closed stands for a file that cannot be looked into here.
func (p *originalPage) closed(f placed) *view {
	state := widget.NewView()
	switch {
	case f.study != "":
		look := fw.NewButtonWithIcon(lang.L("Look at the image"), theme.MediaPhotoIcon(), func() {
			p.env.Open(ui.Route{Place: ui.Imaging, Kind: record.KindImagingStudy, ID: f.study, Words: ui.File(f.file.Hash)})
		})
		look.Importance = fw.HighImportance
		state.Empty(lang.L("This file is a medical image"), lang.L("It opens in the viewer for images."), look)
	case f.content == dicomContent:
		state.Empty(lang.L("This is a DICOM file without an image"), lang.L("What it says stands in the entry. Save a copy to open it in another program."))
	case f.content == archiveContent:
		state.Empty(lang.L("This file holds other files"), lang.L("It is an archive. Save a copy to open it in another program."))
	default:
		state.Empty(lang.L("This file is not text"), lang.L("Save a copy to open it in another program."))
	}
	return &view{object: state.Object, start: func() {}}
}

// head says whose file it is, and where in it we are.
func (p *originalPage) head(f placed) fyne.CanvasObject {
	back := button(lang.L("Back to the entry"), theme.NavigateBackIcon(), func() {
		p.env.Open(ui.Route{Place: ui.Records, Kind: f.record.Resource.Kind(), ID: f.record.ID})
	})
	title := widget.NewLine(lang.L("The original of “{{.Title}}”", map[string]any{"Title": f.record.Summary().Title}), theme.SizeNameSubHeadingText, "")
	title.Bold = true
	list := []widget.Fact{{Label: lang.L("File"), Value: f.file.Name + "  (" + ui.Size(f.file.Size) + ")"}}
	if f.from.Place != "" {
		list = append(list, widget.Fact{Label: lang.L("Place in the file"), Value: f.from.Place})
	}
	parts := []fyne.CanvasObject{container.NewBorder(nil, nil, container.NewHBox(back), saveButton(p.env, f.file.Hash), container.NewVBox(widget.Inset(8, 0, 6, 6, title))), widget.Facts(list...)}
	if w := markWords(f); w != "" {
		parts = append(parts, widget.MutedWords(w))
	}
	return widget.Column(6, parts...)
}

// markWords say what is marked in a file of text.
func markWords(f placed) string {
	switch {
	case f.content != textContent:
		return ""
	case f.from.Span.Length > 0:
		return lang.L("The marked part, with the bar at its left, is what this entry says, exactly as the file has it.")
	case f.from.Original != "":
		return lang.L("This entry names no single place in the file: it is shown from its beginning.")
	}
	return ""
}
