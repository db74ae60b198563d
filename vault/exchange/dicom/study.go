package dicom

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// sides are the codes of laterality (PS3.3, C.7.3.1 and C.7.6.1): as tagged,
// never worked out from a position.
var sides = map[string]string{"L": "left", "R": "right", "B": "both sides", "U": "unpaired"}

func side(code string) string {
	if s, ok := sides[code]; ok {
		return s
	}
	return clip(code)
}

// study is what one file says of its imaging study: one series with one instance
// (PS3.3, A.1.2). nil for a file that names no study, series or instance.
func (i *importer) study() *record.ImagingStudy {
	d := i.data
	if d.text(tagStudyUID) == "" && d.text(tagSeriesUID) == "" && d.text(tagSOPInstanceUID) == "" {
		return nil
	}
	s := &record.ImagingStudy{
		StudyInstanceUID: clip(d.text(tagStudyUID)), AccessionNumber: clip(d.text(tagAccessionNumber)), Started: moment(d.text(tagStudyDate), d.text(tagStudyTime), i.zone),
		Description: clip(d.text(tagStudyDescription)), ProcedureCode: d.concepts(tagProcedureCodeSeq), Referrer: person(d.text(tagReferringPhysician)),
		Interpreter: people(d.texts(tagReadingPhysician)), Location: i.institution(), NumberOfSeries: clip(d.text(tagStudySeries)), NumberOfInstances: clip(d.text(tagStudyInstances)),
		Note: i.notes(), Series: []record.ImagingSeries{i.series()},
	}
	if m := s.Series[0].Modality; !m.Empty() {
		s.Modality = []record.Concept{m}
	}
	if s.Description == "" {
		s.Description = clip(d.text(tagRequestedProcedure))
	}
	for _, reason := range append(d.texts(tagReason), d.deep(tagRequestAttributesSeq).texts(tagReason)...) {
		s.Reason = append(s.Reason, record.Concept{Text: clip(reason)})
	}
	return s
}

// institution is where the study was made.
func (i *importer) institution() string {
	place := []string{}
	for _, t := range []tag{tagInstitutionName, tagDepartment} {
		if s := clip(i.data.text(t)); s != "" {
			place = append(place, s)
		}
	}
	return strings.Join(place, ", ")
}

// notes are what the imaging department wrote down about the patient, each with
// what it is: no facts of the record by themselves.
func (i *importer) notes() []string {
	var out []string
	for _, n := range []struct {
		t     tag
		words string
	}{
		{tagPerformingPhysician, "Performed by: "},
		{tagMedicalAlerts, "Alerts that the imaging department noted: "},
		{tagAllergies, "Allergies that the imaging department noted: "},
		{tagPatientHistory, "History that the imaging department noted: "},
		{tagAdmittingDiagnoses, "Admitting diagnosis: "},
		{tagContrastAgent, "Contrast agent: "},
		{tagStudyComments, "Comment: "},
		{tagPatientComments, "Comment on the patient: "},
		{tagImageComments, "Comment on an image: "},
		{tagSpecies, "Species: "},
	} {
		s := i.data.words(n.t)
		if n.t == tagPerformingPhysician {
			s = strings.Join(people(i.data.texts(n.t)), ", ")
		}
		if s != "" {
			out = append(out, n.words+s)
		}
	}
	return out
}

// modality is the code as written, with DICOM's word for it.
func modality(code string) record.Concept {
	if code = clip(code); code == "" {
		return record.Concept{}
	}
	c := record.Concept{Text: code, Coding: []record.Coding{{System: dcm, Code: code}}}
	c.Coding[0].Display = modalities[code]
	return c
}

// series is the series of the file. Of the image's own laterality nothing is
// said of the series: its other images may show the other side.
func (i *importer) series() record.ImagingSeries {
	d := i.data
	s := record.ImagingSeries{
		UID: clip(d.text(tagSeriesUID)), Number: clip(d.text(tagSeriesNumber)), Modality: modality(d.text(tagModality)), Description: clip(d.text(tagSeriesDescription)),
		BodySite: d.concept(tagAnatomicRegionSeq), Started: moment(d.text(tagSeriesDate), d.text(tagSeriesTime), i.zone), Instance: []record.ImagingInstance{i.instance()},
	}
	if s.BodySite.Empty() {
		s.BodySite = i.anatomy().concept(tagAnatomicRegionSeq)
	}
	if part := clip(d.text(tagBodyPart)); part != "" {
		s.BodySite.Text = part
	}
	if l := d.text(tagLaterality); l != "" {
		s.Laterality = record.Concept{Text: side(l)}
	}
	return s
}

// anatomy is what an image of many frames says of all its frames (PS3.3,
// C.7.6.16.2.8).
func (i *importer) anatomy() dataset {
	return i.data.deep(tagSharedGroupsSeq, tagFrameAnatomySeq)
}

// instance is the file itself.
func (i *importer) instance() record.ImagingInstance {
	d := i.data
	class := d.text(tagSOPClassUID)
	lateral := d.text(tagImageLaterality)
	if lateral == "" {
		lateral = i.anatomy().text(tagFrameLaterality)
	}
	title := className(class)
	if view := clip(d.text(tagViewPosition)); view != "" {
		title = strings.TrimPrefix(title+", "+view, ", ")
	}
	lossy := clip(d.text(tagLossy))
	if lossy == "" && syntaxes[i.form.Syntax].lossy {
		lossy = "01"
	}
	return record.ImagingInstance{
		UID: clip(d.text(tagSOPInstanceUID)), SOPClass: clip(class), Number: clip(d.text(tagInstanceNumber)), Title: title, Hash: i.src.Hash,
		Laterality: side(lateral), Frames: clip(d.text(tagFrames)), Rows: d.text(tagRows), Columns: d.text(tagColumns), TransferSyntax: clip(i.form.Syntax),
		BurnedIn: clip(d.text(tagBurnedIn)), Lossy: lossy,
	}
}
