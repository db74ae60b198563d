package imaging

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// detail is one study: its series with small pictures, and its reports.
type detail struct {
	env    *ui.Env
	view   *widget.View
	cancel context.CancelFunc
}

func newDetail(env *ui.Env) *detail {
	d := &detail{env: env, view: widget.NewView(), cancel: func() {}}
	d.view.Empty(lang.L("Nothing chosen"), lang.L("Choose a study on the left to see its images."))
	return d
}

// show shows a study; the pictures of an earlier one that are still being made are
// dropped.
func (d *detail) show(r studyRow) {
	d.env.Used()
	d.cancel()
	ctx, cancel := context.WithCancel(d.env.Ctx)
	d.cancel = cancel
	reports := widget.Column(10)
	series := seriesOf(r.study)
	var cards []fyne.CanvasObject
	var thumbs []*widget.Thumbnail
	var rows []seriesRow
	for _, s := range series {
		t := d.card(r, s)
		cards = append(cards, t.Pressed)
		if len(s.Images) > 0 {
			thumbs, rows = append(thumbs, t), append(rows, s)
		}
	}
	parts := []fyne.CanvasObject{d.head(r, series), d.actions(r, series)}
	parts = append(parts, warnings(r, series)...)
	if len(cards) > 0 {
		parts = append(parts, widget.Subheading(lang.L("Series")), widget.Columns(widget.ThumbnailWidth(), 6, 12, cards...))
	}
	parts = append(parts, reports)
	d.view.Ready(container.NewVScroll(widget.Inset(18, 24, 24, 24, widget.Column(14, parts...))))
	d.fill(ctx, rows, thumbs, 0)
	d.report(ctx, r, reports)
}

func (d *detail) head(r studyRow, series []seriesRow) fyne.CanvasObject {
	style := fw.RichTextStyleInline
	style.SizeName, style.TextStyle = theme.SizeNameHeadingText, fyne.TextStyle{Bold: true}
	t := fw.NewRichText(&fw.TextSegment{Text: record.Visible(r.Title), Style: style})
	t.Wrapping = fyne.TextWrapWord
	line := widget.NewLine(ui.When(r.study.Started), "", ui.ColorMuted)
	line.Whole = true
	below := widget.Flow(8, line)
	if len(series) > 0 {
		below.Add(widget.NewChip(notForDiagnosis(), ui.Plain))
	}
	if words, tone := ui.Status(r.record); words != "" {
		below.Add(widget.NewChip(words, tone))
	}
	var facts []widget.Fact
	for _, f := range []widget.Fact{
		{Label: lang.L("Kind of images"), Value: modalities(r.study)},
		{Label: lang.L("Where"), Value: record.Visible(r.study.Location)},
	} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	return widget.Column(6, widget.Flush(t), below, widget.Facts(facts...))
}

// actions are what can be done with a study.
func (d *detail) actions(r studyRow, series []seriesRow) fyne.CanvasObject {
	row := widget.Flow(8)
	for _, s := range series {
		if len(s.Images) > 0 {
			b := fw.NewButtonWithIcon(lang.L("Look at the images"), theme.MediaPhotoIcon(), func() { d.open(r.ID, ui.Series(s.At)) })
			b.Importance = fw.HighImportance
			row.Add(b)
			row.Add(fw.NewButtonWithIcon(lang.L("Check every image…"), theme.ConfirmIcon(), func() { checkStudy(d.env, r) }))
			break
		}
	}
	row.Add(fw.NewButtonWithIcon(lang.L("All facts and sources"), theme.InfoIcon(), func() {
		d.env.Open(ui.Route{Place: ui.Records, Kind: record.KindImagingStudy, ID: r.ID, Words: ui.AllFacts})
	}))
	return row
}

func (d *detail) open(id record.ID, words string) {
	d.env.Open(ui.Route{Place: ui.Imaging, Kind: record.KindImagingStudy, ID: id, Words: words})
}

// warnings are what must be known before looking.
func warnings(r studyRow, series []seriesRow) []fyne.CanvasObject {
	images, away := 0, 0
	for _, s := range series {
		images, away = images+len(s.Images), away+s.Away
	}
	referred := 0
	for _, s := range series {
		for _, i := range s.Images {
			if i.Away != "" {
				referred++
			}
		}
	}
	if referred > 0 {
		return []fyne.CanvasObject{widget.Banner(ui.Care, lang.L("Kept as references"), lang.N("{{.Count}} images are not in the record: only where their files lie is kept. They are not sealed, not backed up, and do not go along to a doctor. To have them in the record, bring them in again.", referred, map[string]any{"Count": referred}))}
	}
	switch {
	case images == 0 && away == 0:
		return []fyne.CanvasObject{widget.Banner(ui.Calm, lang.L("No images in the record"), lang.L("A document tells of this study. Ask the hospital or the radiologist for its images on a CD or as files, and bring them in."))}
	case images == 0:
		return []fyne.CanvasObject{widget.Banner(ui.Calm, lang.L("No images in the record"), lang.N("The source lists {{.Count}} images that did not come with it. Ask for them on a CD or as files, and bring them in.", away, map[string]any{"Count": away}))}
	case away > 0:
		return []fyne.CanvasObject{widget.Banner(ui.Care, lang.L("Some images are missing"), lang.N("{{.Count}} images that the source lists are not in the record. Bring the disc in again, or ask for a new one.", away, map[string]any{"Count": away}))}
	}
	return nil
}

// card is a series to press.
func (d *detail) card(r studyRow, s seriesRow) *widget.Thumbnail {
	t := widget.NewThumbnail(s.title(), s.about(), s.holds())
	if len(s.Images) > 0 {
		t.OnTapped = func() { d.open(r.ID, ui.Series(s.At)) }
		t.Wait()
	} else {
		t.Say(lang.L("No pictures"))
	}
	return t
}

// fill draws the small pictures one after the other.
func (d *detail) fill(ctx context.Context, rows []seriesRow, thumbs []*widget.Thumbnail, n int) {
	if n >= len(rows) {
		return
	}
	ui.Load(ctx, d.env.Work, func(ctx context.Context) (image.Image, error) {
		return newReel(d.env, rows[n].Images).thumbnail(ctx, widget.ThumbnailPixels)
	}, func(i image.Image, err error) {
		if err != nil {
			thumbs[n].Say(short(err))
		} else {
			thumbs[n].Show(i)
		}
		d.fill(ctx, rows, thumbs, n+1)
	})
}
