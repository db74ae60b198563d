package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// pair is one Correlation of type blood pressure.
type pair struct {
	sample
	parts []sample
}

// partKey finds the Record that a Correlation holds among those that stand by
// themselves: "Any Records that appear as children of a correlation also appear
// as top-level records in this document" (the export's own DTD).
type partKey struct{ typ, value, unit, source, start, end string }

func (s sample) part() partKey {
	return partKey{s.typ, s.value, s.unit, s.source, s.start, s.end}
}

// correlation reads a blood pressure; what else belongs together (the nutrients
// of one meal) is filed by its parts.
func (r *reader) correlation(e *element) {
	s := r.sampleOf(e)
	name, _ := strings.CutPrefix(s.typ, correlationPrefix)
	switch {
	case name == "Food":
		r.sink.Report(exchange.Issue{
			Issue:   record.Issue{Severity: record.Information, Place: e.place(), Text: "what the meal consisted of is in the sums of its day; its name is kept in the original"},
			Outcome: exchange.Kept, What: "meals",
		})
		r.parts(e)
		return
	case name != "BloodPressure":
		r.kept(e, s.typ, "a type of entry that is not known; it is kept in the original")
		r.parts(e)
		return
	case !isTime(s.start):
		r.refuse(e, s.typ, "its time cannot be read; it is kept in the original only")
		r.parts(e)
		return
	case r.gathered.held >= keptLimit:
		r.kept(e, s.typ, tooMany)
		r.parts(e)
		return
	}
	p := &pair{sample: s.kept()}
	for i := range e.inner {
		if e.inner[i].Name.Local != "Record" {
			continue
		}
		part := r.sampleOf(&e.inner[i])
		if _, _, ok := amount(part.value, part.unit); !ok || len(p.parts) >= pairLimit {
			r.refuse(e, part.typ, "a part of the reading is no number; it is kept in the original only")
			continue
		}
		p.parts = append(p.parts, part.kept())
	}
	r.gathered.held += 1 + len(p.parts)
	r.gathered.pairs = append(r.gathered.pairs, p)
}

// pairLimit is how many parts a blood pressure has at most: the two pressures,
// and what a device may measure with them.
const pairLimit = 8

// parts tells of the Records inside a Correlation that stand in the file once
// more by themselves.
func (r *reader) parts(e *element) {
	for i := range e.inner {
		if e.inner[i].Name.Local == "Record" {
			r.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
		}
	}
}

// pressures files the blood pressures, and takes their parts from the readings
// that stand by themselves.
func (r *reader) pressures() {
	inPair := map[partKey]int{}
	for _, p := range r.gathered.pairs {
		for _, s := range p.parts {
			inPair[s.part()]++
			r.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
		}
		r.pressure(p)
	}
	for _, d := range r.gathered.order {
		if !strings.HasPrefix(d.typ, quantityPrefix+"BloodPressure") {
			continue
		}
		alone := d.kept[:0]
		for _, s := range d.kept {
			if inPair[s.part()] > 0 {
				inPair[s.part()]--
				r.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
				continue
			}
			alone = append(alone, s)
		}
		d.kept = alone
	}
	r.gathered.pairs = nil
}

// pressure files one blood pressure with its parts together.
func (r *reader) pressure(p *pair) {
	code := record.Concept{Text: "Blood pressure", Coding: []record.Coding{{System: record.LOINC, Code: "85354-9"}, {System: system, Code: p.typ}}}
	o := r.observation(p.sample, code, record.VitalSigns)
	for _, s := range p.parts {
		name := strings.TrimPrefix(s.typ, quantityPrefix)
		value, _, _ := amount(s.value, s.unit)
		o.Component = append(o.Component, record.Component{Code: r.alike.quantity(name, value.Unit, ""), Value: record.Value{Quantity: value}})
		p.self = p.self || s.self
		if o.Device == "" {
			o.Device, p.device = r.alike.device(s.device), s.device
		}
	}
	r.add(o, p.provenance())
}
