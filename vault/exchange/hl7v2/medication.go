package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var (
	// routeWords are the commonest codes of HL7 table 0162.
	routeWords = map[string]string{
		"PO": "Oral", "IM": "Intramuscular", "SC": "Subcutaneous", "SQ": "Subcutaneous", "IV": "Intravenous", "ID": "Intradermal", "NS": "Nasal", "IN": "Intranasal", "TD": "Transdermal", "TP": "Topical", "PR": "Rectal", "SL": "Sublingual",
		"IH": "Inhalation", "OP": "Ophthalmic", "OT": "Otic", "VG": "Vaginal", "GTT": "Gastrostomy tube", "NG": "Nasogastric", "PN": "Percutaneous", "TL": "Translingual",
	}
	// siteWords are the commonest codes of HL7 table 0163.
	siteWords = map[string]string{
		"LA": "Left arm", "RA": "Right arm", "LD": "Left deltoid", "RD": "Right deltoid", "LT": "Left thigh", "RT": "Right thigh", "LVL": "Left vastus lateralis", "RVL": "Right vastus lateralis", "LG": "Left gluteus medius", "RG": "Right gluteus medius",
		"LLFA": "Left lower forearm", "RLFA": "Right lower forearm", "BU": "Buttock", "BE": "Bilateral ears", "OU": "Bilateral eyes", "LE": "Left ear", "RE": "Right ear", "OS": "Left eye", "OD": "Right eye", "LN": "Left nostril", "RN": "Right nostril",
	}
)

// medicine starts a medicine of that origin at segment s. code is the field of
// its name.
func (b *builder) medicine(s *segment, origin record.MedicationOrigin, code int) *record.MedicationStatement {
	b.flushOrder()
	orc := b.orc
	if b.dose != nil && b.dose.medicine != nil && orc == nil {
		orc = b.doseOrder
	}
	b.flushDose()
	m := &record.MedicationStatement{Origin: origin, Medication: s.field(code).first().concept(), Encounter: b.encounter}
	p := b.provenance(s)
	if orc != nil {
		b.doseOrder = orc
		if origin == record.Request {
			m.Status, m.Intent = orderStatus(orc), "order"
			m.AuthoredOn = orc.moment(9)
			m.Effective = orc.when(15)
			m.StatusReason = orc.field(16).concepts()
		}
		m.Requester = strings.Join(orc.field(12).people(), ", ")
		p.Security = label(orc.field(28), "0177")
		p.Identifiers = medicineNumbers(orc, origin, s.field(code).comp(1).String())
	}
	if m.DateAsserted = record.Date(b.version); origin != record.Request {
		m.DateAsserted = ""
	}
	b.orc = nil
	b.dose = &doseGroup{medicine: m, provenance: p, notes: b.stray}
	b.stray = nil
	b.timings(m)
	return m
}

// medicineNumbers are the order's numbers. Several dispenses or doses of one
// order share them, so only the order itself is known by them.
func medicineNumbers(orc *segment, origin record.MedicationOrigin, what string) []record.Identifier {
	if origin != record.Request {
		return nil
	}
	var ids []record.Identifier
	for _, n := range []int{3, 2} {
		if id, ok := orc.entityNumber(n); ok {
			ids = append(ids, about(id, what))
		}
	}
	return ids
}

// dosage is the group's last dosage.
func (d *doseGroup) dosage() *record.Dosage {
	if len(d.medicine.Dosage) == 0 {
		d.medicine.Dosage = []record.Dosage{{}}
	}
	return &d.medicine.Dosage[len(d.medicine.Dosage)-1]
}

// doseOf reads an amount or a range of amounts with its unit. A dose without a
// unit has none (CLINICAL-SAFETY hazard 17).
func doseOf(d *record.Dosage, low, high, unit field) {
	u := unitOf(unit)
	a, ok := amount(low.String())
	if !ok {
		if w := low.words(); w != "" {
			d.Instructions = append(d.Instructions, joined(" ", "dose:", w, u.Unit))
		}
		return
	}
	a.Unit, a.System, a.Code = u.Unit, u.System, u.Code
	h, ok := amount(high.String())
	if !ok || h.Value == a.Value {
		d.Dose = a
		return
	}
	h.Unit, h.System, h.Code = u.Unit, u.System, u.Code
	d.DoseRange = record.Range{Low: a, High: h}
}

