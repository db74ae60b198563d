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
		if a := r.authored(n); a.name != "" || a.by != "" || a.unknown {
			name, by = a.name, a.by
			break
		}
	}
	for n := st; n != nil && n != r.root; n = n.Parent {
		if a := r.authored(n); a.informed {
			if a.athome {
				by = record.ByPatient
			}
			break
		}
	}
	return name, by
}

// authored is what the author and informant participations of one element say.
type authored struct {
	name     string
	by       record.Asserter
	informed bool // there is an informant
	athome   bool // who is the patient or someone of theirs
	unknown  bool // the author is said not to be known, which overrides that of the document
}

// authored reads them once: a section may hold any number of statements.
func (r *reader) authored(n *node) authored {
	if a, ok := r.authors[n]; ok {
		return a
	}
	var a authored
	for c := n.First; c != nil; c = c.Next {
		switch {
		case c.Space != hl7:
		case c.Local == "author":
			who, kind := r.assigned(child(c, "assignedAuthor"), n == r.root)
			a.name = joinWords("; ", a.name, who)
			a.unknown = a.unknown || unknownAuthor(child(c, "assignedAuthor"))
			if a.by == "" {
				a.by = kind
			}
		case c.Local == "informant" && !a.informed:
			a.informed, a.athome = true, child(c, "relatedEntity") != nil
		case c.Local == "text" && a.name == "" && statementNames[n.Local]:
			a.name, a.by = phoneSource(c)
		}
	}
	r.authors[n] = a
	return a
}

// unknownAuthor says that the statement's author is stated not to be known: the
// document's own author is not behind it then (CDA R2, section 4.4.2).
func unknownAuthor(n *node) bool {
	return attr(n, "nullFlavor") == "UNK" && attr(child(n, "id"), "nullFlavor") == "UNK" && child(n, "assignedPerson") == nil
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

// recorded is the time of the author of st, else of the act around it.
func (r *reader) recorded(p place, st *node) record.Date {
	if d := authorTime(st); d != "" || p.concern == nil {
		return d
	}
	return p.concern.recorded
}

func authorTime(n *node) record.Date {
	d, ok := timestamp(attr(child(n, "author", "time"), "value"))
	if !ok {
		return ""
	}
	return d
}

// recorder is the author of st, else of the act around it.
func (r *reader) recorder(p place, st *node) string {
	name, _ := r.assigned(child(st, "author", "assignedAuthor"), false)
	if name == "" && p.concern != nil {
		return p.concern.recorder
	}
	return name
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
