package exchange

import (
	"hash/maphash"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// cluster is the statements of one fact: one record.
type cluster struct {
	statements []*statement
	heads      []*statement               // the first of each file
	byFile     map[record.Hash]*statement // the heads, once they are many
	voices     []*statement               // one head of all that are alike to any other statement
	sources    []*statement               // those that the record names
	origins    []*origin                  // records of the vault whose place it takes; the first gives its ID
	id         record.ID
	superseded *record.Superseded
	conflict   bool // something else is said of the same
	brought    bool // an item brings it
	listed     bool // it stands in the list of what is finished
}

// put together finds the statements that are of one fact. Those that an issuer's
// identifier joins come first. Two statements of one file are of one fact only
// when the second repeats the first word for word under the same name: a file
// that lists two equal readings means two, and so does the next file that lists
// both.
func (rc *reconciler) putTogether() {
	slices.SortStableFunc(rc.active, (*statement).standing)
	rc.shared = shared(rc.active)
	clusters := make([]cluster, len(rc.active))
	for n, s := range rc.active {
		alone := rc.active[n : n+1 : n+1] // nobody writes to it
		s.cluster = &clusters[n]
		s.cluster.statements, s.cluster.heads, s.cluster.voices = alone, alone, alone
	}
	rc.joinBy((*statement).identified)
	rc.joinBy((*statement).other)
	for _, s := range rc.active {
		if s.cluster.statements[0] == s {
			rc.clusters = append(rc.clusters, s.cluster)
		}
	}
}

// shared are the gists of the links that more than one statement has, and
// perhaps a few others: all other links say nothing here, and they are many.
func shared(list []*statement) map[uint64]bool {
	count := 0
	for _, s := range list {
		count += len(s.links)
	}
	all := make([]uint64, 0, count)
	for _, s := range list {
		for _, l := range s.links {
			all = append(all, l.Gist())
		}
	}
	slices.Sort(all)
	several := map[uint64]bool{}
	for n := 1; n < len(all); n++ {
		if all[n] == all[n-1] {
			several[all[n]] = true
		}
	}
	return several
}

// joinBy joins the clusters of statements that share a key and agree.
func (rc *reconciler) joinBy(links func(*statement) []record.Link) {
	shelves := map[record.Link]*shelf{}
	seed := maphash.MakeSeed()
	for _, s := range rc.active {
		for _, k := range links(s) {
			if !rc.shared[k.Gist()] {
				continue
			}
			sh := shelves[k]
			if sh == nil {
				sh = &shelf{}
				shelves[k] = sh
			}
			for t := range sh.alike(s, seed) {
				if join(s, t) {
					break
				}
			}
			sh.add(s, seed)
		}
	}
}

// join makes one cluster of two, where all statements of both allow it.
func join(s, t *statement) bool {
	a, b := t.cluster, s.cluster
	if a == b {
		return true
	}
	if !s.Agrees(&t.Testimony) {
		return false
	}
	if !a.allows(b) {
		return false
	}
	for _, y := range b.heads {
		if a.headOf(y.Provenance.Original) == nil {
			a.addHead(y)
		}
	}
	for _, y := range b.voices {
		if !slices.ContainsFunc(a.voices, y.soundsLike) {
			a.voices = append(a.voices, y)
		}
	}
	for _, y := range b.statements {
		y.cluster = a
	}
	a.statements = append(a.statements, b.statements...)
	b.statements, b.heads, b.byFile, b.voices = nil, nil, nil, nil
	return true
}

// allows says whether all statements of two clusters may stand in one record. A
// thousand files that describe their patient alike are one voice.
func (c *cluster) allows(d *cluster) bool {
	for _, y := range d.heads {
		if x := c.headOf(y.Provenance.Original); x != nil && !repeats(x, y) {
			return false
		}
	}
	for _, x := range c.voices {
		for _, y := range d.voices {
			if !x.Tolerates(&y.Testimony) {
				return false
			}
		}
	}
	return true
}

// headsScanned is how many heads are looked through one by one.
const headsScanned = 8

// headOf is the first statement of a file; nil where the cluster has none.
func (c *cluster) headOf(file record.Hash) *statement {
	if c.byFile != nil {
		return c.byFile[file]
	}
	for _, x := range c.heads {
		if x.Provenance.Original == file {
			return x
		}
	}
	return nil
}

func (c *cluster) addHead(s *statement) {
	if c.heads = append(c.heads, s); c.byFile == nil && len(c.heads) > headsScanned {
		c.byFile = map[record.Hash]*statement{}
		for _, x := range c.heads {
			c.byFile[x.Provenance.Original] = x
		}
	} else if c.byFile != nil {
		c.byFile[s.Provenance.Original] = s
	}
}

// soundsLike says that whatever tolerates the one statement tolerates the other:
// they are equal in all that [record.Testimony.Tolerates] looks at.
func (s *statement) soundsLike(t *statement) bool {
	a, b := s.Provenance, t.Provenance
	return s.Resource.Kind() == t.Resource.Kind() && s.Content() == t.Content() && a.System == b.System &&
		(a.Original == "") == (b.Original == "") && slices.Equal(s.Held, t.Held) && slices.Equal(s.Identified(), t.Identified()) &&
		(s.Resource.Kind() == record.KindPatient || slices.Equal(a.Local[:min(1, len(a.Local))], b.Local[:min(1, len(b.Local))]))
}

// repeats says whether a file says the same twice about one entry.
func repeats(x, y *statement) bool {
	if x.Content() != y.Content() {
		return false
	}
	if x.SameIdentifier(&y.Testimony) {
		return true
	}
	return slices.ContainsFunc(x.Provenance.Local, func(n string) bool { return slices.Contains(y.Provenance.Local, n) })
}
