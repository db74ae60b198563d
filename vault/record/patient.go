package record

import "strings"

// KindPatient is the kind of [Patient].
const KindPatient Kind = "Patient"

// Patient is who a record is about (FHIR Patient, CDA recordTarget).
type Patient struct {
	Name                []HumanName    `json:"name,omitempty"`
	BirthDate           Date           `json:"birthDate,omitempty"` // never converted between zones
	Gender              string         `json:"gender,omitempty"`    // administrative: female, male, other, unknown
	Deceased            When           `json:"deceased,omitzero"`   // Ended when the source says so without a date
	Telecom             []ContactPoint `json:"telecom,omitempty"`
	Address             []Address      `json:"address,omitempty"`
	MaritalStatus       Concept        `json:"maritalStatus,omitzero"`
	Language            []Concept      `json:"language,omitempty"`
	Race                []Concept      `json:"race,omitempty"`
	Ethnicity           []Concept      `json:"ethnicity,omitempty"`
	Religion            Concept        `json:"religion,omitzero"`
	Contact             []Contact      `json:"contact,omitempty"`
	GeneralPractitioner []string       `json:"generalPractitioner,omitempty"`
	ReplacedBy          []Reference    `json:"replacedBy,omitempty"` // Patient.link of type replaced-by (a modifier)
	SeeAlso             []Reference    `json:"seeAlso,omitempty"`
	Inactive            bool           `json:"inactive,omitempty"`
}

// HumanName is a person's name. Use is the FHIR code: official, usual, old,
// maiden, nickname, … (a modifier: an old name is not the present one).
type HumanName struct {
	Text   string   `json:"text,omitempty"`
	Family string   `json:"family,omitempty"`
	Given  []string `json:"given,omitempty"`
	Prefix []string `json:"prefix,omitempty"`
	Suffix []string `json:"suffix,omitempty"`
	Use    string   `json:"use,omitempty"`
}

// String is the name as written, else put together from its parts.
func (n HumanName) String() string {
	if n.Text != "" {
		return n.Text
	}
	var parts []string
	parts = append(parts, n.Prefix...)
	parts = append(parts, n.Given...)
	parts = append(parts, n.Family)
	parts = append(parts, n.Suffix...)
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// ContactPoint is a telephone number, e-mail address and the like.
type ContactPoint struct {
	System string `json:"system,omitempty"` // phone, email, fax, url, …
	Value  string `json:"value,omitempty"`
	Use    string `json:"use,omitempty"`
}

// Address is a postal address, line by line.
type Address struct {
	Text       string   `json:"text,omitempty"`
	Line       []string `json:"line,omitempty"`
	City       string   `json:"city,omitempty"`
	State      string   `json:"state,omitempty"`
	PostalCode string   `json:"postalCode,omitempty"`
	Country    string   `json:"country,omitempty"`
	Use        string   `json:"use,omitempty"`
}

// String is the address in one line.
func (a Address) String() string {
	if a.Text != "" {
		return a.Text
	}
	var parts []string
	for _, p := range append(append([]string{}, a.Line...), a.City, strings.TrimSpace(a.State+" "+a.PostalCode), a.Country) {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// Contact is someone to call for the patient.
type Contact struct {
	Name         string         `json:"name,omitempty"`
	Relationship Concept        `json:"relationship,omitzero"`
	Telecom      []ContactPoint `json:"telecom,omitempty"`
	Address      Address        `json:"address,omitzero"`
}

// DisplayName is the name to show: the official one, else the usual one, else
// the first that is not old or maiden, else "".
func (p *Patient) DisplayName() string {
	for _, use := range []string{"official", "usual", ""} {
		for _, n := range p.Name {
			if n.Use == use && n.String() != "" {
				return n.String()
			}
		}
	}
	for _, n := range p.Name {
		if n.Use != "old" && n.Use != "maiden" && n.String() != "" {
			return n.String()
		}
	}
	return ""
}

// Kind implements [Resource].
func (*Patient) Kind() Kind { return KindPatient }

// Summary implements [Resource].
func (p *Patient) Summary() Summary {
	title := p.DisplayName()
	if title == "" {
		title = "A person without a name in the file"
	}
	return Summary{Title: title, When: At(p.BirthDate), Standing: Current}
}

// Details implements [Resource].
func (p *Patient) Details() []Detail {
	var r rows
	for _, n := range p.Name {
		label := "Name"
		if n.Use != "" && n.Use != "official" {
			label = "Name (" + n.Use + ")"
		}
		r.stated(label, n.String())
	}
	r.when("Born", p.BirthDate)
	r.add("Sex", p.Gender)
	if !p.Deceased.Empty() {
		died := p.Deceased.Start.Human()
		if died == "" {
			died = "yes, date not given"
		}
		r.add("Deceased", died)
	}
	for _, t := range p.Telecom {
		t.tell(&r)
	}
	for _, a := range p.Address {
		r.add("Address", a.String())
	}
	r.add("Marital status", p.MaritalStatus.String())
	r.add("Language", joinConcepts(p.Language))
	r.add("Race", joinConcepts(p.Race))
	r.add("Ethnicity", joinConcepts(p.Ethnicity))
	r.add("Religion", p.Religion.String())
	for _, c := range p.Contact {
		r.add("Contact person", c.line())
	}
	r.all("General practitioner", p.GeneralPractitioner)
	if len(p.ReplacedBy) > 0 {
		r.add("Attention", "the source says that this entry was replaced by another one for the same person")
	}
	return r
}

// tell adds the line of a contact point.
func (c ContactPoint) tell(r *rows) {
	switch c.System {
	case "email":
		r.add("E-mail", c.Value)
	case "fax":
		r.add("Fax", c.Value)
	case "url":
		r.add("Web", c.Value)
	default:
		r.add("Telephone", c.Value)
	}
}

func (c Contact) line() string {
	parts := []string{c.Name}
	if w := c.Relationship.String(); w != "" {
		parts = append(parts, "("+w+")")
	}
	for _, t := range c.Telecom {
		parts = append(parts, t.Value)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// Validate implements [Resource].
func (p *Patient) Validate() []Issue {
	var issues []Issue
	if p.DisplayName() == "" {
		issues = append(issues, Issue{Warning, "name", "the person has no name in the file"})
	}
	if p.BirthDate == "" {
		issues = append(issues, Issue{Warning, "birthDate", "the person has no birth date in the file"})
	}
	return issues
}

func (*Patient) sealed() {}
