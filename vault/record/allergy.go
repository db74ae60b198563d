package record

import "strings"

// KindAllergyIntolerance is the kind of [AllergyIntolerance].
const KindAllergyIntolerance Kind = "AllergyIntolerance"

// AllergyIntolerance is a propensity to react to a substance, or a statement
// that there is none (FHIR AllergyIntolerance, C-CDA 2.16.840.1.113883.10.20.22.4.7).
type AllergyIntolerance struct {
	ClinicalStatus     string     `json:"clinicalStatus,omitempty"`     // active, inactive, resolved
	VerificationStatus string     `json:"verificationStatus,omitempty"` // unconfirmed, confirmed, refuted, entered-in-error
	Type               string     `json:"type,omitempty"`               // allergy, intolerance
	TypeConcept        Concept    `json:"typeConcept,omitzero"`         // the source's own words or code for the type
	Category           []string   `json:"category,omitempty"`           // food, medication, environment, biologic
	Criticality        string     `json:"criticality,omitempty"`        // low, high, unable-to-assess; never inferred from a severity
	Code               Concept    `json:"code,omitzero"`                // the substance, or a statement such as "No known allergy"
	Onset              When       `json:"onset,omitzero"`
	Abatement          When       `json:"abatement,omitzero"`
	RecordedDate       Date       `json:"recordedDate,omitempty"`
	LastOccurrence     Date       `json:"lastOccurrence,omitempty"`
	Recorder           string     `json:"recorder,omitempty"`
	Asserter           string     `json:"asserter,omitempty"`
	Reaction           []Reaction `json:"reaction,omitempty"`
	Note               []string   `json:"note,omitempty"`
	Text               Narrative  `json:"text,omitempty"` // the source's own formatted text of the whole entry

	// Absent says that the statement is a denial: "NOT known to be allergic to
	// Code" (CDA negationInd="true"). With a Code that names no substance it
	// means no known allergy at all.
	Absent bool `json:"absent,omitempty"`
}

// Reaction is one way a patient reacted.
type Reaction struct {
	Substance     Concept   `json:"substance,omitzero"`
	Manifestation []Concept `json:"manifestation,omitempty"`
	Severity      string    `json:"severity,omitempty"` // mild, moderate, severe, or the source's words
	Onset         When      `json:"onset,omitzero"`
	ExposureRoute Concept   `json:"exposureRoute,omitzero"`
	Description   string    `json:"description,omitempty"`
	Note          []string  `json:"note,omitempty"`
}

// String is the reaction in one line: "hives (moderate)".
func (r Reaction) String() string {
	s := joinConcepts(r.Manifestation)
	if s == "" {
		s = r.Description
	} else if r.Description != "" && r.Description != s {
		s += ": " + r.Description
	}
	if r.Severity != "" {
		if s == "" {
			return r.Severity
		}
		s += " (" + r.Severity + ")"
	}
	return s
}

// SeverityNote begins a note with the severity of an allergy as a whole, as C-CDA
// before R2.0 gives it. It is that of no reaction, and no criticality
// (CLINICAL-SAFETY hazard 41), but stands beside the reactions wherever they do.
const SeverityNote = "severity in the source: "

// NoneKnown says what a code of "no known allergy" covers.
type NoneKnown string

// The scopes of a statement of absence; the empty one is no such statement.
const (
	NotNoneKnown     NoneKnown = ""
	NoKnownAllergy   NoneKnown = "allergy"
	NoKnownDrug      NoneKnown = "drug allergy"
	NoKnownFood      NoneKnown = "food allergy"
	NoKnownEnvironmt NoneKnown = "environmental allergy"
	NoKnownLatex     NoneKnown = "latex allergy"
)

// noneKnownCodes are the codes that deny (CLINICAL-SAFETY hazard 4): SNOMED CT
// situations and the IPS absent-unknown code system.
var noneKnownCodes = map[string]NoneKnown{
	SNOMED + "|716186003":                                     NoKnownAllergy,
	SNOMED + "|160244002":                                     NoKnownAllergy,
	SNOMED + "|409137002":                                     NoKnownDrug,
	SNOMED + "|429625007":                                     NoKnownFood,
	SNOMED + "|428607008":                                     NoKnownEnvironmt,
	SNOMED + "|1003774007":                                    NoKnownLatex,
	AbsentUnknownSystem + "|no-known-allergies":               NoKnownAllergy,
	AbsentUnknownSystem + "|no-known-medication-allergies":    NoKnownDrug,
	AbsentUnknownSystem + "|no-known-food-allergies":          NoKnownFood,
	AbsentUnknownSystem + "|no-known-environmental-allergies": NoKnownEnvironmt,
}

// AbsentUnknownSystem is the code system of the International Patient Summary
// for "no known …" and "no information about …".
const AbsentUnknownSystem = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"

// genericAllergyCodes name no substance: "allergy to substance", "propensity to
// adverse reaction" and their drug and food forms. Denied, they mean no known
// allergy of that scope.
var genericAllergyCodes = map[string]NoneKnown{
	"419199007": NoKnownAllergy, "420134006": NoKnownAllergy, "418038007": NoKnownAllergy, "419511003": NoKnownDrug,
	"416098002": NoKnownDrug, "59037007": NoKnownDrug, "414285001": NoKnownFood, "418471000": NoKnownFood,
	"235719002": NoKnownFood, "426232007": NoKnownEnvironmt, "106190000": NoKnownAllergy, "609433001": NoKnownAllergy,
	"105590001": NoKnownAllergy, "410942007": NoKnownDrug,
}