// pharmacyOrder reads RXO: what the prescriber asked for.
func (b *builder) pharmacyOrder(s *segment) {
	m := b.medicine(s, record.Request, 1)
	m.Form = s.field(5).first().concept()
	d := b.dose.dosage()
	doseOf(d, s.field(2), s.field(3), s.field(4))
	d.Text = conceptWords(s.field(7).concepts())
	d.Rate = joined(" ", s.field(21).words(), unitOf(s.field(22)).Unit)
	m.Note = append(m.Note, labelled("For the pharmacy", conceptWords(s.field(6).concepts()))...)
	m.Note = append(m.Note, labelled("Strength", joined(" ", s.field(18).words(), unitOf(s.field(19)).Unit))...)
	m.Quantity = supply(s.field(11), s.field(12))
	m.RepeatsAllowed = s.field(13).String()
	m.Reason = s.field(20).concepts()
	if names := s.field(14).people(); len(names) > 0 && m.Requester == "" {
		m.Requester = strings.Join(names, ", ")
	}
}

// encodedOrder reads RXE: the order as the pharmacy encoded it. Of an RXO before
// it in the same order, which says the same in the prescriber's terms, the
// instructions are kept.
func (b *builder) encodedOrder(s *segment) {
	var asked *doseGroup
	if g := b.dose; g != nil && g.medicine != nil && g.medicine.Origin == record.Request && b.orc == nil {
		asked, b.dose = g, nil
		b.absorb()
		b.orc = b.doseOrder
		b.stray = append(b.stray, g.notes...)
	}
	m := b.medicine(s, record.Request, 2)
	m.Form = s.field(6).first().concept()
	d := b.dose.dosage()
	doseOf(d, s.field(3), s.field(4), s.field(5))
	d.Text = conceptWords(s.field(7).concepts())
	if d.Timing == "" {
		d.Timing = timingWords(s.field(1))
	}
	d.Rate = joined(" ", s.field(23).words(), unitOf(s.field(24)).Unit)
	m.Quantity = supply(s.field(10), s.field(11))
	m.RepeatsAllowed = s.field(12).String()
	m.Note = append(m.Note, labelled("For the pharmacy", conceptWords(s.field(21).concepts()))...)
	m.Note = append(m.Note, labelled("Strength", joined(" ", s.field(25).words(), unitOf(s.field(26)).Unit))...)
	m.Reason = s.field(27).concepts()
	if names := s.field(13).people(); len(names) > 0 && m.Requester == "" {
		m.Requester = strings.Join(names, ", ")
	}
	if n := s.field(15).String(); n != "" {
		b.dose.provenance.Identifiers = append(b.dose.provenance.Identifiers, record.Identifier{System: b.issuer("prescription", "", ""), Value: n})
	}
	if asked != nil {
		b.asAsked(m, d, asked.medicine)
	}
}

// asAsked adds what the prescriber's order says beyond the pharmacy's.
func (b *builder) asAsked(m *record.MedicationStatement, d *record.Dosage, asked *record.MedicationStatement) {
	text := ""
	if len(asked.Dosage) > 0 {
		text = asked.Dosage[0].Text
	}
	if d.Text == "" {
		d.Text = text
	} else if text != "" && text != d.Text {
		m.Note = append(m.Note, "As ordered: "+text)
	}
	if w := asked.Medication.String(); w != m.Medication.String() && w != "" {
		m.Note = append(m.Note, "Ordered as: "+w)
	}
	if len(m.Reason) == 0 {
		m.Reason = asked.Reason
	}
	m.Note = append(m.Note, asked.Note...)
}

func labelled(label, words string) []string {
	if words == "" {
		return nil
	}
	return []string{label + ": " + words}
}

// supply is an amount handed out.
func supply(number, unit field) record.Quantity {
	q, ok := amount(number.String())
	if !ok {
		return record.Quantity{}
	}
	u := unitOf(unit)
	q.Unit, q.System, q.Code = u.Unit, u.System, u.Code
	return q
}

// dispensed reads RXD: what the pharmacy handed out.
func (b *builder) dispensed(s *segment) {
	m := b.medicine(s, record.Dispense, 2)
	m.Status = "completed"
	m.AuthoredOn = s.moment(3)
	m.Quantity = supply(s.field(4), s.field(5))
	m.Form = s.field(6).first().concept()
	m.Performer = strings.Join(s.field(10).people(), ", ")
	m.Note = append(m.Note, labelled("Pharmacy", listed(s.field(9)))...)
	m.Note = append(m.Note, labelled("Instruction", conceptWords(s.field(15).concepts()))...)
	m.Note = append(m.Note, labelled("Strength", joined(" ", s.field(16).words(), unitOf(s.field(17)).Unit))...)
	m.Note = append(m.Note, labelled("Lot", listed(s.field(18)))...)
	m.Note = append(m.Note, labelled("Prescription number", s.field(7).String())...)
}

