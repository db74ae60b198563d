package html

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// The answer that a doctor types into the page is saved as a file of FHIR R4,
// which Carnet reads as any other: a Bundle of the type collection, tagged
// [ReplyTag], with
//
//	Patient             as the page has it, so that the answer finds its record
//	DocumentReference   the note: text/plain, author as typed, docStatus preliminary
//	MedicationRequest   each change, with the intent "proposal": never a current
//	                    medicine by itself (CLINICAL-SAFETY hazard 14)
//	Provenance          who typed it, and of which page: what.display "typed into …"
//
// Nobody verified who typed it, and every text of it says so.

// ReplyTag is the code of Bundle.meta.tag in an answer, of the system
// urn:carnet:kind.
const ReplyTag = "reply"

// whose is what the answer repeats of the page: a FHIR Patient, and the day of
// the record that it answers.
type whose struct {
	Made    string       `json:"made"`
	Patient whosePatient `json:"patient"`
}

type whosePatient struct {
	ResourceType string            `json:"resourceType"`
	Name         []whoseName       `json:"name,omitempty"`
	BirthDate    record.Date       `json:"birthDate,omitempty"`
	Gender       string            `json:"gender,omitempty"`
	Identifier   []whoseIdentifier `json:"identifier,omitempty"`
}

type whoseName struct {
	Text   string   `json:"text,omitempty"`
	Family string   `json:"family,omitempty"`
	Given  []string `json:"given,omitempty"`
}

type whoseIdentifier struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value"`
}

func whoseOf(sel exchange.Selection) whose {
	p := sel.Patient()
	w := whose{Made: string(record.Date(sel.Generated.Format("2006-01-02"))), Patient: whosePatient{ResourceType: "Patient", BirthDate: p.BirthDate.Day(), Gender: record.Visible(p.Gender)}}
	for _, n := range p.Name {
		given := make([]string, len(n.Given))
		for i, g := range n.Given {
			given[i] = record.Visible(g)
		}
		w.Patient.Name = append(w.Patient.Name, whoseName{Text: record.Visible(n.Text), Family: record.Visible(n.Family), Given: given})
	}
	for _, v := range sel.Person.Provenance {
		for _, i := range v.Identifiers {
			if i.Value != "" {
				w.Patient.Identifier = append(w.Patient.Identifier, whoseIdentifier{record.Visible(i.System), record.Visible(i.Value)})
			}
		}
	}
	return w
}
