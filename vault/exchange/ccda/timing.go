package ccda

import (
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// times reads the effectiveTime elements: the one that is an interval or a point
// is when the medicine is taken, the others are how often. Each is told in its
// own words; "every 8 hours" and "3 times a day" are never made of each other.
func (r *reader) times(m *record.MedicationStatement, d *record.Dosage, st *node) {
	for n := range children(st, "effectiveTime") {
		r.time(m, d, n, 0)
	}
}

func (r *reader) time(m *record.MedicationStatement, d *record.Dosage, n *node, depth int) {
	const deepest = 8
	switch typ := dataType(n); {
	case strings.HasPrefix(typ, "PIVL") || child(n, "period") != nil:
		d.Timing = joinWords(", ", d.Timing, r.periodic(n))
	case strings.HasPrefix(typ, "EIVL") || child(n, "event") != nil:
		d.Timing = joinWords(", ", d.Timing, r.eventTime(n))
	case child(n, "comp") != nil && depth < deepest:
		for c := range children(n, "comp") {
			r.time(m, d, c, depth+1)
		}
	default:
		if w := r.interval(n); m.Effective.Empty() {
			m.Effective = w
		} else if s := w.Human(); s != "" {
			d.Timing = joinWords(", ", d.Timing, s)
		}
	}
}

// periodic is a PIVL_TS in words. institutionSpecified says that the period is a
// number of times a day, at hours that the ward or the patient chooses.
func (r *reader) periodic(n *node) string {
	p := child(n, "period")
	v, unit := attr(p, "value"), attr(p, "unit")
	w := ""
	switch low, high := child(p, "low"), child(p, "high"); {
	case v != "":
		if attr(n, "institutionSpecified") == "true" {
			w = perDay(v, unit)
		}
		if w == "" {
			w = every(v, unit)
		}
	case low != nil && high != nil && attr(low, "value") != "" && attr(high, "value") != "":
		w = "every " + attr(low, "value") + " to " + attr(high, "value") + " " + unitWords(attr(high, "unit"), attr(high, "value"))
	}
	if phase := child(n, "phase"); phase != nil {
		t := r.interval(phase).Human()
		if start, open := strings.CutPrefix(t, "since "); open {
			w = joinWords(", ", w, "starting "+start)
		} else if t != "" {
			w = joinWords(", ", w, "from "+t)
		}
	}
	return w
}

func every(v, unit string) string {
	if v == "1" {
		return "every " + unitWords(unit, "1")
	}
	return "every " + v + " " + unitWords(unit, v)
}

// perDay is "3 times a day" for a period that divides the day; "" else.
func perDay(v, unit string) string {
	n, err := strconv.Atoi(v)
	hours := map[string]int{"h": 1, "d": 24}[unit] * n
	if err != nil || n <= 0 || n > 24 || hours <= 0 || hours > 24 || 24%hours != 0 {
		return ""
	}
	switch times := 24 / hours; times {
	case 1:
		return "once a day"
	case 2:
		return "twice a day"
	default:
		return strconv.Itoa(times) + " times a day"
	}
}

// timeUnits are UCUM's units of time in words, one and many.
var timeUnits = map[string][2]string{
	"s": {"second", "seconds"}, "min": {"minute", "minutes"}, "h": {"hour", "hours"}, "d": {"day", "days"},
	"wk": {"week", "weeks"}, "mo": {"month", "months"}, "a": {"year", "years"},
}

func unitWords(unit, value string) string {
	w, ok := timeUnits[unit]
	switch {
	case !ok:
		return unit
	case value == "1":
		return w[0]
	}
	return w[1]
}

// events are the words for the moments of the day that doses hang on (HL7 v3
// TimingEvent).
var events = map[string]string{
	"HS": "at bedtime", "WAKE": "after waking", "C": "with meals", "CM": "with breakfast", "CD": "with lunch", "CV": "with dinner",
	"AC": "before meals", "ACM": "before breakfast", "ACD": "before lunch", "ACV": "before dinner",
	"PC": "after meals", "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner",
	"IC": "between meals", "ICM": "between breakfast and lunch", "ICD": "between lunch and dinner", "ICV": "between dinner and bedtime",
}

func (r *reader) eventTime(n *node) string {
	e := child(n, "event")
	w := events[attr(e, "code")]
	if w == "" {
		w = r.concept(e).String()
	}
	off := child(n, "offset")
	if off == nil {
		return w
	}
	low := child(off, "low")
	if low == nil {
		low = off
	}
	if v := attr(low, "value"); v != "" && v != "0" {
		w = joinWords(", ", w, "offset "+v+" "+unitWords(attr(low, "unit"), v))
	}
	if width := child(off, "width"); attr(width, "value") != "" {
		w = joinWords(", ", w, "for "+attr(width, "value")+" "+unitWords(attr(width, "unit"), attr(width, "value")))
	}
	return w
}
