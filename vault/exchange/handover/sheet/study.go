package sheet

import (
	"fmt"
	"slices"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Study is an imaging study whose files are known by their hashes.
type Study struct {
	Title   string
	Date    string
	Sources []int
	Series  []Series
}

// Series is one of its series, with images.
type Series struct {
	Title string        // "Thorax, CT, left, 120 images"
	Files []record.Hash // one for each image, as listed
}

// studies are those of a group whose images have files; not those that did not
// take place.
func (b *builder) studies(g clinic.Group) []Study {
	var all []Study
	for _, l := range slices.Concat(g.Current, g.Uncertain, g.Held, g.Intended, g.Past) {
		s, ok := l.Resource.(*record.ImagingStudy)
		if !ok {
			continue
		}
		one := Study{Title: record.Visible(l.Title), Date: date(l.When), Sources: b.sources.of(l.Records()...)}
		for _, x := range s.Series {
			if x := seriesOf(x); len(x.Files) > 0 {
				one.Series = append(one.Series, x)
			}
		}
		if len(one.Series) > 0 {
			all = append(all, one)
		}
	}
	return all
}

func seriesOf(s record.ImagingSeries) Series {
	var out Series
	for _, i := range s.Instance {
		if files := i.Files(); len(files) > 0 {
			out.Files = append(out.Files, files[0])
		}
	}
	unit := "file" // of what is no image, or does not say
	if slices.ContainsFunc(s.Instance, func(i record.ImagingInstance) bool { return i.Rows != "" }) {
		unit = "image"
	}
	if len(out.Files) != 1 {
		unit += "s"
	}
	count := fmt.Sprintf("%d %s", len(out.Files), unit)
	out.Title = record.Visible(joined(append(s.Words(), count)...))
	return out
}
