package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// target is what a reference may point to: the little that others show of it.
type target struct {
	typ     string
	fullURL string
	id      string // Type/id, "" without an id
	names   []record.Identifier
	title   string
	alias   string // who stands behind it: a PractitionerRole's practitioner
	used    bool   // another resource shows it

	medicine *medicine
	file     *record.Attachment // the content of a Binary
	draft    *draft
}

// addTarget notes a resource under its names.
func (im *importer) addTarget(v value, typ string, at resourceAt) *target {
	t := &target{typ: typ, fullURL: unversioned(at.fullURL), title: titleOf(v, typ)}
	if id := v.Get("id").Own(); id != "" {
		t.id = typ + "/" + id
	}
	switch typ {
	case "PractitionerRole":
		t.alias = unversioned(v.Path("practitioner", "reference").Text())
		if t.alias == "" {
			t.alias = unversioned(v.Path("organization", "reference").Text())
		}
		t.names = identifiersOf(v)
	case "Practitioner", "Organization", "Location", "Patient":
		t.names = identifiersOf(v)
	}
	im.targets = append(im.targets, t)
	return t
}

// titleOf is how a resource is called where another one names it.
func titleOf(v value, typ string) string {
	switch typ {
	case "Patient", "Practitioner", "RelatedPerson", "Person":
		return humanName(v.Get("name").First()).String()
	case "Organization", "Location", "HealthcareService", "CareTeam", "Group":
		return v.TextOf("name")
	case "PractitionerRole":
		if d := v.Path("practitioner", "display").Text(); d != "" {
			return d
		}
		return v.Path("organization", "display").Text()
	case "Device":
		if n := v.Path("deviceName", "name").Text(); n != "" {
			return n
		}
		return conceptOf(v.Get("type")).String()
	case "Specimen":
		return conceptOf(v.Get("type")).String()
	case "Encounter":
		return conceptOf(v.Get("type").First()).String()
	}
	return conceptOf(v.Get("code")).String()
}

// index finds targets by reference, inside the file alone.
type index struct {
	byName  map[string]*target // full URL, Type/id, or Type?identifier=system|value
	several map[string]bool    // names that more than one resource bears
}

func newIndex(targets []*target) *index {
	ix := &index{byName: make(map[string]*target, 2*len(targets)), several: map[string]bool{}}
	for _, t := range targets {
		ix.add(t.fullURL, t)
		if t.id != t.fullURL {
			ix.add(t.id, t)
		}
		for _, n := range t.names {
			ix.add(t.typ+"?identifier="+n.System+"|"+n.Value, t)
		}
	}
	return ix
}

// add notes a name. Versions of one resource share all their names; resources
// of two servers may share the Type/id, and then it names neither.
func (ix *index) add(name string, t *target) {
	if name == "" {
		return
	}
	if other := ix.byName[name]; other != nil && (other.fullURL != t.fullURL || other.id != t.id) {
		ix.several[name] = true
		return
	}
	ix.byName[name] = t
}

// find resolves a reference made by a resource whose full URL is from; nil when
// the file does not hold it, or leaves open which one is meant.
func (ix *index) find(raw, from string) *target {
	if raw == "" {
		return nil
	}
	if base := serverOf(from); base != "" && !strings.Contains(raw, ":") {
		if t := ix.byName[base+raw]; t != nil {
			return t
		}
	}
	if ix.several[raw] {
		return nil
	}
	return ix.byName[raw]
}

// serverOf is the base address of a full URL: "https://a.org/fhir/" of
// "https://a.org/fhir/Patient/1"; "" when it has none.
func serverOf(fullURL string) string {
	if !strings.HasPrefix(fullURL, "http://") && !strings.HasPrefix(fullURL, "https://") && !strings.HasPrefix(fullURL, wrappedScheme) {
		return ""
	}
	i := strings.LastIndexByte(fullURL, '/')
	if i < 0 {
		return ""
	}
	i = strings.LastIndexByte(fullURL[:i], '/')
	if i < len(wrappedScheme) {
		return ""
	}
	return fullURL[:i+1]
}

// title is how a target is called, following a role to its person.
func (ix *index) title(t *target) string {
	for range 4 {
		if t == nil || t.title != "" || t.alias == "" {
			break
		}
		t = ix.find(t.alias, t.fullURL)
	}
	if t == nil {
		return ""
	}
	return t.title
}

// names are those by which the file's references can call t, each certain.
func (ix *index) names(t *target) []string {
	names := make([]string, 0, 2)
	for _, n := range [...]string{t.fullURL, t.id} {
		if n != "" && !ix.several[n] && (len(names) == 0 || names[0] != n) {
			names = append(names, n)
		}
	}
	return names
}

// local is the name under which the pipeline finds what raw refers to.
func (ix *index) local(raw, from string) string {
	t := ix.find(raw, from)
	if t == nil {
		if ix.several[raw] {
			return from + " " + raw // no record bears this name: it stays unresolved
		}
		return raw
	}
	names := ix.names(t)
	for _, n := range names {
		if n == raw {
			return raw
		}
	}
	if len(names) > 0 {
		return names[0]
	}
	return raw
}
