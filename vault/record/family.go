package record

// KindFamilyMemberHistory is the kind of [FamilyMemberHistory].
const KindFamilyMemberHistory Kind = "FamilyMemberHistory"

// FamilyMemberHistory is what a relative has or had: never the patient's own
// problem (FHIR FamilyMemberHistory, C-CDA Family History Organizer).
type FamilyMemberHistory struct {
	Status       string            `json:"status,omitempty"` // partial, completed, entered-in-error, health-unknown
	Relationship Concept           `json:"relationship,omitzero"`
	Name         string            `json:"name,omitempty"`
	Sex          string            `json:"sex,omitempty"`
	Date         Date              `json:"date,omitempty"` // when it was recorded
	Born         When              `json:"born,omitzero"`
	Age          string            `json:"age,omitempty"`
	Deceased     string            `json:"deceased,omitempty"` // "yes", an age or a date, as stated
	Condition    []FamilyCondition `json:"condition,omitempty"`
	Note         []string          `json:"note,omitempty"`
	Text         Narrative         `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// FamilyCondition is one problem of a relative.
type FamilyCondition struct {
	Code               Concept  `json:"code,omitzero"`
	Outcome            Concept  `json:"outcome,omitzero"`
	ContributedToDeath bool     `json:"contributedToDeath,omitempty"`
	Onset              When     `json:"onset,omitzero"`
	Absent             bool     `json:"absent,omitempty"` // stated NOT to have it
	Note               []string `json:"note,omitempty"`
}

// String is the problem in one line.
func (c FamilyCondition) String() string {
	s := c.Code.String()
	if s == "" {
		s = "a problem that the source does not name"
	}
	if c.Absent {
		s = "does not have: " + s
	}
	if w := c.Onset.Human(); w != "" {
		s += ", from " + w
	}
	if w := c.Outcome.String(); w != "" {
		s += ", outcome: " + w
	}
	if c.ContributedToDeath {
		s += ", contributed to death"
	}
	return s
}

// Kind implements [Resource].
func (*FamilyMemberHistory) Kind() Kind { return KindFamilyMemberHistory }

var familyStanding = map[string]Standing{
	"completed": Current, "partial": Current, "entered-in-error": InError, "health-unknown": Uncertain, "active": Current, "nullified": InError, "aborted": NotSo,
}

// Summary implements [Resource].
func (f *FamilyMemberHistory) Summary() Summary {
	s := Summary{Title: f.Relationship.String(), When: At(f.Date), Status: f.Status, Standing: statusMeaning(f.Status, familyStanding)}
	if s.Title == "" {
		s.Title = f.Name
	}
	if s.Title == "" {
		s.Title = "Relative that the source does not name"
	}
	for _, c := range f.Condition {
		s.Codes = append(s.Codes, c.Code.Coding...)
		if s.Value != "" {
			s.Value += "; "
		}
		s.Value += c.String()
	}
	return s
}

// Details implements [Resource].
func (f *FamilyMemberHistory) Details() []Detail {
	var r rows
	r.add("Relative", f.Relationship.String())
	r.add("Name", f.Name)
	r.add("Sex", f.Sex)
	r.add("Status", f.Status)
	r.when("Born", f.Born)
	r.add("Age", f.Age)
	died := f.Deceased
	if d, err := ParseDate(died); err == nil {
		died = d.Human()
	}
	r.add("Deceased", died)
	for _, c := range f.Condition {
		r.add("Problem of this relative", c.String())
		r.all("Note", c.Note)
	}
	r.when("Recorded", f.Date)
	r.add("Text", f.Text.Plain())
	r.all("Note", f.Note)
	return r
}

// Validate implements [Resource].
func (f *FamilyMemberHistory) Validate() []Issue {
	if f.Relationship.Empty() {
		return []Issue{{Warning, "relationship", "the source does not say which relative this is"}}
	}
	return nil
}

func (*FamilyMemberHistory) sealed() {}
