package dicom

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/record"
)

func itoa(n int) string { return strconv.Itoa(n) }

// observe makes a result of a measurement that is certain: named by LOINC,
// measured in UCUM, of the patient, and with nothing around it or below it that
// says how it is to be taken. All others stay in the report's text alone.
func (r *reporter) observe(d dataset, c surroundings) {
	if !c.certain || d.text(tagValueType) != "NUM" || !bareItem(d) {
		return
	}
	name := d.concept(tagConceptNameSeq)
	q, _, absent := quantity(d)
	if name.Code(record.LOINC) == "" || q.Empty() || q.Code == "" || !absent.Empty() || len(d.items(tagMeasuredValueSeq)) != 1 {
		return
	}
	when := d.text(tagObservationDateTime)
	if when == "" {
		when = c.when
	}
	o := &record.Observation{
		Status: r.status(), Category: []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: "imaging"}}}},
		Code: name, Value: record.Value{Quantity: q}, Issued: r.issued, Performer: r.authors(),
	}
	if when != "" {
		o.Effective = stamp(when, r.zone)
	}
	r.observed = append(r.observed, o)
	r.places = append(r.places, tagContentSeq.String()+c.place)
}

// bareItem says that nothing below an item changes its meaning: what it was
// measured in, or inferred from, does not.
func bareItem(d dataset) bool {
	for _, i := range d.items(tagContentSeq) {
		switch i.text(tagRelationship) {
		case "INFERRED FROM", "SELECTED FROM", "HAS ACQ CONTEXT":
		default:
			return false
		}
	}
	return true
}
