package sheet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Timeline is the record by calendar, newest first.
type Timeline struct {
	Years []TimelineYear
	Most  int // entries of the year that has most
}

// TimelineYear is one year, or what has no date.
type TimelineYear struct {
	Title  string // "2024", "Without a date"
	Count  int    // entries
	Events []Event
}

// Event is one thing that happened, or the results of a day.
type Event struct {
	Date    string
	What    string
	Title   string
	Inside  []string // of a visit: what names it as the place where it happened
	Section string   // where it is told in full; "" where that is nowhere by itself
}

// timeline arranges the selection; its events lead to the sections that are there.
func (b *builder) timeline(sections []Section) Timeline {
	var t Timeline
	add := func(title string, events []Event, count int) {
		for i, e := range events {
			if !slices.ContainsFunc(sections, func(s Section) bool { return s.ID == e.Section }) {
				events[i].Section = ""
			}
		}
		if count > 0 {
			t.Years = append(t.Years, TimelineYear{title, count, events})
			t.Most = max(t.Most, count)
		}
	}
	line := clinic.TimelineOf(b.sel.Records, clinic.TimelineFilter{})
	for _, y := range line.Years {
		var events []Event
		count := y.Len()
		for _, m := range y.Months {
			for _, d := range m.Days {
				events = append(events, b.events(d.Date.Human(), d.Shelf)...)
				count += d.Len()
			}
			events = append(events, b.events(m.Date.Human(), m.Shelf)...)
			count += m.Len()
		}
		add(string(y.Date), append(events, b.events(string(y.Date), y.Shelf)...), count)
	}
	add("Without a date", b.events("", line.Undated), line.Undated.Len())
	return t
}

// events are those of one place of the calendar: visits first, the results of a
// day as one.
func (b *builder) events(date string, s clinic.Shelf) []Event {
	var events []Event
	for _, v := range s.Visits {
		e := event(date, v.Line)
		results, others := parted(v.Inside)
		for _, l := range others {
			e.Inside = append(e.Inside, record.Visible(l.Title))
		}
		if len(results) > 0 {
			e.Inside = append(e.Inside, resultsOf(results))
		}
		events = append(events, e)
	}
	results, others := parted(s.Lines)
	for _, l := range others {
		events = append(events, event(date, l))
	}
	if len(results) > 0 {
		events = append(events, Event{Date: date, What: "Results", Title: resultsOf(results), Section: sectionOf(results[0])})
	}
	return events
}

// parted tells results from everything else.
func parted(lines []clinic.Line) (results, others []clinic.Line) {
	for _, l := range lines {
		if l.Resource.Kind() == record.KindObservation {
			results = append(results, l)
		} else {
			others = append(others, l)
		}
	}
	return results, others
}

// namedResults is how many results of a day are named.
const namedResults = 4

// resultsOf is "12 results: Creatinine, Hemoglobin and others".
func resultsOf(lines []clinic.Line) string {
	var names []string
	for _, l := range lines {
		if n := record.Visible(l.Title); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	n := fmt.Sprintf("%d results: ", len(lines))
	if len(lines) == 1 {
		n = ""
	}
	if len(names) > namedResults {
		return n + strings.Join(names[:namedResults], ", ") + " and others"
	}
	return n + strings.Join(names, ", ")
}

func event(date string, l clinic.Line) Event {
	e := Event{Date: date, What: l.Resource.Kind().Section(), Title: record.Visible(l.Title), Section: sectionOf(l)}
	if v := record.Visible(l.Result()); v != "" {
		e.Title += ": " + v
	}
	if w, told := unlike[l.Standing]; told { // never read as something that happened
		if s := record.Visible(l.Status); s != "" {
			w = s
		}
		e.Title += " (" + w + ")"
	}
	return e
}

// unlike are the words for what did not simply happen, where its source has none.
var unlike = map[record.Standing]string{
	record.NotSo: "does not hold", record.Intended: "planned", record.Uncertain: "status unclear", record.Held: "held: not understood in full", record.Unstated: "status not stated",
}

// sectionOf is the ID of the section that tells a line in full.
func sectionOf(l clinic.Line) string {
	if o, ok := l.Resource.(*record.Observation); ok {
		switch {
		case o.In(record.VitalSigns):
			return "vitals"
		case o.In(record.SocialHistory):
			return "social"
		}
	}
	return sectionByKind[l.Resource.Kind()]
}

var sectionByKind = map[record.Kind]string{
	record.KindAllergyIntolerance: "allergies", record.KindMedicationStatement: "medicines", record.KindCondition: "problems", record.KindObservation: "results",
	record.KindImmunization: "immunizations", record.KindProcedure: "procedures", record.KindEncounter: "visits", record.KindDocumentReference: "notes",
	record.KindDiagnosticReport: "notes", record.KindImagingStudy: "imaging", record.KindFamilyMemberHistory: "family", record.KindDevice: "devices",
	record.KindCarePlan: "plans", record.KindGoal: "plans", record.KindOther: "others",
}
