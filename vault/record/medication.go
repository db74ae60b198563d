package record

import "strings"

// KindMedicationStatement is the kind of [MedicationStatement].
const KindMedicationStatement Kind = "MedicationStatement"

// MedicationOrigin says what kind of act stated a medicine: it matters whether
// it was ordered, handed out, given or taken.
type MedicationOrigin string

// The origins. The empty one means that the source does not say.
const (
	Statement      MedicationOrigin = "statement"      // FHIR MedicationStatement; CDA moodCode EVN
	Request        MedicationOrigin = "request"        // FHIR MedicationRequest; CDA moodCode INT, RQO
	Dispense       MedicationOrigin = "dispense"       // FHIR MedicationDispense; CDA supply
	Administration MedicationOrigin = "administration" // FHIR MedicationAdministration
)

// MedicationStatement is a medicine as one source states it: statement,
// request, dispense or administration, told apart by Origin.
type MedicationStatement struct {
	Origin          MedicationOrigin `json:"origin,omitempty"`
	Status          string           `json:"status,omitempty"`    // the code of the origin's own value set, as written; in CDA what a status observation says of the medicine
	ActStatus       string           `json:"actStatus,omitempty"` // CDA statusCode: "completed" there means that the act of prescribing is done, not that the medicine was stopped
	StatusReason    []Concept        `json:"statusReason,omitempty"`
	Intent          string           `json:"intent,omitempty"` // requests: order, plan, proposal, option, …
	Category        []Concept        `json:"category,omitempty"`
	DoNotPerform    bool             `json:"doNotPerform,omitempty"` // "do NOT take"
	Absent          bool             `json:"absent,omitempty"`       // CDA negationInd: not taken, not given; without a Medication: no known medicines
	Medication      Concept          `json:"medication,omitzero"`
	Form            Concept          `json:"form,omitzero"`
	Ingredient      []string         `json:"ingredient,omitempty"`
	Effective       When             `json:"effective,omitzero"`
	AuthoredOn      Date             `json:"authoredOn,omitempty"` // requests: written; dispenses: handed over
	DateAsserted    Date             `json:"dateAsserted,omitempty"`
	Dosage          []Dosage         `json:"dosage,omitempty"`
	Reason          []Concept        `json:"reason,omitempty"`
	Requester       string           `json:"requester,omitempty"`
	Performer       string           `json:"performer,omitempty"`
	Quantity        Quantity         `json:"quantity,omitzero"`         // amount per fill
	DaysSupply      Quantity         `json:"daysSupply,omitzero"`       //
	RepeatsAllowed  string           `json:"repeatsAllowed,omitempty"`  // FHIR numberOfRepeatsAllowed: refills after the first fill
	Reported        string           `json:"reported,omitempty"`        // "true": reported by someone else than the prescriber
	InformationFrom string           `json:"informationFrom,omitempty"` // who said so
	Encounter       Reference        `json:"encounter,omitzero"`
	Note            []string         `json:"note,omitempty"`
	Text            Narrative        `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// Dosage is how a medicine is to be taken. Text, the source's own instruction,
// wins for display; the parts are shown beside it.
type Dosage struct {
	Text         string   `json:"text,omitempty"`
	Patient      string   `json:"patient,omitempty"` // instruction in the patient's words
	Timing       string   `json:"timing,omitempty"`  // "every 6 hours", "3 times a day", "at bedtime": kept apart, never converted into each other
	AsNeeded     string   `json:"asNeeded,omitempty"`
	Route        Concept  `json:"route,omitzero"`
	Site         Concept  `json:"site,omitzero"`
	Method       Concept  `json:"method,omitzero"`
	Dose         Quantity `json:"dose,omitzero"`
	DoseRange    Range    `json:"doseRange,omitzero"`
	Rate         string   `json:"rate,omitempty"`
	MaxDose      string   `json:"maxDose,omitempty"`
	Instructions []string `json:"instructions,omitempty"`
}

// String is the instruction in one line, the source's words first.
func (d Dosage) String() string {
	if d.Text != "" {
		return d.Text
	}
	if d.Patient != "" {
		return d.Patient
	}
	return d.Parts()
}

// Parts is the structured dose, route and timing in one line. A dose without a
// unit says so: "1 (unit not given)".
func (d Dosage) Parts() string {
	var s []string
	if !d.Dose.Empty() {
		if d.Dose.UnitWords() == "" {
			s = append(s, d.Dose.Number()+" (unit not given)")
		} else {
			s = append(s, d.Dose.String())
		}
	} else if w := d.DoseRange.String(); w != "" {
		s = append(s, w)
	}
	for _, w := range []string{d.Route.String(), d.Site.String(), d.Timing, d.AsNeeded, d.Rate} {
		if w != "" {
			s = append(s, w)
		}
	}
	if d.MaxDose != "" {
		s = append(s, "at most "+d.MaxDose)
	}
	return strings.Join(s, ", ")
}

// NoneKnown says whether this states that no medicine is known to be taken.
func (m *MedicationStatement) NoneKnown() bool {
	if m.Medication.Has(AbsentUnknownSystem, "no-known-medications") || m.Medication.Has(SNOMED, "787481004") {
		return true
	}
	switch strings.Trim(strings.ToLower(m.Medication.Words()), " .") {
	case "no known medications", "no current medications", "no known medication":
		return true
	}
	return m.Absent && m.Medication.Empty()
}

// NoInformation says whether this states that nothing is known about medicines,
// neither that some are taken nor that none are (IPS "no-medication-info").
func (m *MedicationStatement) NoInformation() bool { return m.Medication.noInformation() }

// Kind implements [Resource].
func (*MedicationStatement) Kind() Kind { return KindMedicationStatement }

// medicationStanding covers the value sets medication-statement-status,
// medicationrequest-status, medicationdispense-status, medication-admin-status
// of FHIR R4 and the ActStatus words that CDA uses.
var medicationStanding = map[string]Standing{
	"active": Current, "in-progress": Current,
	"completed": Past, "stopped": Past, "on-hold": Past, "ended": Past, "suspended": Past, "aborted": Past, "inactive": Past,
	"intended": Intended, "draft": Intended, "preparation": Intended, "held": Intended, "new": Intended,
	"not-taken": NotSo, "not-done": NotSo, "cancelled": NotSo, "declined": NotSo,
	"entered-in-error": InError, "nullified": InError,
	"unknown": Uncertain,
}

// Summary implements [Resource]. Only an active order, plan-free, or an active
// statement is current (hazards 13, 14); a dispense or administration is an
// event that happened, never a statement that the medicine is taken now.
func (m *MedicationStatement) Summary() Summary {
	s := Summary{Title: m.Medication.String(), When: m.When(), Codes: m.Medication.Coding, Status: joinStatus(m.Status, m.actWords())}
	switch {
	case m.NoneKnown():
		s.Title = "No known medicines"
	case s.Title == "":
		s.Title = "Medicine that the source does not name"
	case m.DoNotPerform:
		s.Title = "Do NOT take: " + s.Title
	case m.Status == "not-done":
		s.Title = "Not given: " + s.Title
	case m.Absent, m.Status == "not-taken":
		s.Title = "Not taken: " + s.Title
	}
	for _, d := range m.Dosage {
		if w := d.String(); w != "" {
			if s.Value != "" {
				s.Value += "; "
			}
			s.Value += w
		}
	}
	s.Standing = m.standing()
	return s
}

func (m *MedicationStatement) standing() Standing {
	s := m.stated()
	switch {
	case s == InError:
		return InError
	case m.DoNotPerform || m.Absent || m.NoneKnown():
		return NotSo
	}
	switch m.Intent {
	case "proposal", "plan", "option":
		if s == Current || s == Unstated || s == Uncertain {
			return Intended
		}
	}
	if s == Current && (m.Origin == Dispense || m.Origin == Administration) {
		return Past
	}
	return s
}

// stated is what the words for the status mean, of the medicine and of the act.
func (m *MedicationStatement) stated() Standing {
	s := statusMeaning(m.Status, medicationStanding)
	switch act := m.actStanding(); {
	case m.Medication.noInformation():
		return Uncertain
	case m.ActStatus == "":
	case m.Status == "" || act == InError:
		return act
	case s == Current && (m.ended() || act == Past || act == NotSo):
		return Uncertain // the medicine is called active, and also over
	}
	return s
}

// actStanding reads a CDA statusCode together with the dates (hazard 12): only
// an end on or before the day of the document says that it is over.
func (m *MedicationStatement) actStanding() Standing {
	switch s := statusMeaning(m.ActStatus, medicationStanding); {
	case m.ActStatus == "completed" && m.ended():
		return Past
	case m.ActStatus == "completed", m.ActStatus == "active" && m.ended():
		return Uncertain
	default:
		return s
	}
}

// ended says that the time of taking was over on the day of the document.
func (m *MedicationStatement) ended() bool {
	return m.Effective.Ended || m.Effective.End != "" && m.DateAsserted != "" && compareDays(m.Effective.End, m.DateAsserted) <= 0
}

func (m *MedicationStatement) actWords() string {
	if m.Status != "" && m.ActStatus != "" {
		return "the act of prescribing is " + m.ActStatus
	}
	if m.ActStatus == "completed" && m.actStanding() == Uncertain {
		return "completed, which in this kind of document says that it was prescribed, not that it was stopped"
	}
	return m.ActStatus
}

// When is the time the medicine is taken, else when the statement was made.
func (m *MedicationStatement) When() When {
	if !m.Effective.Empty() {
		return m.Effective
	}
	if m.AuthoredOn != "" {
		return At(m.AuthoredOn)
	}
	return At(m.DateAsserted)
}

// Details implements [Resource].
func (m *MedicationStatement) Details() []Detail {
	var r rows
	if m.DoNotPerform {
		r.add("Statement", "do NOT take this medicine")
	}
	if m.Absent {
		r.add("Statement", "the source says that this medicine is NOT taken or was not given")
	}
	r.add("Medicine", m.Medication.String())
	r.add("Form", m.Form.String())
	r.all("Ingredient", m.Ingredient)
	for _, d := range m.Dosage {
		r.add("How to take it", d.String())
		if parts := d.Parts(); parts != d.String() {
			r.add("Dose in parts", parts)
		}
		r.add("Method", d.Method.String())
		r.all("Instruction", d.Instructions)
	}
	r.add("Stated as", originWords[m.Origin])
	r.add("Status", joinStatus(m.Status, m.actWords()))
	r.add("Reason for the status", joinConcepts(m.StatusReason))
	r.add("Intent", m.Intent)
	r.add("Category", joinConcepts(m.Category))
	r.when("Taken", m.Effective)
	if m.Origin == Dispense {
		r.when("Handed over", m.AuthoredOn)
	} else {
		r.when("Written", m.AuthoredOn)
	}
	r.when("As of", m.DateAsserted)
	r.add("For", joinConcepts(m.Reason))
	r.add("Prescribed by", m.Requester)
	r.add("Given by", m.Performer)
	r.add("Information from", m.InformationFrom)
	if m.Reported == "true" {
		r.add("Reported", "not by the prescriber")
	}
	r.add("Amount per fill", m.Quantity.String())
	r.add("Days of supply", m.DaysSupply.String())
	r.add("Refills allowed", m.RepeatsAllowed)
	r.add("Text", m.Text.Plain())
	r.all("Note", m.Note)
	codeRows(&r, m.Medication)
	return r
}

var originWords = map[MedicationOrigin]string{
	Statement: "a statement that it is or was taken", Request: "a prescription or order",
	Dispense: "handed out by a pharmacy", Administration: "given to the patient",
}

// Validate implements [Resource].
func (m *MedicationStatement) Validate() []Issue {
	var issues []Issue
	if m.Medication.Empty() && !m.Absent {
		issues = append(issues, Issue{Warning, "medication", "the medicine has no name and no code"})
	}
	if m.Status == "" && m.ActStatus == "" {
		issues = append(issues, Issue{Information, "status", "the source states no status; it is not taken for current"})
	}
	return issues
}

func (*MedicationStatement) sealed() {}
