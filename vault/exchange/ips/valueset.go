package ips

import "strings"

// allowed is a required value set: the codes that FHIR R4 has, in one string.
type allowed string

func (a allowed) has(code string) bool {
	return isToken(code) && !strings.Contains(code, " ") && strings.Contains(" "+string(a)+" ", " "+code+" ")
}

// The required value sets of FHIR R4 that this package writes, without
// entered-in-error: such a record never leaves.
const (
	observationStatus allowed = "registered preliminary final amended corrected cancelled unknown"
	reportStatus      allowed = "registered partial preliminary final amended corrected appended cancelled unknown"
	procedureStatus   allowed = "preparation in-progress not-done on-hold stopped completed unknown"
	encounterStatus   allowed = "planned arrived triaged in-progress onleave finished cancelled unknown"
	vaccineStatus     allowed = "completed not-done"
	documentStatus    allowed = "current superseded"
	docStatus         allowed = "preliminary final amended"
	imagingStatus     allowed = "registered available cancelled unknown"
	familyStatus      allowed = "partial completed health-unknown"
	deviceStatus      allowed = "active inactive unknown"
	deviceUseStatus   allowed = "active completed intended stopped on-hold"
	planStatus        allowed = "draft active on-hold revoked completed unknown"
	planIntent        allowed = "proposal plan order option"
	activityStatus    allowed = "not-started scheduled in-progress on-hold completed cancelled stopped unknown"
	activityKind      allowed = "Appointment CommunicationRequest DeviceRequest MedicationRequest NutritionOrder Task ServiceRequest VisionPrescription"
	goalStatus        allowed = "proposed planned accepted active on-hold completed cancelled rejected"

	statementStatus      allowed = "active completed intended stopped on-hold unknown not-taken"
	requestStatus        allowed = "active on-hold cancelled completed stopped draft unknown"
	requestIntent        allowed = "proposal plan order original-order reflex-order filler-order instance-order option"
	dispenseStatus       allowed = "preparation in-progress cancelled on-hold completed stopped declined unknown"
	administrationStatus allowed = "in-progress not-done on-hold completed stopped unknown"

	allergyClinical       allowed = "active inactive resolved"
	allergyVerification   allowed = "unconfirmed confirmed refuted"
	allergyType           allowed = "allergy intolerance"
	allergyCategory       allowed = "food medication environment biologic"
	allergyCriticality    allowed = "low high unable-to-assess"
	reactionSeverity      allowed = "mild moderate severe"
	conditionClinical     allowed = "active recurrence relapse inactive remission resolved"
	conditionVerification allowed = "unconfirmed provisional differential confirmed refuted"

	gender        allowed = "male female other unknown"
	nameUse       allowed = "usual official temp nickname anonymous old maiden"
	addressUse    allowed = "home work temp old billing"
	telecomSystem allowed = "phone fax email pager url sms other"
	telecomUse    allowed = "home work temp old mobile"
)

// Code systems of those value sets that stand in a CodeableConcept.
const (
	allergyClinicalSystem       = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
	allergyVerificationSystem   = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
	conditionClinicalSystem     = "http://terminology.hl7.org/CodeSystem/condition-clinical"
	conditionVerificationSystem = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
	dataAbsentReasonSystem      = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
	emptyReasonSystem           = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
	participantSystem           = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
	observationValueSystem      = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"
)
