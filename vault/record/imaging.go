package record

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// KindImagingStudy is the kind of [ImagingStudy].
const KindImagingStudy Kind = "ImagingStudy"

// ImagingStudy is a set of images made in one session (FHIR ImagingStudy, DICOM
// Study).
type ImagingStudy struct {
	Status            string          `json:"status,omitempty"` // registered, available, cancelled, entered-in-error, unknown
	StudyInstanceUID  string          `json:"studyInstanceUID,omitempty"`
	AccessionNumber   string          `json:"accessionNumber,omitempty"`
	Modality          []Concept       `json:"modality,omitempty"`
	Started           When            `json:"started,omitzero"`
	Description       string          `json:"description,omitempty"`
	ProcedureCode     []Concept       `json:"procedureCode,omitempty"`
	Reason            []Concept       `json:"reason,omitempty"`
	Referrer          string          `json:"referrer,omitempty"`
	Interpreter       []string        `json:"interpreter,omitempty"`
	Location          string          `json:"location,omitempty"`
	NumberOfSeries    string          `json:"numberOfSeries,omitempty"`    // as the source states it
	NumberOfInstances string          `json:"numberOfInstances,omitempty"` // as the source states it
	Series            []ImagingSeries `json:"series,omitempty"`
	Encounter         Reference       `json:"encounter,omitzero"`
	Note              []string        `json:"note,omitempty"`
	Text              Narrative       `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// ImagingSeries is one series of a study.
type ImagingSeries struct {
	UID         string            `json:"uid,omitempty"`
	Number      string            `json:"number,omitempty"`
	Modality    Concept           `json:"modality,omitzero"`
	Description string            `json:"description,omitempty"`
	BodySite    Concept           `json:"bodySite,omitzero"`
	Laterality  Concept           `json:"laterality,omitzero"`
	Started     When              `json:"started,omitzero"`
	Stated      string            `json:"stated,omitempty"` // numberOfInstances as the source states it
	Instance    []ImagingInstance `json:"instance,omitempty"`
}

// ImagingInstance is one image or other object of a series.
type ImagingInstance struct {
	UID      string `json:"uid,omitempty"`
	SOPClass string `json:"sopClass,omitempty"`
	Number   string `json:"number,omitempty"`
	Title    string `json:"title,omitempty"`
	Hash     Hash   `json:"hash,omitempty"` // the stored file, when it is in the vault

	Laterality     string `json:"laterality,omitempty"` // left, right, both sides, unpaired: as tagged
	Frames         string `json:"frames,omitempty"`
	Rows           string `json:"rows,omitempty"`    // pixels from top to bottom
	Columns        string `json:"columns,omitempty"` // pixels from left to right
	TransferSyntax string `json:"transferSyntax,omitempty"`
	BurnedIn       string `json:"burnedIn,omitempty"` // YES or NO, as tagged (0028,0301): text is part of the picture
	Lossy          string `json:"lossy,omitempty"`    // 00 or 01, as tagged (0028,2110): packed with loss at some time

	// Away is where the file lies on the patient's computer, or in its drive, when it
	// is kept as a reference: Hash is then what that file must have.
	Away string `json:"away,omitempty"`

	// Also are further files of the very same image, as another disc carries it.
	Also []ImagingInstance `json:"also,omitempty"`
}

// Files are the stored files of the image, the one that is shown first.
func (i ImagingInstance) Files() []Hash {
	var list []Hash
	if i.Hash != "" {
		list = append(list, i.Hash)
	}
	for _, also := range i.Also {
		list = append(list, also.Files()...)
	}
	return list
}

// Files are the stored files of the study.
func (i *ImagingStudy) Files() iter.Seq[Hash] {
	return func(yield func(Hash) bool) {
		for _, s := range i.Series {
			for _, x := range s.Instance {
				for _, h := range x.Files() {
					if !yield(h) {
						return
					}
				}
			}
		}
	}
}

// Place is where a file of the image lies that is kept as a reference; "" for none.
func (i ImagingInstance) Place(h Hash) string {
	if i.Hash == h {
		return i.Away
	}
	for _, also := range i.Also {
		if place := also.Place(h); place != "" {
			return place
		}
	}
	return ""
}

// marked says how many instances have a mark.
func (i *ImagingStudy) marked(what string, has func(ImagingInstance) bool) string {
	n, all := 0, 0
	for _, s := range i.Series {
		for _, x := range s.Instance {
			if all++; has(x) {
				n++
			}
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d %s", n, all, what)
}

// Words are what the source says of the series: its description, modality, part of
// the body and sides. A word may be "".
func (s ImagingSeries) Words() []string {
	return []string{s.Description, s.Modality.String(), s.BodySite.String(), s.Laterality.String(), s.lateralities()}
}

// lateralities are the sides that the instances of a series show: "left, right".
func (s ImagingSeries) lateralities() string {
	var seen []string
	for _, i := range s.Instance {
		if i.Laterality != "" && i.Laterality != s.Laterality.String() && !slices.Contains(seen, i.Laterality) {
			seen = append(seen, i.Laterality)
		}
	}
	slices.Sort(seen)
	return strings.Join(seen, " and ")
}

// Kind implements [Resource].
func (*ImagingStudy) Kind() Kind { return KindImagingStudy }

var imagingStanding = map[string]Standing{
	"available": Current, "registered": Intended, "cancelled": NotSo, "entered-in-error": InError, "unknown": Uncertain,
}

// Summary implements [Resource].
func (i *ImagingStudy) Summary() Summary {
	s := Summary{Title: i.Description, When: i.Started, Status: i.Status, Standing: statusMeaning(i.Status, imagingStanding), Category: joinConcepts(i.Modality)}
	for _, c := range i.ProcedureCode {
		s.Codes = append(s.Codes, c.Coding...)
	}
	if s.Title == "" {
		s.Title = joinConcepts(i.ProcedureCode)
	}
	if s.Title == "" {
		s.Title = strings.TrimSpace(joinConcepts(i.modalities()) + " " + i.bodySites())
	}
	if s.Title == "" {
		s.Title = "Imaging study without a description"
	}
	s.Value = i.counts()
	return s
}

func (i *ImagingStudy) modalities() []Concept {
	if len(i.Modality) > 0 || len(i.Series) == 0 {
		return i.Modality
	}
	return []Concept{i.Series[0].Modality}
}

func (i *ImagingStudy) bodySites() string {
	seen := map[string]bool{}
	var words []string
	for _, s := range i.Series {
		if w := s.BodySite.String(); w != "" && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}

func (i *ImagingStudy) counts() string {
	series, instances := i.NumberOfSeries, i.NumberOfInstances
	if series == "" && len(i.Series) > 0 {
		series = fmt.Sprint(len(i.Series))
	}
	var parts []string
	if series != "" {
		parts = append(parts, series+" series")
	}
	if instances != "" {
		parts = append(parts, instances+" images")
	}
	return strings.Join(parts, ", ")
}

// Details implements [Resource].
func (i *ImagingStudy) Details() []Detail {
	var r rows
	r.add("Study", i.Description)
	r.add("Status", i.Status)
	r.when("Date", i.Started)
	r.add("Modality", joinConcepts(i.modalities()))
	r.add("Procedure", joinConcepts(i.ProcedureCode))
	r.add("Because of", joinConcepts(i.Reason))
	r.add("Size", i.counts())
	for _, s := range i.Series {
		line := s.Words()
		if n := len(s.Instance); n > 0 {
			line = append(line, fmt.Sprintf("%d listed", n))
		}
		r.add("Series", joinStatus(line...))
	}
	r.add("Text in the picture", i.marked("have text written into the picture itself", func(x ImagingInstance) bool { return x.BurnedIn == "YES" }))
	r.add("Quality", i.marked("were packed with loss of detail", func(x ImagingInstance) bool { return x.Lossy == "01" }))
	r.add("Kept as references", i.marked("are not in the record: only where their files lie is kept", func(x ImagingInstance) bool { return x.Away != "" }))
	r.add("Referred by", i.Referrer)
	r.all("Read by", i.Interpreter)
	r.add("Location", i.Location)
	r.add("Accession number", i.AccessionNumber)
	r.add("Study UID", i.StudyInstanceUID)
	r.add("Text", i.Text.Plain())
	r.all("Note", i.Note)
	return r
}

// Validate implements [Resource].
func (*ImagingStudy) Validate() []Issue { return nil }

func (*ImagingStudy) sealed() {}
