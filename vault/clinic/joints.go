package clinic

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// joints joins lines that speak of one and the same thing.
type joints struct {
	lines   []*Line
	joining *joining
	of      []int32 // a line of the same cluster that comes earlier; itself for the first
}

func (j *joints) first(n int) int {
	for int(j.of[n]) != n {
		j.of[n] = j.of[j.of[n]]
		n = int(j.of[n])
	}
	return n
}

func (j *joints) join(a, b int) {
	x, y := j.first(a), j.first(b)
	j.of[max(x, y)] = int32(min(x, y))
}

// people joins all descriptions of the person.
func (j *joints) people() {
	last := -1
	for n, l := range j.lines {
		if l.Resource.Kind() != record.KindPatient {
			continue
		}
		if last >= 0 {
			j.join(last, n)
		}
		last = n
	}
}

// identified joins what its issuer calls by one identifier, where it is of one
// subject: several results of a panel may share an identifier.
func (j *joints) identified() {
	type name struct {
		kind  record.Kind
		token string
	}
	known := map[name]int{}
	for n, l := range j.lines {
		if l.Resource.Kind() == record.KindPatient {
			continue
		}
		for _, p := range l.Provenance {
			for _, id := range p.Identifiers {
				token := id.Token()
				if token == "" {
					continue
				}
				k := name{l.Resource.Kind(), token}
				if m, ok := known[k]; !ok {
					known[k] = n
				} else if m != n && sameThing(j.lines[m].Record, l.Record) {
					j.join(m, n)
				}
			}
		}
	}
}

func sameThing(a, b record.Record) bool {
	f, g := record.FactOf(a.Resource, a.Held, a.Source()), record.FactOf(b.Resource, b.Held, b.Source())
	if !f.SameSubject(g) {
		return false
	}
	switch f.Kind {
	case record.KindAllergyIntolerance, record.KindCondition, record.KindImmunization, record.KindProcedure, record.KindFamilyMemberHistory, record.KindDevice:
		return true // which happen or begin once, whatever date is written
	}
	return f.NearTime(g)
}

// timed joins what several files state of one test at one exact time.
func (j *joints) timed() {
	type moment struct{ test, clock string }
	known := map[moment]int{}
	for n, l := range j.lines {
		clock, ok := exact(l.When.Start)
		if !ok || !counts(l) {
			continue
		}
		k := moment{j.joining.key(l), clock}
		m, ok := known[k]
		if !ok {
			known[k] = n
		} else if elsewhere(j.lines[m], l) {
			j.join(m, n)
		}
	}
}

// counts says that a line is a result of the patient.
func counts(l *Line) bool {
	_, ok := l.Resource.(*record.Observation)
	return ok && (l.Standing == record.Current || l.Standing == record.Unstated || l.Standing == record.Uncertain)
}

// exact is the wall clock of a date to the minute; midnight often stands for
// "some time that day", and is not exact.
func exact(d record.Date) (clock string, ok bool) {
	const minutes = len("2006-01-02T15:04")
	if len(d) < minutes {
		return "", false
	}
	clock = string(d[:minutes])
	return clock, !strings.HasSuffix(clock, "T00:00")
}

// elsewhere says that two results come from different files and that nothing
// tells their samples apart: one file that states two results means two.
func elsewhere(a, b *Line) bool {
	x, y := a.Resource.(*record.Observation), b.Resource.(*record.Observation)
	if a.Source().Original == b.Source().Original || !a.When.Start.Near(b.When.Start) {
		return false
	}
	return (x.Specimen == "" || y.Specimen == "" || strings.EqualFold(x.Specimen, y.Specimen)) &&
		alike([]record.Concept{x.BodySite}, []record.Concept{y.BodySite}) && alike([]record.Concept{x.Method}, []record.Concept{y.Method})
}

// clusters are the lines that speak of one thing, by the first of them; those
// with one source alone are left out.
func (j *joints) clusters() func(func(int, []*Line) bool) {
	members := map[int][]*Line{}
	var order []int
	for n, l := range j.lines {
		first := j.first(n)
		if first == n && !slices.ContainsFunc(l.Provenance, func(p record.Provenance) bool { return p.Said != nil }) {
			continue
		}
		if members[first] == nil {
			order = append(order, first)
			if first != n {
				members[first] = []*Line{j.lines[first]}
			}
		}
		members[first] = append(members[first], l)
	}
	return func(yield func(int, []*Line) bool) {
		for _, first := range order {
			if !yield(first, members[first]) {
				return
			}
		}
	}
}
