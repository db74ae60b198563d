package record

import "fmt"

// KindDocumentReference is the kind of [DocumentReference].
const KindDocumentReference Kind = "DocumentReference"

// DocumentReference is a note or any file: a clinical document with its
// sections (CDA, FHIR Composition), a PDF, a picture, a text (FHIR
// DocumentReference).
type DocumentReference struct {
	Status      string       `json:"status,omitempty"`    // current, superseded, entered-in-error
	DocStatus   string       `json:"docStatus,omitempty"` // preliminary, final, amended, entered-in-error
	Type        Concept      `json:"type,omitzero"`
	Category    []Concept    `json:"category,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Date        Date         `json:"date,omitempty"`  // when the document was made
	Period      When         `json:"period,omitzero"` // the time of care it covers
	Author      []string     `json:"author,omitempty"`
	Custodian   string       `json:"custodian,omitempty"`
	Replaces    []string     `json:"replaces,omitempty"` // ids of documents it replaces, as the source names them
	Encounter   Reference    `json:"encounter,omitzero"`
	Content     []Attachment `json:"content,omitempty"`
	Section     []Section    `json:"section,omitempty"`
	Text        Narrative    `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// Attachment is a file inside or beside a record. Hash names the stored bytes;
// without it the content is not in the vault and Missing says why.
type Attachment struct {
	ContentType string `json:"contentType,omitempty"`
	Title       string `json:"title,omitempty"`
	Language    string `json:"language,omitempty"`
	Creation    Date   `json:"creation,omitempty"`
	Hash        Hash   `json:"hash,omitempty"`
	Size        int64  `json:"size,omitempty"`    // bytes
	Missing     string `json:"missing,omitempty"` // "content not included: the file only names a place on another computer"
	Text        string `json:"text,omitempty"`    // plain text of a text attachment, for search and display
}

// String is the attachment in one line.
func (a Attachment) String() string {
	s := a.Title
	if s == "" {
		s = a.ContentType
	}
	if s == "" {
		s = "file"
	}
	if a.Missing != "" {
		return s + " (" + a.Missing + ")"
	}
	if a.Size > 0 {
		s += fmt.Sprintf(" (%s)", Bytes(a.Size))
	}
	return s
}

// Bytes is a size for people: "640 bytes", "12 kB", "3.4 MB".
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000*1000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// Section is a part of a clinical document with its narrative: the text that
// its author attested. Sections may nest; they are kept in reading order with
// their depth.
type Section struct {
	Title       string    `json:"title,omitempty"`
	Code        Concept   `json:"code,omitzero"`
	Depth       int       `json:"depth,omitempty"` // 0 for a top section
	Text        Narrative `json:"text,omitempty"`
	EmptyReason string    `json:"emptyReason,omitempty"` // why there is nothing: nilknown, notasked, withheld, unavailable, or CDA nullFlavor NI, NA, …
	Entries     int       `json:"entries,omitempty"`     // coded entries the source has in this section
	Place       string    `json:"place,omitempty"`
	Withheld    bool      `json:"withheld,omitempty"` // confidentiality restricted or very restricted
}

// Kind implements [Resource].
func (*DocumentReference) Kind() Kind { return KindDocumentReference }

var documentStanding = map[string]Standing{
	"current": Current, "superseded": Past, "entered-in-error": InError,
	"final": Current, "amended": Current, "preliminary": Current, "deprecated": Past, "withdrawn": InError,
	"completed": Current, "in-progress": Intended, "preparation": Intended, "not-done": NotSo, "stopped": Past, "on-hold": Past, // FHIR Media
}

// Summary implements [Resource].
func (d *DocumentReference) Summary() Summary {
	s := Summary{Title: d.Title, When: At(d.Date), Codes: d.Type.Coding, Status: joinStatus(d.Status, d.DocStatus), Standing: statusMeaning(d.Status, documentStanding), Category: joinConcepts(d.Category)}
	if d.DocStatus == "entered-in-error" || d.DocStatus == "withdrawn" {
		s.Standing = InError
	}
	if s.Standing == Unstated && d.DocStatus != "" {
		s.Standing = statusMeaning(d.DocStatus, documentStanding)
	}
	for _, title := range []string{d.Type.Words(), d.Description, d.contentTitle()} {
		if s.Title == "" {
			s.Title = title
		}
	}
	if s.Title == "" {
		s.Title = "Document without a title"
	}
	if s.When.Empty() {
		s.When = d.Period
	}
	return s
}

func (d *DocumentReference) contentTitle() string {
	for _, a := range d.Content {
		if a.Title != "" {
			return a.Title
		}
	}
	return ""
}

// Details implements [Resource].
func (d *DocumentReference) Details() []Detail {
	var r rows
	r.add("Title", d.Title)
	r.add("Type", d.Type.String())
	r.add("Category", joinConcepts(d.Category))
	r.add("Status", joinStatus(d.Status, d.DocStatus))
	r.add("Description", d.Description)
	r.when("Date", d.Date)
	r.when("Covers", d.Period)
	r.all("Author", d.Author)
	r.add("Kept by", d.Custodian)
	r.add("Visit", d.Encounter.Display)
	for _, a := range d.Content {
		r.add("File", a.String())
		r.add("Text", a.Text)
	}
	for _, s := range d.Section {
		text := s.Text.Plain()
		if text == "" && s.EmptyReason != "" {
			text = "nothing here; the source gives the reason: " + s.EmptyReason
		}
		title := s.Title
		if title == "" {
			title = s.Code.String()
		}
		r.stated(title, text)
	}
	codeRows(&r, d.Type)
	r.add("Text", d.Text.Plain())
	return r
}

// Validate implements [Resource].
func (d *DocumentReference) Validate() []Issue {
	var issues []Issue
	for _, a := range d.Content {
		if a.Missing != "" {
			issues = append(issues, Issue{Warning, "content", a.Missing})
		}
	}
	return issues
}

func (*DocumentReference) sealed() {}
