package clinic

import (
	"cmp"
	"slices"
)

// differing finds what is one and the same, and stated differently.
func (s *Summary) differing() []Disagreement {
	var all []*Line
	var sections []Section
	s.eachLine(func(section Section, l *Line) {
		all, sections = append(all, l), append(sections, section)
	})
	j := joints{of: make([]int32, len(all)), lines: all, joining: s.joining}
	for n := range j.of {
		j.of[n] = int32(n)
	}
	j.people()
	j.identified()
	j.timed()
	var out []Disagreement
	for n, members := range j.clusters() {
		out = append(out, compare(sections[n], members)...)
	}
	return out
}

// stated is one fact as one source states it.
type stated struct {
	Statement
	aspect
}

// compare lays side by side what all sources of a cluster state, fact by fact.
func compare(section Section, members []*Line) []Disagreement {
	facts := map[string][]stated{}
	var order []string
	for _, l := range members {
		for _, t := range l.Testimonies() {
			for _, a := range aspectsOf(t.Resource) {
				if a.silent() {
					continue
				}
				if facts[a.about] == nil {
					order = append(order, a.about)
				}
				facts[a.about] = append(facts[a.about], stated{Statement{l.ID, *t.Provenance}, a})
			}
		}
	}
	var out []Disagreement
	for _, about := range order {
		if about == "Value" && isBloodGroup(members[0]) {
			continue // told of the person
		}
		if sides := sidesOf(facts[about]); len(sides) > 1 {
			out = append(out, Disagreement{Section: section, Title: members[0].Title, About: about, Sides: sides})
		}
	}
	return out
}

// sidesOf puts together who states the same. The most precise come first, so
// that a year is no bridge between two of its days.
func sidesOf(list []stated) []Side {
	slices.SortStableFunc(list, func(a, b stated) int { return cmp.Compare(b.precision(), a.precision()) })
	var sides []Side
	var shown []aspect
	for _, s := range list {
		n := slices.IndexFunc(shown, func(a aspect) bool { return !a.differs(s.aspect) })
		if n < 0 {
			n = len(sides)
			sides, shown = append(sides, Side{Words: s.words}), append(shown, s.aspect)
		}
		sides[n].By = append(sides[n].By, s.Statement)
	}
	slices.SortStableFunc(sides, func(a, b Side) int {
		return cmp.Or(cmp.Compare(len(b.By), len(a.By)), cmp.Compare(a.Words, b.Words))
	})
	return sides
}
