package clinic

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Line is one thing in a list of a summary: the statement that is shown of it, and
// every further statement of the same thing.
//
// Medicines, problems, allergies and the doses of vaccines are put together by
// their names (see naming); in all other sections every record is a line. The
// record that is shown is one of those for which the line stands in its list; what
// the others say in other words is told by [Line.Said], [Line.Names] and
// [Line.Conflicts], and every face shows it.
type Line struct {
	record.Record
	record.Summary
	Same    []record.Record // further statements of the same thing, newest first
	Against []record.Record // statements that deny it: they stand in the list of what is not so
}

// line is a record with what it means here: a result about someone or something
// else is not the patient's own, whatever its status says (hazard 30).
func line(r record.Record) Line {
	l := Line{Record: r, Summary: r.Summary()}
	l.Title = named(r.Resource, l.Title)
	if o, ok := r.Resource.(*record.Observation); ok && len(o.Focus) > 0 {
		switch l.Standing {
		case record.InError, record.Replaced, record.Held:
		default:
			l.Standing = record.NotSo
		}
	}
	return l
}

// Entries is how many records the line stands for.
func (l Line) Entries() int { return 1 + len(l.Same) }

// Records are those records, the one that is shown first.
func (l Line) Records() []record.Record {
	return append([]record.Record{l.Record}, l.Same...)
}

// Members are those records as lines of their own.
func (l Line) Members() []Line {
	alone := l
	alone.Same, alone.Against = nil, nil
	out := append(make([]Line, 0, l.Entries()), alone)
	for _, r := range l.Same {
		out = append(out, line(r))
	}
	return out
}

// Holding are the members because of which the line stands in its list: of a
// current medicine the statements that call it active, not its refills.
func (l Line) Holding() []Line {
	var out []Line
	for _, m := range l.Members() {
		if place(m.Standing) == place(l.Standing) {
			out = append(out, m)
		}
	}
	return out
}

// Stating are the members that say how the thing is: those that hold or may hold,
// and of an allergy also those that call it past, for a reaction was one.
func (l Line) Stating() []Line {
	last := max(place(l.Standing), placeUncertain)
	if _, ok := l.Resource.(*record.AllergyIntolerance); ok {
		last = max(last, placePast)
	}
	return slices.DeleteFunc(l.Members(), func(m Line) bool { return place(m.Standing) > last })
}

// Said is what some say of one fact, each in its own words and once, in their
// order.
func Said[T any](members []T, of func(T) string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, m := range members {
		w := of(m)
		if k := folded(w); !seen[k] {
			seen[k] = true
			out = append(out, w)
		}
	}
	return out
}

// Names are the words by which the sources call it, the shown one's first.
func (l Line) Names() []string {
	return Said(l.Members(), func(m Line) string { return m.Title })
}

// Patient are the members that the patient, or someone at home, entered: they
// stand beside what others state, and never hide behind it (hazard 49).
func (l Line) Patient() []Line {
	var out []Line
	for _, m := range l.Members() {
		if m.Source().Asserter == record.ByPatient {
			out = append(out, m)
		}
	}
	return out
}

// Overlays are what the patient says about the members.
func (l Line) Overlays() []record.Overlay {
	var out []record.Overlay
	for _, r := range l.Records() {
		if r.Overlay != nil {
			out = append(out, *r.Overlay)
		}
	}
	return out
}

// Disputed says that the patient disputes one of the members.
func (l Line) Disputed() bool {
	for _, o := range l.Overlays() {
		if o.Disputed {
			return true
		}
	}
	return false
}
