package record

// KindDiagnosticReport is the kind of [DiagnosticReport].
const KindDiagnosticReport Kind = "DiagnosticReport"

// DiagnosticReport is a report that groups results or carries a reading in
// words (FHIR DiagnosticReport, C-CDA Result Organizer).
type DiagnosticReport struct {
	Status         string       `json:"status,omitempty"` // registered, partial, preliminary, final, amended, corrected, appended, cancelled, entered-in-error
	Category       []Concept    `json:"category,omitempty"`
	Code           Concept      `json:"code,omitzero"`
	Effective      When         `json:"effective,omitzero"`
	Issued         Date         `json:"issued,omitempty"`
	Performer      []string     `json:"performer,omitempty"`
	Result         []Reference  `json:"result,omitempty"`
	ImagingStudy   []Reference  `json:"imagingStudy,omitempty"`
	Specimen       string       `json:"specimen,omitempty"`
	Conclusion     string       `json:"conclusion,omitempty"`
	ConclusionCode []Concept    `json:"conclusionCode,omitempty"`
	PresentedForm  []Attachment `json:"presentedForm,omitempty"`
	Text           Narrative    `json:"text,omitempty"`
	Encounter      Reference    `json:"encounter,omitzero"`
	Note           []string     `json:"note,omitempty"`
}

// Kind implements [Resource].
func (*DiagnosticReport) Kind() Kind { return KindDiagnosticReport }

// Summary implements [Resource].
func (d *DiagnosticReport) Summary() Summary {
	s := Summary{Title: d.Code.String(), When: d.Effective, Codes: d.Code.Coding, Status: d.Status, Standing: statusMeaning(d.Status, observationStanding), Category: joinConcepts(d.Category)}
	if s.Title == "" {
		s.Title = "Report without a title"
	}
	s.Value = d.Conclusion
	return s
}

// Details implements [Resource].
func (d *DiagnosticReport) Details() []Detail {
	var r rows
	r.add("Report", d.Code.String())
	r.add("Status", d.Status)
	r.add("Category", joinConcepts(d.Category))
	r.when("Date", d.Effective)
	r.when("Released", d.Issued)
	r.add("Conclusion", d.Conclusion)
	r.add("Conclusion, coded", joinConcepts(d.ConclusionCode))
	for _, ref := range d.Result {
		r.add("Result", ref.Display)
	}
	for _, ref := range d.ImagingStudy {
		r.add("Imaging study", ref.Display)
	}
	r.add("Specimen", d.Specimen)
	r.all("Performed by", d.Performer)
	for _, a := range d.PresentedForm {
		r.add("Document", a.String())
	}
	r.add("Text", d.Text.Plain())
	r.all("Note", d.Note)
	codeRows(&r, d.Code)
	return r
}

// Validate implements [Resource].
func (d *DiagnosticReport) Validate() []Issue {
	if d.Status == "" {
		return []Issue{{Information, "status", "the source states no status"}}
	}
	return nil
}

func (*DiagnosticReport) sealed() {}
