package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// note reads a Note Activity (2.16.840.1.113883.10.20.22.4.202): a note of its
// own, whose text stands in the narrative or is a file inside.
func (r *reader) note(p place, st *node) {
	d := &record.DocumentReference{
		Status: "current", Type: r.concept(child(st, "code")), Date: r.recorded(p, st), Period: r.interval(child(st, "effectiveTime")),
	}
	if attr(child(st, "statusCode"), "code") == "nullified" {
		d.Status = "entered-in-error"
	}
	for a := range children(st, "author") {
		if name, _ := r.assigned(child(a, "assignedAuthor"), false); name != "" {
			d.Author = append(d.Author, name)
		}
	}
	for t := range children(child(st, "code"), "translation") {
		if w := coding(t).Display; w != "" {
			d.Title = w
		}
	}
	text := child(st, "text")
	if text != nil && (attr(text, "representation") == "B64" || attr(text, "mediaType") != "" && child(text, "reference") == nil) {
		a, err := r.attachment(text, d.Summary().Title)
		if err != nil {
			r.err = err
			return
		}
		d.Content = append(d.Content, a)
	}
	if t := r.target(child(text, "reference")); t != nil {
		d.Section = []record.Section{{Title: d.Summary().Title, Text: r.render(t), Place: st.Path()}}
	} else if text != nil && len(d.Content) == 0 {
		d.Section = []record.Section{{Title: d.Summary().Title, Text: r.render(text), Place: st.Path()}}
	}
	if notes := r.notes(st, nil); len(notes) > 0 {
		d.Description = joinWords("; ", notes...)
	}
	r.add(p, st, d)
}
