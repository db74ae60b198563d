package clinic

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// latest is the newest of some dates; "" when none is written.
func latest(dates ...record.Date) record.Date {
	var out record.Date
	for _, d := range dates {
		if d.Precision() != record.NoDate && (out == "" || d.Earliest().After(out.Earliest())) {
			out = d
		}
	}
	return out
}

// Conflicts are what the members of one thing state differently, each side with
// those who state it: whether it holds at all, and the instruction, the reaction, the
// criticality or the severity. An older end before a newer beginning is no
// conflict of a medicine; of problems and allergies it may be, and is told.
func (l Line) Conflicts() []Disagreement {
	var out []Disagreement
	holding := l.Holding()
	add := func(about string, sides ...Side) {
		out = append(out, Disagreement{Section: SectionOf(l.Resource), Title: l.Title, About: about, Sides: sides})
	}
	if over := l.over(holding); len(over) > 0 {
		add("Status", slices.Concat(sidesBy(holding, statusWords), sidesBy(over, statusWords))...)
	}
	stating := l.Stating()
	for _, fact := range factsCompared {
		if sides := sidesBy(stating, fact.of); len(sides) > 1 {
			add(fact.about, sides...)
		}
	}
	return out
}

// factsCompared are what those who say how something is can say differently.
var factsCompared = []struct {
	about string
	of    func(Line) string
}{
	{"How to take it", func(l Line) string {
		if _, ok := l.Resource.(*record.MedicationStatement); ok {
			return l.Value
		}
		return ""
	}},
	{"Reaction", func(l Line) string {
		if _, ok := l.Resource.(*record.AllergyIntolerance); ok {
			return l.Value
		}
		return ""
	}},
	{"Criticality", criticality},
	{"Severity", func(l Line) string {
		if c, ok := l.Resource.(*record.Condition); ok {
			return c.Severity.String()
		}
		return ""
	}},
}

func criticality(l Line) string {
	if a, ok := l.Resource.(*record.AllergyIntolerance); ok {
		return a.Criticality
	}
	return ""
}

// over are the members, and the denials, that contradict those by which it holds.
func (l Line) over(holding []Line) []Line {
	if place(l.Standing) != placeCurrent {
		return nil
	}
	kind := kinds[l.Resource.Kind()]
	if kind == nil {
		return nil
	}
	var out []Line
	contradicts := kind.contradicts(holding)
	for _, m := range l.Members() {
		if place(m.Standing) == placePast && contradicts(&m) {
			out = append(out, m)
		}
	}
	for _, r := range l.Against {
		out = append(out, line(r))
	}
	return out
}

// stops are the words for a medicine that was taken off, not merely used up.
var stops = []string{"stopped", "ended", "on-hold", "suspended", "aborted", "inactive"}

// stopped says that a past statement takes the medicine off, and that nobody
// called it active since.
func stopped(holding []Line) func(*Line) bool {
	var newest record.Date
	for n := range holding {
		newest = latest(newest, medicineSaid(&holding[n]))
	}
	return func(past *Line) bool {
		m, ok := past.Resource.(*record.MedicationStatement)
		if !ok || !slices.Contains(stops, m.Status) && !slices.Contains(stops, m.ActStatus) {
			return false
		}
		when := latest(m.AuthoredOn, m.DateAsserted, m.Effective.Start, m.Effective.End)
		return when == "" || newest == "" || !when.Earliest().Before(newest.Earliest())
	}
}

// statusWords is the status in the words of the source, with its day: an end and
// a beginning are told apart by it.
func statusWords(l Line) string {
	w := l.Status
	if l.Standing == record.NotSo {
		w = l.Title
	}
	if w == "" {
		w = string(l.Standing)
	}
	if at := l.When.Start.Day().Human(); at != "" {
		w += ", " + at
	}
	return w
}

// sidesBy puts together who says the same in the same words.
func sidesBy(members []Line, of func(Line) string) []Side {
	var out []Side
	at := map[string]int{}
	for _, m := range members {
		words := of(m)
		k := folded(words)
		if k == "" {
			continue
		}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, Side{Words: words})
		}
		out[n].By = append(out[n].By, Statement{m.ID, m.Source()})
	}
	return out
}

// Beside are the sentences that stand with a line in every face, because the one
// record that is shown of it does not say them: how many entries it stands for and
// of which time, by which other names, what they say differently, and what the
// patient says.
func (l Line) Beside() []string {
	var out []string
	if l.Entries() > 1 {
		out = append(out, l.spoken())
	}
	if names := l.Names(); len(names) > 1 {
		out = append(out, "Also called "+quoted(names[1:])+".")
	}
	for _, c := range l.Conflicts() {
		var sides []string
		for _, s := range c.Sides {
			sides = append(sides, s.Words)
		}
		out = append(out, "Sources differ. "+c.About+": "+quoted(sides)+".")
	}
	if own := l.Patient(); len(own) > 0 && l.Source().Asserter != record.ByPatient {
		out = append(out, "The patient says: "+quoted(Said(own, statusAndValue))+".")
	}
	return out
}

func statusAndValue(l Line) string {
	if l.Value == "" {
		return statusWords(l)
	}
	return statusWords(l) + ": " + l.Value
}

// spoken is how many entries, and of which time.
func (l Line) spoken() string {
	var from, to record.Date
	for _, m := range l.Members() {
		for _, d := range []record.Date{m.When.Start.Day(), m.When.End.Day()} {
			if d.Precision() == record.NoDate {
				continue
			}
			if from == "" || d.Earliest().Before(from.Earliest()) {
				from = d
			}
			to = latest(to, d)
		}
	}
	w := fmt.Sprintf("Stated in %d entries", l.Entries())
	switch {
	case from == "":
	case from == to:
		w += ", " + from.Human()
	default:
		w += ", " + from.Human() + " to " + to.Human()
	}
	if c := l.Course(); c.Started != "" && c.Started.Day() != from {
		w += "; started " + c.Started.Day().Human()
	}
	return w + "."
}

// quoted lists words, the first few of many.
func quoted(words []string) string {
	var out []string
	for n, w := range words {
		if n == sidesTold {
			out = append(out, fmt.Sprintf("and %d more", len(words)-n))
			break
		}
		out = append(out, "“"+shortened(w)+"”")
	}
	return strings.Join(out, "; ")
}
