package record

// Superseded says which record took the place of another, and why. Such a
// record is history: it never counts as current, in trends or in a summary
// (CLINICAL-SAFETY hazards 25 and 26).
type Superseded struct {
	By  ID     `json:"by"` // the record that replaces it, or that withdraws it
	Why Reason `json:"why"`
}

// Reason is why a record was superseded.
type Reason string

// The reasons.
const (
	Corrected Reason = "corrected" // its sender corrected or amended it
	Completed Reason = "completed" // it was preliminary, and the final one came
	Updated   Reason = "updated"   // the same issuer stated it anew later
	Withdrawn Reason = "withdrawn" // its sender withdrew it: deleted, of the wrong patient, entered in error
	Amended   Reason = "amended"   // the patient amended an entry of their own
)

// Words is the reason for people.
func (r Reason) Words() string {
	switch r {
	case Corrected:
		return "corrected by its sender"
	case Completed:
		return "preliminary until the final one came"
	case Updated:
		return "stated anew by its sender"
	case Withdrawn:
		return "withdrawn by its sender"
	case Amended:
		return "amended by the patient"
	}
	return string(r)
}

func (s *Superseded) standing() Standing {
	if s.Why == Withdrawn {
		return InError
	}
	return Replaced
}
