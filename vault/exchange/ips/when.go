package ips

import "github.com/carnet-phr/carnet/vault/record"

// choice says which types an element such as onset[x] takes besides dateTime.
type choice int

const (
	withPeriod choice = 1 << iota
	withString
	bare // the element is a dateTime itself, without a choice of types
)

// when puts a time under name+"DateTime", name+"Period" or name+"String",
// whichever holds it whole. Words that no type of the element takes stand in
// the originalText extension with the reason "as-text".
func (e *element) when(name string, w record.When, c choice) {
	dateTimeName := name + "DateTime"
	if c&bare != 0 {
		dateTimeName = name
	}
	point := w.Start != "" && w.End == "" && !w.Period && !w.Ended
	switch p := period(w); {
	case w.Empty():
	case point && w.Start.Precision() != record.NoDate:
		e.point(dateTimeName, w)
	case p != nil && (w.Start != "" || w.End != "") && c&withPeriod != 0:
		e.put(name+"Period", p)
	case c&withString != 0:
		e.text(name+"String", w.Human())
	default:
		e.extend(dateTimeName, absent("as-text"), original(whenWords(w)))
	}
}

func (e *element) point(name string, w record.When) {
	s, whole := dateTime(w.Start)
	e.text(name, s)
	var kept []*element
	if !whole {
		kept = append(kept, original(string(w.Start)))
	}
	if w.Text != "" {
		kept = append(kept, original(w.Text))
	}
	e.extend(name, kept...)
}

// required is when for an element that IPS wants: in a summary, a time that
// nobody stated is marked as unknown.
func (r *resource) required(name string, w record.When, c choice) {
	if w.Empty() && !r.w.summary {
		return
	}
	r.whenOr(name, w, c)
}

// whenOr is when for an element that FHIR requires: a time that nobody stated is
// marked as unknown.
func (e *element) whenOr(name string, w record.When, c choice) {
	if w.Empty() {
		e.missing(name + "DateTime")
		return
	}
	e.when(name, w, c)
}

func whenWords(w record.When) string {
	if s := w.Human(); s != "" {
		return s
	}
	return string(w.Start) + string(w.End)
}
