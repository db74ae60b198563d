package overview

import (
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Shown is how many lines of a section are named on the first page; of allergies
// all that a reader must know.
const Shown = 6

// Section is one section of the first page.
type Section struct {
	Banner string `json:"banner,omitempty"` // in place of lines, or above them
	Lines  []Line `json:"lines,omitempty"`

	// How many lines the section has, by what they mean now.
	Current   int `json:"current,omitempty"`
	Uncertain int `json:"uncertain,omitempty"`
	Intended  int `json:"intended,omitempty"`
	Past      int `json:"past,omitempty"`
	NotSo     int `json:"notSo,omitempty"`
	Held      int `json:"held,omitempty"`
	NoneKnown int `json:"noneKnown,omitempty"` // statements that there is none
	Told      int `json:"told,omitempty"`      // documents that tell it in words alone
}

// Empty says that no line stands in any list.
func (s Section) Empty() bool {
	return s.Current+s.Uncertain+s.Intended+s.Past+s.NotSo+s.Held == 0
}

// Line is one line: the record that is shown of it, by its ID, and what stands
// beside it.
type Line struct {
	ID      record.ID `json:"id"`
	Current bool      `json:"current,omitempty"`
	Undated bool      `json:"undated,omitempty"`
	Differ  []string  `json:"differ,omitempty"`  // what its sources state differently
	Patient []string  `json:"patient,omitempty"` // what the patient says, where another is shown
}

func lineOf(l clinic.Line) Line {
	out := Line{ID: l.ID, Current: l.Standing == record.Current, Undated: l.When.Empty()}
	if len(l.Conflicts()) > 0 {
		out.Differ = clinic.Said(l.Beside(), func(w string) string { return w })
	} else if l.Source().Asserter != record.ByPatient {
		out.Patient = clinic.Said(l.Patient(), func(m clinic.Line) string { return m.Value })
	}
	return out
}

func linesOf(lines []clinic.Line, most int) []Line {
	var out []Line
	for _, l := range lines[:min(len(lines), most)] {
		out = append(out, lineOf(l))
	}
	return out
}

func section(g clinic.Group, banner string, none []clinic.Line, told []clinic.Told) Section {
	return Section{
		Banner: banner, Lines: linesOf(g.Current, Shown),
		Current: len(g.Current), Uncertain: len(g.Uncertain), Intended: len(g.Intended),
		Past: len(g.Past), NotSo: len(g.NotSo), Held: len(g.Held), NoneKnown: len(none), Told: len(told),
	}
}

func allergies(s clinic.Summary) Section {
	out := section(s.Allergies.Group, s.Allergies.Banner(), s.Allergies.NoneKnown, s.Allergies.Told)
	listed := s.Allergies.Listed()
	out.Lines = linesOf(listed, len(listed))
	return out
}

func medicines(s clinic.Summary) Section {
	return section(s.Medicines.Group, s.Medicines.Banner(), s.Medicines.NoneKnown, s.Medicines.Told)
}

func problems(s clinic.Summary) Section {
	return section(s.Problems.Group, s.Problems.Banner(), s.Problems.NoneKnown, s.Problems.Told)
}

// results are the newest points of the newest tests and readings, those with a
// flag first within one day.
func results(s clinic.Summary) Section {
	lines := newest(s)
	return Section{Lines: linesOf(lines, Shown)}
}

func newest(s clinic.Summary) []clinic.Line {
	var lines []clinic.Line
	for _, tests := range [][]clinic.Test{s.Results, s.Vitals} {
		for _, t := range tests {
			if l := t.Last(); l.Standing == record.Current || l.Standing == record.Unstated {
				lines = append(lines, l)
			}
		}
	}
	sort.SliceStable(lines, func(i, j int) bool {
		a, b := lines[i], lines[j]
		if x, y := day(a), day(b); x != y {
			return x > y
		}
		if f, g := flagged(a), flagged(b); f != g {
			return f
		}
		return a.Title+"\x00"+string(a.ID) < b.Title+"\x00"+string(b.ID)
	})
	return lines
}

func day(l clinic.Line) record.Date {
	if l.When.Start != "" {
		return l.When.Start.Day()
	}
	return l.When.End.Day()
}

// flagged says that the source marks a result, or the patient disputes it.
func flagged(l clinic.Line) bool {
	i := l.Interpretation
	return i != "" && i != "N" && !strings.EqualFold(i, "normal") || l.Overlay != nil && l.Overlay.Disputed
}
