package record

// KindImmunization is the kind of [Immunization].
const KindImmunization Kind = "Immunization"

// Immunization is a vaccine given, or not given (FHIR Immunization, C-CDA
// 2.16.840.1.113883.10.20.22.4.52).
type Immunization struct {
	Status         string     `json:"status,omitempty"` // completed, entered-in-error, not-done
	StatusReason   Concept    `json:"statusReason,omitzero"`
	VaccineCode    Concept    `json:"vaccineCode,omitzero"`
	Occurrence     When       `json:"occurrence,omitzero"`
	Recorded       Date       `json:"recorded,omitempty"`
	PrimarySource  string     `json:"primarySource,omitempty"` // "true", "false" or not stated
	ReportOrigin   Concept    `json:"reportOrigin,omitzero"`
	Manufacturer   string     `json:"manufacturer,omitempty"`
	LotNumber      string     `json:"lotNumber,omitempty"`
	ExpirationDate Date       `json:"expirationDate,omitempty"`
	Site           Concept    `json:"site,omitzero"`
	Route          Concept    `json:"route,omitzero"`
	DoseQuantity   Quantity   `json:"doseQuantity,omitzero"`
	Performer      string     `json:"performer,omitempty"`
	Location       string     `json:"location,omitempty"`
	Series         string     `json:"series,omitempty"`
	DoseNumber     string     `json:"doseNumber,omitempty"`
	SeriesDoses    string     `json:"seriesDoses,omitempty"`
	Subpotent      bool       `json:"subpotent,omitempty"` // FHIR isSubpotent, a modifier: the dose does not count in full
	Reason         []Concept  `json:"reason,omitempty"`
	Reaction       []Reaction `json:"reaction,omitempty"`
	Encounter      Reference  `json:"encounter,omitzero"`
	Note           []string   `json:"note,omitempty"`
	Text           Narrative  `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// Kind implements [Resource].
func (*Immunization) Kind() Kind { return KindImmunization }

var immunizationStanding = map[string]Standing{
	"completed": Current, "not-done": NotSo, "entered-in-error": InError,
	"in-progress": Intended, "intended": Intended, "active": Intended,
}

// Summary implements [Resource].
func (i *Immunization) Summary() Summary {
	s := Summary{Title: i.VaccineCode.String(), When: i.Occurrence, Codes: i.VaccineCode.Coding, Status: i.Status, Standing: statusMeaning(i.Status, immunizationStanding)}
	if s.Title == "" {
		s.Title = "Vaccine that the source does not name"
	}
	switch {
	case s.Standing == NotSo:
		s.Title = "Not given: " + s.Title
	case s.Standing == Current && i.VaccineCode.noInformation():
		s.Standing = Uncertain
	}
	if s.When.Empty() {
		s.When = At(i.Recorded)
	}
	if i.DoseNumber != "" {
		s.Value = "dose " + i.DoseNumber
		if i.SeriesDoses != "" {
			s.Value += " of " + i.SeriesDoses
		}
	}
	if i.Subpotent {
		s.Interpretation = "subpotent: does not count as a full dose"
	}
	return s
}

// Details implements [Resource].
func (i *Immunization) Details() []Detail {
	var r rows
	if i.Status == "not-done" {
		r.add("Statement", "this vaccine was NOT given")
	}
	if i.Subpotent {
		r.add("Attention", "subpotent: the source says this dose does not count in full")
	}
	r.add("Vaccine", i.VaccineCode.String())
	r.add("Status", i.Status)
	r.add("Reason", i.StatusReason.String())
	r.when("Date", i.Occurrence)
	r.when("Recorded", i.Recorded)
	r.add("Dose number", i.DoseNumber)
	r.add("Doses in the series", i.SeriesDoses)
	r.add("Series", i.Series)
	r.add("Dose", i.DoseQuantity.String())
	r.add("Route", i.Route.String())
	r.add("Site", i.Site.String())
	r.add("Manufacturer", i.Manufacturer)
	r.add("Lot number", i.LotNumber)
	r.when("Expires", i.ExpirationDate)
	r.add("Given by", i.Performer)
	r.add("Given at", i.Location)
	if i.PrimarySource == "false" {
		r.add("Source of the report", joinStatus("reported, not recorded by the one who gave it", i.ReportOrigin.String()))
	}
	r.add("Given because", joinConcepts(i.Reason))
	for _, re := range i.Reaction {
		r.add("Reaction", re.String())
	}
	r.add("Text", i.Text.Plain())
	r.all("Note", i.Note)
	codeRows(&r, i.VaccineCode)
	return r
}

// Validate implements [Resource].
func (i *Immunization) Validate() []Issue {
	var issues []Issue
	if i.VaccineCode.Empty() {
		issues = append(issues, Issue{Warning, "vaccineCode", "the vaccine has no name and no code"})
	}
	if i.Status == "" {
		issues = append(issues, Issue{Warning, "status", "the source does not say whether the vaccine was given"})
	}
	return issues
}

func (*Immunization) sealed() {}
