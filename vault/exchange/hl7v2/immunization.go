package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// doseGroup is a medicine or vaccine with the segments that belong to it.
type doseGroup struct {
	vaccine    *record.Immunization
	medicine   *record.MedicationStatement
	provenance record.Provenance
	notes      []string
}

// isVaccine says whether an RXA reports an immunization: by the message, else by
// its code.
func (b *builder) isVaccine(s *segment) bool {
	switch b.kind {
	case "VXU", "VXR", "VXX":
		return true
	case "RAS", "RDE", "RDS", "OMP":
		return false
	}
	if s.field(5).first().concept().Code(record.CVX) != "" {
		return true
	}
	return s.field(17).first().concept().Code("http://hl7.org/fhir/sid/mvx") != "" || b.kind == "RSP"
}

// reportedBy are the codes of table NIP001 for a dose that the sender did not
// give itself but was told of, for people.
var reportedBy = map[string]string{
	"01": "source not given", "02": "told by another provider", "03": "a parent's written record", "04": "a parent's recall", "05": "another registry", "06": "the birth certificate", "07": "the school's record", "08": "a public agency",
}

// refusals are the commonest codes of table NIP002.
var refusals = map[string]string{"00": "Parental decision", "01": "Religious exemption", "02": "Other", "03": "Patient decision"}

// administered reads RXA: a vaccine, or a medicine given.
func (b *builder) administered(s *segment) {
	b.flushOrder()
	b.flushDose()
	if !b.isVaccine(s) {
		b.medicineGiven(s)
		return
	}
	i := &record.Immunization{
		VaccineCode: s.field(5).first().concept(), Occurrence: s.when(3), Recorded: s.moment(22), LotNumber: listed(s.field(15)), ExpirationDate: s.moment(16),
		Manufacturer: s.field(17).first().concept().String(), Reason: s.field(19).concepts(), Encounter: b.encounter,
		Location: s.field(11).first().vaccinePlace(), DoseQuantity: vaccineDose(s),
	}
	b.vaccineStatus(s, i)
	if names := s.field(10).people(); len(names) > 0 {
		i.Performer = names[0]
	}
	for _, x := range s.field(9).all() {
		reportSource(i, x)
	}
	p := b.provenance(s)
	if b.orc != nil {
		p.Security = label(b.orc.field(28), "0177")
		for _, n := range []int{3, 2} {
			if id, ok := b.orc.entityNumber(n); ok && id.Value != "9999" { // 9999: the sender has no number (CDC guide)
				p.Identifiers = append(p.Identifiers, about(id, s.field(5).comp(1).String(), string(s.moment(3).Day())))
			}
		}
	}
	if i.Performer != "" {
		p.Author = i.Performer
	}
	b.orc = nil
	b.dose = &doseGroup{vaccine: i, provenance: p, notes: b.stray}
	b.stray = nil
}

// listed is all repetitions in words.
func listed(f field) string {
	out := ""
	for _, x := range f.all() {
		out = joined(", ", out, x.words())
	}
	return out
}

// vaccinePlace is RXA-11: an LA2, whose fourth component is the facility.
func (f field) vaccinePlace() string {
	if s := f.comp(4).sub(1).String(); s != "" {
		return s
	}
	return f.location()
}

// vaccineDose is RXA-6; 999 stands for "not known" (CDC guide, 2.5.1).
func vaccineDose(s *segment) record.Quantity {
	q, ok := amount(s.field(6).String())
	if !ok || q.Value == "999" {
		return record.Quantity{}
	}
	u := unitOf(s.field(7))
	q.Unit, q.System, q.Code = u.Unit, u.System, u.Code
	return q
}

// vaccineStatus reads RXA-20 (table 0322), RXA-18 and RXA-21 (table 0323). A
// dose that was given in part does not count in full (CLINICAL-SAFETY hazard 43).
func (b *builder) vaccineStatus(s *segment, i *record.Immunization) {
	refused := s.field(18).first().tabled("NIP002", refusals)
	switch code := s.field(20).comp(1).String(); code {
	case "CP":
		i.Status = "completed"
	case "PA":
		i.Status, i.Subpotent = "completed", true
		i.Note = append(i.Note, "given in part only")
	case "RE":
		i.Status = "not-done"
	case "NA":
		i.Status = "not-done"
		i.StatusReason = record.Concept{Text: "not administered"}
	case "":
		if i.Status = "completed"; !refused.Empty() {
			i.Status = "not-done"
		}
	default:
		i.Status = "status " + code
	}
	if !refused.Empty() {
		i.StatusReason = refused
		if i.Status == "completed" {
			b.remark(s.place()+"-18", "a reason for refusing stands beside a dose that is said to be given")
			i.Status = "status CP with a refusal"
		}
	} else if i.Status == "not-done" && i.StatusReason.Empty() {
		i.StatusReason = record.Concept{Text: "refused"}
	}
	if s.field(21).comp(1).String() == "D" {
		i.Status = "entered-in-error"
	}
}

