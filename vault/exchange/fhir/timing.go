package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// timing puts a Timing into words, each part as it is stated and none worked
// out from another: "3 times every 1 day" is not "every 8 hours" (hazard 16).
// https://hl7.org/fhir/R4/datatypes.html#Timing
func (it *item) timing(v value, element string) string {
	if v.Kind() != '{' {
		return ""
	}
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	repeat := v.Get("repeat")
	add(repeatWords(repeat))
	add(spanWords("for", repeat.TextOf("duration"), repeat.TextOf("durationMax"), repeat.TextOf("durationUnit")))
	if days := texts(repeat.Get("dayOfWeek")); len(days) > 0 {
		add("on " + translated(days, dayWords))
	}
	if times := texts(repeat.Get("timeOfDay")); len(times) > 0 {
		add("at " + strings.Join(times, ", "))
	}
	if when := texts(repeat.Get("when")); len(when) > 0 {
		offset := repeat.TextOf("offset")
		if offset != "" {
			offset = offset + " minutes "
		}
		add(offset + translated(when, eventWords))
	}
	if n := repeat.TextOf("count"); n != "" {
		add(n + " times in all")
	}
	add(it.bounds(repeat, element))
	add(conceptOf(v.Get("code")).String())
	for _, e := range v.Each("event") {
		add(onWords(it.at(e, element+"/event")))
	}
	return strings.Join(parts, ", ")
}

func repeatWords(r value) string {
	frequency := upTo(r.TextOf("frequency"), r.TextOf("frequencyMax"))
	every := spanWords("every", r.TextOf("period"), r.TextOf("periodMax"), r.TextOf("periodUnit"))
	switch {
	case frequency == "":
		return every
	case frequency == "1":
		return strings.TrimSpace("once " + every)
	}
	return strings.TrimSpace(frequency + " times " + every)
}

func upTo(low, high string) string {
	if low != "" && high != "" {
		return low + " to " + high
	}
	return low + high
}

func spanWords(word, low, high, unit string) string {
	amount := upTo(low, high)
	if amount == "" {
		return ""
	}
	name := unit
	if w, ok := unitWords[unit]; ok {
		name = w
		if amount != "1" {
			name += "s"
		}
	}
	return strings.TrimSpace(word + " " + amount + " " + name)
}

func (it *item) bounds(repeat value, element string) string {
	if q := it.quantity(repeat.Get("boundsDuration"), element+"/repeat/boundsDuration"); !q.Empty() {
		return "for " + ageText(q)
	}
	if r := it.rangeOf(repeat.Get("boundsRange"), element+"/repeat/boundsRange").String(); r != "" {
		return "for " + r
	}
	return whenWords(it.period(repeat.Get("boundsPeriod"), element+"/repeat/boundsPeriod"))
}

// onWords is "on 3 May 2021", and "in May 2021".
func onWords(w record.When) string {
	if p := w.Start.Precision(); p == record.Year || p == record.Month {
		return "in " + whenWords(w)
	}
	return "on " + whenWords(w)
}

func whenWords(w record.When) string { return w.Human() }

func translated(codes []string, words map[string]string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = c
		if w, ok := words[c]; ok {
			out[i] = w
		}
	}
	return strings.Join(out, ", ")
}

var unitWords = map[string]string{"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}

var dayWords = map[string]string{
	"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}

// eventWords are the codes of EventTiming and TimingEvent
// (https://hl7.org/fhir/R4/valueset-event-timing.html).
var eventWords = map[string]string{
	"MORN": "in the morning", "MORN.early": "in the early morning", "MORN.late": "in the late morning", "NOON": "at noon", "AFT": "in the afternoon",
	"AFT.early": "in the early afternoon", "AFT.late": "in the late afternoon", "EVE": "in the evening", "EVE.early": "in the early evening",
	"EVE.late": "in the late evening", "NIGHT": "at night", "PHS": "after sleep", "HS": "at bedtime", "WAKE": "upon waking", "C": "with meals",
	"CM": "with breakfast", "CD": "with lunch", "CV": "with dinner", "AC": "before meals", "ACM": "before breakfast", "ACD": "before lunch",
	"ACV": "before dinner", "PC": "after meals", "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner",
}
