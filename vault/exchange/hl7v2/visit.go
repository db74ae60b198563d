package hl7v2

import "github.com/carnet-phr/carnet/vault/record"

// classWords are HL7 table 0004 for people.
var classWords = map[string]string{"E": "Emergency", "I": "Inpatient", "O": "Outpatient", "P": "Preadmission", "R": "Recurring patient", "B": "Obstetrics", "C": "Commercial account"}

// visitStatus is what the trigger event of an ADT message says of the visit
// (HL7 v2.8, chapter 3.3). Others say nothing about it.
var visitStatus = map[string]string{
	"A01": "in-progress", "A02": "in-progress", "A04": "in-progress", "A06": "in-progress", "A07": "in-progress", "A13": "in-progress",
	"A03": "finished", "A05": "planned", "A14": "planned", "A11": "cancelled", "A27": "cancelled", "A38": "cancelled", "A23": "entered-in-error",
}

var serviceWords = map[string]string{"MED": "Medical", "SUR": "Surgical", "URO": "Urology", "PUL": "Pulmonary", "CAR": "Cardiac"}

// visit reads PV1.
func (b *builder) visit(s *segment) {
	b.flush()
	e := &record.Encounter{Class: s.field(2).tabled("0004", classWords), ServiceType: s.field(10).tabled("0069", serviceWords), Period: s.period(44, 45)}
	if code := s.field(2).String(); code == "N" || code == "U" { // not applicable, unknown
		e.Class = record.Concept{}
	}
	if b.kind == "ADT" {
		e.Status = visitStatus[b.event]
	}
	if e.Status == "" && s.moment(45) != "" {
		e.Status = "finished"
	}
	if s.field(2).String() == "I" && e.Period.Start != "" {
		e.Period.Period = true // a stay, of which no end is known
	}
	if w := s.field(3).first().location(); w != "" {
		e.Location = []string{w}
	}
	e.Participant = s.allPeople(7, 9, 8, 17, 52)
	if t := s.field(4).first().tabled("0007", admissionWords); !t.Empty() {
		e.Type = []record.Concept{t}
	}
	e.Admission = s.field(14).first().concept().Words()
	e.Discharge = joined(", ", s.field(36).first().concept().Words(), s.field(37).comp(1).words())
	p := b.provenance(s)
	for _, id := range s.numbers(19) {
		p.Identifiers = append(p.Identifiers, about(id, string(s.moment(44).Day())))
	}
	named(&p, "visit")
	if len(p.Identifiers) == 0 && b.kind != "ADT" && bare(e) {
		b.absorb()
		return
	}
	b.encounter = record.Reference{Local: p.Local[0], Display: e.Summary().Title}
	b.openVisit = e
	b.hold(e, p, func(t string) { e.Note = append(e.Note, t) }, func(t string) { e.Participant = append(e.Participant, t) })
}

// bare says that a visit is a patient class and nothing else.
func bare(e *record.Encounter) bool {
	return e.Period.Empty() && len(e.Location) == 0 && len(e.Participant) == 0
}

// admissionWords are HL7 table 0007.
var admissionWords = map[string]string{"A": "Accident", "E": "Emergency", "L": "Labor and delivery", "R": "Routine", "N": "Newborn", "U": "Urgent", "C": "Elective"}

// visitMore reads PV2, which follows its PV1: why the patient came.
func (b *builder) visitMore(s *segment) {
	var reasons []record.Concept
	if c := s.field(3).first().concept(); !c.Empty() {
		reasons = append(reasons, c)
	}
	if t := s.field(12).words(); t != "" {
		reasons = append(reasons, record.Concept{Text: t})
	}
	e := b.openVisit
	if e == nil {
		if len(reasons) > 0 {
			b.keep(s, "stands without the visit it is about; kept in the original")
		}
		return
	}
	e.Reason = append(e.Reason, reasons...)
}
