package dicom

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// line writes an item and what belongs to it as a paragraph or a list below.
func (r *reporter) line(w *record.NarrativeWriter, d dataset, c surroundings) {
	element := "p"
	if c.depth > 1 && len(d.items(tagContentSeq)) == 0 {
		element = "p"
	}
	w.Open(element, "", "")
	r.words(w, d, c)
	w.Close(element)
	r.below(w, d, c)
}

// words writes name and value of an item.
func (r *reporter) words(w *record.NarrativeWriter, d dataset, c surroundings) {
	name, value := d.concept(tagConceptNameSeq).String(), r.value(d)
	if name != "" {
		w.Open("b", "", "")
		w.Text(name + ":")
		w.Close("b")
		w.Text(" ")
	}
	for n, part := range strings.Split(strings.ReplaceAll(value, "\r\n", "\n"), "\n") {
		if n > 0 {
			w.Open("br", "", "")
		}
		w.Text(part)
	}
	r.observe(d, c)
}

// below writes the items that belong to one: its properties, what it was
// inferred from.
func (r *reporter) below(w *record.NarrativeWriter, d dataset, c surroundings) {
	items := d.items(tagContentSeq)
	if len(items) == 0 {
		return
	}
	w.Open("ul", "", "")
	for n, item := range items {
		w.Open("li", "", "")
		inner := c.within(n)
		if item.text(tagValueType) == "CONTAINER" {
			w.Text(item.concept(tagConceptNameSeq).String())
		} else {
			r.words(w, item, inner)
		}
		r.below(w, item, inner)
		w.Close("li")
	}
	w.Close("ul")
}

// within is the context of what belongs to another item: never certain by
// itself.
func (c surroundings) within(n int) surroundings {
	c.place += "[" + itoa(n+1) + "]"
	c.depth++
	c.certain = false
	return c
}

// value is an item's value in words (PS3.3, C.17.3.2).
func (r *reporter) value(d dataset) string {
	switch kind := d.text(tagValueType); kind {
	case "TEXT":
		return d.text(tagTextValue)
	case "CODE":
		return d.concept(tagConceptCodeSeq).String()
	case "NUM":
		return numberWords(d)
	case "PNAME":
		return person(d.text(tagPersonName))
	case "DATE":
		return moment(d.text(tagDate), "", "").Human()
	case "TIME":
		return strings.TrimPrefix(clock(d.text(tagTime)), "T")
	case "DATETIME":
		return stamp(d.text(tagDateTime), r.zone).Human()
	case "UIDREF":
		return clip(d.text(tagUID))
	case "IMAGE", "COMPOSITE", "WAVEFORM":
		return "[refers to " + strings.ToLower(kind) + " " + reference(d) + "]"
	case "SCOORD", "SCOORD3D", "TCOORD":
		return "[a place marked in an image or recording; see the original]"
	case "":
		if d.get(tagContentReference) != nil {
			return "[refers to another item of this report]"
		}
		return "[an item without a type; see the original]"
	default:
		return "[" + strings.ToLower(clip(kind)) + ": not shown here; see the original]"
	}
}

// reference names the object that an item refers to.
func reference(d dataset) string {
	object := d.deep(tagReferencedSOPSeq)
	return strings.TrimSpace(className(object.text(tagReferencedClass)) + " " + clip(object.text(tagReferencedUID)))
}

// quantity is the measured value as written, with its unit; absent says why
// there is none (PS3.3, C.18.1).
func quantity(d dataset) (q record.Quantity, unit, absent record.Concept) {
	m := d.deep(tagMeasuredValueSeq)
	unit, absent = m.concept(tagUnitsSeq), d.concept(tagNumericQualifierSeq)
	value, ok := record.DecimalText(m.text(tagNumericValue))
	if !ok {
		return q, unit, absent
	}
	q = record.Quantity{Value: value, Unit: unit.Words()}
	if code := unit.Code(record.UCUM); code != "" {
		q.System, q.Code = record.UCUM, code
		if q.Unit == "" || strings.EqualFold(q.Unit, "no units") {
			q.Unit = code
		}
	}
	return q, unit, absent
}

func numberWords(d dataset) string {
	q, unit, absent := quantity(d)
	switch raw := clip(d.deep(tagMeasuredValueSeq).text(tagNumericValue)); {
	case !q.Empty():
		return q.String()
	case raw != "":
		return strings.TrimSpace(raw + " " + unit.Words())
	case !absent.Empty():
		return "no value: " + absent.String()
	}
	return "no value"
}
