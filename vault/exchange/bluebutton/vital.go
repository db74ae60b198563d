package bluebutton

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var vitalKeys = layout{
	starts: []string{"vital sign", "measurement type", "vital statistic type"},
	keys:   []string{"measurement", "location", "date/time collected", "date", "time", "systolic", "diastolic", "heart rate", "body weight", "body temperature", "pain level", "blood sugar count", "inr value", "target range", "measure", "method", "reading", "provider", "pulse oximeter reading", "height", "cholesterol"},
	prose:  []string{"comments"},
	closes: true,
}

// vitalCodes are the LOINC codes of FHIR's vital signs profiles for names that
// leave no doubt (https://hl7.org/fhir/R4/observation-vitalsigns.html).
var vitalCodes = map[string]string{
	"blood pressure": "85354-9", "pulse rate": "8867-4", "heart rate": "8867-4", "respiration": "9279-1", "temperature": "8310-5", "body temperature": "8310-5", "height": "8302-2",
	"weight": "29463-7", "body weight": "29463-7", "patient body weight - measured": "29463-7", "pulse oximetry": "59408-5",
}

// vitals reads readings. The VA prints the latest ones twice, in a table and in
// the full list: the table counts only where the list has not the same.
func (r *reader) vitals(s *section, k *kind) int {
	items, _ := k.parse(r.lines, s.first, s.last)
	listed := map[string]bool{}
	for _, it := range items {
		o := r.vital(it)
		listed[vitalKey(o)] = true
		r.add(s, it.first, it.last, o, "vital sign", author(it.get("location")))
	}
	n := len(items)
	for i := s.first; i <= s.last; i++ {
		if o := tableVital(r.lines[i].Text); o != nil && !listed[vitalKey(o)] {
			listed[vitalKey(o)] = true
			r.add(s, i, i, o, "vital sign")
			n++
		}
	}
	if n == 0 {
		r.outcome(s, nil, "")
	}
	return n
}

func vitalKey(o *record.Observation) string {
	sum := o.Summary()
	return strings.ToLower(sum.Title) + "|" + sum.Result() + "|" + string(o.Effective.Start)
}

// tableRow is a line of the VA's table: name, measurement, date, in columns.
var tableRow = regexp.MustCompile(`^([^\s:][^:]*?)\s{2,}(\S.*?)\s{2,}(\d{1,2} [A-Z][a-z]{2} \d{4}(?: @ \d{4})?)\s*$`)

func tableVital(line string) *record.Observation {
	m := tableRow.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	o := &record.Observation{Category: category(record.VitalSigns), Code: vitalConcept(m[1]), Effective: at(m[3])}
	measure(o, m[2], "")
	return o
}

func vitalConcept(name string) record.Concept {
	if code := vitalCodes[strings.ToLower(name)]; code != "" {
		return loinc(name, code)
	}
	return words(name)
}

// vital reads one reading.
func (r *reader) vital(it *item) *record.Observation {
	name := it.get(vitalKeys.starts...)
	o := &record.Observation{Category: category(record.VitalSigns), Code: vitalConcept(name)}
	if w := it.get("date/time collected"); w != "" {
		o.Effective = at(w)
	} else {
		o.Effective = atTime(it.get("date"), it.get("time"))
	}
	o.Method = words(it.get("method"))
	unit := it.get("measure")
	if sys, dia := it.get("systolic"), it.get("diastolic"); sys != "" && dia != "" {
		o.Component = pressureParts(sys, dia, unit)
	} else {
		measure(o, it.get("measurement", "reading", "heart rate", "body weight", "body temperature", "pain level", "blood sugar count", "inr value", "pulse oximeter reading", "height", "cholesterol"), unit)
	}
	if o.Value.Empty() && len(o.Component) == 0 {
		o.DataAbsentReason = words("the report gives no value")
	}
	if comments := it.get("comments"); comments != "" {
		o.Note = append(o.Note, comments)
	}
	location := it.get("location")
	o.Note = append(o.Note, it.rest()...)
	if location != "" {
		it.fields = append(it.fields, &field{key: "Location", name: "location", value: []string{location}})
	}
	return o
}

// measure sets a value: the parts of a blood pressure stay together, a number
// without a unit gets none (CLINICAL-SAFETY hazard 17).
func measure(o *record.Observation, s, unit string) {
	if parts, ok := bloodPressure(s, unit); ok && o.Code.Has(record.LOINC, vitalCodes["blood pressure"]) {
		o.Component = parts
		return
	}
	o.Value = value(s, unit)
}

// vaccineRow is a line of the VA's table of vaccines: name and date, in columns.
var vaccineRow = regexp.MustCompile(`^([^\s:][^:]*?)\s{2,}(\d{1,2} [A-Z][a-z]{2} \d{4}(?: @ \d{4})?)\s*$`)
