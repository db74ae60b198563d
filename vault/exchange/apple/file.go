package apple

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/record"
)

func itoa(n int) string { return strconv.Itoa(n) }

// observation is what all readings have in common.
func (r *reader) observation(s sample, code record.Concept, category string) *record.Observation {
	o := &record.Observation{
		Code: code, Category: r.alike.category(category), Effective: span(s.start, s.end), Device: r.alike.device(s.device), Note: s.notes,
	}
	if s.site != "" {
		o.BodySite = record.Concept{Text: s.site}
	}
	return o
}

// reading files one quantity.
func (r *reader) reading(s sample, name string) {
	q := quantities[name]
	value, note, _ := amount(s.value, s.unit)
	o := r.observation(s, r.alike.quantity(name, value.Unit, ""), q.category)
	o.Value = record.Value{Quantity: value}
	if note != "" {
		o.Note = append(o.Note, note)
	}
	r.add(o, s.provenance())
}

// event files one category value. What is stated not to be there is filed as
// such, and an event without a value as having happened.
func (r *reader) event(s sample, name string) {
	o := r.observation(s, categoryConcept(name, ""), categoryOfEvent(name))
	o.Absent = absent(s.value)
	if w := valueWords(s.value, name); w != "" && s.value != valuePrefix+"NotApplicable" && !o.Absent {
		o.Value = record.Value{Concept: record.Concept{Text: w, Coding: []record.Coding{{System: system, Code: s.value}}}}
	}
	r.add(o, s.provenance())
}

// categoryOfEvent is the category of observations of a category type: what a
// person tells of the body is a survey, what the watch tells a vital sign.
func categoryOfEvent(name string) string {
	switch name {
	case "HighHeartRateEvent", "LowHeartRateEvent", "IrregularHeartRhythmEvent", "LowCardioFitnessEvent", "SleepApneaEvent", "HypertensionEvent":
		return record.VitalSigns
	case "OvulationTestResult", "PregnancyTestResult", "ProgesteroneTestResult":
		return record.Laboratory
	case "AppleWalkingSteadinessEvent", "AudioExposureEvent", "EnvironmentalAudioExposureEvent", "HeadphoneAudioExposureEvent", "SleepAnalysis", "AppleStandHour",
		"MindfulSession", "HandwashingEvent", "ToothbrushingEvent":
		return activity
	}
	return "survey"
}
