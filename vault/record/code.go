package record

import "strings"

// Code systems by the URI that FHIR R4 gives them (https://hl7.org/fhir/R4/terminologies-systems.html).
const (
	LOINC                = "http://loinc.org"
	SNOMED               = "http://snomed.info/sct"
	RxNorm               = "http://www.nlm.nih.gov/research/umls/rxnorm"
	NDC                  = "http://hl7.org/fhir/sid/ndc"
	CVX                  = "http://hl7.org/fhir/sid/cvx"
	ICD9CM               = "http://hl7.org/fhir/sid/icd-9-cm"
	ICD10CM              = "http://hl7.org/fhir/sid/icd-10-cm"
	ICD10                = "http://hl7.org/fhir/sid/icd-10"
	CPT                  = "http://www.ama-assn.org/go/cpt"
	ATC                  = "http://www.whocc.no/atc"
	UNII                 = "http://fdasis.nlm.nih.gov"
	UCUM                 = "http://unitsofmeasure.org"
	InterpretationSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
	CategorySystem       = "http://terminology.hl7.org/CodeSystem/observation-category"
)

// Coding is one code of one system, as the source wrote it.
type Coding struct {
	System       string `json:"system,omitempty"`
	Version      string `json:"version,omitempty"`
	Code         string `json:"code,omitempty"`
	Display      string `json:"display,omitempty"`
	UserSelected bool   `json:"userSelected,omitempty"`
}

// Concept is what the source calls a thing (Text) and the codes it gives for
// it: FHIR CodeableConcept, CDA CD. The text always wins for display: a code's
// display name may disagree with it, and then the words are what was attested.
type Concept struct {
	Text   string   `json:"text,omitempty"`
	Coding []Coding `json:"coding,omitempty"`
}

// Words is the best human name the source gave: its text, else the display the
// author picked, else the first display. It is empty when there are only codes.
func (c Concept) Words() string {
	if c.Text != "" {
		return c.Text
	}
	for _, k := range c.Coding {
		if k.UserSelected && k.Display != "" {
			return k.Display
		}
	}
	for _, k := range c.Coding {
		if k.Display != "" {
			return k.Display
		}
	}
	return ""
}

// String is [Concept.Words], or "code 1234-5" where the source gave only a
// code, or "" where it gave nothing.
func (c Concept) String() string {
	if w := c.Words(); w != "" {
		return w
	}
	for _, k := range c.Coding {
		switch {
		case k.Code == "":
		case k.spoken():
			return strings.ReplaceAll(k.Code, "-", " ")
		default:
			return "code " + k.Code
		}
	}
	return ""
}

// spoken says that the code is plain words: the code systems that FHIR itself
// defines use English words with hyphens ("not-performed").
func (k Coding) spoken() bool {
	if !strings.HasPrefix(k.System, "http://terminology.hl7.org/CodeSystem/") && !strings.HasPrefix(k.System, "http://hl7.org/fhir/") || len(k.Code) < 4 {
		return false
	}
	for _, r := range k.Code {
		if r != '-' && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// noInformation says that the concept is one of the codes of IPS for "nobody
// knows": "no-allergy-info", "no-problem-info". It is neither a finding nor a
// denial.
func (c Concept) noInformation() bool {
	for _, k := range c.Coding {
		if k.System == AbsentUnknownSystem && strings.HasPrefix(k.Code, "no-") && strings.HasSuffix(k.Code, "-info") {
			return true
		}
	}
	return false
}

// Empty says that neither words nor a code are there.
func (c Concept) Empty() bool { return c.String() == "" }

// Has says whether one of the codings is code of system.
func (c Concept) Has(system, code string) bool {
	for _, k := range c.Coding {
		if k.System == system && k.Code == code {
			return true
		}
	}
	return false
}

// Code is the first code given in system, or "".
func (c Concept) Code(system string) string {
	for _, k := range c.Coding {
		if k.System == system && k.Code != "" {
			return k.Code
		}
	}
	return ""
}

// joinConcepts lists concepts in one line.
func joinConcepts(cs []Concept) string {
	var words []string
	for _, c := range cs {
		if s := c.String(); s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(words, ", ")
}
