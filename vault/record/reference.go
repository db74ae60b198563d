package record

// References gives every reference that a resource holds to another record, for
// the import pipeline to resolve in place.
func References(r Resource) []*Reference {
	var refs []*Reference
	one := func(p *Reference) {
		if *p != (Reference{}) {
			refs = append(refs, p)
		}
	}
	many := func(s []Reference) {
		for i := range s {
			one(&s[i])
		}
	}
	switch r := r.(type) {
	case *Patient:
		many(r.ReplacedBy)
		many(r.SeeAlso)
	case *Condition:
		one(&r.Encounter)
	case *MedicationStatement:
		one(&r.Encounter)
	case *Immunization:
		one(&r.Encounter)
	case *Observation:
		many(r.HasMember)
		many(r.DerivedFrom)
		one(&r.Panel)
		one(&r.Encounter)
	case *DiagnosticReport:
		many(r.Result)
		many(r.ImagingStudy)
		one(&r.Encounter)
	case *Procedure:
		one(&r.Encounter)
	case *DocumentReference:
		one(&r.Encounter)
	case *ImagingStudy:
		one(&r.Encounter)
	case *Other:
		many(r.Reference)
	}
	return refs
}
