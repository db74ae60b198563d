package exchange

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// settle puts the active statements together and finds out which facts took the
// place of others.
func (rc *reconciler) settle(ctx context.Context) error {
	if err := rc.reach(ctx, rc.active); err != nil {
		return err
	}
	rc.putTogether()
	rc.name()
	for _, c := range rc.clusters {
		slices.SortFunc(c.statements, (*statement).before)
	}
	rc.supersede()
	return rc.replaceDocuments(ctx)
}

// name gives every cluster an ID: that of the record of the vault which showed
// one of its statements, else a new one. Of several the person's own record
// comes first, then the patient's own entry, one with the patient's note, then the
// oldest; the others go.
func (rc *reconciler) name() {
	for _, o := range rc.inOrder() {
		for _, s := range o.statements { // the one that was shown first
			if s.cluster != nil {
				s.cluster.origins = append(s.cluster.origins, o)
				break
			}
		}
	}
	for _, c := range rc.clusters {
		if len(c.origins) == 0 {
			c.id = c.newID()
			continue
		}
		slices.SortFunc(c.origins, seniority)
		c.id = c.origins[0].ID
		for _, o := range c.origins[1:] {
			rc.gone[o.ID] = c.id
		}
	}
}

// newID is a new record's ID: the person's own for the description that founds a
// new person.
func (c *cluster) newID() record.ID {
	for _, s := range c.statements {
		if s.item != nil && s.item.subject.root != nil && s.item.record.Resource == s.item.subject.root.Resource {
			return s.item.subject.root.ID
		}
	}
	return record.NewID()
}

// inOrder are the active records of the vault by their IDs.
func (rc *reconciler) inOrder() []*origin {
	var list []*origin
	for _, id := range slices.Sorted(maps.Keys(rc.known)) {
		if o := rc.known[id]; o.active {
			list = append(list, o)
		}
	}
	return list
}

func seniority(a, b *origin) int {
	return cmp.Or(
		first(a.ID == a.Person, b.ID == b.Person), first(a.Entered != nil, b.Entered != nil), first(a.Overlay != nil, b.Overlay != nil),
		a.Recorded.Compare(b.Recorded), strings.Compare(string(a.ID), string(b.ID)),
	)
}

func first(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}

// record is the cluster as a record of the vault.
func (c *cluster) record(kept map[record.Hash]bool) record.Record {
	shown := c.statements[0]
	r := record.Record{ID: c.id, Person: shown.Person, Resource: shown.Resource, Held: shown.Held, Superseded: c.superseded}
	c.linked(kept)
	if len(c.sources) == 1 && shown.item != nil {
		r.Provenance = shown.item.record.Provenance // of which there is one
	} else {
		r.Provenance = make([]record.Provenance, 0, len(c.sources))
	}
	for _, s := range c.sources[len(r.Provenance):] {
		p := *s.Provenance
		if p.Said = nil; s.Content() != shown.Content() {
			p.Said = s.Resource
		}
		r.Provenance = append(r.Provenance, p)
	}
	for _, o := range c.origins {
		if o.Entered != nil {
			r.Entered = o.Entered
		}
		r.Overlay = r.Overlay.Both(o.Overlay)
		if r.Recorded.IsZero() || o.Recorded.Before(r.Recorded) {
			r.Recorded = o.Recorded
		}
	}
	return r
}

// linked picks the statements that the record names as its sources: all but a
// great number that one import brings in the same words.
func (c *cluster) linked(kept map[record.Hash]bool) {
	if c.sources = nil; len(c.statements) == 1 {
		c.sources = c.statements
		return
	}
	shown := c.statements[0]
	had, brought := map[string]int{}, map[string]int{}
	for _, s := range c.statements {
		if s.item == nil {
			had[s.Provenance.Format]++
		}
	}
	for _, s := range c.statements {
		if p := s.Provenance; s.item != nil && s != shown && s.Content() == shown.Content() {
			n := brought[p.Format]
			if kept[p.Original] {
				n += had[p.Format]
			}
			if n >= linksLimit {
				continue
			}
			brought[p.Format]++
		}
		c.sources = append(c.sources, s)
	}
}

// changed says whether a cluster's record is not the one that the vault has.
func (c *cluster) changed(r record.Record) bool {
	if len(c.origins) != 1 {
		return true
	}
	o := c.origins[0]
	if len(r.Provenance) != len(o.Provenance) || !sameSuperseded(o.Superseded, c.superseded) {
		return true
	}
	for n, s := range c.sources {
		if s.origin != o || s.nth != n {
			return true
		}
	}
	return false
}

func sameSuperseded(a, b *record.Superseded) bool {
	return a == b || a != nil && b != nil && *a == *b
}
