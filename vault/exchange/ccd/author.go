package ccd

import "github.com/carnet-phr/carnet/vault/record"

// author is who stands behind an entry (Author Participation, 22.4.119): the
// patient where the patient entered it, a device, or whom the source names, with
// the organisation that keeps the source. An author whom nobody names is stated as
// not known: else the author of the document would be taken for it (CDA R2, 4.4.2;
// CLINICAL-SAFETY hazard 49).
func (s *statement) author(recorded record.Date, who string) *element {
	src := s.line.Source()
	if byPatient(s.line.Record) {
		return s.w.patientAuthor(recorded)
	}
	if who == "" {
		who = src.Author
	}
	e := el("author").add(el("templateId", "root", "2.16.840.1.113883.10.20.22.4.119"), ts("time", recorded))
	a := el("assignedAuthor")
	switch {
	case who == "" && src.System == "":
		return e.add(a.set("nullFlavor", "UNK").add(null("id", "UNK")))
	case src.Asserter == record.ByDevice:
		a.add(party("device", who, src.System)).add(el("assignedAuthoringDevice").add(txt("manufacturerModelName", nonEmpty(who, "device"))))
	default:
		a.add(party("author", who, src.System))
		if who != "" {
			a.add(el("assignedPerson").add(txt("name", who)))
		}
	}
	return e.add(a.add(organisation("representedOrganization", src.System)))
}

// party is an id of our own for someone whom sources name in words: the same words
// in the same role give the same id.
func party(role string, words ...string) *element {
	return el("id", "root", uuid(append([]string{role}, words...)...))
}

func organisation(name, words string) *element {
	n := txt("name", words)
	if n == nil {
		return nil
	}
	return el(name).add(party("organisation", words), n)
}

// performer is someone who did what an entry says.
func performer(names ...string) []*element {
	var out []*element
	for _, n := range names {
		if p := txt("name", n); p != nil {
			out = append(out, el("performer", "typeCode", "PRF").add(
				el("assignedEntity").add(party("performer", n), null("addr", "NI"), null("telecom", "NI"), el("assignedPerson").add(p))))
		}
	}
	return out
}

// patientAuthor is the patient as author: by the role ONESELF (HL7 v3 RoleCode).
func (w *writer) patientAuthor(recorded record.Date) *element {
	return el("author").add(el("templateId", "root", "2.16.840.1.113883.10.20.22.4.119"), ts("time", recorded), w.oneself(false))
}

// oneself is the patient as assigned author; at the head of the document with
// address and telephone, which the US Realm Header wants.
func (w *writer) oneself(head bool) *element {
	a := el("assignedAuthor").add(w.patientID(), fixed("code", "ONESELF", roleCode, "self"))
	if head {
		a.add(null("addr", "NI"), null("telecom", "NI"))
	}
	return a.add(el("assignedPerson").add(w.patientName()))
}

func (w *writer) patientID() *element {
	return el("id", "root", uuid("person", string(w.sel.Person.ID)))
}

// patientName is the patient's name as an author: words alone.
func (w *writer) patientName() *element {
	if n := txt("name", w.sel.Patient().DisplayName()); n != nil {
		return n
	}
	return null("name", "UNK")
}

// location is the place of a statement (participant LOC). A Service Delivery
// Location (22.4.32) needs a code that sources do not give.
func location(names ...string) []*element {
	var out []*element
	for _, n := range names {
		if name := txt("name", n); name != nil {
			out = append(out, el("participant", "typeCode", "LOC").add(el("participantRole", "classCode", "SDLOC").add(el("playingEntity", "classCode", "PLC").add(name))))
		}
	}
	return out
}
