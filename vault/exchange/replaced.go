package exchange

import (
	"context"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// A CDA document that replaces another one (relatedDocument typeCode RPLC, CDA
// R2 4.2.3.1; FHIR Composition.relatesTo) takes the place of all that the other
// one alone stated: what it does not state again its author took back.

// replaceDocuments marks the documents that another one replaces, and what they
// alone state.
func (rc *reconciler) replaceDocuments(ctx context.Context) error {
	replaced := map[record.Hash]record.ID{} // by the file of the document: what replaces it
	people := map[record.ID]bool{}
	for _, c := range rc.documents() {
		if c.superseded == nil {
			continue
		}
		for _, h := range c.heads {
			if h.Provenance.Original != "" && strings.HasPrefix(h.Provenance.Place, "/ClinicalDocument") {
				replaced[h.Provenance.Original] = c.superseded.By
				people[h.Person] = people[h.Person] || len(c.origins) == 0 || !sameSuperseded(c.origins[0].Superseded, c.superseded)
			}
		}
	}
	for _, c := range rc.clusters {
		c.follow(replaced)
		c.recall(rc)
	}
	for person, changed := range people {
		if !changed {
			continue
		}
		if err := rc.followStored(ctx, person, replaced); err != nil {
			return err
		}
	}
	return nil
}

// documents are the clusters of documents, those that another one replaces
// marked.
func (rc *reconciler) documents() []*cluster {
	var list []*cluster
	by := map[string][]*cluster{}
	for _, c := range rc.clusters {
		if c.statements[0].Resource.Kind() != record.KindDocumentReference {
			continue
		}
		list = append(list, c)
		for _, s := range c.heads {
			for _, t := range s.Identified() {
				by[t] = append(by[t], c)
			}
		}
	}
	for _, c := range list {
		if c.statements[0].Rank() == record.RankWithdrawn {
			continue
		}
		for _, t := range c.statements[0].Replaces() {
			for _, d := range by[t] {
				if d != c && d.heads[0].Person == c.heads[0].Person && (d.superseded == nil || d.superseded.Why != record.Withdrawn) {
					d.superseded = &record.Superseded{By: c.id, Why: record.Corrected}
				}
			}
		}
	}
	return list
}

// follow marks a fact that replaced documents alone state.
func (c *cluster) follow(replaced map[record.Hash]record.ID) {
	if len(replaced) == 0 || c.superseded != nil || c.statements[0].Resource.Kind() == record.KindPatient {
		return
	}
	by := record.ID("")
	for _, s := range c.statements {
		id, ok := replaced[s.Provenance.Original]
		if !ok {
			return
		}
		by = max(by, id)
	}
	if by != c.id {
		c.superseded = &record.Superseded{By: by, Why: record.Corrected}
	}
}

// recall keeps the mark that a document made earlier, when the document itself
// was not put together anew and no other source states the fact since.
func (c *cluster) recall(rc *reconciler) {
	if c.superseded != nil || len(c.origins) == 0 || c.origins[0].Superseded == nil {
		return
	}
	by := c.origins[0].Superseded.By
	if o := rc.known[by]; o != nil && o.active || rc.lifted[by] {
		return
	}
	if !slices.ContainsFunc(c.statements, func(s *statement) bool { return s.origin != c.origins[0] }) {
		c.superseded = c.origins[0].Superseded
	}
}

// followStored marks the facts of the vault that the replaced documents alone
// state.
func (rc *reconciler) followStored(ctx context.Context, person record.ID, replaced map[record.Hash]record.ID) error {
	for r, err := range rc.store.Query(ctx, record.Filter{Person: person}) {
		if err != nil {
			return err
		}
		if o := rc.known[r.ID]; o != nil && o.active || len(r.Provenance) == 0 || r.Resource.Kind() == record.KindImagingStudy {
			continue
		}
		if !slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool { return replaced[p.Original] == "" }) {
			o := rc.meet(r)
			rc.clusters = append(rc.clusters, rc.alone(o))
			rc.clusters[len(rc.clusters)-1].follow(replaced)
		}
	}
	return nil
}

// alone is a record of the vault as it stands.
func (rc *reconciler) alone(o *origin) *cluster {
	o.active = true
	c := &cluster{statements: o.statements, heads: o.statements, origins: []*origin{o}, id: o.ID, superseded: o.Superseded}
	for _, s := range o.statements {
		s.cluster = c
	}
	return c
}
