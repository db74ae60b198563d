package exchangetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/carnet-phr/carnet/vault/record"
)

// Dice makes random but possible resources: every field from what real files have.
type Dice struct{ *rand.Rand }

// Resource is a finding, a result, a medicine or an event.
func (d Dice) Resource() record.Resource {
	return pick(d, d.observation, d.medicine, d.finding, d.event)()
}

func pick[T any](d Dice, list ...T) T { return list[d.IntN(len(list))] }

// maybe is one of the values, or the zero value as often as not.
func maybe[T any](d Dice, list ...T) T {
	var zero T
	if d.IntN(2) == 0 {
		return zero
	}
	return pick(d, list...)
}

func (d Dice) word() string {
	return pick(d, "Alpha", "beta", "Gamma ray", "δέλτα", "епсилон", "a & b", "<x>", "5 > 3", `say "so"`, "two\nlines", "  padded  ", "ünïcode ☂", "1.5", "None", "-x-")
}

func (d Dice) coding() record.Coding {
	return record.Coding{
		System:  pick(d, record.SNOMED, record.LOINC, record.RxNorm, record.CVX, record.NDC, record.ICD10CM, "urn:oid:1.2.3.4", "http://example.org/codes", "Local", ""),
		Code:    pick(d, "1234-5", "98765", "A01.1", "x y", fmt.Sprint(d.IntN(1000)), ""),
		Display: maybe(d, d.word(), "Shown"), Version: maybe(d, "2024"),
	}
}

func (d Dice) concept() record.Concept {
	c := record.Concept{Text: maybe(d, d.word(), d.word(), "Words")}
	for range d.IntN(4) {
		c.Coding = append(c.Coding, d.coding())
	}
	return c
}

// named is a concept that is not empty.
func (d Dice) named() record.Concept {
	for {
		if c := d.concept(); c.Words() != "" {
			return c
		}
	}
}

func (d Dice) date() record.Date {
	return pick[record.Date](d, "1999", "2005-07", "2011-02-28", "2020-02-29T23:59", "2020-02-29T23:59-08:00", "2021-06-01T10:30:15+05:30", "2021-06-01T10:30:15.250Z", "")
}

func (d Dice) when() record.When {
	w := record.When{Start: d.date()}
	if d.IntN(3) == 0 {
		w.End, w.Period = d.date(), true
	}
	if d.IntN(8) == 0 {
		w = record.When{Text: "last spring"}
	}
	if w.Start == "" && w.End == "" {
		w.Period = false
	}
	return w
}

func (d Dice) quantity() record.Quantity {
	q := record.Quantity{Value: pick(d, "0.010", "1", "120", "-3.50", ".5", "007", "1e3", "5.", "1,5", "12345678901234567890.123"), Comparator: maybe(d, record.Less, record.LessOrEqual, record.Greater, record.GreaterOrEqual)}
	switch d.IntN(4) {
	case 0:
		q.Unit, q.System, q.Code = "mg/dL", record.UCUM, "mg/dL"
	case 1:
		q.Unit, q.System, q.Code = "milligrams", record.UCUM, "mg"
	case 2:
		q.Unit = pick(d, "tablet", "K/uL", "IU / ml", "µg")
	}
	return q
}

func (d Dice) value() record.Value {
	switch d.IntN(10) {
	case 0, 1, 2:
		return record.Value{Quantity: d.quantity()}
	case 3:
		return record.Value{Concept: d.named()}
	case 4:
		return record.Value{Text: d.word()}
	case 5:
		return record.Value{Boolean: pick(d, "true", "false")}
	case 6:
		return record.Value{Integer: pick(d, "7", "-12", "0", "007")}
	case 7:
		return record.Value{Range: &record.Range{Low: d.quantity(), High: d.quantity()}}
	case 8:
		return record.Value{Ratio: &record.Ratio{Numerator: d.quantity(), Denominator: d.quantity()}}
	}
	return record.Value{Time: record.At("2020-05-06")}
}

