package clinic

import "github.com/carnet-phr/carnet/vault/record"

// Panel is a report, or a result made of others, with the results that it names,
// as its source ordered them: a blood count, a culture with its organisms.
type Panel struct {
	Line
	Members []Member
}

// Member is a result of a panel with what belongs to it in turn: the members of a
// panel within the panel, and under an organism the susceptibilities that were
// tested on it.
type Member struct {
	Line
	Members []Member
}

// Len is how many results stand in the panel.
func (p Panel) Len() int { return count(p.Members) }

func count(list []Member) int {
	n := len(list)
	for _, m := range list {
		n += count(m.Members)
	}
	return n
}

// PanelsOf gives the panels of one person's records, newest first. Within a panel
// every result stands once; one that two reports name stands in both, and is the
// same record. What was withdrawn or replaced is in none (CLINICAL-SAFETY hazards 25,
// 26 and 29).
func PanelsOf(records []record.Record) []Panel {
	records = append([]record.Record(nil), records...)
	record.ByTime(records)
	p := panels{byID: make(map[record.ID]int, len(records)), named: map[record.ID]bool{}, derived: map[record.ID][]int{}}
	for _, r := range records {
		if l := line(r); !l.Standing.History() {
			p.byID[r.ID] = len(p.lines)
			p.lines = append(p.lines, l)
		}
	}
	p.index()
	var out []Panel
	for n, l := range p.lines {
		_, report := l.Resource.(*record.DiagnosticReport)
		if len(p.of(n)) == 0 || !report && p.named[l.ID] {
			continue
		}
		seen := map[int]bool{n: true}
		if members := p.members(p.of(n), seen); len(members) > 0 {
			out = append(out, Panel{l, members})
		}
	}
	return out
}

// panels is one call of PanelsOf.
type panels struct {
	lines   []Line // newest first
	byID    map[record.ID]int
	named   map[record.ID]bool  // as a member of something else
	derived map[record.ID][]int // what was measured on a result, oldest of a time first
}

func (p *panels) index() {
	for n := range p.lines {
		for _, m := range p.of(n) {
			p.named[p.lines[m].ID] = true
		}
		if o, ok := p.lines[n].Resource.(*record.Observation); ok {
			for _, from := range o.DerivedFrom {
				if m, ok := p.byID[from.ID]; ok && m != n {
					p.derived[from.ID] = append(p.derived[from.ID], n)
				}
			}
		}
	}
}

// of are the lines that a report or result names as its parts.
func (p *panels) of(n int) []int {
	var refs []record.Reference
	switch x := p.lines[n].Resource.(type) {
	case *record.DiagnosticReport:
		refs = x.Result
	case *record.Observation:
		refs = x.HasMember
	}
	var out []int
	have := map[int]bool{n: true}
	for _, ref := range refs {
		if m, ok := p.byID[ref.ID]; ok && !have[m] {
			have[m] = true
			out = append(out, m)
		}
	}
	return out
}

// members are those lines with what belongs to each. What was measured on another
// member stands under it and not beside it. seen keeps a circle of references from
// going round.
func (p *panels) members(list []int, seen map[int]bool) []Member {
	here := map[int]bool{}
	for _, n := range list {
		here[n] = true
	}
	var out []Member
	for _, n := range list {
		if !seen[n] && !p.under(n, here) {
			out = p.take(out, n, seen)
		}
	}
	for _, n := range list { // a circle of what was measured on each other
		if !seen[n] {
			out = p.take(out, n, seen)
		}
	}
	return out
}

func (p *panels) take(out []Member, n int, seen map[int]bool) []Member {
	seen[n] = true
	return append(out, Member{p.lines[n], p.members(append(p.of(n), p.derived[p.lines[n].ID]...), seen)})
}

// under says that a result was measured on another one that is here.
func (p *panels) under(n int, here map[int]bool) bool {
	o, ok := p.lines[n].Resource.(*record.Observation)
	if !ok {
		return false
	}
	for _, from := range o.DerivedFrom {
		if m, ok := p.byID[from.ID]; ok && m != n && here[m] {
			return true
		}
	}
	return false
}
