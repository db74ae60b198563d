// Package imaging shows imaging studies: their series with small pictures, and
// the images one by one, with what their reports say. It is not for diagnosis.
package imaging

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// studyRow is one study in the list.
type studyRow struct {
	ui.Entry
	record record.Record
	study  *record.ImagingStudy
}

// studies are the rows of the list, newest first; withdrawn is how many their
// source took back.
func studies(found []record.Record) (list []studyRow, withdrawn int) {
	sorted := slices.Clone(found)
	record.ByTime(sorted)
	for _, r := range sorted {
		s, ok := r.Resource.(*record.ImagingStudy)
		switch {
		case !ok:
		case !ui.Listed(r):
			withdrawn++
		default:
			e := ui.EntryOf(r)
			e.Text = strings.Join(nonEmpty(modalities(s), counted(s)), "  ·  ")
			list = append(list, studyRow{e, r, s})
		}
	}
	return list, withdrawn
}

// modalities are those of a study, in words.
func modalities(s *record.ImagingStudy) string {
	var words []string
	add := func(c record.Concept) {
		if w := modality(c); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	for _, m := range s.Modality {
		add(m)
	}
	for _, x := range s.Series {
		add(x.Modality)
	}
	return strings.Join(words, ", ")
}

// modality is a kind of images: its letters and DICOM's word for them.
func modality(c record.Concept) string {
	w := c.String()
	for _, k := range c.Coding {
		if k.Display != "" && k.Display != w && !strings.Contains(w, k.Display) {
			return lang.L("{{.Letters}} ({{.Words}})", map[string]any{"Letters": w, "Words": k.Display})
		}
	}
	return w
}

// counted says what of a study is here.
func counted(s *record.ImagingStudy) string {
	images := 0
	for _, x := range seriesOf(s) {
		images += len(x.Images)
	}
	if images == 0 {
		return lang.L("no images in the record")
	}
	return lang.N("{{.Count}} images", images, map[string]any{"Count": images})
}

// seriesRow is a series of a study: its images in the order of their numbers, and
// what else it has.
type seriesRow struct {
	At     int // in the study
	Series record.ImagingSeries
	Images []record.ImagingInstance // with pixels, and a file in the vault
	Others int                      // reports, presentations and the like
	Away   int                      // listed, but not in the vault
}

// seriesOf are the series of a study by their numbers.
func seriesOf(s *record.ImagingStudy) []seriesRow {
	var out []seriesRow
	for n, x := range s.Series {
		row := seriesRow{At: n, Series: x}
		for _, i := range x.Instance {
			switch {
			case len(i.Files()) == 0:
				row.Away++
			case i.Rows == "" || i.Rows == "0":
				row.Others++
			default:
				row.Images = append(row.Images, i)
			}
		}
		slices.SortStableFunc(row.Images, func(a, b record.ImagingInstance) int { return cmp.Compare(number(a.Number), number(b.Number)) })
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b seriesRow) int { return cmp.Compare(number(a.Series.Number), number(b.Series.Number)) })
	return out
}

// number is a number as written; what is none comes last.
func number(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return int(^uint(0) >> 1)
	}
	return n
}

// title names a series.
func (r seriesRow) title() string {
	s := r.Series
	name := record.Visible(s.Description)
	switch {
	case s.Number != "" && name != "":
		return lang.L("{{.Number}}: {{.Name}}", map[string]any{"Number": s.Number, "Name": name})
	case name != "":
		return name
	case s.Number != "":
		return lang.L("Series {{.Number}}", map[string]any{"Number": s.Number})
	}
	return lang.L("Series without a name")
}

// about says what a series shows, as tagged.
func (r seriesRow) about() string {
	s := r.Series
	return strings.Join(nonEmpty(s.Modality.String(), s.BodySite.String(), s.Laterality.String()), "  ·  ")
}

// holds says what of a series is here.
func (r seriesRow) holds() string {
	var parts []string
	if n := len(r.Images); n > 0 {
		parts = append(parts, lang.N("{{.Count}} images", n, map[string]any{"Count": n}))
	}
	if r.Others > 0 {
		parts = append(parts, lang.N("{{.Count}} reports or notes on images", r.Others, map[string]any{"Count": r.Others}))
	}
	if r.Away > 0 {
		parts = append(parts, lang.N("{{.Count}} not in the record", r.Away, map[string]any{"Count": r.Away}))
	}
	return strings.Join(parts, "  ·  ")
}

// frames is how many pictures an image has, as its source says.
func frames(i record.ImagingInstance) int {
	if n := number(i.Frames); n > 0 && n < 100_000 {
		return n
	}
	return 1
}

// wanted finds what the words of a route name: a series, and an image in it.
func wanted(list []seriesRow, words string) (row, image int, ok bool) {
	for n, r := range list {
		if words == ui.Series(r.At) {
			return n, -1, len(r.Images) > 0
		}
		for i, x := range r.Images {
			for _, h := range x.Files() {
				if words == ui.File(h) {
					return n, i, true
				}
			}
		}
	}
	return 0, -1, false
}

func nonEmpty(words ...string) []string {
	var out []string
	for _, w := range words {
		if w = strings.TrimSpace(record.Visible(w)); w != "" {
			out = append(out, w)
		}
	}
	return out
}
