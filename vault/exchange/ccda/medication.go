package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// medication reads a Medication Activity (2.16.840.1.113883.10.20.22.4.16) or a
// planned one (22.4.42). Its statusCode is that of the act of prescribing, so it
// stays apart from Status (CLINICAL-SAFETY hazard 12).
func (r *reader) medication(p place, st *node) {
	m := &record.MedicationStatement{
		Absent: p.absent || negated(st), Medication: r.medicine(st), ActStatus: attr(child(st, "statusCode"), "code"),
		DateAsserted: r.made, Reason: r.reasons(st), Requester: r.recorder(p, st), AuthoredOn: r.recorded(p, st), Encounter: p.encounter,
	}
	m.Status = r.medicineStatus(st, m.ActStatus)
	r.mood(m, p, st)
	r.manufactured(m, st)
	if names := r.performers(st); len(names) > 0 {
		m.Performer = strings.Join(names, "; ")
	}
	d := r.dosage(m, st)
	if !emptyDosage(d) {
		m.Dosage = []record.Dosage{d}
	}
	if n := attr(child(st, "repeatNumber"), "value"); n != "" {
		m.Note = append(m.Note, "number of administrations: "+n)
	}
	r.supplies(m, st)
	m.Note = append(m.Note, r.notes(st, func(typ string, s *node) bool {
		return isReason(typ, s) || s.Local == "supply" || isSig(s) || isInstruction(s) || isStatus(s)
	})...)
	p.section.tally(m)
	r.add(p, st, m)
}

// medicineStatus reads the status observation of a medicine (Medication Status
// Observation of CCD 1.0, 2.16.840.1.113883.10.20.1.47, code 33999-4): unlike the
// statusCode it speaks of the taking, not of the act of prescribing
// (CLINICAL-SAFETY hazard 12). A word that only repeats the statusCode adds nothing.
func (r *reader) medicineStatus(st *node, act string) string {
	for _, s := range related(st) {
		if !isStatus(s) {
			continue
		}
		v := child(s, "value")
		word := r.statusWord(v)
		for _, k := range r.concept(v).Coding {
			if w := medicineStatuses[k.Code]; w != "" {
				word = w
			}
		}
		if word != act {
			return word
		}
	}
	return ""
}

// mood tells a statement from an order. In a plan section an order is a plan:
// nobody says that it was ever taken (CLINICAL-SAFETY hazard 14).
func (r *reader) mood(m *record.MedicationStatement, p place, st *node) {
	switch attr(st, "moodCode") {
	case "EVN":
		m.Origin = record.Statement
	case "INT", "RQO":
		m.Origin = record.Request
		m.Intent = "order"
	case "PRP", "PRMS", "ARQ", "APT":
		m.Origin, m.Intent = record.Request, "proposal"
	}
	if m.Intent == "order" && (p.area() == planArea || hasTemplate(st, entryTemplateRoot+"42")) {
		m.Intent = "plan"
	}
}

// product is what is given, handed out or supplied.
func (r *reader) product(st *node) record.Concept {
	mp := child(st, "consumable", "manufacturedProduct")
	if mp == nil {
		mp = child(st, "product", "manufacturedProduct")
	}
	for _, name := range []string{"manufacturedMaterial", "manufacturedLabeledDrug"} {
		m := child(mp, name)
		c := r.concept(child(m, "code"))
		if words := oneLine(content(child(m, "name"))); words != "" && c.Words() == "" {
			c.Text = words
		}
		if c = r.generic(c, m); !c.Empty() {
			return c
		}
	}
	return record.Concept{}
}

// medicine is the product, else what the statement's text calls it. A denial of
// "drug or medicament" in general names no medicine: it means that none is taken.
func (r *reader) medicine(st *node) record.Concept {
	c := r.product(st)
	if negated(st) {
		for _, k := range c.Coding {
			if k.Code == "410942007" || k.Code == "105590001" {
				return record.Concept{}
			}
		}
		return c
	}
	if c.Empty() {
		c.Text = r.label(child(st, "text"))
	}
	if c.Empty() {
		c = r.concept(child(st, "code"))
	}
	return c
}

// manufactured reads form, maker and lot of the product, and the drug vehicle.
func (r *reader) manufactured(m *record.MedicationStatement, st *node) {
	mp := child(st, "consumable", "manufacturedProduct")
	material := child(mp, "manufacturedMaterial")
	if m.Form = r.concept(child(st, "administrationUnitCode")); m.Form.Empty() {
		m.Form = r.concept(beyond(material, "formCode"))
	}
	m.Ingredient = r.ingredients(material)
	if pack := r.packed(material); pack != "" {
		m.Note = append(m.Note, "package: "+pack)
	}
	if maker := organisation(child(mp, "manufacturerOrganization")); maker != "" {
		m.Note = append(m.Note, "manufacturer: "+maker)
	}
	if lot := oneLine(content(child(mp, "manufacturedMaterial", "lotNumberText"))); lot != "" {
		m.Note = append(m.Note, "lot number: "+lot)
	}
	for part := range children(st, "participant") {
		if e := child(part, "participantRole", "playingEntity"); attr(part, "typeCode") == "CSM" && e != nil {
			if c := r.concept(child(e, "code")).String(); c != "" {
				m.Ingredient = append(m.Ingredient, c+" (vehicle)")
			} else if name := oneLine(content(child(e, "name"))); name != "" {
				m.Ingredient = append(m.Ingredient, name+" (vehicle)")
			}
		}
	}
	for inf := range children(st, "informant") {
		if name, _ := r.assigned(child(inf, "assignedEntity"), false); name != "" {
			m.InformationFrom = name
		} else if rel := child(inf, "relatedEntity"); rel != nil {
			m.InformationFrom = joinWords(", ", personName(child(rel, "relatedPerson")), r.concept(child(rel, "code")).String())
			m.Reported = "true"
		}
	}
}
