package clinic

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// kindOf says how the lines of one section are put together.
type kindOf struct {
	name   func(*Line) naming
	said   func(*Line) record.Date // when it was stated: of several the newest is shown
	grave  func(*Line) bool        // what is shown before what is newer; nil for none
	denies func(*Line) bool        // whether what is not so speaks against the rest

	// contradicts gives, for those that call the thing current, whether a past
	// statement speaks against them.
	contradicts func(holding []Line) func(past *Line) bool
}

// kinds are the kinds whose lines are put together.
var kinds = map[record.Kind]*kindOf{
	record.KindAllergyIntolerance: &allergyKind, record.KindMedicationStatement: &medicineKind,
	record.KindCondition: &problemKind, record.KindImmunization: &doseKind,
}

func always([]Line) func(*Line) bool { return func(*Line) bool { return true } }

// The places where the members of one thing stand. What holds, or held, or may
// hold, is one line: in the first of these lists that has one of its members.
const (
	placeCurrent = iota
	placeUncertain
	placePast
	placeIntended
	placeNotSo
	placeHeld
)

func place(s record.Standing) int {
	switch s {
	case record.Current:
		return placeCurrent
	case record.Past:
		return placePast
	case record.Intended:
		return placeIntended
	case record.NotSo:
		return placeNotSo
	case record.Held:
		return placeHeld
	}
	return placeUncertain
}

// group puts the lines of a section together, thing by thing. They come sorted by
// time, and the group keeps that order of the records that are shown.
func (k kindOf) group(lines []Line) Group {
	names := make([]naming, len(lines))
	for n := range lines {
		names[n] = k.name(&lines[n])
	}
	of := asked(lines, sameAs(names))
	size := make([]int32, len(lines))
	for _, first := range of {
		size[first]++
	}
	things := map[int32][]*Line{}
	var order []int32
	for n, first := range of {
		if size[first] > 1 {
			if things[first] == nil {
				things[first] = make([]*Line, 0, size[first])
				order = append(order, first)
			}
			things[first] = append(things[first], &lines[n])
		}
	}
	hidden := map[*Line]bool{}
	for _, first := range order {
		k.merge(things[first], hidden)
	}
	var g Group
	for n := range lines {
		if !hidden[&lines[n]] {
			g.add(lines[n])
		}
	}
	return g
}

// merge makes lines of the members of one thing: one of what holds, held or may
// hold; one of what is planned; and what is not so, by its title. What is held back
// may mean something else and stays alone.
func (k kindOf) merge(members []*Line, hidden map[*Line]bool) {
	var is, intended, against []*Line
	not := map[string][]*Line{}
	for _, l := range members {
		switch place(l.Standing) {
		case placeHeld:
		case placeIntended:
			intended = append(intended, l)
		case placeNotSo:
			not[folded(l.Title)] = append(not[folded(l.Title)], l)
			if k.denies(l) {
				against = append(against, l)
			}
		default:
			is = append(is, l)
		}
	}
	if shown := k.put(is, hidden); shown != nil {
		for _, l := range against {
			shown.Against = append(shown.Against, l.Record)
		}
	}
	k.put(intended, hidden)
	for _, same := range not {
		k.put(same, hidden)
	}
}

// put chooses the member that is shown: of the first list that has one, an entry
// of a care provider before the patient's own, then the gravest, then the newest.
func (k kindOf) put(members []*Line, hidden map[*Line]bool) *Line {
	if len(members) == 0 {
		return nil
	}
	shown := slices.MaxFunc(members, func(a, b *Line) int { return k.compare(a, b) })
	for _, l := range members {
		if l != shown {
			shown.Same = append(shown.Same, l.Record)
			hidden[l] = true
		}
	}
	return shown
}

func (k kindOf) compare(a, b *Line) int {
	own := func(l *Line) int {
		if l.Source().Asserter == record.ByPatient {
			return 1
		}
		return 0
	}
	if x, y := place(a.Standing), place(b.Standing); x != y {
		return y - x
	}
	if x, y := own(a), own(b); x != y {
		return y - x
	}
	if k.grave != nil && k.grave(a) != k.grave(b) {
		if k.grave(a) {
			return 1
		}
		return -1
	}
	return k.said(a).Earliest().Compare(k.said(b).Earliest()) // MaxFunc keeps the first of equals, which is the newest
}

// Apart is the group with every record by its own status, for what has no place
// for one thing of several sources; members of one thing still follow each other,
// and refills that say exactly the same are still one line.
func (g Group) Apart() Group {
	type words struct {
		title, value, status string
		standing             record.Standing
		asserter             record.Asserter
	}
	said := map[words]*Line{}
	var order []*Line
	for _, list := range g.lists() {
		for _, l := range list {
			for _, m := range l.Members() {
				k := words{folded(m.Title), folded(m.Value), m.Status, m.Standing, m.Source().Asserter}
				_, medicine := m.Resource.(*record.MedicationStatement)
				if have := said[k]; have != nil && medicine && m.Standing == record.Current {
					have.Same = append(have.Same, m.Record)
					continue
				}
				order = append(order, &m)
				said[k] = &m
			}
		}
	}
	var out Group
	for _, l := range order {
		out.add(*l)
	}
	return out
}

// Apart is the summary with every record of a thing by its own status.
func (s Summary) Apart() Summary {
	s.Allergies.Group, s.Medicines.Group = s.Allergies.Apart(), s.Medicines.Apart()
	s.Problems.Group, s.Immunizations = s.Problems.Apart(), s.Immunizations.Apart()
	return s
}

// lists are all lists of the group, in the order in which one stands for a thing.
func (g Group) lists() [][]Line {
	return [][]Line{g.Current, g.Uncertain, g.Past, g.Intended, g.NotSo, g.Held}
}