func (d Dice) ranges() []record.ReferenceRange {
	var out []record.ReferenceRange
	for range d.IntN(3) {
		out = append(out, record.ReferenceRange{Range: record.Range{Low: maybe(d, d.quantity()), High: maybe(d, d.quantity())}, Text: maybe(d, "as usual", "1 - 2")})
	}
	return out
}

func (d Dice) observation() record.Resource {
	o := &record.Observation{
		Status: pick(d, "final", "preliminary", "amended", "corrected", "registered", "cancelled", "unknown", ""), Code: d.named(), Effective: d.when(), Issued: d.date(),
		Category: pick(d, of(record.Laboratory), of(record.VitalSigns), of(record.SocialHistory), of("exam"), nil), Value: maybe(d, d.value(), d.value(), d.value()),
		Interpretation: maybe(d, []record.Concept{coded("High", record.InterpretationSystem, "H")}), ReferenceRange: d.ranges(),
		Method: maybe(d, d.named()), BodySite: maybe(d, d.named()), Specimen: maybe(d, "blood"), Note: maybe(d, []string{d.word(), "a note"}), Absent: d.IntN(10) == 0, Focus: maybe(d, nil, nil, []string{"fetus"}),
	}
	if d.IntN(4) == 0 {
		for range 1 + d.IntN(3) {
			o.Component = append(o.Component, record.Component{Code: d.named(), Value: d.value(), ReferenceRange: d.ranges()})
		}
	}
	if o.Value.Empty() && len(o.Component) == 0 {
		o.DataAbsentReason = maybe(d, coded("masked", "http://terminology.hl7.org/CodeSystem/data-absent-reason", "masked"), coded("unknown", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "NASK"))
	}
	return o
}

func (d Dice) medicine() record.Resource {
	m := &record.MedicationStatement{
		Origin: pick(d, record.Statement, record.Request, record.Dispense, record.Administration), Intent: maybe(d, "order", "plan", "proposal", "option"), Medication: d.named(),
		Effective: d.when(), AuthoredOn: d.date(), Reason: maybe(d, []record.Concept{d.named()}), Requester: maybe(d, "Dr. A"), Quantity: maybe(d, d.quantity()), RepeatsAllowed: maybe(d, "0", "3", "many"),
		DoNotPerform: d.IntN(10) == 0, Absent: d.IntN(10) == 0, Note: maybe(d, []string{d.word()}), Form: maybe(d, d.named()), InformationFrom: maybe(d, "a friend"),
	}
	if d.IntN(2) == 0 {
		m.Status = pick(d, "active", "completed", "stopped", "on-hold", "draft", "unknown", "intended", "ended", "")
	} else {
		m.ActStatus = pick(d, "active", "completed", "aborted", "suspended", "")
	}
	for range d.IntN(3) {
		m.Dosage = append(m.Dosage, record.Dosage{Text: maybe(d, "1 daily"), Timing: maybe(d, "twice a day"), AsNeeded: maybe(d, "pain"), Route: maybe(d, d.named()), Dose: maybe(d, d.quantity()), Instructions: maybe(d, []string{"with food"}), MaxDose: maybe(d, "4 g a day")})
	}
	return m
}

