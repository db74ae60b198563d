package ccd

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// procedures never lists what was not done among what was (hazard 8).
func (w *writer) procedures() *section {
	g := w.summary.Procedures
	return group(proceduresHeading, plainColumns, g,
		part{units: each(both(g)), entry: alone((*statement).procedure)},
		part{title: "Begun and stopped", units: each(g.Past), entry: alone((*statement).procedure)},
		part{title: "Planned (not coded here)", units: each(g.Intended)}, denied(g))
}

// vaccines lists what was given; what was not given stands under its own title.
// One without a status cannot be told from one not given: that is in words.
func (w *writer) vaccines() *section {
	g := w.summary.Immunizations
	return group(vaccinesHeading, vaccineColumns, g,
		part{units: each(g.Current), entry: alone((*statement).immunization)},
		part{title: "NOT given", units: each(g.NotSo), entry: alone((*statement).immunization)},
		part{title: "The source does not say whether these were given (not coded here)", units: each(g.Uncertain)},
		part{title: "Past, as their source says (not coded here)", units: each(g.Past)})
}

// measured are the sections of results and of vital signs. A reading that cannot
// be a vital sign of C-CDA stands among the results.
func (w *writer) measured() (results, vitals *section) {
	results = &section{heading: resultsHeading, columns: resultColumns}
	vitals = &section{heading: vitalsHeading, columns: resultColumns}
	var lines []clinic.Line
	var readings []unit
	g, read := sorted(within(points(w.summary.Results), resultPlace)), sorted(points(w.summary.Vitals))
	lines = append(lines, g.Current...)
	for _, l := range read.Current {
		if o, ok := l.Resource.(*record.Observation); ok && measurable(o) {
			readings = append(readings, unit{l})
		} else {
			lines = append(lines, l)
		}
	}
	reports := w.summary.Reports
	units, wordy := panelled(both(reports), lines)
	w.reports = wordy
	if len(wordy) > 0 {
		results.last = append(results.last, count(len(wordy), "report", "reports")+" in words alone: see the notes.")
	}
	results.parts = []part{
		{units: units, entry: report, results: true},
		{title: "NOT so: not observed, cancelled, or about someone else (not coded here)", units: each(g.NotSo, reports.NotSo)},
		{title: "Ordered, without a result (not coded here)", units: each(g.Intended, reports.Intended)},
	}
	vitals.parts = []part{
		{units: readings, entry: alone((*statement).vitals)},
		{title: "NOT so: not observed, or about someone else (not coded here)", units: each(read.NotSo)},
	}
	g.Past, g.Held = append(g.Past, reports.Past...), append(g.Held, reports.Held...)
	results.finish(clinic.Group{Past: g.Past, Held: g.Held})
	vitals.finish(clinic.Group{Past: read.Past, Held: read.Held, Intended: read.Intended})
	return results, vitals
}

// panelled puts results under the report that holds them; the first report that
// claims one has it, and the rest stand alone. Reports that hold none are wordy.
func panelled(reports, results []clinic.Line) (units []unit, wordy []clinic.Line) {
	known := map[record.ID]bool{}
	for _, l := range results {
		known[l.ID] = true
	}
	held := map[record.ID]record.ID{}
	is := map[record.ID]bool{}
	for _, r := range reports {
		is[r.ID] = true
		if d, ok := r.Resource.(*record.DiagnosticReport); ok {
			for _, ref := range d.Result {
				if _, taken := held[ref.ID]; known[ref.ID] && !taken {
					held[ref.ID] = r.ID
				}
			}
		}
	}
	members := map[record.ID][]clinic.Line{}
	var alone []unit
	for _, l := range results {
		in, ok := held[l.ID]
		if o, result := l.Resource.(*record.Observation); !ok && result && is[o.Panel.ID] {
			in, ok = o.Panel.ID, true
		}
		if ok {
			members[in] = append(members[in], l)
		} else {
			alone = append(alone, unit{l})
		}
	}
	for _, r := range reports {
		if len(members[r.ID]) == 0 {
			wordy = append(wordy, r)
			continue
		}
		units = append(units, append(unit{r}, members[r.ID]...))
	}
	return append(units, alone...), wordy
}

// points are the lines of all tests, test by test, newest first.
func points(tests []clinic.Test) []clinic.Line {
	n := 0
	for _, t := range tests {
		n += len(t.Points)
	}
	out := make([]clinic.Line, 0, n)
	for _, t := range tests {
		out = append(out, t.Points...)
	}
	return out
}

// sorted puts results into the lists of a group. What is about someone or something
// else is not the patient's own (hazard 30).
func sorted(lines []clinic.Line) clinic.Group {
	var g clinic.Group
	for _, l := range lines {
		switch l.Standing {
		case record.Held:
			g.Held = append(g.Held, l)
		case record.NotSo:
			g.NotSo = append(g.NotSo, l)
		case record.Intended:
			g.Intended = append(g.Intended, l)
		case record.Past:
			g.Past = append(g.Past, l)
		default:
			g.Current = append(g.Current, l)
		}
	}
	return g
}

// socialHistory is the patient's own, with pregnancy, as C-CDA has it.
func (w *writer) socialHistory() *section {
	g := w.summary.SocialHistory
	pregnant := sorted(within(points(w.summary.Results), pregnancyPlace))
	s := group(socialHeading, resultColumns, g, part{units: each(both(g)), entry: alone((*statement).social)}, denied(g),
		part{title: "Pregnancy", units: each(pregnant.Current), entry: alone((*statement).social)}, denied(pregnant))
	s.last = append(s.last, leftOut(pregnant)...)
	if len(s.last) > 0 {
		s.flavor = ""
	}
	return s
}

// functions is what the patient can do.
func (w *writer) functions() *section {
	g := sorted(within(points(w.summary.Results), functionPlace))
	return group(functionHeading, resultColumns, g, part{units: each(g.Current), entry: alone((*statement).functional)}, denied(g))
}

func leftOut(g clinic.Group) []string {
	s := &section{}
	g.Current, g.NotSo = nil, nil
	s.finish(g)
	return s.last
}

type place int

const (
	resultPlace place = iota
	pregnancyPlace
	functionPlace
)

// pregnancyCodes are the LOINC codes of pregnancy status, expected date of
// delivery and outcome.
var pregnancyCodes = codes("82810-3 11778-8 11779-6 11780-4 11636-8 11637-6 11638-4 11639-2 11640-0 11612-9 11613-7 11614-5 33065-4")

// functionCategories are the observation categories of US Core for what a person
// can do.
var functionCategories = []string{"functional-status", "disability-status", "cognitive-status"}

func placeOf(l clinic.Line) place {
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return resultPlace
	}
	if pregnancyCodes[o.Code.Code(record.LOINC)] {
		return pregnancyPlace
	}
	for _, c := range functionCategories {
		if o.In(c) {
			return functionPlace
		}
	}
	return resultPlace
}

func within(lines []clinic.Line, p place) []clinic.Line {
	var out []clinic.Line
	for _, l := range lines {
		if placeOf(l) == p {
			out = append(out, l)
		}
	}
	return out
}
