package exchange

import (
	"cmp"
	"context"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// statement is what one place of one file says: of the vault, or of the batch.
type statement struct {
	record.Testimony
	source     int // the batch's source that brought it; -1 for one of the vault
	item       *item
	origin     *origin // the record of the vault that it stands in; nil for an item
	nth        int     // its place in the origin's provenance
	identified []record.Key
	other      []record.Key
	cluster    *cluster
	met        map[int]bool // sources of the batch that read it again
}

// origin is a record of the vault, taken apart into its statements.
type origin struct {
	record.Record
	statements []*statement
	active     bool
}

// placeKey is where a file states a record.
type placeKey struct {
	person   record.ID
	kind     record.Kind
	original record.Hash
	place    string
}

func (s *statement) place() placeKey {
	return placeKey{s.Person, s.Resource.Kind(), s.Provenance.Original, s.Provenance.Place}
}

func newItem(it *item) *statement {
	s := &statement{source: it.source, item: it, Testimony: record.Testimony{
		Person: it.record.Person, Resource: it.record.Resource, Held: it.record.Held, Provenance: it.record.Source(),
	}}
	s.identified, s.other = s.Links()
	return s
}

func (s *statement) links() []record.Key {
	return append(s.identified[:len(s.identified):len(s.identified)], s.other...)
}

// fetch asks the vault for records under keys that it was not asked for yet.
func (rc *reconciler) fetch(ctx context.Context, keys []record.Key) error {
	var ask []record.Key
	for _, k := range keys {
		if !rc.asked[k] {
			rc.asked[k] = true
			ask = append(ask, k)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	found, err := rc.store.Match(ctx, ask...)
	if err != nil {
		return err
	}
	for _, r := range found {
		rc.meet(r)
	}
	return nil
}

// meet takes a record of the vault apart.
func (rc *reconciler) meet(r record.Record) *origin {
	if o := rc.known[r.ID]; o != nil {
		return o
	}
	o := &origin{Record: r}
	rc.known[r.ID] = o
	if studyKey(r) != "" {
		o.active = true // studies are gathered, not put together
		rc.foundStored(r)
		return o
	}
	for n, t := range r.Testimonies() {
		s := &statement{Testimony: t, source: -1, origin: o, nth: n}
		s.identified, s.other = s.Links()
		o.statements = append(o.statements, s)
		if rc.removed != nil && rc.removed(r, n) {
			continue
		}
		rc.places[s.place()] = append(rc.places[s.place()], s)
		for _, k := range s.links() {
			rc.index[k] = append(rc.index[k], s)
		}
	}
	return o
}

// reach activates every record of the vault that shares a key with an active
// statement, and those that share one with it, until there are no more.
func (rc *reconciler) reach(ctx context.Context, from []*statement) error {
	for len(from) > 0 {
		var keys []record.Key
		for _, s := range from {
			keys = append(keys, s.links()...)
		}
		if err := rc.fetch(ctx, keys); err != nil {
			return err
		}
		from = nil
		for _, k := range keys {
			for _, s := range rc.index[k] {
				if !s.origin.active {
					from = append(from, rc.activate(s.origin)...)
				}
			}
		}
	}
	return nil
}

// activate puts a record's statements among those to be put together.
func (rc *reconciler) activate(o *origin) []*statement {
	o.active = true
	for _, s := range o.statements {
		if rc.removed == nil || !rc.removed(o.Record, s.nth) {
			rc.active = append(rc.active, s)
		}
	}
	return o.statements
}

// trust orders those who stand behind a statement.
var trust = map[record.Asserter]int{record.ByOrganisation: 3, record.ByDevice: 2, "": 1, record.ByPatient: 0}

// before is the total order of the statements of one fact. The first one's words
// are shown: the one that its sender corrected, before the others; a care
// provider's before a device's, one whose author is not stated, and the
// patient's; the one that states more elements; the later version; and where all
// that is equal, by fingerprint and place, so that it never depends on what was
// brought in first.
func (s *statement) before(t *statement) int {
	f, g := s.Fact(), t.Fact()
	return cmp.Or(
		cmp.Compare(g.Rank, f.Rank),
		cmp.Compare(trust[t.Provenance.Asserter], trust[s.Provenance.Asserter]),
		cmp.Compare(t.Elements(), s.Elements()),
		record.Date(t.Provenance.Version).Earliest().Compare(record.Date(s.Provenance.Version).Earliest()),
		cmp.Compare(s.Content(), t.Content()),
		s.standing(t),
	)
}

// standing is the order of places, for putting statements together.
func (s *statement) standing(t *statement) int {
	a, b := s.Provenance, t.Provenance
	return cmp.Or(strings.Compare(string(a.Original), string(b.Original)), cmp.Compare(a.Span.Offset, b.Span.Offset),
		strings.Compare(a.Place, b.Place), strings.Compare(s.originID(), t.originID()), cmp.Compare(s.nth, t.nth))
}

func (s *statement) originID() string {
	if s.origin == nil {
		return ""
	}
	return string(s.origin.ID)
}
