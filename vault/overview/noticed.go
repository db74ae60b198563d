package overview

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Noticed is what only all records together tell.
type Noticed struct {
	Missing []Remark `json:"missing,omitempty"` // subjects of which nothing can be listed, and who says why
	Differ  []Remark `json:"differ,omitempty"`  // what sources state differently, the first of them
	Differs int      `json:"differs,omitempty"` // how many there are in all
	Visit   *Visit   `json:"visit,omitempty"`   // what changed since the last one; nil where there was none
	Key     []Course `json:"key,omitempty"`     // the tests that most doctors ask for first
}

// Course is the newest result of a test, and how the test went.
type Course struct {
	Line
	Plot clinic.Plot `json:"plot"` // in [CourseWidth] and [CourseHeight]; without lines where there are fewer than two numbers
}

// The size of the box of a course, in points of a screen: that of a line of words.
const CourseWidth, CourseHeight = 64, 13

func keyResults(s clinic.Summary) []Course {
	const most = 8
	var out []Course
	for _, t := range s.KeyResults(most) {
		p := s.SparkOf(t, CourseWidth, CourseHeight)
		for _, l := range p.Lines {
			for i := range l.Spots {
				l.Spots[i].Label = "" // a course in a line tells none
			}
		}
		p.Marks = nil
		out = append(out, Course{lineOf(t.Last()), p})
	}
	return out
}

// Remark is one of them in a calm sentence.
type Remark struct {
	Section clinic.Section `json:"section"`
	Words   string         `json:"words"`
	ID      record.ID      `json:"id,omitempty"` // of a record that it is about
	Kind    record.Kind    `json:"kind,omitempty"`
}

// Visit is the last visit, and what changed since.
type Visit struct {
	ID      record.ID `json:"id"`
	Words   string    `json:"words"`
	New     []Line    `json:"new,omitempty"` // the first of what is new, changed or stopped
	Changes int       `json:"changes,omitempty"`
}

func noticedOf(w Whole) Noticed {
	n := Noticed{Differs: len(w.Differ), Key: keyResults(w.Summary)}
	for _, u := range w.Missing {
		n.Missing = append(n.Missing, Remark{Section: u.Section, Words: u.Words()})
	}
	kinds := map[record.ID]record.Kind{}
	for _, r := range w.records {
		kinds[r.ID] = r.Resource.Kind()
	}
	for _, d := range w.Differ[:min(Shown, len(w.Differ))] {
		r := Remark{Section: d.Section, Words: d.Words()}
		if ids := d.Records(); len(ids) > 0 {
			r.ID, r.Kind = ids[0], kinds[ids[0]]
		}
		n.Differ = append(n.Differ, r)
	}
	if l, ok := w.LastVisit(); ok {
		c := w.Changes(clinic.Since{Encounter: l.ID})
		v := Visit{ID: l.ID, Words: c.Words(), Changes: len(c.New) + len(c.Changed) + len(c.Stopped)}
		for _, x := range [][]clinic.Change{c.Stopped, c.Changed} {
			for _, y := range x {
				v.New = append(v.New, Line{ID: y.ID, Undated: y.When.Empty()})
			}
		}
		for _, y := range c.New {
			v.New = append(v.New, Line{ID: y.ID, Undated: y.When.Empty()})
		}
		v.New = v.New[:min(Shown, len(v.New))]
		n.Visit = &v
	}
	return n
}
