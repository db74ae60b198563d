package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// diagnosisTypes are HL7 table 0052 for people.
var diagnosisTypes = map[string]string{"A": "Admitting diagnosis", "W": "Working diagnosis", "F": "Final diagnosis"}

const conditionCategory = "http://terminology.hl7.org/CodeSystem/condition-category"

// diagnosis reads DG1: a diagnosis of the visit. Whether it still holds the
// segment does not say, so no clinical status is given.
func (b *builder) diagnosis(s *segment) {
	b.flush()
	c := &record.Condition{
		Code: s.field(3).first().concept(), Encounter: b.encounter, Asserter: strings.Join(s.field(16).people(), ", "),
		Category: []record.Concept{{Coding: []record.Coding{{System: conditionCategory, Code: "encounter-diagnosis", Display: "Encounter diagnosis"}}}},
	}
	if text := s.field(4).words(); text != "" && c.Code.Text == "" {
		c.Code.Text = text
	}
	if d := s.when(5); !d.Empty() {
		c.RecordedDate = d.Start
		c.Note = append(c.Note, labelled("Diagnosed", d.Text)...)
	}
	if c.RecordedDate == "" {
		c.RecordedDate = s.moment(19)
	}
	if t := s.field(6).tabled("0052", diagnosisTypes).String(); t != "" {
		c.Category = append(c.Category, record.Concept{Text: t})
	}
	if s.field(21).comp(1).String() == "D" {
		c.VerificationStatus = "entered-in-error"
	}
	p := b.provenance(s)
	if id, ok := s.field(20).entityIdentifier(); ok {
		p.Identifiers = []record.Identifier{id}
	}
	if c.Asserter != "" {
		p.Author = c.Asserter
	}
	b.hold(c, p, func(t string) { c.Note = append(c.Note, t) }, nil)
}

// lifeCycles are the words of a problem's life cycle that leave no doubt.
var lifeCycles = map[string]string{"active": "active", "a": "active", "inactive": "inactive", "i": "inactive", "resolved": "resolved", "r": "resolved", "remission": "remission", "recurrence": "recurrence", "relapse": "relapse"}

// problem reads PRB (PPR messages).
func (b *builder) problem(s *segment) {
	b.flush()
	c := &record.Condition{
		Code: s.field(3).first().concept(), RecordedDate: s.moment(2), Onset: s.when(16), Abatement: s.when(9), Encounter: b.encounter,
		Category: []record.Concept{{Coding: []record.Coding{{System: conditionCategory, Code: "problem-list-item", Display: "Problem list item"}}}},
	}
	if c.Onset.Empty() {
		c.Onset = s.when(7)
	}
	if w := s.field(17).words(); w != "" && c.Onset.Empty() {
		c.Onset.Text = w
	}
	life := s.field(14).first().concept()
	if c.ClinicalStatus = lifeCycles[strings.ToLower(life.String())]; c.ClinicalStatus == "" && !life.Empty() {
		c.ClinicalStatus = strings.ToLower(life.String())
	}
	switch strings.ToLower(s.field(13).first().concept().String()) {
	case "confirmed":
		c.VerificationStatus = "confirmed"
	case "":
	case "differential", "provisional", "unconfirmed", "refuted":
		c.VerificationStatus = strings.ToLower(s.field(13).first().concept().String())
	default:
		c.Note = append(c.Note, "Confirmation: "+s.field(13).first().concept().String())
	}
	if s.field(1).comp(1).String() == "DE" { // delete
		c.VerificationStatus, c.ClinicalStatus = "entered-in-error", ""
	}
	c.Note = append(c.Note, labelled("Classification", s.field(10).first().concept().String())...)
	c.Note = append(c.Note, labelled("Prognosis", s.field(18).first().concept().String())...)
	c.Note = append(c.Note, labelled("Ranked", s.field(20).first().concept().String())...)
	c.Severity = s.field(26).first().concept()
	p := b.provenance(s)
	if id, ok := s.field(4).entityIdentifier(); ok {
		p.Identifiers = []record.Identifier{id}
	}
	b.hold(c, p, func(t string) { c.Note = append(c.Note, t) }, func(t string) { c.Recorder = joined(", ", c.Recorder, t) })
}

// procedure reads PR1. The segment does not say whether it was done, so no
// status is given.
func (b *builder) procedure(s *segment) {
	b.flush()
	x := &record.Procedure{Code: s.field(3).first().concept(), Performed: s.when(5), Encounter: b.encounter, Reason: s.field(15).concepts()}
	if text := s.field(4).words(); text != "" && x.Code.Text == "" {
		x.Code.Text = text
	}
	x.Performer = s.allPeople(11, 12, 8)
	if minutes := s.field(7).String(); minutes != "" {
		x.Note = append(x.Note, "Took "+minutes+" minutes")
	}
	if s.field(20).comp(1).String() == "D" {
		x.Status = "entered-in-error"
	}
	p := b.provenance(s)
	if id, ok := s.field(19).entityIdentifier(); ok {
		p.Identifiers = []record.Identifier{id}
	}
	if len(x.Performer) > 0 {
		p.Author = x.Performer[0]
	}
	b.hold(x, p, func(t string) { x.Note = append(x.Note, t) }, func(t string) { x.Performer = append(x.Performer, t) })
}
