package clinic

import "github.com/carnet-phr/carnet/vault/record"

// Section names a part of a summary. The names are those that the command line
// prints in JSON.
type Section string

// The sections.
const (
	SectionPerson        Section = "person"
	SectionAllergies     Section = "allergies"
	SectionMedicines     Section = "medicines"
	SectionProblems      Section = "problems"
	SectionImmunizations Section = "immunizations"
	SectionResults       Section = "results"
	SectionVitals        Section = "vitals"
	SectionSocialHistory Section = "socialHistory"
	SectionProcedures    Section = "procedures"
	SectionVisits        Section = "encounters"
	SectionReports       Section = "reports"
	SectionDocuments     Section = "documents"
	SectionImaging       Section = "imaging"
	SectionFamily        Section = "family"
	SectionDevices       Section = "devices"
	SectionPlans         Section = "plans"
	SectionOther         Section = "other"
)

// sectionWords is THE list of sections, in reading order.
var sectionWords = []struct {
	Section
	words string
}{
	{SectionPerson, "About the person"},
	{SectionAllergies, "Allergies"},
	{SectionMedicines, "Medicines"},
	{SectionProblems, "Problems"},
	{SectionImmunizations, "Immunizations"},
	{SectionResults, "Results"},
	{SectionVitals, "Vital signs and readings"},
	{SectionSocialHistory, "Social history"},
	{SectionProcedures, "Procedures"},
	{SectionVisits, "Visits"},
	{SectionReports, "Reports"},
	{SectionDocuments, "Notes and documents"},
	{SectionImaging, "Imaging"},
	{SectionFamily, "Family history"},
	{SectionDevices, "Devices and implants"},
	{SectionPlans, "Care plans and goals"},
	{SectionOther, "Other entries"},
}

// Words is the section's heading for people.
func (s Section) Words() string { return sectionWords[s.order()].words }

// order is the section's place in a record that is read from the top.
func (s Section) order() int {
	for n, x := range sectionWords {
		if x.Section == s {
			return n
		}
	}
	return len(sectionWords) - 1
}

// sectionsOf are the sections of the kinds that have one of their own.
var sectionsOf = map[record.Kind]Section{
	record.KindPatient: SectionPerson, record.KindAllergyIntolerance: SectionAllergies, record.KindMedicationStatement: SectionMedicines, record.KindCondition: SectionProblems,
	record.KindImmunization: SectionImmunizations, record.KindProcedure: SectionProcedures, record.KindEncounter: SectionVisits, record.KindDiagnosticReport: SectionReports,
	record.KindDocumentReference: SectionDocuments, record.KindImagingStudy: SectionImaging, record.KindFamilyMemberHistory: SectionFamily,
	record.KindDevice: SectionDevices, record.KindCarePlan: SectionPlans, record.KindGoal: SectionPlans,
}

// SectionOf is the section that a resource stands in.
func SectionOf(r record.Resource) Section {
	if o, ok := r.(*record.Observation); ok {
		switch {
		case o.In(record.VitalSigns):
			return SectionVitals
		case o.In(record.SocialHistory):
			return SectionSocialHistory
		}
		return SectionResults
	}
	if s, ok := sectionsOf[r.Kind()]; ok {
		return s
	}
	return SectionOther
}
