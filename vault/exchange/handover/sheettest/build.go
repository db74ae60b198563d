package sheettest

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

// Code is a concept with words and one code.
func Code(text, system, code string) record.Concept {
	return record.Concept{Text: text, Coding: []record.Coding{{System: system, Code: code, Display: text}}}
}

// Words is a concept without a code.
func Words(text string) record.Concept { return record.Concept{Text: text} }

// Category is an observation category.
func Category(code string) []record.Concept {
	return []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: code}}}}
}

// Lab is a final laboratory result; a value may begin with a comparator.
func Lab(name, loinc string, on record.Date, value, unit string) *record.Observation {
	return &record.Observation{
		Status: "final", Category: Category(record.Laboratory), Code: Code(name, record.LOINC, loinc),
		Effective: record.At(on), Value: record.Value{Quantity: Amount(value, unit)},
	}
}

// Amount is a quantity; the value may begin with a comparator.
func Amount(value, unit string) record.Quantity {
	q := record.Quantity{Value: value, Unit: unit}
	for _, c := range []record.Comparator{record.LessOrEqual, record.GreaterOrEqual, record.Less, record.Greater} {
		if n := len(c); len(value) > n && value[:n] == string(c) {
			q.Comparator, q.Value = c, value[n:]
			break
		}
	}
	return q
}

// Between is a numeric reference range.
func Between(low, high, unit string) []record.ReferenceRange {
	var r record.ReferenceRange
	if low != "" {
		r.Low = record.Quantity{Value: low, Unit: unit}
	}
	if high != "" {
		r.High = record.Quantity{Value: high, Unit: unit}
	}
	return []record.ReferenceRange{r}
}

// Flag is an interpretation by HL7 code and words.
func Flag(code, words string) []record.Concept {
	return []record.Concept{Code(words, record.InterpretationSystem, code)}
}

// Pressure is a blood pressure reading.
func Pressure(on record.Date, systolic, diastolic string) *record.Observation {
	part := func(name, loinc, value string) record.Component {
		return record.Component{Code: Code(name, record.LOINC, loinc), Value: record.Value{Quantity: Amount(value, "mmHg")}}
	}
	return &record.Observation{
		Status: "final", Category: Category(record.VitalSigns), Code: Code("Blood pressure", record.LOINC, "85354-9"), Effective: record.At(on),
		Component: []record.Component{part("Systolic", "8480-6", systolic), part("Diastolic", "8462-4", diastolic)},
	}
}

// Vital is a vital sign.
func Vital(name, loinc string, on record.Date, value, unit string) *record.Observation {
	o := Lab(name, loinc, on, value, unit)
	o.Category = Category(record.VitalSigns)
	return o
}

// Order is an active prescription.
func Order(name, dose string, written record.Date, by string) *record.MedicationStatement {
	return &record.MedicationStatement{
		Origin: record.Request, Status: "active", Intent: "order", Medication: Words(name), AuthoredOn: written, Requester: by,
		Dosage: []record.Dosage{{Text: dose}},
	}
}

// Problem is an active, confirmed problem.
func Problem(name string, since record.Date) *record.Condition {
	return &record.Condition{ClinicalStatus: "active", VerificationStatus: "confirmed", Code: Words(name), Onset: record.At(since)}
}

// Note is a document with sections: title, text, title, text.
func Note(title string, on record.Date, author string, sections ...string) *record.DocumentReference {
	d := &record.DocumentReference{Status: "current", DocStatus: "final", Title: title, Date: on, Author: []string{author}}
	for i := 0; i+1 < len(sections); i += 2 {
		var w record.NarrativeWriter
		w.Open("p", "", "")
		w.Text(sections[i+1])
		d.Section = append(d.Section, record.Section{Title: sections[i], Text: w.Narrative()})
	}
	return d
}

func day(year, month, dayOfMonth int) record.Date {
	return record.Date(fmt.Sprintf("%04d-%02d-%02d", year, month, dayOfMonth))
}