// namesNothing are further SNOMED CT codes that name no single thing: "other",
// "unknown", "food", "problem", "disease", "clinical finding" and their like.
var namesNothing = map[string]bool{
	"74964007": true, "261665006": true, "138875005": true, "255620007": true, "762766007": true, "763158003": true, "373873005": true, "260787004": true,
	"55607006": true, "64572001": true, "404684003": true, "282291009": true, "248536006": true, "418799008": true, "409586006": true,
}

// NamesNothing says whether a SNOMED CT code names no single thing, so that two
// entries that share it may be about two: "other", "allergy to substance", "drug".
func NamesNothing(code string) bool { return namesNothing[code] || genericAllergyCodes[code] != "" }

// NoneKnown says whether this is a statement that no allergy of some scope is
// known, and of which scope. A denial of one named substance is none.
func (a *AllergyIntolerance) NoneKnown() NoneKnown {
	for _, c := range a.Code.Coding {
		if k := noneKnownCodes[c.System+"|"+c.Code]; k != "" {
			return k
		}
	}
	if k := noneKnownWords(a.Code.Words()); k != "" {
		return k
	}
	if !a.Absent {
		return NotNoneKnown
	}
	for _, c := range a.Code.Coding {
		if k := genericAllergyCodes[c.Code]; k != "" && c.System == SNOMED {
			return k
		}
	}
	if !a.Code.Empty() {
		return NotNoneKnown
	}
	for _, c := range a.TypeConcept.Coding {
		if k := genericAllergyCodes[c.Code]; k != "" {
			return k
		}
	}
	return NoKnownAllergy
}

// NoInformation says whether this states that nothing is known about allergies,
// neither that there are some nor that there are none (IPS "no-allergy-info").
func (a *AllergyIntolerance) NoInformation() bool { return a.Code.noInformation() }

// Denied says that the record states an absence, general or of one substance.
func (a *AllergyIntolerance) Denied() bool {
	return a.Absent || a.NoneKnown() != "" || a.VerificationStatus == "refuted"
}

// Kind implements [Resource].
func (*AllergyIntolerance) Kind() Kind { return KindAllergyIntolerance }

var allergyStanding = map[string]Standing{
	"active": Current, "inactive": Past, "resolved": Past, "completed": Past, "recurrence": Current,
}

// Summary implements [Resource].
func (a *AllergyIntolerance) Summary() Summary {
	s := Summary{Title: a.Code.String(), When: a.Onset, Codes: a.Code.Coding, Status: joinStatus(a.ClinicalStatus, a.VerificationStatus)}
	if s.When.Empty() {
		s.When = At(a.RecordedDate)
	}
	none := a.NoneKnown()
	switch {
	case a.Code.Words() == "" && none != "":
		s.Title = "No known " + string(none)
	case s.Title == "":
		s.Title = "Allergy to a substance that the source does not name"
	case a.Absent && none == "":
		s.Title = "Not allergic to " + s.Title
	case a.Absent && noneKnownWords(s.Title) == "":
		s.Title = "No known " + string(none)
	}
	s.Value = a.reactions()
	switch {
	case a.VerificationStatus == "entered-in-error":
		s.Standing = InError
	case a.VerificationStatus == "refuted":
		s.Standing = NotSo
	case a.Absent || none != "":
		s.Standing = NotSo
	case a.NoInformation():
		s.Standing = Uncertain
	default:
		s.Standing = statusMeaning(a.ClinicalStatus, allergyStanding)
	}
	return s
}

func (a *AllergyIntolerance) reactions() string {
	var words []string
	for _, r := range a.Reaction {
		if w := r.String(); w != "" {
			words = append(words, w)
		}
	}
	for _, n := range a.Note {
		if strings.HasPrefix(n, SeverityNote) {
			words = append(words, n)
		}
	}
	return strings.Join(words, "; ")
}

// Details implements [Resource].
func (a *AllergyIntolerance) Details() []Detail {
	var r rows
	if a.Absent {
		r.add("Statement", "the source says that this allergy is NOT known")
	}
	if a.VerificationStatus == "refuted" {
		r.add("Statement", "ruled out: the source says that this allergy was refuted")
	}
	r.add("Substance", a.Code.String())
	r.add("Status", a.ClinicalStatus)
	r.add("Certainty", a.VerificationStatus)
	r.add("Type", a.Type)
	r.add("Type in the source", a.TypeConcept.String())
	for _, c := range a.Category {
		r.add("Category", c)
	}
	r.add("Criticality", a.Criticality)
	for _, re := range a.Reaction {
		r.add("Reaction", re.String())
		r.add("Reaction to", re.Substance.String())
		r.when("Reaction seen", re.Onset)
		r.add("Route", re.ExposureRoute.String())
		r.all("Note on the reaction", re.Note)
	}
	r.when("Since", a.Onset)
	r.when("Ended", a.Abatement)
	r.when("Last reaction", a.LastOccurrence)
	r.when("Recorded", a.RecordedDate)
	r.add("Recorded by", a.Recorder)
	r.add("Stated by", a.Asserter)
	r.add("Text", a.Text.Plain())
	r.all("Note", a.Note)
	codeRows(&r, a.Code)
	return r
}

// Validate implements [Resource].
func (a *AllergyIntolerance) Validate() []Issue {
	var issues []Issue
	if a.Code.Empty() && !a.Absent && len(a.Reaction) == 0 {
		issues = append(issues, Issue{Warning, "code", "the allergy names no substance"})
	}
	if a.VerificationStatus == "entered-in-error" && a.ClinicalStatus != "" {
		issues = append(issues, Issue{Warning, "clinicalStatus", "entered in error, yet has a clinical status (FHIR ait-2)"})
	}
	return issues
}

func (*AllergyIntolerance) sealed() {}
