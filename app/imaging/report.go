package imaging

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// reportsOf are the reports of a study: those that name it, and the documents that
// came in its own files.
func reportsOf(study record.Record, found []record.Record) []record.Record {
	files := map[record.Hash]bool{}
	if s, ok := study.Resource.(*record.ImagingStudy); ok {
		for _, x := range s.Series {
			for _, i := range x.Instance {
				for _, h := range i.Files() {
					files[h] = true
				}
			}
		}
	}
	var out []record.Record
	for _, r := range found {
		named := false
		if d, ok := r.Resource.(*record.DiagnosticReport); ok {
			named = slices.ContainsFunc(d.ImagingStudy, func(x record.Reference) bool { return x.ID == study.ID && x.ID != "" })
		}
		inside := slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool { return files[p.Original] })
		if (named || inside) && ui.Listed(r) {
			out = append(out, r)
		}
	}
	record.ByTime(out)
	return out
}

// fetchReports reads the reports of a study.
func fetchReports(ctx context.Context, env *ui.Env, study record.Record) ([]record.Record, error) {
	var found []record.Record
	for _, k := range []record.Kind{record.KindDiagnosticReport, record.KindDocumentReference} {
		for r, err := range env.Vault.Query(ctx, record.Filter{Person: env.Person, Kind: k}) {
			if err != nil {
				return nil, err
			}
			found = append(found, r)
		}
	}
	return reportsOf(study, found), nil
}

// report puts the reports of a study into box, once they are found.
func (d *detail) report(ctx context.Context, r studyRow, box *fyne.Container) {
	ui.Load(ctx, d.env.Work, func(ctx context.Context) ([]record.Record, error) {
		return fetchReports(ctx, d.env, r.record)
	}, func(found []record.Record, err error) { fillReports(d.env, box, found, err) })
}

func fillReports(env *ui.Env, box *fyne.Container, found []record.Record, err error) {
	switch {
	case err != nil:
		t := ui.Explain(err)
		box.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, t.What, t.Next)}
	case len(found) == 0:
		box.Objects = []fyne.CanvasObject{widget.Subheading(lang.L("Report")), widget.MutedWords(lang.L("No report in the record names this study. It may have come as a letter: look in Notes & documents."))}
	default:
		box.Objects = nil
		for _, r := range found {
			box.Objects = append(box.Objects, reportObject(env, r))
		}
	}
	box.Refresh()
}

// reportObject is a report as its author laid it out.
func reportObject(env *ui.Env, r record.Record) fyne.CanvasObject {
	s := r.Summary()
	head := []fyne.CanvasObject{widget.Subheading(record.Visible(s.Title)), widget.Caption(ui.When(s.When))}
	if words, tone := ui.Status(r); words != "" {
		head = append(head, container.NewHBox(widget.NewChip(words, tone)))
	}
	for _, p := range texts(r.Resource) {
		if p.heading != "" {
			l := widget.NewLine(record.Visible(p.heading), "", "")
			l.Bold = true
			head = append(head, l)
		}
		if p.text != "" {
			head = append(head, widget.Narrative(p.text))
		} else {
			head = append(head, widget.Paragraphs(p.plain))
		}
	}
	open := fw.NewButtonWithIcon(lang.L("Open the report"), theme.DocumentIcon(), func() {
		env.Open(ui.Route{Place: ui.Records, Kind: r.Resource.Kind(), ID: r.ID})
	})
	return widget.Column(6, append(head, container.NewHBox(open))...)
}

// text is a part of a report.
type text struct {
	heading string
	text    record.Narrative
	plain   string
}

// texts are the parts of a report, in reading order.
func texts(res record.Resource) []text {
	var out []text
	switch d := res.(type) {
	case *record.DiagnosticReport:
		if d.Conclusion != "" {
			out = append(out, text{heading: lang.L("Conclusion"), plain: d.Conclusion})
		}
		if d.Text != "" {
			out = append(out, text{heading: lang.L("Report text"), text: d.Text})
		}
	case *record.DocumentReference:
		for _, s := range d.Section {
			if s.Text != "" {
				out = append(out, text{heading: s.Title, text: s.Text})
			}
		}
		if len(out) == 0 && d.Text != "" {
			out = append(out, text{text: d.Text})
		}
		for _, a := range d.Content {
			if a.Text != "" && len(out) == 0 {
				out = append(out, text{heading: a.Title, plain: a.Text})
			}
		}
	}
	return out
}
