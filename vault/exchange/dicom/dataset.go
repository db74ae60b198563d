package dicom

import "strings"

// dataset is a list of attributes: of a file, or of an item of a sequence.
type dataset []element

func (d dataset) get(t tag) *element {
	for n := range d {
		if d[n].Tag == t {
			return &d[n]
		}
	}
	return nil
}

// text is the first value of an attribute.
func (d dataset) text(t tag) string {
	s, _ := first(d, t)
	return s
}

// texts are the values of an attribute that are not empty.
func (d dataset) texts(t tag) []string {
	var out []string
	if e := d.get(t); e != nil {
		for _, s := range e.Text {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// words are the values in one line.
func (d dataset) words(t tag) string { return clip(strings.Join(d.texts(t), ", ")) }

// items are those of a sequence.
func (d dataset) items(t tag) []dataset {
	e := d.get(t)
	if e == nil {
		return nil
	}
	out := make([]dataset, len(e.Items))
	for n, i := range e.Items {
		out[n] = i
	}
	return out
}

// deep finds the first item of a path of sequences; nil for none.
func (d dataset) deep(path ...tag) dataset {
	for _, t := range path {
		items := d.items(t)
		if len(items) == 0 {
			return nil
		}
		d = items[0]
	}
	return d
}

const shownLimit = 1024 // bytes of one value on a line

// clip bounds what is shown of a value.
func clip(s string) string {
	if len(s) <= shownLimit {
		return s
	}
	return strings.ToValidUTF8(s[:shownLimit], "") + "…"
}
