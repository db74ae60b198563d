// Package documents is where notes and documents are read: as their author laid
// them out, page by page, or exactly as their file stands.
//
// The laws of this package: what is decrypted stays in memory; files are read and
// words looked for off the UI goroutine, large files in parts; PDF files and
// pictures are taken apart elsewhere, through [paper.Reader].
package documents

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// docRow is a document in the list.
type docRow struct {
	ui.Entry
	kind string // in words
	key  string // folded words for the filter
}

// rows are the documents as they are listed, newest first. Those that
// their source withdrew or replaced are left out and counted.
func rows(found []record.Record) (list []docRow, withdrawn int) {
	sorted := slices.Clone(found)
	record.ByTime(sorted)
	for _, r := range sorted {
		d, ok := r.Resource.(*record.DocumentReference)
		if !ok {
			continue
		}
		if !ui.Listed(r) {
			withdrawn++
			continue
		}
		e := ui.EntryOf(r)
		x := docRow{Entry: e, kind: kindOf(d)}
		x.Text = strings.Join(distinct(x.kind, author(d), ui.From(r)), " · ")
		x.key = strings.ToLower(strings.Join([]string{x.Title, x.Text, x.Date, x.Status}, " "))
		list = append(list, x)
	}
	return list, withdrawn
}

// begins says whether all begins with the same documents as shown.
func begins(all, shown []docRow) bool {
	return len(all) >= len(shown) && slices.EqualFunc(all[:len(shown)], shown, func(a, b docRow) bool { return a.ID == b.ID })
}

// distinct leaves out words that were said.
func distinct(words ...string) []string {
	var out []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" && !slices.ContainsFunc(out, func(o string) bool { return strings.Contains(o, w) }) {
			out = append(out, w)
		}
	}
	return out
}

func author(d *record.DocumentReference) string {
	switch len(d.Author) {
	case 0:
		return ""
	case 1:
		return d.Author[0]
	}
	return lang.L("{{.First}} and others", map[string]any{"First": d.Author[0]})
}

// kindOf is what a document is: as its source calls it, else by its form.
func kindOf(d *record.DocumentReference) string {
	if w := d.Type.Words(); w != "" {
		return w
	}
	for _, a := range d.Content {
		if w := formWords(a.ContentType); w != "" {
			return w
		}
	}
	if len(d.Section) > 0 || d.Text != "" {
		return lang.L("Note")
	}
	return lang.L("Document")
}

// form is how a file is shown.
type form int

const (
	otherForm form = iota
	pdfForm
	pictureForm
	textForm
)

// formOf tells by a media type; what the bytes are is looked at when the file is
// opened.
func formOf(mediaType string) form {
	t, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(mediaType)), ";")
	switch {
	case t == "application/pdf":
		return pdfForm
	case strings.HasPrefix(t, "image/") && t != "image/svg+xml":
		return pictureForm
	case strings.HasPrefix(t, "text/"), strings.HasSuffix(t, "+xml"), strings.HasSuffix(t, "/xml"), strings.HasSuffix(t, "json"):
		return textForm
	}
	return otherForm
}

func formWords(mediaType string) string {
	t := strings.ToLower(mediaType)
	switch f := formOf(t); {
	case f == pdfForm:
		return lang.L("PDF")
	case f == pictureForm:
		return lang.L("Picture")
	case f == textForm:
		return lang.L("Text")
	case strings.Contains(t, "word"), strings.Contains(t, "opendocument.text"), strings.Contains(t, "rtf"):
		return lang.L("Word processor file")
	}
	return ""
}

// kinds are the kinds that there are, those of most documents first, with how
// many there are of each.
func kinds(list []docRow) (names []string, counts []int) {
	n := map[string]int{}
	for _, r := range list {
		if n[r.kind] == 0 {
			names = append(names, r.kind)
		}
		n[r.kind]++
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
	for _, name := range names {
		counts = append(counts, n[name])
	}
	return names, counts
}

// filter picks the rows of a kind, "" for any, that hold all words.
func filter(list []docRow, kind, words string) []docRow {
	fields := strings.Fields(strings.ToLower(words))
	if kind == "" && len(fields) == 0 {
		return list
	}
	var out []docRow
	for _, r := range list {
		if kind != "" && r.kind != kind || slices.ContainsFunc(fields, func(f string) bool { return !strings.Contains(r.key, f) }) {
			continue
		}
		out = append(out, r)
	}
	return out
}

// footer says how many documents are shown and how many are hidden, and why.
func footer(shown, all, withdrawn int) string {
	s := ui.Of(shown, all)
	if withdrawn > 0 {
		s += "  ·  " + lang.N("{{.Count}} withdrawn or replaced by their source, not shown", withdrawn, map[string]any{"Count": withdrawn})
	}
	return s
}
