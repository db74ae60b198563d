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
		for _, r := range c.records {
			p, ok := r.Resource.(*record.Patient)
			if !ok || len(p.ReplacedBy) == 0 {
				continue
			}
			from := s.byLocal[localKey(i, r.Source().Place)]
			to := s.byLocal[localKey(i, p.ReplacedBy[0].Local)]
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
	for _, m := range []map[string]*Subject{s.byLocal, s.global} {
		for k, v := range m {
			if v == from {
				m[k] = to
			}
		}
	}
	s.list = slices.DeleteFunc(s.list, func(x *Subject) bool { return x == from })
}