// given reads RXG: what was handed to the one who gives it.
func (b *builder) given(s *segment) {
	m := b.medicine(s, record.Dispense, 4)
	m.Form = s.field(8).first().concept()
	d := b.dose.dosage()
	doseOf(d, s.field(5), s.field(6), s.field(7))
	m.Note = append(m.Note, labelled("Note", conceptWords(s.field(9).concepts()))...)
}

// administrationStatuses are the FHIR statuses for HL7 table 0322 (RXA-20).
var administrationStatuses = map[string]string{"CP": "completed", "PA": "completed", "RE": "not-done", "NA": "not-done"}

// medicineGiven reads RXA where it is no vaccine.
func (b *builder) medicineGiven(s *segment) {
	m := b.medicine(s, record.Administration, 5)
	m.Effective = s.period(3, 4)
	m.Status = status(s.field(20), administrationStatuses)
	m.StatusReason = s.field(18).concepts()
	if s.field(20).String() == "PA" {
		m.Note = append(m.Note, "given in part only")
	}
	if s.field(21).String() == "D" {
		m.Status = "entered-in-error"
	}
	m.Form = s.field(8).first().concept()
	d := b.dose.dosage()
	if s.field(6).String() != "999" {
		doseOf(d, s.field(6), field{seg: s, n: 6}, s.field(7))
	}
	m.Reason = s.field(19).concepts()
	m.Performer = strings.Join(s.field(10).people(), ", ")
	m.Note = append(m.Note, labelled("Note", conceptWords(s.field(9).concepts()))...)
	m.Note = append(m.Note, labelled("Lot", listed(s.field(15)))...)
}

// ingredient reads RXC: a base or additive.
func (b *builder) ingredient(s *segment) {
	if b.dose == nil || b.dose.medicine == nil {
		b.keep(s, "stands without the medicine it is about; kept in the original")
		return
	}
	words := joined(" ", s.field(2).first().concept().String(), s.field(3).words(), unitOf(s.field(4)).Unit)
	b.dose.medicine.Ingredient = append(b.dose.medicine.Ingredient, words)
}

// addTiming reads TQ1: when to take it, in the order's own words.
func (b *builder) addTiming(s *segment) {
	b.timing = append(b.timing, s)
	if b.dose != nil && b.dose.medicine != nil {
		b.timings(b.dose.medicine)
	}
}

// timings moves the timings that were read into a medicine.
func (b *builder) timings(m *record.MedicationStatement) {
	for _, t := range b.timing {
		d := (&doseGroup{medicine: m}).dosage()
		d.Timing = joined("; ", d.Timing, joined(", ", repeatWords(t.field(3)), labelWords("for", durationWords(t.field(6))), t.field(10).words()))
		if w := t.field(11).words(); w != "" {
			d.Instructions = append(d.Instructions, w)
		}
		if w := t.period(7, 8); !w.Empty() && m.Effective.Empty() {
			w.Period = true
			m.Effective = w
		}
		if priority := t.field(9).comp(1).String(); strings.HasPrefix(priority, "PRN") {
			d.AsNeeded = "as needed"
		}
	}
	b.timing = nil
}

func labelWords(label, words string) string {
	if words == "" {
		return ""
	}
	return label + " " + words
}

// repeatWords is an RPT: its text, else its code as written.
func repeatWords(f field) string {
	out := ""
	for _, x := range f.all() {
		c := x.comp(1)
		w := c.sub(2).String()
		if w == "" {
			w = c.sub(1).String()
		}
		out = joined(", ", out, w)
	}
	return out
}

// durationWords is a CQ in words.
func durationWords(f field) string {
	f = f.first()
	return joined(" ", f.comp(1).String(), f.comp(2).sub(1).String())
}

// timingWords is a TQ, the timing of messages before 2.5: interval, duration,
// text.
func timingWords(f field) string {
	f = f.first()
	return joined(", ", f.comp(2).sub(1).String(), labelWords("for", f.comp(3).String()), f.comp(8).String())
}
