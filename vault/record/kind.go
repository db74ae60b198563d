package record

import (
	"cmp"
	"slices"
	"strings"
)

// Kind names a kind of record by its FHIR R4 resource type.
type Kind string

// KindInfo is one row of [Kinds].
type KindInfo struct {
	Kind    Kind
	Section string          // plain plural words for the section it is shown in
	New     func() Resource // an empty resource, for decoding
}

// Kinds is THE list of kinds, in reading order.
var Kinds = []KindInfo{
	{KindPatient, "About the person", func() Resource { return new(Patient) }},
	{KindAllergyIntolerance, "Allergies", func() Resource { return new(AllergyIntolerance) }},
	{KindMedicationStatement, "Medicines", func() Resource { return new(MedicationStatement) }},
	{KindCondition, "Problems", func() Resource { return new(Condition) }},
	{KindObservation, "Results and readings", func() Resource { return new(Observation) }},
	{KindDiagnosticReport, "Reports", func() Resource { return new(DiagnosticReport) }},
	{KindImmunization, "Immunizations", func() Resource { return new(Immunization) }},
	{KindProcedure, "Procedures", func() Resource { return new(Procedure) }},
	{KindEncounter, "Visits", func() Resource { return new(Encounter) }},
	{KindDocumentReference, "Notes and documents", func() Resource { return new(DocumentReference) }},
	{KindImagingStudy, "Imaging", func() Resource { return new(ImagingStudy) }},
	{KindFamilyMemberHistory, "Family history", func() Resource { return new(FamilyMemberHistory) }},
	{KindDevice, "Devices and implants", func() Resource { return new(Device) }},
	{KindCarePlan, "Care plans", func() Resource { return new(CarePlan) }},
	{KindGoal, "Goals", func() Resource { return new(Goal) }},
	{KindOther, "Other entries", func() Resource { return new(Other) }},
}

// Ledger are the kinds that say what was done with a record and are no part of
// it: no list, count, search or package has them, but for who asks for the kind.
var Ledger = []KindInfo{
	{KindAuditEvent, "Packages that left", func() Resource { return new(AuditEvent) }},
}

// NewResource gives an empty resource of a kind of [Kinds] or [Ledger]; nil for
// another.
func NewResource(kind Kind) Resource {
	for _, list := range [][]KindInfo{Kinds, Ledger} {
		for _, k := range list {
			if k.Kind == kind {
				return k.New()
			}
		}
	}
	return nil
}

// Ledger says that a kind is one of [Ledger].
func (k Kind) Ledger() bool {
	return slices.ContainsFunc(Ledger, func(l KindInfo) bool { return l.Kind == k })
}

// LookupKind finds a kind by its FHIR name, without regard to case, or by the
// first word of its section ("allergies").
func LookupKind(name string) (KindInfo, bool) {
	for _, k := range Kinds {
		if strings.EqualFold(string(k.Kind), name) || strings.EqualFold(k.Section, name) {
			return k, true
		}
	}
	return KindInfo{}, false
}

// Section is the plain plural name of the kind's section.
func (k Kind) Section() string {
	if info, ok := LookupKind(string(k)); ok {
		return info.Section
	}
	return string(k)
}

// ByTime sorts records newest first; those without a date come last. Ties go by
// title and what is shown beside it, so that two vaults of the same files show the same
// order, then by ID.
func ByTime(records []Record) {
	type keyed struct {
		at           int64
		title, value string
		unit, status string
		r            Record
	}
	ks := make([]keyed, len(records))
	for i, r := range records {
		s := r.Resource.Summary()
		w := s.When.Sort()
		at := w.Unix()
		if w.IsZero() {
			at = -1 << 62
		}
		ks[i] = keyed{at, s.Title, s.Value, s.Unit, s.Status, r}
	}
	slices.SortFunc(ks, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.title, b.title), cmp.Compare(a.value, b.value), cmp.Compare(a.unit, b.unit), cmp.Compare(a.status, b.status), cmp.Compare(a.r.ID, b.r.ID))
	})
	for i := range ks {
		records[i] = ks[i].r
	}
}
