package exchange

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// A correction or a withdrawal names the fact that it is about by its issuer's
// identifier (CLINICAL-SAFETY hazards 25 and 26): HL7 v2 OBX-11 C, D and W, FHIR
// status amended, corrected and entered-in-error, CDA nullified. Of two
// statements of one identifier and one subject the higher [record.Rank] counts,
// then the later version; where neither decides both stay, side by side. Since a
// withdrawal is kept as a record of its own that stands in no list, the result
// may come after it just as well.

// familyLimit is how many facts one identifier may name; where it is more, the
// identifier names none of them.
const familyLimit = 64

// supersede finds, for each fact, the one that took its place, and notes where
// nothing decides.
func (rc *reconciler) supersede() {
	families, names := map[record.Link][]*cluster{}, []record.Link{}
	for _, c := range rc.clusters {
		for _, s := range c.statements {
			for _, k := range s.identified() {
				if !rc.shared[k.Gist()] {
					continue
				}
				if families[k] == nil {
					names = append(names, k)
				}
				if !slices.Contains(tail(families[k]), c) {
					families[k] = append(families[k], c)
				}
			}
		}
	}
	for _, k := range names {
		rc.rank(families[k])
	}
	rc.contradictions()
}

// tail is the end of a list, where a cluster would stand that was just added.
func tail(list []*cluster) []*cluster { return list[max(0, len(list)-1):] }

// rank compares the facts of one identifier.
func (rc *reconciler) rank(family []*cluster) {
	if len(family) < 2 {
		return
	}
	single := singular(family)
	for _, group := range bySubject(family) {
		for _, c := range group {
			if best := c.successor(group, single); best != nil {
				c.yield(best)
			}
		}
	}
	for _, c := range family {
		for _, d := range family[:min(len(family), familyLimit)] {
			if d != c && d.superseded == nil && c.superseded == nil && otherFile(c, d) {
				c.conflict = true
				break
			}
		}
	}
}

// successor is what takes a fact's place; nil where nothing does.
func (c *cluster) successor(group []*cluster, single bool) *cluster {
	var best *cluster
	for _, d := range group {
		if d != c && versions(c, d, single) && d.beats(c) && (best == nil || d.outranks(best)) {
			best = d
		}
	}
	return best
}

// bySubject parts a family that is too large to compare each with each.
func bySubject(family []*cluster) [][]*cluster {
	if len(family) <= familyLimit {
		return [][]*cluster{family}
	}
	by, names := map[string][]*cluster{}, []string{}
	for _, c := range family {
		f := c.statements[0].Fact()
		name := strings.ToLower(f.Title) + "\x00" + f.Clock()
		if by[name] == nil {
			names = append(names, name)
		}
		by[name] = append(by[name], c)
	}
	var groups [][]*cluster
	for _, n := range names {
		if g := by[n]; len(g) > 1 && len(g) <= familyLimit {
			groups = append(groups, g)
		}
	}
	return groups
}

// singular says that no file uses the identifier for more than one fact.
func singular(family []*cluster) bool {
	seen := map[record.Hash]bool{}
	for _, c := range family {
		for _, h := range c.heads {
			if seen[h.Provenance.Original] {
				return false
			}
			seen[h.Provenance.Original] = true
		}
	}
	return true
}

// versions says whether two facts of one identifier are versions of one another,
// not two facts of an identifier that names more than one.
func versions(c, d *cluster, single bool) bool {
	if c.statements[0].own() || d.statements[0].own() {
		return true // the identifier of the patient's own entry names that entry alone
	}
	f, g := c.statements[0].Fact(), d.statements[0].Fact()
	withdrawn := f.Rank == record.RankWithdrawn || g.Rank == record.RankWithdrawn
	if !f.SameSubject(*g) && !(withdrawn && (f.Uncoded() || g.Uncoded())) {
		return false
	}
	return single || f.NearTime(*g)
}

// beats says that c takes the place of d.
func (c *cluster) beats(d *cluster) bool {
	f, g := c.statements[0].Fact(), d.statements[0].Fact()
	if f.Rank != g.Rank {
		return f.Rank > g.Rank
	}
	if f.Rank == record.RankWithdrawn {
		return false
	}
	a, b := c.version(), d.version()
	return a != "" && b != "" && a.Earliest().After(b.Earliest())
}

// outranks is beats made total, for choosing among those that take a fact's
// place.
func (c *cluster) outranks(d *cluster) bool {
	if c.beats(d) || d.beats(c) {
		return c.beats(d)
	}
	return c.statements[0].before(d.statements[0]) < 0
}

// version is the latest in which a source stated the fact.
func (c *cluster) version() record.Date {
	var last record.Date
	for _, s := range c.statements {
		if v, err := record.ParseDate(s.Provenance.Version); err == nil && v.Earliest().After(last.Earliest()) {
			last = v
		}
	}
	return last
}

// yield makes best take the place of c; a withdrawal is never outdone, and only
// the patient takes the place of the patient's own entry.
func (c *cluster) yield(best *cluster) {
	if c.statements[0].own() {
		return
	}
	why := record.Updated
	switch f, g := best.statements[0].Fact(), c.statements[0].Fact(); {
	case f.Rank == record.RankWithdrawn:
		why = record.Withdrawn
	case f.Rank == record.RankCorrected:
		why = record.Corrected
	case g.Rank < record.RankFinal:
		why = record.Completed
	}
	if c.superseded != nil && c.superseded.Why == record.Withdrawn {
		return
	}
	c.superseded = &record.Superseded{By: best.id, Why: why}
}

// otherFile says that one of the two is stated by a file that does not state the
// other.
func otherFile(c, d *cluster) bool {
	for _, x := range c.heads {
		if d.headOf(x.Provenance.Original) == nil {
			return true
		}
	}
	return false
}

// contradictions notes results of one test and one exact time that differ.
func (rc *reconciler) contradictions() {
	at := map[record.Link][]*cluster{}
	for _, c := range rc.clusters {
		s := c.statements[0]
		met := slices.ContainsFunc(s.other(), func(k record.Link) bool { return rc.shared[k.Gist()] })
		if !met || s.Resource.Kind() != record.KindObservation || c.superseded != nil || s.Rank() == record.RankWithdrawn || !s.Fact().Timed() {
			continue
		}
		for _, k := range s.other() {
			if !rc.shared[k.Gist()] {
				continue
			}
			for _, d := range at[k] {
				if c.contradicts(d) {
					c.conflict, d.conflict = true, true
				}
			}
			if len(at[k]) < familyLimit {
				at[k] = append(at[k], c)
			}
		}
	}
}

// contradicts says that two files give another value to one test of one time.
func (c *cluster) contradicts(d *cluster) bool {
	if d == c || !otherFile(c, d) || !otherFile(d, c) {
		return false
	}
	f, g := c.statements[0].Fact(), d.statements[0].Fact()
	return f.SharesCode(*g) && f.SameTime(*g) && f.SameIssuer(*g) && !f.SameValue(*g)
}
