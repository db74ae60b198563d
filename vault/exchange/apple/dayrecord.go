package apple

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// daySystem is the system of the names by which a day is found again in a later
// export, which knows more of it.
const daySystem = system + "#day"

// meanDigits is how many digits behind the point a mean has at most.
const meanDigits = 3

// dayOfNumbers files what the readings of a day have in common: the sum of what
// adds up, else the lowest and highest value and the mean.
func (r *reader) dayOfNumbers(d *day, name string) {
	q := quantities[name]
	unit, _, _ := amount("0", d.unit)
	in := func(value string) record.Quantity {
		u := unit
		u.Value = value
		return u
	}
	o := r.dayObservation(d, q.category)
	if q.sum {
		o.Code = r.alike.quantity(name, unit.Unit, ", sum of the day")
		o.Value = record.Value{Quantity: in(d.sum.String())}
		o.Note = append(o.Note, "calculated by Carnet: the sum of "+d.readings()+" of this one source")
	} else {
		o.Code = r.alike.quantity(name, unit.Unit, ", range of the day")
		o.Value = record.Value{Range: record.Range{Low: in(d.lowText), High: in(d.highText)}.Stated()}
		mean := in(d.sum.over(d.n, min(d.scale, meanDigits)).String()) // in words: one more component for each day of ten years takes its memory
		o.Note = append(o.Note, "put together by Carnet: the lowest and the highest of "+d.readings()+"; their mean, calculated: "+mean.String())
	}
	if d.unit == "%" {
		o.Note = append(o.Note, "written as shares of one, as HealthKit writes percentages")
	}
	r.addDay(o, d)
}

// dayOfValues files how often each value of a category was there on a day, and
// for how long.
func (r *reader) dayOfValues(d *day, name string) {
	o := r.dayObservation(d, categoryOfEvent(name))
	o.Code = categoryConcept(name, ", sum of the day")
	for _, v := range d.values {
		o.Component = append(o.Component, v.component(name))
	}
	o.Note = append(o.Note, "calculated by Carnet from "+d.readings()+" of this one source")
	r.addDay(o, d)
}

// component is one value of a day: its minutes, or how often it was there.
func (t tally) component(typ string) record.Component {
	title := valueWords(t.value, typ)
	if title == "" || t.value == valuePrefix+"NotApplicable" {
		title = words(typ)
	}
	c := record.Component{Code: record.Concept{Text: title}}
	if t.value != "" {
		c.Code.Coding = []record.Coding{{System: system, Code: t.value}}
	}
	if t.seconds >= 60 && typ != "AppleStandHour" {
		c.Value.Quantity = record.Quantity{Value: fmt.Sprint((t.seconds + 30) / 60), Unit: "min", System: record.UCUM, Code: "min"}
	} else {
		c.Value.Quantity = record.Quantity{Value: itoa(t.n), Unit: "times"}
	}
	return c
}

// readings tells how many readings there were, and from when to when.
func (d *day) readings() string {
	first, last := clock(string(d.first), d.day), clock(string(d.last), d.day)
	if d.n == 1 {
		return "one reading"
	}
	if first == "" || last == "" {
		return itoa(d.n) + " readings"
	}
	return fmt.Sprintf("%d readings between %s and %s", d.n, first, last)
}

// clock is the time of day with its offset, as written, and the date where it
// is another day's.
func clock(s, day string) string {
	if date(s) == "" || len(s) != len(stamp) {
		return ""
	}
	c := s[11:16] + " (UTC" + s[20:23] + ":" + s[23:] + ")"
	if dayOf(s) != day {
		return date(s).Day().Human() + ", " + c
	}
	return c
}

func (r *reader) dayObservation(d *day, category string) *record.Observation {
	return &record.Observation{Category: r.alike.category(category), Effective: record.At(date(d.day)), Device: r.alike.device(d.device)}
}

// addDay files a day and tells of the readings in it: the first counts as the
// day itself.
func (r *reader) addDay(o *record.Observation, d *day) {
	p := record.Provenance{Place: d.place, System: d.source, Asserter: sample{self: d.self, device: d.device}.asserter()}
	if d.n > 1 {
		p.Place += fmt.Sprintf(" and %d more of that day", d.n-1)
	}
	if d.flavor != "" {
		o.Note = append(o.Note, "only those with the reason: "+d.flavor)
	}
	p.Identifiers = []record.Identifier{{System: daySystem, Value: d.name()}}
	r.add(o, p)
	for range d.n - 1 {
		r.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
	}
}

// name is the name of a day of one source, the same in every export.
func (d *day) name() string {
	self := ""
	if d.self {
		self = "self"
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{d.typ, d.source, d.device, d.unit, d.flavor, d.day, self}, "\x00")))
	return hex.EncodeToString(sum[:16])
}
