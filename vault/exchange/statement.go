package exchange

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// statement is what one place of one file says: of the vault, or of the batch.
type statement struct {
	record.Testimony
	source  int // the batch's source that brought it; -1 for one of the vault
	item    *item
	origin  *origin       // the record of the vault that it stands in; nil for an item
	nth     int           // its place in the origin's provenance
	links   []record.Link // those that an issuer's identifier gives first
	named   int           // how many those are
	place   record.Link
	beside  *statement // the next one of the same place
	cluster *cluster
	met     map[int]bool // sources of the batch that read it again
}

// origin is a record of the vault, taken apart into its statements.
type origin struct {
	record.Record
	statements []*statement
	active     bool
}

// identified are the links that an issuer's identifier gives.
func (s *statement) identified() []record.Link { return s.links[:s.named] }

// other are the other links.
func (s *statement) other() []record.Link { return s.links[s.named:] }

// linked works out the links, which stand one behind the other in memory.
func (rc *reconciler) linked(s *statement) {
	if cap(rc.links)-len(rc.links) < 16 {
		rc.links = make([]record.Link, 0, 4096)
	}
	from := len(rc.links)
	rc.links, s.named = s.Links(rc.links)
	s.links = rc.links[from:len(rc.links):len(rc.links)]
	s.place = s.Place()
	s.Forget()
}

// newItem makes the statement of an item.
func (rc *reconciler) newItem(it *item, s *statement) {
	p := &it.record.Provenance[0]
	p.Import, p.Received = "", time.Time{} // of an assignment before
	*s = statement{source: it.source, item: it, Testimony: record.Testimony{Person: it.record.Person, Resource: it.record.Resource, Held: it.record.Held, Provenance: p}}
	rc.linked(s)
	it.statement = s
}

// askedAtOnce is for how many keys the vault is asked in one go.
const askedAtOnce = 4096

// fetch asks the vault for records under keys that it was not asked for yet.
func (rc *reconciler) fetch(ctx context.Context, links []record.Link) error {
	ask := make([]record.Key, 0, min(askedAtOnce, len(links)))
	for n, l := range links {
		if !rc.asked[l] {
			rc.asked[l] = true
			ask = append(ask, l.Key())
		}
		if len(ask) == 0 || len(ask) < askedAtOnce && n < len(links)-1 {
			continue
		}
		found, err := rc.store.Match(ctx, ask...)
		if err != nil {
			return err
		}
		for _, r := range found {
			rc.meet(r)
		}
		ask = ask[:0]
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
	if r.Entered != nil && r.Superseded != nil {
		o.active = true // history of the patient's own: no file has a word in it
		return o
	}
	if studyKey(r) != "" {
		o.active = true // studies are gathered, not put together
		rc.foundStored(r)
		return o
	}
	for n, t := range r.Testimonies() {
		s := &statement{Testimony: t, source: -1, origin: o, nth: n}
		rc.linked(s)
		o.statements = append(o.statements, s)
		if rc.removed != nil && rc.removed(r, n) {
			continue
		}
		rc.put(s)
		for _, k := range s.links {
			rc.index[k] = append(rc.index[k], s)
		}
	}
	return o
}

// reach activates every record of the vault that shares a key with an active
// statement, and those that share one with it, until there are no more.
func (rc *reconciler) reach(ctx context.Context, from []*statement) error {
	for len(from) > 0 {
		var keys []record.Link
		for _, s := range from {
			keys = append(keys, s.links...)
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
// are shown: the patient's own entry, which only the patient changes; the one
// that its sender corrected, before the others; a care
// provider's before a device's, one whose author is not stated, and the
// patient's; the one that states more elements; the later version; and where all
// that is equal, by fingerprint and place, so that it never depends on what was
// brought in first.
func (s *statement) before(t *statement) int {
	return cmp.Or(
		first(s.own(), t.own()),
		cmp.Compare(t.Rank(), s.Rank()),
		cmp.Compare(trust[t.Provenance.Asserter], trust[s.Provenance.Asserter]),
		cmp.Compare(t.Elements(), s.Elements()),
		record.Date(t.Provenance.Version).Earliest().Compare(record.Date(s.Provenance.Version).Earliest()),
		s.Content().Compare(t.Content()),
		s.standing(t),
	)
}

// own says that it is an entry that the patient made with a form.
func (s *statement) own() bool {
	return s.origin != nil && s.origin.Entered != nil && s.Provenance.Original == ""
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
