package exchange

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// without is a resource that names none of the records that stay home: a report
// lists its results by name, and the name of one that its sender withdrew, or
// that the patient holds back, must not leave with it.
func without(r record.Resource, home map[record.ID]bool) record.Resource {
	if !slices.ContainsFunc(record.References(r), func(ref *record.Reference) bool { return home[ref.ID] }) {
		return r
	}
	keep := func(list []record.Reference) []record.Reference {
		return slices.DeleteFunc(slices.Clone(list), func(ref record.Reference) bool { return home[ref.ID] })
	}
	switch x := r.(type) {
	case *record.Observation:
		o := *x
		o.HasMember, o.DerivedFrom = keep(x.HasMember), keep(x.DerivedFrom)
		if home[o.Panel.ID] {
			o.Panel = record.Reference{}
		}
		return &o
	case *record.DiagnosticReport:
		d := *x
		d.Result, d.ImagingStudy = keep(x.Result), keep(x.ImagingStudy)
		return &d
	case *record.Other:
		o := *x
		o.Reference = keep(x.Reference)
		return &o
	}
	return r
}
