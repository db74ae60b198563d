package clinic

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// deniedAndNamed finds the sections of which one source says that there is
// nothing, in a record or by an empty section of a document, while another names
// something (hazard 9).
func (s *Summary) deniedAndNamed() []Disagreement {
	listed := func(g Group) []Line { return slices.Concat(g.Current, g.Uncertain) }
	none := s.saidNone()
	var out []Disagreement
	for _, x := range []struct {
		section Section
		title   string
		none    []Line
		named   []Line
		denies  func(none, named Line) bool
	}{
		{SectionAllergies, "Allergies", slices.Concat(s.Allergies.NoneKnown, none[SectionAllergies]), s.Allergies.Listed(), denies},
		{SectionMedicines, "Medicines", slices.Concat(s.Medicines.NoneKnown, none[SectionMedicines]), listed(s.Medicines.Group), nil},
		{SectionProblems, "Problems", slices.Concat(s.Problems.NoneKnown, none[SectionProblems]), listed(s.Problems.Group), nil},
	} {
		if d, ok := contrast(x.none, x.named, x.denies); ok {
			d.Section, d.Title = x.section, x.title
			out = append(out, d)
		}
	}
	return out
}

// saidNone are the documents that say of a section that nothing is known.
func (s *Summary) saidNone() map[Section][]Line {
	out := map[Section][]Line{}
	for n, f := range emptySections(slices.Concat(s.Documents.Current, s.Documents.Uncertain)) {
		out[subjects[n].section] = f.by[noneAtAll]
	}
	return out
}

// contrast is the disagreement between those who deny and those who name. What a
// denial speaks of is the same for all of one scope, and there are few scopes.
func contrast(none, named []Line, denies func(none, named Line) bool) (Disagreement, bool) {
	speaks := func(n, l Line) bool { return denies == nil || denies(n, l) }
	scopes := map[record.NoneKnown]bool{}
	var of []Line // one denial of each scope that denies something named
	var against, contrary []Line
	for _, n := range none {
		scope := scopeOf(n)
		denied, known := scopes[scope]
		if !known {
			denied = slices.ContainsFunc(named, func(l Line) bool { return speaks(n, l) })
			scopes[scope] = denied
			if denied {
				of = append(of, n)
			}
		}
		if denied {
			against = append(against, n)
		}
	}
	for _, l := range named {
		if slices.ContainsFunc(of, func(n Line) bool { return speaks(n, l) }) {
			contrary = append(contrary, l)
		}
	}
	if len(against) == 0 {
		return Disagreement{}, false
	}
	return Disagreement{About: "Whether there are any", Sides: []Side{side("none are known", against), side(titlesOf(contrary), contrary)}}, true
}

// scopeOf is what a denial speaks of.
func scopeOf(l Line) record.NoneKnown {
	if a, ok := l.Resource.(*record.AllergyIntolerance); ok {
		return a.NoneKnown()
	}
	return record.NotNoneKnown
}

func side(words string, lines []Line) Side {
	s := Side{Words: words}
	for _, l := range lines {
		s.By = append(s.By, Statement{l.ID, l.Source()})
	}
	return s
}

// titlesOf names what lines name, each once.
func titlesOf(lines []Line) string {
	var out []string
	seen := map[string]bool{}
	for _, l := range lines {
		if !seen[l.Title] {
			seen[l.Title] = true
			out = append(out, l.Title)
		}
	}
	return strings.Join(out, ", ")
}
