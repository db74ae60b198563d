package record

import "time"

// Asserter says who stands behind a statement.
type Asserter string

// The asserters. The empty Asserter means the source does not say.
const (
	ByOrganisation Asserter = "organisation" // a clinic, laboratory, pharmacy or their staff
	ByDevice       Asserter = "device"
	ByPatient      Asserter = "patient" // the patient, or someone at home, entered it
)

// Words is the asserter for people.
func (a Asserter) Words() string {
	switch a {
	case ByOrganisation:
		return "recorded by a care provider"
	case ByDevice:
		return "recorded by a device"
	case ByPatient:
		return "entered by the patient"
	}
	return "the source does not say who recorded it"
}

// Span is a range of bytes in an original: the verbatim text of a statement.
// Length 0 means that the place names no single range.
type Span struct {
	Offset int64 `json:"offset,omitempty"`
	Length int64 `json:"length,omitempty"`
}

// Provenance is where one statement of a fact came from. A record has one for
// each file that states the same fact; the first is the one its [Resource] was
// read from.
//
// A format fills Place, Span, Version, Author, System, Asserter, Identifiers,
// Local and Security; the import pipeline fills the rest.
type Provenance struct {
	Import   ID        `json:"import,omitempty"`   // the import that brought it; "" for the patient's own entry
	Original Hash      `json:"original,omitempty"` // the file; "" for the patient's own entry
	Format   string    `json:"format,omitempty"`   // exchange.Format.Name that read it
	Place    string    `json:"place,omitempty"`    // JSON pointer, XPath, segment, tag or page in the original
	Span     Span      `json:"span,omitzero"`
	Received time.Time `json:"received,omitzero"` // when it was brought in, UTC

	// Version is when the source issued this version of the fact, an RFC 3339
	// instant or a shorter [Date] as written: FHIR meta.lastUpdated (else
	// Observation.issued), HL7 v2 OBX-19, OBR-22 or MSH-7, CDA effectiveTime of
	// the document. Of two versions of one fact that nothing else ranks the later
	// one counts; "" leaves them side by side.
	Version string `json:"version,omitempty"`

	Author      string       `json:"author,omitempty"` // who recorded it, as the source names them
	System      string       `json:"system,omitempty"` // the issuing system or organisation: custodian, meta.source, sending facility
	Asserter    Asserter     `json:"asserter,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"` // the issuer's identifiers for this fact
	Local       []string     `json:"local,omitempty"`       // names by which the source's own references call it
	Security    []Coding     `json:"security,omitempty"`    // confidentiality labels (meta.security, confidentialityCode)

	// Filed are the people under whom the statement was filed before the patient
	// said that they are one with another one, the first of them first: so that
	// they can be parted again.
	Filed []ID `json:"filed,omitempty"`

	// Said is what this source says of the fact, where it differs from the
	// record's Resource; nil where it says exactly the same. The pipeline fills
	// it, so that any source can be taken back without reading the others again.
	Said Resource `json:"-"`
}

// Original is a file as received, or an attachment that a file carried inside.
type Original struct {
	Hash      Hash      `json:"hash"`
	Name      string    `json:"name"` // as the user's system called it, with the path inside a container
	MediaType string    `json:"mediaType,omitempty"`
	Size      int64     `json:"size"` // bytes
	Import    ID        `json:"import,omitempty"`
	Received  time.Time `json:"received,omitzero"`
	Within    Hash      `json:"within,omitempty"` // the original that carries it, for an attachment or a member of an archive
	Path      string    `json:"path,omitempty"`   // for a member of a zip archive or disc image: where it stands in Within, from which its bytes are read
}
