package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// audiogram files a hearing test: each ear at each frequency.
func (r *reader) audiogram(e *element) {
	s := r.sampleOf(e).kept()
	if !isTime(s.start) {
		r.refuse(e, "Audiogram", "its time cannot be read; it is kept in the original only")
		return
	}
	o := r.observation(s, record.Concept{Text: "Audiogram", Coding: []record.Coding{{System: system, Code: "HKAudiogramSampleType"}}}, "exam")
	for i := range e.inner {
		if in := &e.inner[i]; in.Name.Local == "SensitivityPoint" {
			at := ", " + in.get("frequencyValue") + " " + in.get("frequencyUnit")
			o.Component = ear(o.Component, in, "Left ear"+at, "leftEar")
			o.Component = ear(o.Component, in, "Right ear"+at, "rightEar")
		}
	}
	r.add(o, s.provenance())
}

// ear adds one ear's threshold. A value at the end of what the test can measure
// is no value but a bound.
func ear(to []record.Component, e *element, title, prefix string) []record.Component {
	n := len(to)
	to = total(to, title, e.get(prefix+"Value"), e.get(prefix+"Unit"))
	if len(to) == n {
		return to
	}
	c := &to[n]
	if m := e.get(prefix + "Masked"); m == "1" || strings.EqualFold(m, "true") {
		c.Code.Text += " (masked)"
	}
	if v, ok := parseDecimal(c.Value.Quantity.Value); ok {
		if low, ok := parseDecimal(e.get(prefix + "ClampingRangeLowerBound")); ok && v.cmp(low) <= 0 {
			c.Value.Quantity.Comparator = record.LessOrEqual
		}
		if high, ok := parseDecimal(e.get(prefix + "ClampingRangeUpperBound")); ok && v.cmp(high) >= 0 {
			c.Value.Quantity.Comparator = record.GreaterOrEqual
		}
	}
	return to
}
