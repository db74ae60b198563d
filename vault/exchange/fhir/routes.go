package fhir

import "github.com/carnet-phr/carnet/vault/record"

// route says what becomes of one type of resource.
type route struct {
	convert        func(*item) record.Resource
	administrative bool
	directory      bool   // administrative, and others show its name
	absorb         bool   // part of whatever refers to it; a record of its own when nothing does
	version        string // exists only in this other version of FHIR
}

// routes are the types that have a struct of their own, or a part in one.
var routes = map[string]route{
	"Patient":                  {convert: patient},
	"AllergyIntolerance":       {convert: allergy},
	"Condition":                {convert: condition},
	"MedicationStatement":      {convert: medicationStatement},
	"MedicationRequest":        {convert: medicationRequest},
	"MedicationDispense":       {convert: medicationDispense},
	"MedicationAdministration": {convert: medicationAdministration},
	"Medication":               {convert: medicationAlone, absorb: true},
	"Immunization":             {convert: immunization},
	"Observation":              {convert: observation},
	"DiagnosticReport":         {convert: diagnosticReport},
	"Procedure":                {convert: procedure},
	"Encounter":                {convert: encounter},
	"DocumentReference":        {convert: documentReference},
	"Binary":                   {convert: binary, absorb: true},
	"Composition":              {convert: composition},
	"Media":                    {convert: media},
	"ImagingStudy":             {convert: imagingStudy},
	"FamilyMemberHistory":      {convert: familyMemberHistory},
	"Device":                   {convert: device},
	"DeviceUseStatement":       {convert: deviceUse},
	"CarePlan":                 {convert: carePlan},
	"Goal":                     {convert: goal},
	"Specimen":                 {convert: other, absorb: true},
}

// routeOf looks a type up in the tables of this file: THE list of resource
// types (https://hl7.org/fhir/R4/resourcelist.html). A type that they lack is
// kept in the original and named.
func routeOf(typ string) route {
	if r, ok := routes[typ]; ok {
		return r
	}
	return otherRoute(typ)
}

// otherRoute covers the types that have no struct of their own.
func otherRoute(typ string) route {
	switch typ {
	case "AdverseEvent", "Basic", "BodyStructure", "CareTeam", "ClinicalImpression", "Communication", "CommunicationRequest", "Consent",
		"DetectedIssue", "DeviceRequest", "EpisodeOfCare", "Flag", "GuidanceResponse", "ImmunizationEvaluation",
		"ImmunizationRecommendation", "List", "MolecularSequence", "NutritionOrder", "QuestionnaireResponse", "RequestGroup",
		"RiskAssessment", "ServiceRequest", "SupplyDelivery", "SupplyRequest", "VisionPrescription", "DeviceMetric",
		"Order", "OrderResponse", "ImagingObjectSelection", "ImagingManifest": // of DSTU2 and STU3
		return route{convert: other}
	case "Practitioner", "PractitionerRole", "Organization", "Location", "RelatedPerson", "HealthcareService", "Group", "Person":
		return route{directory: true}
	case "Account", "Appointment", "AppointmentResponse", "AuditEvent", "CapabilityStatement", "ChargeItem", "ChargeItemDefinition",
		"Claim", "ClaimResponse", "Contract", "Coverage", "CoverageEligibilityRequest", "CoverageEligibilityResponse", "Endpoint",
		"EnrollmentRequest", "EnrollmentResponse", "ExplanationOfBenefit", "InsurancePlan", "Invoice", "Linkage", "MessageHeader",
		"OperationOutcome", "OrganizationAffiliation", "PaymentNotice", "PaymentReconciliation", "Provenance", "Schedule", "Slot",
		"Subscription", "SubscriptionStatus", "Task", "VerificationResult", "CodeSystem", "ValueSet", "ConceptMap", "StructureDefinition",
		"SearchParameter", "OperationDefinition", "ImplementationGuide", "NamingSystem", "Questionnaire", "Library", "Measure", "MeasureReport",
		"PlanDefinition", "ActivityDefinition", "Substance", "DeviceDefinition", "MedicationKnowledge", "CompartmentDefinition",
		"Conformance", "EligibilityRequest", "EligibilityResponse", "ProcessRequest", "ProcessResponse", "DataElement", "ServiceDefinition",
		"ExpansionProfile": // of DSTU2 and STU3
		return route{administrative: true}
	case "MedicationPrescription":
		return route{version: firstVersion}
	case "MedicationUsage", "DeviceUsage", "BiologicallyDerivedProductDispense", "DeviceDispense", "DeviceAssociation", "FormularyItem",
		"GenomicStudy", "ImagingSelection", "InventoryItem", "InventoryReport", "NutritionIntake", "NutritionProduct", "Permission", "RequestOrchestration",
		"Transport", "EncounterHistory", "ArtifactAssessment", "ActorDefinition", "ConditionDefinition", "Requirements":
		return route{version: newerVersion}
	}
	return route{}
}
