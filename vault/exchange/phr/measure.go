package phr

import (
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// measure is one reading of a row of vitals: the member that holds it, what it
// is called, its LOINC code where the name leaves only one, and the member that
// states its unit.
type measure struct{ name, words, loinc, unit string }

// The codes are those of FHIR's vital signs (https://hl7.org/fhir/R4/observation-vitalsigns.html).
var (
	bodyHeight = measure{"height", "Body height", "8302-2", "height_unit"}
	bodyWeight = measure{"weight", "Body weight", "29463-7", "weight_unit"}
	measures   = []measure{
		{"heart_rate", "Heart rate", "8867-4", ""},
		{"temperature", "Body temperature", "8310-5", "temperature_unit"},
		bodyWeight, bodyHeight,
		{"oxygen_saturation", "Oxygen saturation", "2708-6", ""},
		{"respiratory_rate", "Respiratory rate", "9279-1", ""},
		{"blood_glucose", "Blood glucose", "", "glucose_unit"},
		{"bmi", "Body mass index", "39156-5", ""},
		{"pain_scale", "Pain", "", ""},
	}
)

func (m measure) code() record.Concept {
	c := record.Concept{Text: m.words}
	if m.loinc != "" {
		c.Coding = []record.Coding{{System: record.LOINC, Code: m.loinc}}
	}
	return c
}

func category(code string) []record.Concept {
	return []record.Concept{{Coding: []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/observation-category", Code: code}}}}
}

// vitals reads one row: each reading is a result of its own, blood pressure one
// with two parts (hazard 29). The row counts once for each.
func (r *reader) vitals(v value, at string) {
	when := r.at(v, "recorded_date", at)
	found := r.pressure(v, at, when)
	for _, m := range measures {
		found = r.measured(v, at, m, when) || found
	}
	if !found {
		r.report(at, exchange.Kept, "vitals", "holds no reading; it is kept in the original")
	}
}

// measured files one reading, if it is there.
func (r *reader) measured(v value, at string, m measure, when record.When) bool {
	reading := v.Get(m.name)
	if !reading.Exists() {
		return false
	}
	o := &record.Observation{Category: category("vital-signs"), Code: m.code(), Effective: when, Value: r.amount(v, m, at)}
	r.circumstances(o, v)
	r.file(reading, at+"/"+m.name, o)
	return true
}

// amount is a number with the unit that the row states for it, or words.
func (r *reader) amount(v value, m measure, at string) record.Value {
	text := v.TextOf(m.name)
	number, ok := record.DecimalText(text)
	if !ok {
		return record.Value{Text: text}
	}
	return record.Value{Quantity: record.Quantity{Value: number, Unit: v.TextOf(m.unit)}}
}

func (r *reader) pressure(v value, at string, when record.When) bool {
	if !v.Get("systolic_bp").Exists() && !v.Get("diastolic_bp").Exists() {
		return false
	}
	o := &record.Observation{
		Category: category("vital-signs"), Effective: when,
		Code: measure{words: "Blood pressure", loinc: "85354-9"}.code(),
	}
	for _, m := range []measure{{"systolic_bp", "Systolic", "8480-6", ""}, {"diastolic_bp", "Diastolic", "8462-4", ""}} {
		if v.Get(m.name).Exists() {
			o.Component = append(o.Component, record.Component{Code: m.code(), Value: r.amount(v, m, at)})
		}
	}
	r.circumstances(o, v)
	name := "systolic_bp"
	if !v.Get(name).Exists() {
		name = "diastolic_bp"
	}
	r.file(v.Get(name), at+"/"+name, o)
	return true
}

// circumstances are what a row says of all its readings.
func (r *reader) circumstances(o *record.Observation, v value) {
	o.Device = v.TextOf("device_used")
	o.Performer = some(v.TextOf("recorded_by"))
	o.Note = notes(v, "notes", "location")
}

// labResult reads a test. With components it is a report and its results; else
// one result, which may have no value but what it says of it.
func (r *reader) labResult(v value, at string) {
	code := record.Concept{Text: v.TextOf("test_name")}
	if c := v.TextOf("test_code"); c != "" {
		code.Coding = []record.Coding{{Code: c}}
	}
	d := &record.DiagnosticReport{
		Status: v.TextOf("status"), Category: concepts(v, "test_category"), Code: code, Effective: r.at(v, "completed_date", at),
		Performer: some(v.TextOf("facility")), Conclusion: v.TextOf("labs_result"), Note: notes(v, "notes", "test_type", "ordered_by", "attached_files"),
	}
	if on := r.date(v.Get("ordered_date"), at+"/ordered_date").Human(); on != "" {
		d.Note = append(d.Note, "ordered on "+on)
	}
	var results []func()
	for i, c := range v.Each("test_components") {
		here := at + "/test_components/" + strconv.Itoa(i)
		if c.Kind() != '{' {
			r.report(here, exchange.Refused, "", "the entry is not an object")
			continue
		}
		d.Result = append(d.Result, record.Reference{Local: here, Display: c.TextOf("test_name")})
		results = append(results, func() { r.component(c, here, d, at) })
	}
	r.file(v, at, d, at)
	for _, file := range results {
		file()
	}
}

// component reads one value of a test. Its status is the test's: a component
// calls status what is a flag (normal, high, …).
func (r *reader) component(v value, at string, d *record.DiagnosticReport, report string) {
	o := &record.Observation{
		Status: d.Status, Category: category("laboratory"), Code: words(v, "test_name"), Effective: d.Effective,
		Interpretation: concepts(v, "status"), Performer: d.Performer, Panel: record.Reference{Local: report, Display: d.Code.Text}, Note: notes(v, "abbreviation", "category"),
	}
	if q := v.TextOf("qualitative_value"); q != "" {
		o.Value.Text = q
	}
	if v.Get("value").Exists() {
		amount := r.amount(v, measure{name: "value", unit: "unit"}, at)
		if o.Value.Text != "" {
			o.Note = append(o.Note, "in words: "+o.Value.Text)
		}
		o.Value = amount
	}
	low, okLow := record.DecimalText(v.TextOf("ref_range_min"))
	high, okHigh := record.DecimalText(v.TextOf("ref_range_max"))
	text := v.TextOf("ref_range_text")
	if okLow || okHigh || text != "" {
		rr := record.ReferenceRange{Text: text}
		if okLow {
			rr.Low = record.Quantity{Value: low, Unit: v.TextOf("unit")}
		}
		if okHigh {
			rr.High = record.Quantity{Value: high, Unit: v.TextOf("unit")}
		}
		o.ReferenceRange = []record.ReferenceRange{rr}
	}
	r.file(v, at, o, at)
}

// joined puts what is there into one line.
func joined(words ...string) string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, ", ")
}
