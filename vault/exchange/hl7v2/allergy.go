package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var (
	// allergyCategories are the FHIR categories for HL7 table 0127.
	allergyCategories = map[string]string{"DA": "medication", "FA": "food", "EA": "environment", "AA": "environment", "PA": "environment", "LA": "environment"}
	allergyTypes      = map[string]string{"DA": "Drug allergy", "FA": "Food allergy", "MA": "Miscellaneous allergy", "MC": "Miscellaneous contraindication", "EA": "Environmental allergy", "AA": "Animal allergy", "PA": "Plant allergy", "LA": "Pollen allergy"}
	// severities are those of HL7 table 0128: of a reaction, never a criticality
	// (CLINICAL-SAFETY hazard 41).
	severities = map[string]string{"SV": "severe", "MO": "moderate", "MI": "mild", "U": ""}
	// allergyCertainty and allergyStatus read HL7 table 0438.
	allergyCertainty = map[string]string{"U": "unconfirmed", "P": "unconfirmed", "S": "unconfirmed", "C": "confirmed", "I": "confirmed", "E": "entered-in-error", "D": "unconfirmed"}
	sensitivities    = map[string]string{"AL": "allergy", "IN": "intolerance"}
)

// allergy reads AL1.
func (b *builder) allergy(s *segment) {
	b.flush()
	a := b.allergyOf(s, s.field(2), s.field(3), s.field(4), s.field(5))
	if d := s.when(6); !d.Empty() {
		a.RecordedDate = d.Start
		if d.Text != "" {
			a.Note = append(a.Note, "Identified: "+d.Text)
		}
	}
	b.hold(a, b.provenance(s), func(t string) { a.Note = append(a.Note, t) }, nil)
}

// allergyOf reads what AL1 and IAM have in common.
func (b *builder) allergyOf(s *segment, kind, code, severity, reactions field) *record.AllergyIntolerance {
	a := &record.AllergyIntolerance{Code: code.first().concept(), TypeConcept: kind.first().tabled("0127", allergyTypes)}
	if c := allergyCategories[kind.comp(1).String()]; c != "" {
		a.Category = []string{c}
	}
	how := reactions.concepts()
	words := severity.comp(1).String()
	if w, ok := severities[words]; ok {
		words = w
	} else if t := severity.first().concept().Words(); t != "" {
		words = t
	}
	if len(how) > 0 || words != "" {
		a.Reaction = []record.Reaction{{Manifestation: how, Severity: strings.ToLower(words)}}
	}
	return a
}

// adverseReaction reads IAM.
func (b *builder) adverseReaction(s *segment) {
	b.flush()
	a := b.allergyOf(s, s.field(2), s.field(3), s.field(4), s.field(5))
	a.Type = sensitivities[s.field(9).comp(1).String()]
	a.Onset = s.when(11)
	if w := s.field(12).words(); w != "" && a.Onset.Empty() {
		a.Onset.Text = w
	}
	a.RecordedDate = s.moment(13)
	a.Asserter = s.field(14).first().humanName().String()
	a.Recorder = s.field(18).first().personName()
	code := s.field(17).comp(1).String()
	a.VerificationStatus = allergyCertainty[code]
	switch code {
	case "I":
		a.ClinicalStatus = "inactive"
	case "D":
		a.Note = append(a.Note, "doubt was raised about this")
	}
	if s.field(6).comp(1).String() == "D" {
		a.VerificationStatus = "entered-in-error"
	}
	if w := s.field(8).words(); w != "" {
		a.Note = append(a.Note, w)
	}
	p := b.provenance(s)
	if id, ok := s.field(7).entityIdentifier(); ok {
		p.Identifiers = []record.Identifier{id}
	}
	if a.Recorder != "" {
		p.Author = a.Recorder
	}
	b.hold(a, p, func(t string) { a.Note = append(a.Note, t) }, nil)
}