func (d Dice) finding() record.Resource {
	switch d.IntN(2) {
	case 0:
		a := &record.AllergyIntolerance{
			ClinicalStatus: pick(d, "active", "inactive", "resolved", "odd", ""), VerificationStatus: pick(d, "confirmed", "unconfirmed", "refuted", ""), Type: maybe(d, "allergy", "intolerance"),
			Category: maybe(d, []string{"food"}, []string{"medication"}, []string{"biologic"}, []string{"food", "environment"}), Criticality: maybe(d, "low", "high", "unable-to-assess", "odd"),
			Code: d.named(), Onset: d.when(), Abatement: maybe(d, record.At("2020-01"), record.When{Ended: true}), RecordedDate: d.date(), Recorder: maybe(d, "Dr. R"), Note: maybe(d, []string{d.word()}), Absent: d.IntN(6) == 0,
		}
		for range d.IntN(3) {
			a.Reaction = append(a.Reaction, record.Reaction{Manifestation: maybe(d, []record.Concept{d.named()}), Severity: maybe(d, "mild", "severe", "bad"), Onset: d.when(), Description: maybe(d, d.word()), Note: maybe(d, []string{"n"})})
		}
		return a
	}
	return &record.Condition{
		ClinicalStatus: pick(d, "active", "recurrence", "relapse", "inactive", "remission", "resolved", "odd", ""), VerificationStatus: pick(d, "confirmed", "provisional", "unconfirmed", "differential", "refuted", ""),
		Code: d.named(), Onset: d.when(), Abatement: maybe(d, record.At("2020-01-02"), record.When{Ended: true}, record.When{End: "2019"}), RecordedDate: d.date(), Severity: maybe(d, record.Concept{Text: "severe"}, record.Concept{Text: "so so"}),
		BodySite: maybe(d, []record.Concept{d.named()}), Note: maybe(d, []string{d.word()}), Absent: d.IntN(8) == 0,
	}
}

func (d Dice) event() record.Resource {
	switch d.IntN(7) {
	case 0:
		return &record.Immunization{Status: pick(d, "completed", "not-done", "intended", ""), StatusReason: maybe(d, d.named()), VaccineCode: d.named(), Occurrence: d.when(), DoseNumber: maybe(d, "1", "two"), LotNumber: maybe(d, "L 1"), Manufacturer: maybe(d, d.word()), DoseQuantity: maybe(d, d.quantity()), Subpotent: d.IntN(8) == 0, Route: maybe(d, d.named()), Performer: maybe(d, "P"), Location: maybe(d, "here")}
	case 1:
		return &record.Procedure{Status: pick(d, "completed", "in-progress", "stopped", "not-done", "unknown", "preparation", ""), Code: d.named(), Performed: d.when(), Value: maybe(d, d.value()), BodySite: maybe(d, []record.Concept{d.named()}), Performer: maybe(d, []string{"P", ""}), Reason: maybe(d, []record.Concept{d.named()})}
	case 2:
		return &record.Encounter{Status: pick(d, "finished", "in-progress", "onleave", "planned", "cancelled", "unknown", ""), Type: maybe(d, []record.Concept{d.named()}), Class: maybe(d, d.named()), Period: d.when(), Location: maybe(d, []string{"ward"}), Discharge: maybe(d, "home")}
	case 3:
		return &record.FamilyMemberHistory{Status: pick(d, "completed", "partial", "health-unknown", ""), Relationship: d.named(), Sex: maybe(d, "female", "male"), Condition: []record.FamilyCondition{{Code: d.named(), Onset: d.when(), Absent: d.IntN(4) == 0, ContributedToDeath: d.IntN(4) == 0}, {Code: d.named(), Onset: record.When{Text: "age 40 years"}}}}
	case 4:
		return &record.Device{Status: pick(d, "active", "inactive", ""), Type: d.named(), UDI: maybe(d, "(01)00643169007222"), Used: d.when(), Manufacturer: maybe(d, d.word()), ModelNumber: maybe(d, "M-1"), Absent: d.IntN(8) == 0}
	case 5:
		return &record.CarePlan{Status: pick(d, "active", "draft", "completed", "revoked", ""), Intent: maybe(d, "plan", "order", "proposal"), Title: maybe(d, "Plan"), Period: d.when(), Activity: []record.Activity{{Code: d.named(), Status: maybe(d, "scheduled", "completed"), When: d.when(), DoNotPerform: d.IntN(6) == 0}, {Description: "salt"}}}
	}
	return &record.Goal{LifecycleStatus: pick(d, "active", "proposed", "completed", ""), Description: d.named(), Start: d.when(), Target: maybe(d, []string{"5 km"}, []string{"a", "b"})}
}

func coded(s, system, code string) record.Concept {
	return record.Concept{Text: s, Coding: []record.Coding{{System: system, Code: code, Display: s}}}
}

func of(category string) []record.Concept {
	return []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: category}}}}
}
