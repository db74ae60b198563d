package hl7v2

import "strings"

// note reads NTE and puts its words where they belong: with what stands before
// it.
func (b *builder) note(s *segment) {
	var lines []string
	for _, x := range s.field(3).all() {
		lines = append(lines, strings.TrimRight(newlines(x.unescaped()), " \n"))
	}
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	if text == "" {
		return
	}
	switch {
	case b.held != nil && b.held.note != nil:
		b.held.note(text)
	case b.patient != nil:
		b.patient.notes = append(b.patient.notes, text)
	case b.dose != nil:
		b.dose.notes = append(b.dose.notes, text)
	case b.order != nil && b.order.openResult() != nil:
		r := b.order.openResult()
		r.notes = append(r.notes, text)
	case b.order != nil:
		b.order.notes = append(b.order.notes, text)
	case b.document != nil:
		b.document.note(text)
	case b.orc != nil:
		b.stray = append(b.stray, text)
	default:
		b.keep(s, "a note that does not stand behind anything it could be about; kept in the original")
	}
}

// openResult is the result that a note would follow, nil behind OBR or SPM.
func (o *order) openResult() *result {
	if len(o.results) == 0 || o.afterwards {
		return nil
	}
	return o.results[len(o.results)-1]
}

// participant reads PRT (since 2.7) and ROL: a person or organisation that took
// part.
func (b *builder) participant(s *segment) {
	n, role := 5, 4
	if s.name == "ROL" {
		n, role = 4, 3
	}
	names := s.field(n).people()
	if s.name == "PRT" && len(names) == 0 && !s.field(8).empty() {
		names = []string{s.field(8).first().organisation()}
	}
	if len(names) == 0 {
		return
	}
	as := s.field(role).first().concept().Words()
	for _, name := range names {
		if as != "" {
			name += " (" + as + ")"
		}
		b.tookPart(s, name)
	}
}

func (b *builder) tookPart(s *segment, name string) {
	switch {
	case b.held != nil && b.held.person != nil:
		b.held.person(name)
	case b.patient != nil:
		b.patient.patient.GeneralPractitioner = append(b.patient.patient.GeneralPractitioner, name)
	case b.order != nil && b.order.openResult() != nil:
		r := b.order.openResult()
		r.people = append(r.people, name)
	case b.order != nil:
		b.order.people = append(b.order.people, name)
	case b.document != nil:
		b.document.people = append(b.document.people, name)
	default:
		b.keep(s, "people who took part in something; kept in the original")
	}
}
