package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// style says how references are written: by fullUrl inside a Bundle, by type
// and id between lines.
type style string

const (
	byURL  style = "url"
	byType style = "type"
)

// target is what a reference can lead to.
type target struct{ kind, id, url string }

// to is a Reference to something in the file.
func (w *writer) to(t target) *element {
	if w.style == byType {
		return obj("reference", t.kind+"/"+t.id)
	}
	return obj("reference", t.url)
}

// reference is a Reference to a record of the file where it is there and of one
// of the kinds that the element takes; else the source's words for it, or nil.
func (w *writer) reference(ref record.Reference, kinds string) *element {
	if t, ok := w.targets[ref.ID]; ok && ref.ID != "" && allowed(kinds).has(t.kind) {
		e := w.to(t)
		e.text("display", ref.Display)
		return e
	}
	return obj("display", ref.Display)
}

func (w *writer) references(refs []record.Reference, kinds string) []*element {
	var out []*element
	for _, ref := range refs {
		out = append(out, w.reference(ref, kinds))
	}
	return out
}

// withMembers are refs and the results that name id as their panel.
func (w *writer) withMembers(id record.ID, refs []record.Reference) []record.Reference {
	seen := map[record.ID]bool{}
	out := append([]record.Reference(nil), refs...)
	for _, ref := range refs {
		seen[ref.ID] = true
	}
	for _, member := range w.members[id] {
		if !seen[member] {
			seen[member] = true
			out = append(out, record.Reference{ID: member})
		}
	}
	return out
}

// display is a Reference in words alone.
func display(s string) *element { return obj("display", s) }

func displays(names []string) []*element {
	var out []*element
	for _, n := range names {
		out = append(out, display(n))
	}
	return out
}

// actors are backbone elements of one member that names someone in words.
func actors(member string, names []string) []*element {
	var out []*element
	for _, n := range names {
		if strings.TrimSpace(n) == "" {
			continue
		}
		e := new(element)
		e.put(member, display(n))
		out = append(out, e)
	}
	return out
}
