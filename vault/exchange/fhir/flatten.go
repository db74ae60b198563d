package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// flattener turns elements into labelled rows.
type flattener struct {
	it      *item
	o       *record.Other
	pending bool
	cut     bool
}

func (f *flattener) row(label, value string) {
	if value == "" || f.cut {
		return
	}
	if len(f.o.Row) >= rowsLimit {
		f.cut = true
		f.it.warn("", "more than 1,000 facts; the rest of them stands in the original")
		return
	}
	f.o.Row = append(f.o.Row, record.Row{Label: label, Value: value})
}

// element shows one element, each item of a list on its own.
func (f *flattener) element(label string, v value, at string) {
	for _, m := range v.Items() {
		switch {
		case m.Kind() != '{':
			f.row(label, f.it.primitive(m))
		case isReference(m):
			f.reference(label, m)
		case f.answered(m):
			f.question(m, at)
		default:
			if w := f.it.words(m, at); w != "" {
				f.row(label, w)
			} else {
				f.group(label, m, at)
			}
		}
	}
}

// group shows the members of a part, each under the part's name.
func (f *flattener) group(label string, m value, at string) {
	for name, c := range m.Members() {
		if name == "id" || name == "extension" || strings.HasPrefix(name, "_") {
			continue
		}
		f.element(label+": "+strings.ToLower(plain(name)), c, at+"/"+name)
	}
}

// answered says whether m is an item of a QuestionnaireResponse.
func (f *flattener) answered(m value) bool {
	return f.o.ResourceType == "QuestionnaireResponse" && m.Get("linkId").Exists()
}

// question shows "question: answer" and what is asked beneath it.
func (f *flattener) question(m value, at string) {
	label := m.TextOf("text")
	if label == "" {
		label = "Question " + m.TextOf("linkId")
	}
	for _, a := range m.Each("answer") {
		for name, v := range a.Members() {
			if strings.HasPrefix(name, "value") {
				f.element(label, v, at+"/answer/"+name)
			}
		}
		f.element(label, a.Get("item"), at+"/answer/item")
	}
	if !m.Get("answer").Exists() && !m.Get("item").Exists() {
		f.row(label, "no answer")
	}
	f.element(label, m.Get("item"), at+"/item")
}

func isReference(m value) bool {
	return m.Get("reference").Kind() == '"' || m.Get("display").Exists() && !m.Get("code").Exists() && !m.Get("system").Exists()
}

// reference shows whom or what it names, and links the record.
func (f *flattener) reference(label string, m value) {
	link := f.it.link(m)
	if link.Local != "" && len(f.o.Reference) < rowsLimit {
		f.o.Reference = append(f.o.Reference, record.Reference{Local: link.Local})
	}
	if link.Display != "" {
		f.row(label, link.Display)
		return
	}
	o, n := f.o, len(f.o.Row)
	if link.Local == "" || f.cut || n >= rowsLimit {
		return
	}
	o.Row = append(o.Row, record.Row{Label: label})
	f.pending = true
	f.it.fill(f.it.ref(m), func(ix *index, t *target) { o.Row[n].Value = ix.title(t) })
}

// close drops the rows that stay without a value.
func (f *flattener) close() {
	if !f.pending {
		return
	}
	o := f.o
	f.it.later = append(f.it.later, func(*index) {
		kept := o.Row[:0]
		for _, r := range o.Row {
			if r.Value != "" {
				kept = append(kept, r)
			}
		}
		o.Row = kept
	})
}

// primitive is a lone value in words: dates with the month named, yes and no.
func (it *item) primitive(v value) string {
	switch v.Kind() {
	case 't':
		return "yes"
	case 'f':
		return "no"
	}
	text := v.Text()
	if len(text) >= len("2006-01") && text[0] >= '0' && text[0] <= '9' && v.Kind() == '"' {
		if d, ok := it.parseDate(text); ok {
			return d.Human()
		}
	}
	return text
}

// words is a data type in one line; "" when v is none of them but a part with
// elements of its own.
func (it *item) words(v value, at string) string {
	if v.Kind() != '{' {
		return it.primitive(v)
	}
	for _, t := range dataTypes {
		if t.is(v) {
			return t.words(it, v, at)
		}
	}
	return ""
}

// dataTypes tells the data types of FHIR apart by their elements, first match.
var dataTypes = []struct {
	is    func(v value) bool
	words func(it *item, v value, at string) string
}{
	{having("coding"), func(_ *item, v value, _ string) string { return conceptOf(v).String() }},
	{isCoding, func(_ *item, v value, _ string) string { return conceptOf(v).String() }},
	{isQuantity, func(it *item, v value, at string) string { return it.quantity(v, at).String() }},
	{having("low", "high"), func(it *item, v value, at string) string { return it.rangeOf(v, at).String() }},
	{having("numerator"), (*item).ratioWords},
	{having("start", "end"), func(it *item, v value, at string) string { return it.period(v, at).Human() }},
	{having("repeat"), (*item).timing},
	{onlyNote, func(it *item, v value, _ string) string { return strings.Join(it.notes(v), "") }},
	{having("family", "given"), func(_ *item, v value, _ string) string { return humanName(v).String() }},
	{isIdentifier, func(_ *item, v value, _ string) string { return v.TextOf("value") }},
	{having("contentType"), func(_ *item, v value, _ string) string {
		return joined(v.TextOf("title"), v.TextOf("contentType"), "see the original")
	}},
}

// having says whether one of the elements is there.
func having(names ...string) func(value) bool {
	return func(v value) bool {
		for _, n := range names {
			if v.Get(n).Exists() {
				return true
			}
		}
		return false
	}
}

func isCoding(v value) bool {
	return v.Get("code").Kind() == '"' && having("system", "display")(v) && !v.Get("value").Exists()
}

func isQuantity(v value) bool { return v.Get("value").Kind() == '0' }

func isIdentifier(v value) bool {
	return v.Get("system").Kind() == '"' && v.Get("value").Kind() == '"'
}

// onlyNote says whether v is an Annotation or a concept of text alone.
func onlyNote(v value) bool {
	for name := range v.Members() {
		switch name {
		case "text", "time", "authorString", "authorReference", "id", "extension":
		default:
			return false
		}
	}
	return v.Get("text").Exists()
}
