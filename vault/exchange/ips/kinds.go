package ips

import "github.com/carnet-phr/carnet/vault/record"

// resourceType is the FHIR type a record is written as.
func (w *writer) resourceType(res record.Resource) string {
	switch x := res.(type) {
	case *record.MedicationStatement:
		return medicationType(x)
	case *record.Device:
		return w.deviceType(x)
	case *record.Other:
		return "Basic"
	}
	return string(res.Kind())
}

// resource is the resource of one record.
func (w *writer) resource(rec record.Record) entry {
	t := w.named(w.resourceType(rec.Resource), string(rec.ID))
	r := w.newResource(t, rec)
	if !r.fact(rec.Resource) {
		r.account(rec.Resource)
	}
	return r.finish(t)
}

// fact fills what is known of the patient's health; false for another kind.
func (r *resource) fact(res record.Resource) bool {
	switch x := res.(type) {
	case *record.AllergyIntolerance:
		r.allergy(x)
	case *record.MedicationStatement:
		r.medication(x)
	case *record.Condition:
		r.condition(x)
	case *record.Observation:
		r.observation(x)
	case *record.Immunization:
		r.immunization(x)
	case *record.Procedure:
		r.procedure(x)
	case *record.FamilyMemberHistory:
		r.family(x)
	case *record.Device:
		r.device(x)
	default:
		return false
	}
	return true
}

// account fills the person, and what tells of care given or planned.
func (r *resource) account(res record.Resource) {
	switch x := res.(type) {
	case *record.Patient:
		r.patient(x)
	case *record.DiagnosticReport:
		r.report(x)
	case *record.Encounter:
		r.encounter(x)
	case *record.DocumentReference:
		r.document(x)
	case *record.ImagingStudy:
		r.imaging(x)
	case *record.CarePlan:
		r.carePlan(x)
	case *record.Goal:
		r.goal(x)
	case *record.Other:
		r.basic(x)
	}
}

// subject puts the Reference to the person.
func (r *resource) subject(name string) { r.put(name, r.w.to(r.w.patient)) }
