package record

import "time"

// Entered is how the patient made one version of an entry of their own. Each
// earlier version stays, as a record that the present one superseded.
type Entered struct {
	Form    string    `json:"form"`    // of clinic/entry, by its name
	Version int       `json:"version"` // 1 for the first
	Act     Act       `json:"act"`
	At      time.Time `json:"at"`               // UTC
	Reason  string    `json:"reason,omitempty"` // why it was taken back, in the patient's words
}

// Act is what the patient did to an entry.
type Act string

// The acts.
const (
	Add     Act = "added"
	Amend   Act = "amended"
	Retract Act = "retracted" // taken back as entered in error
	Restore Act = "restored"  // brought back after that
)

// EntrySystem is the code system of those of the patient's entries that FHIR has
// no resource for: they are of kind [Other].
const EntrySystem = "https://github.com/carnet-phr/carnet/fhir/entry"

// The codes of EntrySystem.
const (
	QuestionCode = "question"          // for a visit
	ContactCode  = "emergency-contact" // whom to call
)

// Question says whether this is a question of the patient's for a visit.
func (o *Other) Question() bool { return o.Code.Has(EntrySystem, QuestionCode) }

// Contact says whether this names whom to call in an emergency.
func (o *Other) Contact() bool { return o.Code.Has(EntrySystem, ContactCode) }

// Of gives the value of the row with a label; "" for none.
func (o *Other) Of(label string) string {
	for _, r := range o.Row {
		if r.Label == label {
			return r.Value
		}
	}
	return ""
}

// OwnEntry says whether the patient made the record with a form of this program.
// Only such a record is ever changed.
func (r Record) OwnEntry() bool { return r.Entered != nil }
