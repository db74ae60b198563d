package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

const tooMany = "the file holds more days and readings than are filed at once; what is beyond is kept in the original"

// record reads one Record: a quantity or a category.
func (r *reader) record(e *element) {
	s := r.sampleOf(e)
	if name, is := strings.CutPrefix(s.typ, quantityPrefix); is {
		if q, known := quantities[name]; known {
			r.quantity(e, s, q)
			return
		}
	}
	if name, is := strings.CutPrefix(s.typ, categoryPrefix); is && (dailyCategories[name] || categories[name]) {
		r.category(e, s, name)
		return
	}
	r.kept(e, s.typ, "a type of reading that is not known; it is kept in the original")
}

// quantity gathers a reading with a number.
func (r *reader) quantity(e *element, s sample, q quantity) {
	on := dayOf(s.start)
	a, _, ok := amount(s.value, s.unit)
	switch {
	case !isTime(s.start):
		r.refuse(e, s.typ, "its time cannot be read; it is kept in the original only")
		return
	case !ok:
		r.refuse(e, s.typ, "its value is no number; it is kept in the original only")
		return
	}
	d := r.gathered.of(&s, on, q.limit())
	if d == nil || !r.gathered.keep(d, s) {
		r.kept(e, s.typ, tooMany)
		return
	}
	d.number(a.Value)
}

// category gathers an event, a symptom, a stage of sleep.
func (r *reader) category(e *element, s sample, name string) {
	on, limit := dayOf(s.start), dayLimit
	if dailyCategories[name] {
		limit = 0
	}
	if name == "SleepAnalysis" {
		on = dayOf(s.end) // a night belongs to the day on which it ends
		r.sleeping = true
	}
	if !isTime(s.start) || !isTime(s.end) {
		r.refuse(e, s.typ, "its time cannot be read; it is kept in the original only")
		return
	}
	d := r.gathered.of(&s, on, limit)
	if d == nil || !r.gathered.keep(d, s) {
		r.kept(e, s.typ, tooMany)
		return
	}
	d.value(s.value, seconds(s.start, s.end))
}

// refuse tells of a reading that is broken.
func (r *reader) refuse(e *element, what, why string) {
	if !safeName(what) || !r.unknown[what] && len(r.unknown) >= typesLimit {
		what = "further entries"
	}
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: e.place(), Text: why}, Outcome: exchange.Refused, What: strings.Clone(what)})
}

// finish files what was gathered.
func (r *reader) finish() {
	r.pressures()
	r.gathered.days, r.gathered.last = nil, nil
	for n, d := range r.gathered.order {
		r.gathered.order[n] = nil // its memory is free once it is filed
		name, isQuantity := strings.CutPrefix(d.typ, quantityPrefix)
		switch {
		case isQuantity && d.n <= d.limit:
			for _, s := range d.kept {
				r.reading(s, name)
			}
		case isQuantity:
			r.dayOfNumbers(d, name)
		case d.n <= d.limit:
			for _, s := range d.kept {
				r.event(s, strings.TrimPrefix(d.typ, categoryPrefix))
			}
		default:
			r.dayOfValues(d, strings.TrimPrefix(d.typ, categoryPrefix))
		}
	}
	if n := r.dec.Replaced(); n > 0 {
		r.remark(record.Warning, control(n))
	}
	if len(r.gathered.order) > 0 {
		r.remark(record.Information, "times stand as the phone wrote them; a phone writes its whole history in the time zone in which it made the export")
	}
	if r.sleeping {
		r.remark(record.Information, "a night's sleep is filed under the day on which it ended")
	}
}

// control tells of replaced characters.
func control(n int) string {
	if n == 1 {
		return "1 control character, which XML does not allow, was shown as �; the original has it as it came"
	}
	return record.Visible(itoa(n) + " control characters, which XML does not allow, were shown as �; the original has them as they came")
}
