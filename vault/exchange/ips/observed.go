package ips

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

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

// own leaves out what is about someone or something else (hazard 30).
func own(lines []clinic.Line) []clinic.Line {
	var out []clinic.Line
	for _, l := range lines {
		if o, ok := l.Resource.(*record.Observation); !ok || len(o.Focus) == 0 {
			out = append(out, l)
		}
	}
	return out
}

// sorted puts the points of tests into the lists of a group.
func sorted(lines []clinic.Line) clinic.Group {
	var g clinic.Group
	for _, l := range lines {
		o, _ := l.Resource.(*record.Observation)
		switch about := o != nil && len(o.Focus) > 0; {
		case l.Standing == record.Held:
			g.Held = append(g.Held, l)
		case about || l.Standing == record.NotSo:
			g.NotSo = append(g.NotSo, l)
		case l.Standing == record.Intended:
			g.Intended = append(g.Intended, l)
		case l.Standing == record.Past:
			g.Past = append(g.Past, l)
		default:
			g.Current = append(g.Current, l)
		}
	}
	return g
}

// tests adds a section of results or readings.
func (d *document) tests(h heading, lines []clinic.Line) {
	g := sorted(lines)
	d.simple(h, resultColumns, g, part{lines: g.Current})
}

// pregnancyCodes are the LOINC codes of IPS for pregnancy status, expected date
// of delivery and outcome.
const pregnancyCodes allowed = "82810-3 11778-8 11779-6 11780-4 11636-8 11637-6 11638-4 11639-2 11640-0 11612-9 11613-7 11614-5 33065-4"

// functionCategories are the observation categories of US Core for what a
// person can do.
var functionCategories = []string{"functional-status", "disability-status", "cognitive-status"}

// placeOf says which section a result belongs to.
func placeOf(l clinic.Line) heading {
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return resultsHeading
	}
	if pregnancyCodes.has(o.Code.Code(record.LOINC)) {
		return pregnancyHeading
	}
	for _, c := range functionCategories {
		if o.In(c) {
			return functionHeading
		}
	}
	return resultsHeading
}

// results adds the results and the reports that hold them.
func (d *document) results() {
	g := sorted(at(points(d.summary.Results), resultsHeading))
	reports := d.summary.Reports
	g.Past, g.Intended = append(g.Past, reports.Past...), append(g.Intended, reports.Intended...)
	g.NotSo, g.Held = append(g.NotSo, reports.NotSo...), append(g.Held, reports.Held...)
	d.simple(resultsHeading, resultColumns, g, part{lines: g.Current}, part{title: "Reports", lines: both(reports)})
}

// observed adds the sections that hold results of a special meaning.
func (d *document) observed() {
	for _, h := range []heading{pregnancyHeading, functionHeading} {
		d.tests(h, at(points(d.summary.Results), h))
	}
}

func at(lines []clinic.Line, h heading) []clinic.Line {
	var out []clinic.Line
	for _, l := range lines {
		if placeOf(l) == h {
			out = append(out, l)
		}
	}
	return out
}
