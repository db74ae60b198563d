package exchange

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// followLinks makes one patient of two where a file says that the one record was
// replaced by the other (FHIR Patient.link, a modifier; hazard 33), unless their
// names or birth dates contradict it. Where the other is not there, or
// contradicts, the user is asked.
func (s *subjects) followLinks() {
	for i, c := range s.sources {
		for r := range c.records.all() {
			p, ok := r.Resource.(*record.Patient)
			if !ok || len(p.ReplacedBy) == 0 {
				continue
			}
			from := s.byLocal[local{i, r.Source().Place}]
			to := s.byLocal[local{i, p.ReplacedBy[0].Local}]
			if to == from {
				continue
			}
			if to != nil && len(p.ReplacedBy) == 1 {
				if l, _ := Compare(from.Patient, to.Patient, from.identifiers, to.identifiers); l != Different {
					s.merge(from, to)
					continue
				}
			}
			from.doubt = "the file says that this patient's record was replaced by another one"
		}
	}
}

// merge makes two patients one.
func (s *subjects) merge(from, to *Subject) {
	to.identifiers = append(to.identifiers, from.identifiers...)
	for _, p := range from.described {
		to.describe(p)
	}
	for k, v := range s.byLocal {
		if v == from {
			s.byLocal[k] = to
		}
	}
	for k, v := range s.global {
		if v == from {
			s.global[k] = to
		}
	}
	s.list = slices.DeleteFunc(s.list, func(x *Subject) bool { return x == from })
}
