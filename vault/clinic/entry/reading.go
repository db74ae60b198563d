package entry

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Home readings are observations by their LOINC codes, in units of UCUM, as the
// vital signs profile of FHIR R4 has them
// (https://hl7.org/fhir/R4/observation-vitalsigns.html).

var (
	measured   = Field{Name: "time", Label: "When", Type: Time, Required: true, Default: "now", Past: true}
	withDevice = Field{Name: "device", Label: "Measured with", Type: Text, Hint: "the name on the device"}
	pressure   = []Unit{{"mm[Hg]", "mmHg", "10", "400"}}
)

var bloodPressure = Kind{
	Name: "blood-pressure", Title: "Blood pressure", Record: record.KindObservation,
	Fields: []Field{
		{Name: "systolic", Label: "Upper value", Type: Amount, Required: true, Units: pressure, Hint: "120"},
		{Name: "diastolic", Label: "Lower value", Type: Amount, Required: true, Units: pressure, Hint: "80"},
		measured, withDevice, remark(),
	},
	make: func(v values) record.Resource {
		o := v.reading(record.VitalSigns, loinc("Blood pressure", "85354-9"))
		for _, part := range []struct{ field, words, code string }{
			{"systolic", "Systolic blood pressure", "8480-6"}, {"diastolic", "Diastolic blood pressure", "8462-4"},
		} {
			o.Component = append(o.Component, record.Component{Code: loinc(part.words, part.code), Value: record.Value{Quantity: v.amount(part.field)}})
		}
		return o
	},
	read: func(r record.Resource) map[string]string {
		o := r.(*record.Observation)
		fields := readReading(o)
		systolic, diastolic, _ := o.BloodPressure()
		fields["systolic"], fields["diastolic"] = amountOf(systolic), amountOf(diastolic)
		return fields
	},
}

// single is a reading of one number.
func single(name, title, label string, units []Unit, category string, codes ...string) Kind {
	return Kind{
		Name: name, Title: title, Record: record.KindObservation,
		Fields: []Field{{Name: "value", Label: label, Type: Amount, Required: true, Units: units}, measured, withDevice, remark()},
		make: func(v values) record.Resource {
			o := v.reading(category, loinc(title, codes...))
			o.Value.Quantity = v.amount("value")
			return o
		},
		read: func(r record.Resource) map[string]string {
			o := r.(*record.Observation)
			fields := readReading(o)
			fields["value"] = amountOf(o.Value.Quantity)
			return fields
		},
	}
}

var (
	weight = single("weight", "Body weight", "Weight",
		[]Unit{{"kg", "kg", "0.2", "700"}, {"[lb_av]", "lb", "0.4", "1500"}}, record.VitalSigns, "29463-7")
	temperature = single("temperature", "Body temperature", "Temperature",
		[]Unit{{"Cel", "°C", "25", "45"}, {"[degF]", "°F", "77", "113"}}, record.VitalSigns, "8310-5")
	pulse = single("pulse", "Pulse", "Beats a minute",
		[]Unit{{"/min", "beats/minute", "10", "350"}}, record.VitalSigns, "8867-4")
	oxygen = single("oxygen", "Oxygen saturation", "Oxygen saturation (SpO2)",
		[]Unit{{"%", "%", "1", "100"}}, record.VitalSigns, "59408-5", "2708-6")
	height = single("height", "Body height", "Height",
		[]Unit{{"cm", "cm", "20", "280"}, {"[in_i]", "in", "8", "110"}}, record.VitalSigns, "8302-2")
	respiration = single("respiration", "Respiratory rate", "Breaths a minute",
		[]Unit{{"/min", "breaths/minute", "2", "120"}}, record.VitalSigns, "9279-1")
	peakFlow = single("peak-flow", "Peak flow", "Peak flow",
		[]Unit{{"L/min", "L/min", "20", "1000"}}, record.VitalSigns, "33452-4")
	clotting = single("inr", "INR, by a meter at home", "INR",
		[]Unit{{"{INR}", "INR", "0.5", "20"}}, record.Laboratory, "46418-0")
)

var glucoseMeal = Field{Name: "meal", Label: "Before or after a meal", Type: Pick, Choices: []Choice{
	{"fasting", "fasting", "fasting"}, {"before", "before a meal", "before a meal"}, {"after", "after a meal", "after a meal"}, {"bedtime", "at bedtime", "at bedtime"},
}}

// glucose is what a meter shows of capillary blood: by mass (LOINC 41653-7) or by
// amount of substance (14743-9), as its unit says.
var glucose = Kind{
	Name: "glucose", Title: "Blood glucose", Record: record.KindObservation,
	Fields: []Field{
		{Name: "value", Label: "Glucose", Type: Amount, Required: true, Compared: true, Units: []Unit{{"mg/dL", "mg/dL", "5", "2000"}, {"mmol/L", "mmol/L", "0.3", "110"}}},
		glucoseMeal, measured, withDevice, remark(),
	},
	make: func(v values) record.Resource {
		q := v.amount("value")
		code := "41653-7"
		if q.Code == "mmol/L" {
			code = "14743-9"
		}
		o := v.reading(record.Laboratory, loinc("Glucose, by a meter at home", code))
		o.Value.Quantity, o.Specimen = q, "capillary blood"
		if meal := v.chosen("meal"); meal != "" {
			o.Method = record.Concept{Text: meal}
		}
		return o
	},
	read: func(r record.Resource) map[string]string {
		o := r.(*record.Observation)
		fields := readReading(o)
		fields["value"], fields["meal"] = amountOf(o.Value.Quantity), glucoseMeal.chosen(o.Method.Text)
		return fields
	},
}

func loinc(words string, codes ...string) record.Concept {
	c := record.Concept{Text: words}
	for _, code := range codes {
		c.Coding = append(c.Coding, record.Coding{System: record.LOINC, Code: code})
	}
	return c
}

// reading is what all readings have in common.
func (v values) reading(category string, code record.Concept) *record.Observation {
	return &record.Observation{
		Status: "final", Category: []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: category}}}},
		Code: code, Effective: record.At(v.date("time")), Device: v.text["device"], Note: v.notes(),
	}
}

func readReading(o *record.Observation) map[string]string {
	return map[string]string{"time": strings.TrimSpace(string(o.Effective.Start)), "device": o.Device, "note": first(o.Note)}
}
