package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// author names who recorded a statement, and what they are: the nearest author
// participation counts, at the statement, around it, at its section, at the
// document (CDA R2, section 4.4.2: context conduction). An informant of the
// statement who is a relative or the patient makes it the patient's own word.
func (r *reader) author(st *node) (name string, by record.Asserter) {
	for n := st; n != nil; n = n.Parent {
		if child(n, "author") == nil {
			continue
		}
		if a := r.authored(n); a != (authored{}) {
			name, by = a.name, a.by
			break
		}
	}
	for n := st; n != nil && n != r.root; n = n.Parent {
		if inf := child(n, "informant"); inf != nil {
			if rel := child(inf, "relatedEntity"); rel != nil {
				by = record.ByPatient
			}
			break
		}
	}
	return name, by
}

// authored is what the author participations of one element say.
type authored struct {
	name string
	by   record.Asserter
}

func (r *reader) authored(n *node) authored {
	if a, ok := r.authors[n]; ok {
		return a
	}
	var a authored
	for x := range children(n, "author") {
		who, kind := r.assigned(child(x, "assignedAuthor"), n == r.root)
		a.name = joinWords("; ", a.name, who)
		if a.by == "" {
			a.by = kind
		}
	}
	r.authors[n] = a
	return a
}

// assigned reads an assignedAuthor or assignedEntity: "Dr Ann Example, Example
// Clinic". A device counts as one where it recorded a single statement; at the
// document it is only the software of the organisation.
func (r *reader) assigned(n *node, document bool) (name string, by record.Asserter) {
	if n == nil {
		return "", ""
	}
	person := personName(child(n, "assignedPerson"))
	org := organisation(child(n, "representedOrganization"))
	device := child(n, "assignedAuthoringDevice")
	switch {
	case r.isPatient(n):
		return person, record.ByPatient
	case device != nil && person == "":
		made, software := oneLine(content(child(device, "manufacturerModelName"))), oneLine(content(child(device, "softwareName")))
		if software != made {
			made = joinWords(" ", made, software)
		}
		if !document {
			return joinWords(", ", made, org), record.ByDevice
		}
		if org == "" {
			return made, ""
		}
		return joinWords(", ", made, org), record.ByOrganisation
	case person != "" || org != "":
		return joinWords(", ", person, org), record.ByOrganisation
	}
	return "", ""
}

// isPatient says whether an author is the patient: by one of the patient's
// identifiers, or by the role ONESELF.
func (r *reader) isPatient(n *node) bool {
	if isCode(child(n, "code"), "ONESELF") {
		return true
	}
	for i := range children(n, "id") {
		if id, ok := identifier(i); ok && r.patients[id] {
			return true
		}
	}
	return false
}

// recorded is the time of the nearest author inside st or the act around it.
func (r *reader) recorded(p place, st *node) record.Date {
	for _, n := range []*node{st, p.act()} {
		if t := child(n, "author", "time"); t != nil {
			if d, ok := timestamp(attr(t, "value")); ok {
				return d
			}
		}
	}
	return ""
}

// recorder is the nearest author inside st or the act around it.
func (r *reader) recorder(p place, st *node) string {
	for _, n := range []*node{st, p.act()} {
		if a := child(n, "author", "assignedAuthor"); a != nil {
			if name, _ := r.assigned(a, false); name != "" {
				return name
			}
		}
	}
	return ""
}

// performers names who carried a statement out.
func (r *reader) performers(st *node) []string {
	var names []string
	for p := range children(st, "performer") {
		if name, _ := r.assigned(child(p, "assignedEntity"), false); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// personName is the first name of a person that says anything.
func personName(n *node) string {
	for name := range children(n, "name") {
		if s := readName(name).String(); s != "" {
			return s
		}
	}
	return ""
}

// organisation is the name of an organisation.
func organisation(n *node) string {
	for name := range children(n, "name") {
		if s := oneLine(content(name)); s != "" {
			return s
		}
	}
	return ""
}
