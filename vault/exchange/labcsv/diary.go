package labcsv

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// diary reads a row of readings: each is a result of its own, but the two of a
// blood pressure stay together (CLINICAL-SAFETY hazard 29). Who took them is not
// said.
func (r *reader) diary(one row) {
	c := r.dialect.columns
	n := 0
	for _, reading := range readings {
		i := c.at(reading.role)
		if i < 0 || i >= len(one.cells) || one.cells[i] == "" && (reading.role != systolic || one.cell(c, diastolic) == "") {
			continue
		}
		o := &record.Observation{Category: r.category(record.VitalSigns), Code: record.Concept{Text: reading.words}, Effective: r.when(one.cell(c, date), one.cell(c, clock))}
		if o.Code.Text == "" {
			o.Code.Text, _ = bracketed(c[i].heading)
		}
		if reading.loinc != "" {
			o.Code.Coding = []record.Coding{{System: record.LOINC, Code: reading.loinc}}
		}
		if reading.role == glucose {
			o.Category = r.category(record.Laboratory)
		}
		if reading.role == systolic {
			o.Component = r.pressure(one)
		} else {
			r.setValue(o, one.cells[i], r.readingUnit(one, i))
		}
		if n == 0 {
			if w := one.cell(c, comment); w != "" {
				o.Note = append(o.Note, w)
			}
			o.Note = append(o.Note, r.others(one)...)
		}
		place := one.place()
		if n++; n > 1 {
			place += ", " + c[i].heading
		}
		r.add(one, place, o)
	}
	if n == 0 {
		r.report(one, exchange.Kept, record.Information, "has no reading; it is kept in the original")
	}
}

// readingUnit is the unit in the heading's brackets; a column of units serves
// one column of readings only.
func (r *reader) readingUnit(one row, i int) string {
	c := r.dialect.columns
	if c[i].unit != "" {
		return c[i].unit
	}
	only := 0
	for _, reading := range readings {
		if c.has(reading.role) {
			only++
		}
	}
	if only == 1 {
		return one.cell(c, unit)
	}
	return ""
}

func (r *reader) pressure(one row) []record.Component {
	c := r.dialect.columns
	var out []record.Component
	for _, part := range []struct {
		role        role
		words, code string
	}{{systolic, "Systolic", "8480-6"}, {diastolic, "Diastolic", "8462-4"}} {
		i := c.at(part.role)
		if i < 0 {
			continue
		}
		var o record.Observation
		r.setValue(&o, one.cell(c, part.role), r.readingUnit(one, i))
		out = append(out, record.Component{
			Code:  record.Concept{Text: part.words, Coding: []record.Coding{{System: record.LOINC, Code: part.code}}},
			Value: o.Value, DataAbsentReason: o.DataAbsentReason,
		})
	}
	return out
}