// reportSource reads a repetition of RXA-9: whether the sender gave the dose
// itself (00) or was told of it, else a note.
func reportSource(i *record.Immunization, f field) {
	code, system := f.comp(1).String(), f.comp(3).String()
	switch told := reportedBy[code]; {
	case code == "00" && (system == "NIP001" || system == ""):
		i.PrimarySource = "true"
	case told != "" && (system == "NIP001" || system == ""):
		i.PrimarySource = "false"
		i.ReportOrigin = f.concept()
		if i.ReportOrigin.Words() == "" {
			i.ReportOrigin.Text = told
		}
	default:
		if w := f.concept().String(); w != "" {
			i.Note = append(i.Note, w)
		}
	}
}

// vaccineObservation reads an OBX behind an RXA: what the vaccine's own elements
// take goes there, what billing asks for is counted, the rest is a reading.
func (b *builder) vaccineObservation(s *segment) {
	i := b.dose.vaccine
	f := s.field(5).first()
	words := f.concept().String()
	switch s.field(3).concept().Code(record.LOINC) {
	case "30963-3", "64994-7": // vaccine funding source, eligibility
		b.administrative(s, "vaccine funding")
	case "69764-9", "29768-9", "29769-7", "30956-7": // information statement: document, published, presented; vaccine type
		b.administrative(s, "vaccine information statement")
	case "30973-2": // dose number in series
		i.DoseNumber = f.comp(1).String()
		b.absorb()
	case "59782-3": // number of doses in primary series
		i.SeriesDoses = f.comp(1).String()
		b.absorb()
	case "59780-7": // immunization series name
		i.Series = words
		b.absorb()
	case "31044-1": // reaction
		i.Reaction = append(i.Reaction, record.Reaction{Manifestation: []record.Concept{f.concept()}, Onset: s.when(14)})
		b.absorb()
	case "59781-5", "59783-1", "59779-9", "30979-9", "30980-7", "30981-5", "59777-3", "59778-1", "30982-3": // evaluation and forecast of a registry
		i.Note = append(i.Note, joined(": ", b.observed(s.field(3)).String(), b.plain(s)))
		b.absorb()
	default:
		dose := b.dose
		b.dose = nil
		b.alone(s)
		b.flushHeld()
		b.dose = dose
	}
}

// plain is the value of an OBX in words.
func (b *builder) plain(s *segment) string {
	values, _ := b.values(&result{seg: s})
	return values[0].String()
}

// flushDose files the medicine or vaccine.
func (b *builder) flushDose() {
	d := b.dose
	if d == nil {
		return
	}
	b.dose = nil
	if d.medicine != nil {
		d.medicine.Note = append(d.medicine.Note, d.notes...)
		b.add(d.medicine, d.provenance)
		return
	}
	d.vaccine.Note = append(d.vaccine.Note, d.notes...)
	if d.vaccine.VaccineCode.Code(record.CVX) == "998" { // no vaccine administered: a carrier of other readings
		b.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
		return
	}
	b.add(d.vaccine, d.provenance)
}

// route reads RXR.
func (b *builder) route(s *segment) {
	if b.dose == nil {
		b.keep(s, "stands without the medicine it is about; kept in the original")
		return
	}
	how, site := s.field(1).first().tabled("0162", routeWords), s.field(2).first().tabled("0163", siteWords)
	if v := b.dose.vaccine; v != nil {
		v.Route, v.Site = how, site
		return
	}
	d := b.dose.dosage()
	d.Route, d.Site, d.Method = how, site, s.field(4).first().concept()
	if w := s.field(3).first().concept().String(); w != "" {
		d.Instructions = append(d.Instructions, strings.TrimSpace("with "+w))
	}
}
