package exchange

import (
	"encoding/json"

	"github.com/carnet-phr/carnet/vault/record"
)

// onDisc finds the patient whom the other files of a disc describe in the same
// words and under the same number. Each DICOM file names its patient anew, often
// without a birth date and without who gave the number: within one disc, folder
// or archive that is one person all the same (DICOM PS3.3 F.3.2.2: the Patient
// ID tells the patients of a file-set apart).
func (s *subjects) onDisc(source int, p *record.Patient, ids []record.Identifier) *Subject {
	key := s.discKey(source, p, ids)
	if found := s.discs[key]; key != "" && found != nil {
		return found
	}
	found := s.known(p, ids)
	if key != "" {
		s.discs[key] = found
	}
	return found
}

// discKey is what two descriptions on one disc must have in common; "" without a
// name or a number.
func (s *subjects) discKey(source int, p *record.Patient, ids []record.Identifier) string {
	if len(p.Name) == 0 || len(ids) == 0 {
		return ""
	}
	src := s.sources[source].source
	together := src.tree
	if src.within != "" {
		together = string(src.within)
	}
	if together == "" {
		return ""
	}
	b, err := json.Marshal(struct {
		Together string
		Patient  *record.Patient
		IDs      []record.Identifier
	}{together, p, ids})
	if err != nil {
		return ""
	}
	return string(b)
}
