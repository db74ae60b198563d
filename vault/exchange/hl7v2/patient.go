package hl7v2

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// patientGroup is a PID with the segments about the person behind it.
type patientGroup struct {
	patient    *record.Patient
	provenance record.Provenance
	notes      []string
	known      bool // the same PID stood in an earlier message
}

// genders are the FHIR words for HL7 table 0001.
var genders = map[string]string{"M": "male", "F": "female", "O": "other", "A": "other", "N": "other", "X": "other", "U": "unknown"}

// patientID reads PID. Whatever follows is about this person.
func (b *builder) patientID(s *segment) {
	b.flush()
	b.encounter, b.orc, b.specimen = record.Reference{}, nil, nil
	p := &record.Patient{Gender: genders[s.field(8).comp(1).String()]}
	pr := b.provenance(s)
	pr.Identifiers = b.patientNumbers(s)
	for _, x := range s.field(5).all() {
		if n := x.humanName(); n.String() != "" {
			p.Name = append(p.Name, n)
		}
	}
	for _, x := range s.field(9).all() {
		if n := x.humanName(); n.String() != "" {
			if n.Use == "" {
				n.Use = "nickname" // an alias
			}
			p.Name = append(p.Name, n)
		}
	}
	p.BirthDate = s.moment(7).Day()
	for _, x := range s.field(11).all() {
		if a := x.address(); a.String() != "" {
			p.Address = append(p.Address, a)
		}
	}
	p.Telecom = append(s.field(13).contacts("home"), s.field(14).contacts("work")...)
	b.patientRest(s, p)
	b.person = record.ID(b.local(s.place()))
	pr.Local = []string{string(b.person)}
	b.patient = &patientGroup{patient: p, provenance: pr}
	if first, known := b.r.patients[b.patientKey(s)]; known {
		b.person, b.patient.known = record.ID(first), true
	} else {
		b.r.patients[b.patientKey(s)] = string(b.person)
	}
}

// patientKey is the same for two PIDs of one sender that say the same.
func (b *builder) patientKey(s *segment) string {
	key := b.facility + "\x00" + b.test
	for n := 2; n < len(s.fields); n++ {
		key += "\x00" + s.fields[n]
	}
	return key
}

// patientNumbers reads PID-2, PID-3, PID-4 and PID-19.
func (b *builder) patientNumbers(s *segment) []record.Identifier {
	ids := s.numbers(3, 2, 4)
	if id := (record.Identifier{System: socialSecurity, Value: s.field(19).String()}); id.Value != "" && !slices.Contains(ids, id) {
		ids = append(ids, id)
	}
	return ids
}

var maritalWords = map[string]string{
	"A": "Separated", "B": "Unmarried", "C": "Common law", "D": "Divorced", "E": "Legally separated", "G": "Living together", "I": "Interlocutory", "M": "Married",
	"N": "Annulled", "O": "Other", "P": "Domestic partner", "R": "Registered domestic partner", "S": "Single", "T": "Unreported", "U": "Unknown", "W": "Widowed",
}

// patientRest reads what is said of the person besides who it is.
func (b *builder) patientRest(s *segment, p *record.Patient) {
	p.Race = s.field(10).concepts()
	p.Language = s.field(15).concepts()
	p.MaritalStatus = s.field(16).first().tabled("0002", maritalWords)
	p.Religion = s.field(17).first().concept()
	p.Ethnicity = s.field(22).concepts()
	if d, words := s.field(29).first().date(); d != "" || words != "" {
		p.Deceased = record.When{Start: d, Text: words}
	} else if s.field(30).String() == "Y" {
		p.Deceased = record.When{Ended: true}
	}
	if s.field(31).String() == "Y" {
		b.remark(s.place()+"-31", "the sender did not know for certain who the patient is")
	}
	if species := s.field(35); !species.empty() && species.comp(1).String() != "337915000" { // SNOMED CT: Homo sapiens
		b.remark(s.place()+"-35", "the message says that the patient is an animal; compare who it is about")
	}
}

// patientMore reads PD1: the general practitioner.
func (b *builder) patientMore(s *segment) {
	if b.patient == nil {
		b.keep(s, "stands without the person it is about; kept in the original")
		return
	}
	p := b.patient.patient
	p.GeneralPractitioner = append(p.GeneralPractitioner, s.field(4).people()...)
}

// nextOfKin reads NK1: someone to call.
func (b *builder) nextOfKin(s *segment) {
	if b.patient == nil {
		b.keep(s, "stands without the person it is about; kept in the original")
		return
	}
	c := record.Contact{Relationship: s.field(3).first().concept(), Telecom: append(s.field(5).contacts("home"), s.field(6).contacts("work")...)}
	if names := s.field(2).all(); len(names) > 0 {
		c.Name = names[0].humanName().String()
	}
	if c.Name == "" {
		if o := s.field(13).first(); !o.empty() {
			c.Name = o.organisation()
		}
	}
	if a := s.field(4).all(); len(a) > 0 {
		c.Address = a[0].address()
	}
	if c.Name != "" || len(c.Telecom) > 0 {
		b.patient.patient.Contact = append(b.patient.patient.Contact, c)
	}
}

// flushPatient files the person, unless an earlier message of the file gave the
// same.
func (b *builder) flushPatient() {
	p := b.patient
	if p == nil {
		return
	}
	b.patient = nil
	if p.known {
		b.absorb()
	} else {
		b.add(p.patient, p.provenance)
	}
	if len(p.notes) > 0 {
		pr := p.provenance
		pr.Place, pr.Local, pr.Identifiers = pr.Place+" notes", nil, nil
		o := &record.Other{ResourceType: "NTE", Title: "Note about the person"}
		for _, n := range p.notes {
			o.Row = append(o.Row, record.Row{Label: "Note", Value: n})
		}
		b.add(o, pr)
	}
}

// merged reads MRG (ADT A18, A34 to A47): the sender joined two of its files.
// Who is who is for the user to say (CLINICAL-SAFETY hazard 33).
func (b *builder) merged(s *segment) {
	b.flushPatient()
	b.keep(s, "the sender joined an earlier file or number with this person's; Carnet joins nobody by itself, so compare the two if you have both")
}
