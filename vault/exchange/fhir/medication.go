package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// medicine is what a Medication says, for the orders that name it.
type medicine struct {
	code       record.Concept
	form       record.Concept
	ingredient []string
	held       []string
}

func (it *item) medicine(v value) *medicine {
	m := &medicine{code: conceptOf(v.Get("code")), form: conceptOf(v.Get("form"))}
	for i, g := range v.Each("ingredient") {
		name := conceptOf(g.Get("itemCodeableConcept")).String()
		if name == "" && g.Get("itemReference").Exists() {
			name = it.ref(g.Get("itemReference")).display
		}
		strength := it.ratioWords(g.Get("strength"), "ingredient/"+itoa(i)+"/strength")
		if w := strings.TrimSpace(name + " " + strength); w != "" {
			m.ingredient = append(m.ingredient, w)
		}
	}
	return m
}

// medicationAlone reads a Medication; it is a record only if nothing names it.
func medicationAlone(it *item) record.Resource {
	m := it.medicine(it.res)
	m.held = it.held
	it.self.medicine = m
	return other(it)
}

// medication finds the medicine of an order, statement, dispense or administration.
func (it *item) medication(m *record.MedicationStatement) {
	if c := it.res.Get("medicationCodeableConcept"); c.Exists() {
		m.Medication = it.concept(c)
		return
	}
	v := it.res.Get("medicationReference")
	if !v.Exists() {
		return
	}
	stated := v.TextOf("display")
	r := it.ref(v)
	m.Medication.Text = r.display
	if strings.HasPrefix(r.raw, "#") {
		if c := it.contained(r.raw); c.Exists() {
			prescribe(m, it.medicine(c), stated)
		}
		return
	}
	d := it.draft
	it.fill(r, func(_ *index, t *target) {
		if t.medicine == nil {
			return
		}
		t.used = true
		prescribe(m, t.medicine, stated)
		d.held = append(d.held, t.medicine.held...)
	})
}

// prescribe takes over the medicine; the words beside the reference stand in
// where the Medication itself has none.
func prescribe(m *record.MedicationStatement, med *medicine, stated string) {
	m.Medication, m.Form, m.Ingredient = med.code, med.form, med.ingredient
	if m.Medication.Words() == "" {
		m.Medication.Text = stated
	}
	if m.Medication.Empty() {
		m.Medication.Text = strings.Join(med.ingredient, ", ")
	}
}

// common reads what the four medication resources share.
func (it *item) common(origin record.MedicationOrigin) *record.MedicationStatement {
	v := it.res
	m := &record.MedicationStatement{
		Origin: origin, Status: v.TextOf("status"), Category: it.concepts(v.Get("category")), Note: it.notes(v.Get("note")),
		Reason: it.reasons(), Encounter: it.link(v.Get("encounter")), Text: narrativeOf(v.Get("text")),
	}
	if m.Encounter == (record.Reference{}) {
		m.Encounter = it.link(v.Get("context"))
	}
	m.StatusReason = it.concepts(v.Get("statusReason"))
	if c := conceptOf(v.Get("statusReasonCodeableConcept")); !c.Empty() {
		m.StatusReason = append(m.StatusReason, c)
	}
	it.medication(m)
	return m
}

// reasons are reasonCode and what reasonReference shows.
func (it *item) reasons() []record.Concept {
	out := it.concepts(it.res.Get("reasonCode"))
	for _, r := range it.res.Each("reasonReference") {
		if d := it.ref(r).display; d != "" {
			out = append(out, record.Concept{Text: d})
		}
	}
	return out
}

func medicationStatement(it *item) record.Resource {
	v := it.res
	m := it.common(record.Statement)
	m.Effective, m.DateAsserted = it.when("effective"), it.dated("dateAsserted")
	m.Dosage = it.dosages(v.Get("dosage"), "dosage")
	it.name(&m.InformationFrom, v.Get("informationSource"))
	it.by(v.Get("informationSource"))
	return m
}

func medicationRequest(it *item) record.Resource {
	v := it.res
	m := it.common(record.Request)
	m.Intent, m.DoNotPerform = v.TextOf("intent"), v.Get("doNotPerform").Kind() == 't'
	m.AuthoredOn = it.dated("authoredOn")
	m.Dosage = it.dosages(v.Get("dosageInstruction"), "dosageInstruction")
	m.Reported = truth(v.Get("reportedBoolean"))
	if r := v.Get("reportedReference"); r.Exists() {
		m.Reported = "true"
		it.name(&m.InformationFrom, r)
	}
	supply := v.Get("dispenseRequest")
	m.Quantity = it.quantity(supply.Get("quantity"), "dispenseRequest/quantity")
	m.DaysSupply = it.quantity(supply.Get("expectedSupplyDuration"), "dispenseRequest/expectedSupplyDuration")
	m.RepeatsAllowed = supply.TextOf("numberOfRepeatsAllowed")
	it.name(&m.Requester, v.Get("requester"))
	it.name(&m.Performer, v.Get("performer"))
	it.by(v.Get("reportedReference"), v.Get("requester"), v.Get("recorder"))
	if v.Get("reportedBoolean").Kind() == 't' {
		it.provenance.Asserter = record.ByPatient
	}
	return m
}

func medicationDispense(it *item) record.Resource {
	v := it.res
	m := it.common(record.Dispense)
	m.AuthoredOn = it.dated("whenHandedOver")
	if m.AuthoredOn == "" {
		m.AuthoredOn = it.dated("whenPrepared")
	}
	m.Dosage = it.dosages(v.Get("dosageInstruction"), "dosageInstruction")
	m.Quantity, m.DaysSupply = it.quantity(v.Get("quantity"), "quantity"), it.quantity(v.Get("daysSupply"), "daysSupply")
	it.name(&m.Performer, v.Path("performer", "actor"))
	it.by(v.Path("performer", "actor"))
	return m
}

func medicationAdministration(it *item) record.Resource {
	v := it.res
	m := it.common(record.Administration)
	m.Effective = it.when("effective")
	if d := v.Get("dosage"); d.Exists() {
		m.Dosage = []record.Dosage{it.given(d)}
	}
	it.name(&m.Performer, v.Path("performer", "actor"))
	it.by(v.Path("performer", "actor"))
	return m
}

// given is the dose of an administration.
func (it *item) given(d value) record.Dosage {
	out := record.Dosage{Text: d.TextOf("text"), Route: conceptOf(d.Get("route")), Site: conceptOf(d.Get("site")), Method: conceptOf(d.Get("method")), Dose: it.quantity(d.Get("dose"), "dosage/dose")}
	out.Rate = it.quantity(d.Get("rateQuantity"), "dosage/rateQuantity").String()
	if out.Rate == "" {
		out.Rate = it.ratioWords(d.Get("rateRatio"), "dosage/rateRatio")
	}
	return out
}
