package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// conceptOf reads a CodeableConcept, a lone Coding or bare text.
func conceptOf(v value) record.Concept {
	switch v.Kind() {
	case '"':
		return record.Concept{Text: v.Text()}
	case '{':
	default:
		return record.Concept{}
	}
	if !v.Get("coding").Exists() && !v.Get("text").Exists() && (v.Get("code").Exists() || v.Get("display").Exists()) {
		return record.Concept{Coding: codings(v)}
	}
	c := record.Concept{Text: v.TextOf("text"), Coding: codings(v.Get("coding"))}
	if c.Empty() {
		c.Text = absentReason(v)
	}
	return c
}

func codings(list value) []record.Coding {
	var out []record.Coding
	for _, v := range list.Items() {
		c := record.Coding{System: v.TextOf("system"), Version: v.TextOf("version"), Code: v.TextOf("code"), Display: v.TextOf("display"), UserSelected: v.Get("userSelected").Kind() == 't'}
		if c != (record.Coding{}) {
			out = append(out, c)
		}
	}
	return out
}

func conceptsOf(list value) []record.Concept {
	var out []record.Concept
	for _, v := range list.Items() {
		if c := conceptOf(v); !c.Empty() {
			out = append(out, c)
		}
	}
	return out
}

// statusOf is the code of a status that is a CodeableConcept in R4; words when
// there is no code.
func statusOf(v value) string {
	c := conceptOf(v)
	for _, k := range c.Coding {
		if k.Code != "" {
			return k.Code
		}
	}
	return c.Words()
}

const dataAbsentURL = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

// absentReason is the reason that stands in place of an element: "not given:
// unknown"; "" when there is none.
func absentReason(v value) string {
	for _, e := range v.Each("extension") {
		if e.TextOf("url") == dataAbsentURL {
			return "not given: " + e.TextOf("valueCode")
		}
	}
	return ""
}

// quantity reads a Quantity; element names it in a warning.
func (it *item) quantity(v value, element string) record.Quantity {
	if v.Kind() != '{' {
		return record.Quantity{}
	}
	q := record.Quantity{Comparator: record.Comparator(v.TextOf("comparator")), Unit: v.TextOf("unit"), System: v.TextOf("system"), Code: v.TextOf("code")}
	number := v.Get("value")
	if !number.Exists() {
		return q
	}
	text, ok := record.DecimalText(number.Text())
	if !ok {
		it.warn(element, "the amount is not a number; see the original")
		return q
	}
	q.Value = text
	switch q.Comparator {
	case "", record.Less, record.LessOrEqual, record.Greater, record.GreaterOrEqual:
	default:
		it.warn(element, "the amount has a comparator that is not known; it is shown as written")
		q.Comparator += " "
	}
	return q
}

func (it *item) rangeOf(v value, element string) record.Range {
	return record.Range{Low: it.quantity(v.Get("low"), element), High: it.quantity(v.Get("high"), element)}
}

func (it *item) ratio(v value, element string) record.Ratio {
	return record.Ratio{Numerator: it.quantity(v.Get("numerator"), element), Denominator: it.quantity(v.Get("denominator"), element)}
}

// ratioWords is a ratio in one line: "5 mL per 1 hour".
func (it *item) ratioWords(v value, element string) string {
	r := it.ratio(v, element)
	if r.Numerator.Empty() || r.Denominator.Empty() {
		return r.Numerator.String()
	}
	return r.Numerator.String() + " per " + r.Denominator.String()
}

// notes reads Annotations.
func (it *item) notes(list value) []string {
	var out []string
	for _, v := range list.Items() {
		text := v.TextOf("text")
		if v.Kind() == '"' {
			text = v.Text()
		}
		if strings.HasPrefix(strings.TrimSpace(text), "<div") {
			text = sanitised(text).Plain() // markdown may hold HTML; the tags are no words
		}
		if text == "" {
			continue
		}
		by := v.TextOf("authorString")
		if by == "" {
			by = v.Path("authorReference", "display").Text()
		}
		if on := it.date(v.Get("time"), "note/time").Human(); on != "" {
			by = strings.TrimPrefix(by+", "+on, ", ")
		}
		if by != "" {
			text += " (" + by + ")"
		}
		out = append(out, text)
	}
	return out
}

// texts reads a list of strings.
func texts(list value) []string {
	var out []string
	for _, v := range list.Items() {
		if s := v.Text(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func identifiersOf(v value) []record.Identifier {
	var ids []record.Identifier
	for _, i := range v.Each("identifier") {
		if id := (record.Identifier{System: i.TextOf("system"), Value: i.TextOf("value")}); id.Value != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// truth is a boolean as written: "true", "false" or "".
func truth(v value) string {
	if k := v.Kind(); k == 't' || k == 'f' {
		return v.Text()
	}
	return ""
}
