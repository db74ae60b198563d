package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// workout files one training with its totals. Its route lies in a file of its
// own.
func (r *reader) workout(e *element) {
	s := r.sampleOf(e)
	typ := e.get("workoutActivityType")
	switch {
	case !isTime(s.start):
		r.refuse(e, "Workout", "its time cannot be read; it is kept in the original only")
		return
	case r.gathered.held >= keptLimit:
		r.kept(e, "Workout", tooMany)
		return
	}
	r.gathered.held++
	s = s.kept()
	code := record.Concept{Text: "Workout: " + words(strings.TrimPrefix(typ, workoutPrefix)), Coding: []record.Coding{{System: record.LOINC, Code: "73985-4"}, {System: system, Code: strings.Clone(typ)}}}
	o := r.observation(s, code, activity)
	o.Component = total(o.Component, "Duration", e.get("duration"), e.get("durationUnit"))
	o.Component = total(o.Component, "Distance", e.get("totalDistance"), e.get("totalDistanceUnit"))
	o.Component = total(o.Component, "Energy burned", e.get("totalEnergyBurned"), e.get("totalEnergyBurnedUnit"))
	for i := range e.inner {
		switch in := &e.inner[i]; in.Name.Local {
		case "WorkoutStatistics":
			o.Component = statistics(o.Component, in)
		case "WorkoutRoute":
			o.Note = append(o.Note, "its route lies in a file of its own in the export")
		}
	}
	r.add(o, s.provenance())
}

// total adds a total to the components, when it is a number.
func total(to []record.Component, title, value, unit string) []record.Component {
	q, _, ok := amount(strings.Clone(value), strings.Clone(unit))
	if !ok {
		return to
	}
	return append(to, record.Component{Code: record.Concept{Text: title}, Value: record.Value{Quantity: q}})
}

// statistics adds what a WorkoutStatistics holds.
func statistics(to []record.Component, e *element) []record.Component {
	name := strings.TrimPrefix(e.get("type"), quantityPrefix)
	title := quantities[name].title
	if title == "" {
		title = words(name)
	}
	for _, x := range []struct{ attribute, words string }{{"sum", ", sum"}, {"average", ", average"}, {"minimum", ", lowest"}, {"maximum", ", highest"}} {
		to = total(to, title+x.words, e.get(x.attribute), e.get("unit"))
	}
	return to
}

// activitySummary files the rings of one day.
func (r *reader) activitySummary(e *element) {
	on := date(e.get("dateComponents"))
	switch {
	case on == "":
		r.refuse(e, "ActivitySummary", "its date cannot be read; it is kept in the original only")
		return
	case r.gathered.held >= keptLimit:
		r.kept(e, "ActivitySummary", tooMany)
		return
	}
	r.gathered.held++
	o := &record.Observation{
		Code: record.Concept{Text: "Activity of the day", Coding: []record.Coding{{System: system, Code: "HKActivitySummary"}}}, Category: r.alike.category(activity), Effective: record.At(on),
	}
	for _, x := range []struct{ title, attribute, unit string }{
		{"Active energy", "activeEnergyBurned", e.get("activeEnergyBurnedUnit")},
		{"Active energy, goal", "activeEnergyBurnedGoal", e.get("activeEnergyBurnedUnit")},
		{"Moving", "appleMoveTime", "min"},
		{"Exercise", "appleExerciseTime", "min"},
		{"Exercise, goal", "appleExerciseTimeGoal", "min"},
		{"Hours with standing", "appleStandHours", "hr"},
		{"Hours with standing, goal", "appleStandHoursGoal", "hr"},
	} {
		o.Component = total(o.Component, x.title, e.get(x.attribute), x.unit)
	}
	p := r.provenance(e)
	p.System, p.Asserter = "Apple Health", record.ByDevice
	p.Identifiers = []record.Identifier{{System: daySystem, Value: "ActivitySummary " + string(on)}}
	r.add(o, p)
}
