package record

import "strings"

// KindCondition is the kind of [Condition].
const KindCondition Kind = "Condition"

// Condition is a problem or diagnosis (FHIR Condition, C-CDA Problem
// Observation 2.16.840.1.113883.10.20.22.4.4).
type Condition struct {
	ClinicalStatus     string    `json:"clinicalStatus,omitempty"`     // active, recurrence, relapse, inactive, remission, resolved
	VerificationStatus string    `json:"verificationStatus,omitempty"` // unconfirmed, provisional, differential, confirmed, refuted, entered-in-error
	Category           []Concept `json:"category,omitempty"`
	Severity           Concept   `json:"severity,omitzero"`
	Code               Concept   `json:"code,omitzero"`
	BodySite           []Concept `json:"bodySite,omitempty"`
	Onset              When      `json:"onset,omitzero"`
	Abatement          When      `json:"abatement,omitzero"`
	RecordedDate       Date      `json:"recordedDate,omitempty"`
	Recorder           string    `json:"recorder,omitempty"`
	Asserter           string    `json:"asserter,omitempty"`
	Stage              []string  `json:"stage,omitempty"`
	Encounter          Reference `json:"encounter,omitzero"`
	Note               []string  `json:"note,omitempty"`
	Text               Narrative `json:"text,omitempty"`   // the source's own formatted text of the whole entry
	Absent             bool      `json:"absent,omitempty"` // CDA negationInd: the source says the patient does NOT have it
}

// NoneKnown says whether this states that no problem is known (IPS
// no-known-problems, SNOMED CT 160245001 "no current problems or disability").
func (c *Condition) NoneKnown() bool {
	if c.Code.Has(AbsentUnknownSystem, "no-known-problems") || c.Code.Has(SNOMED, "160245001") {
		return true
	}
	switch strings.Trim(strings.ToLower(c.Code.Words()), " .") {
	case "no known problems", "no known problem", "no current problems", "no known active problems":
		return true
	}
	return c.Absent && (c.Code.Empty() || c.Code.Has(SNOMED, "55607006") || c.Code.Has(SNOMED, "64572001"))
}

// NoInformation says whether this states that nothing is known about problems,
// neither that there are some nor that there are none (IPS "no-problem-info").
func (c *Condition) NoInformation() bool { return c.Code.noInformation() }

// Kind implements [Resource].
func (*Condition) Kind() Kind { return KindCondition }

var conditionStanding = map[string]Standing{
	"active": Current, "recurrence": Current, "relapse": Current,
	"inactive": Past, "remission": Past, "resolved": Past, "completed": Past,
}

// Summary implements [Resource].
func (c *Condition) Summary() Summary {
	s := Summary{Title: c.Code.String(), When: c.When(), Codes: c.Code.Coding, Status: joinStatus(c.ClinicalStatus, c.VerificationStatus), Category: joinConcepts(c.Category)}
	switch {
	case c.NoneKnown():
		s.Title = "No known problems"
	case s.Title == "":
		s.Title = "Problem that the source does not name"
	case c.Absent:
		s.Title = "Does not have: " + s.Title
	}
	switch {
	case c.VerificationStatus == "entered-in-error":
		s.Standing = InError
	case c.VerificationStatus == "refuted" || c.Absent || c.NoneKnown():
		s.Standing = NotSo
	case c.NoInformation():
		s.Standing = Uncertain
	case c.ClinicalStatus == "" && c.Abatement.Over():
		s.Standing = Past // con-4: an end means it is not active
	case c.ClinicalStatus == "" && !c.Abatement.Empty():
		s.Standing = Past
	default:
		s.Standing = statusMeaning(c.ClinicalStatus, conditionStanding)
	}
	return s
}

// When is the time from onset to abatement, else when it was recorded.
func (c *Condition) When() When {
	w := c.Onset
	if !c.Abatement.Empty() {
		end := c.Abatement.Start
		if end == "" {
			end = c.Abatement.End
		}
		w.Period = true
		if w.End == "" {
			w.End = end
		}
		w.Ended = w.Ended || end == ""
	}
	if w.Empty() && c.RecordedDate != "" {
		return At(c.RecordedDate)
	}
	return w
}

// Details implements [Resource].
func (c *Condition) Details() []Detail {
	var r rows
	if c.Absent {
		r.add("Statement", "the source says that the person does NOT have this")
	}
	if c.VerificationStatus == "refuted" {
		r.add("Statement", "ruled out: the source says that this was refuted")
	}
	r.add("Problem", c.Code.String())
	r.add("Status", c.ClinicalStatus)
	r.add("Certainty", c.VerificationStatus)
	r.add("Severity", c.Severity.String())
	r.add("Category", joinConcepts(c.Category))
	r.add("Body site", joinConcepts(c.BodySite))
	r.all("Stage", c.Stage)
	r.when("Since", c.Onset)
	r.when("Ended", c.Abatement)
	r.when("Recorded", c.RecordedDate)
	r.add("Recorded by", c.Recorder)
	r.add("Stated by", c.Asserter)
	r.add("Visit", c.Encounter.Display)
	r.add("Text", c.Text.Plain())
	r.all("Note", c.Note)
	codeRows(&r, c.Code)
	return r
}

// Validate implements [Resource].
func (c *Condition) Validate() []Issue {
	var issues []Issue
	if c.Code.Empty() && !c.Absent {
		issues = append(issues, Issue{Warning, "code", "the problem has no name and no code"})
	}
	if c.VerificationStatus == "entered-in-error" && c.ClinicalStatus != "" {
		issues = append(issues, Issue{Warning, "clinicalStatus", "entered in error, yet has a clinical status (FHIR con-5)"})
	}
	if !c.Abatement.Empty() && conditionStanding[c.ClinicalStatus] == Current {
		issues = append(issues, Issue{Warning, "abatement", "has an end, yet its status is active (FHIR con-4)"})
	}
	return issues
}

func (*Condition) sealed() {}
