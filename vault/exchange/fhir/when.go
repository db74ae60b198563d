package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

const datesLimit = 10_000 // dates kept for reuse: a panel's results share theirs

// parseDate is [record.ParseDate] with a memory.
func (im *importer) parseDate(text string) (record.Date, bool) {
	if d, ok := im.dates[text]; ok {
		return d, d != ""
	}
	d, err := record.ParseDate(text)
	if len(im.dates) < datesLimit {
		im.dates[text] = d
	}
	return d, err == nil
}

// date reads a date, dateTime or instant that has no place for words.
func (it *item) date(v value, element string) record.Date {
	text := v.Text()
	if text == "" {
		return ""
	}
	d, ok := it.parseDate(text)
	if !ok {
		it.warn(element, "not a date of the calendar; it is left out here and stands in the original")
	}
	return d
}

// dated is date for an element of the resource itself, as close as it was written.
func (it *item) dated(element string) record.Date {
	return it.written(record.At(it.date(it.res.Get(element), element)), it.res.Get("_"+element)).Start
}

// at reads a date; one that the calendar does not have is kept as words.
func (it *item) at(v value, element string) record.When {
	text := v.Text()
	if text == "" {
		return record.When{}
	}
	d, ok := it.parseDate(text)
	if !ok {
		it.warn(element, "not a date of the calendar; it is kept as it was written")
		return record.When{Text: text}
	}
	return record.At(d)
}

func (it *item) period(v value, element string) record.When {
	if v.Kind() != '{' {
		return record.When{}
	}
	start := it.written(it.at(v.Get("start"), element+"/start"), v.Get("_start"))
	end := it.written(it.at(v.Get("end"), element+"/end"), v.Get("_end"))
	w := record.When{Start: start.Start, End: end.Start, Period: true}
	switch {
	case start.Text != "" && end.Text != "":
		w.Text = start.Text + " to " + end.Text
	case start.Text != "":
		w.Text = "from " + start.Text
	case end.Text != "":
		w.Text = "until " + end.Text
	}
	if w == (record.When{Period: true}) {
		return record.When{Text: absentReason(v)}
	}
	if inverted(w) {
		it.warn(element, "the period ends before it begins (FHIR per-1); both dates are kept as written")
	}
	return w
}

// inverted compares only what both dates wrote.
func inverted(w record.When) bool {
	a, b := string(w.Start.Day()), string(w.End.Day())
	if a == "" || b == "" {
		return false
	}
	n := min(len(a), len(b))
	if a[:n] != b[:n] {
		return b[:n] < a[:n]
	}
	return w.Start.HasOffset() && w.End.HasOffset() && w.End.Earliest().Before(w.Start.Earliest())
}

// when reads a choice of type: onset[x], effective[x], performed[x].
func (it *item) when(base string) record.When { return it.whenIn(it.res, base) }

func (it *item) whenIn(parent value, base string) record.When {
	for _, suffix := range []string{"DateTime", "Date", "Instant", ""} {
		if v := parent.Get(base + suffix); v.Kind() == '"' {
			return it.written(it.at(v, base+suffix), parent.Get("_"+base+suffix))
		}
	}
	if v := parent.Get(base + "Period"); v.Exists() {
		return it.written(it.period(v, base+"Period"), v)
	}
	if v := parent.Get(base + "Timing"); v.Exists() {
		return it.timingWhen(v, base+"Timing")
	}
	if words := it.ageWords(parent, base); words != "" {
		return record.When{Text: words}
	}
	for _, suffix := range []string{"DateTime", ""} {
		beside := parent.Get("_" + base + suffix)
		if w := it.written(record.When{}, beside); !w.Empty() {
			return w
		}
		if r := absentReason(beside); r != "" {
			return record.When{Text: r}
		}
	}
	return record.When{}
}

const originalTextURL = "http://hl7.org/fhir/StructureDefinition/originalText"

// written adds what an originalText extension says that the source wrote: a time
// of day that FHIR cannot hold without its offset, or words. A date there counts
// only where it is the same one, told more closely.
func (it *item) written(w record.When, beside value) record.When {
	for _, e := range beside.Each("extension") {
		text := e.TextOf("valueString")
		if e.TextOf("url") != originalTextURL || text == "" {
			continue
		}
		d, ok := it.parseDate(text)
		switch {
		case ok && w.End == "" && strings.HasPrefix(string(d), string(w.Start)):
			w.Start = d
		case w.Text == "" && text != string(w.Start):
			w.Text = text
		}
	}
	return w
}

// ageWords reads the choices that are no date: an age, a range, a string.
func (it *item) ageWords(parent value, base string) string {
	if v := parent.Get(base + "Age"); v.Exists() {
		if q := it.quantity(v, base+"Age"); !q.Empty() {
			return "age " + ageText(q)
		}
	}
	if v := parent.Get(base + "Range"); v.Exists() {
		if r := it.rangeOf(v, base+"Range").String(); r != "" {
			return "age " + r
		}
	}
	return parent.TextOf(base + "String")
}

// ageText is an age with the UCUM unit in words.
func ageText(q record.Quantity) string {
	words := map[string]string{"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours", "min": "minutes"}
	if w := words[q.Code]; w != "" && (q.Unit == "" || q.Unit == q.Code) {
		return q.Number() + " " + w
	}
	return q.String()
}

// timingWhen is a Timing as a time: its one event, its bounds, and its words.
func (it *item) timingWhen(v value, element string) record.When {
	w := it.period(v.Path("repeat", "boundsPeriod"), element+"/repeat/boundsPeriod")
	if e := v.Get("event"); w.Empty() && e.Len() == 1 {
		if w = it.at(e.First(), element+"/event"); w.Text == "" && !v.Get("repeat").Exists() && !v.Get("code").Exists() {
			return w
		}
	}
	w.Text = strings.Trim(w.Text+"; "+it.timing(v, element), "; ")
	return w
}
