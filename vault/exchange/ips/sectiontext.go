package ips

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// narrativeLimit is how many bytes a narrative has: a string of FHIR has no more
// than 1,048,576 characters (R4, 2.24.0.1), and readers refuse a longer one.
const narrativeLimit = 1<<20 - 1<<10

// whole are the sections that are told to the last word or not at all: what a
// doctor must know before anything is done.
var whole = []heading{allergiesHeading, medicinesHeading, problemsHeading, vaccinesHeading, devicesHeading, pregnancyHeading, directivesHeading}

// narrative tells the section in words. Of more than a narrative holds, the newest
// are told, and that there are more: each is a coded entry with words of its own.
// fits is false where that cannot be.
func (s *section) narrative() (text *element, fits bool) {
	rows := 0
	for _, p := range s.parts {
		rows += len(p.lines)
	}
	p := s.words(rows)
	if p.b.Len() <= narrativeLimit {
		return p.narrative(), true
	}
	told := slices.ContainsFunc(s.parts, func(p part) bool { return p.told && len(p.lines) > 0 })
	if told || slices.Contains(whole, s.heading) {
		return nil, false
	}
	for p.b.Len() > narrativeLimit && rows > 0 {
		rows = min(rows-1, int(float64(rows)*narrativeLimit/float64(p.b.Len())))
		p = s.words(rows)
	}
	return p.narrative(), rows > 0
}

// words writes what stands above the tables, the newest rows in their order, and
// what stands below.
func (s *section) words(most int) *page {
	p := &page{}
	for _, t := range s.first {
		p.say(t)
	}
	shown, all := s.newest(most)
	if most < all {
		p.say("Too long to be told in words as a whole: the " + count(most, "newest entry", "newest entries") + " of " + count(all, "entry", "entries") + " are here. Each of them is a coded entry of this section with words of its own.")
	}
	for _, part := range s.parts {
		var rows [][]string
		for _, l := range part.lines {
			if most == all || shown[l.ID] {
				rows = append(rows, s.columns.row(l))
			}
		}
		if part.title != "" && len(rows) > 0 {
			p.head(part.title)
		}
		p.table(s.columns.names(), rows)
	}
	for _, t := range s.last {
		p.say(t)
	}
	return p
}

// newest are the records of the newest lines, and how many lines there are.
func (s *section) newest(most int) (shown map[record.ID]bool, all int) {
	var lines []clinic.Line
	for _, p := range s.parts {
		all += len(p.lines)
	}
	if most >= all {
		return nil, all
	}
	for _, p := range s.parts {
		lines = append(lines, p.lines...)
	}
	slices.SortStableFunc(lines, func(a, b clinic.Line) int { return b.When.Sort().Compare(a.When.Sort()) })
	shown = map[record.ID]bool{}
	for _, l := range lines[:most] {
		shown[l.ID] = true
	}
	return shown, all
}
