package dicom

import "strings"

// The attributes that only a DICOMDIR, or a record of one, has (PS3.6).
const (
	tagFileSetID          tag = 0x00041130
	tagLastRecord         tag = 0x00041202
	tagConsistency        tag = 0x00041212
	tagReferencedClassIn  tag = 0x00041510
	tagReferencedSyntax   tag = 0x00041512
	tagStudyID            tag = 0x00200010
	tagContentLabel       tag = 0x00700080
	tagContentDescription tag = 0x00700081
	tagPresentationDate   tag = 0x00700082
	tagPresentationTime   tag = 0x00700083
	tagContentCreator     tag = 0x00700084
	tagDoseSummation      tag = 0x3004000A
	tagStructureSetLabel  tag = 0x30060002
	tagStructureSetDate   tag = 0x30060008
	tagStructureSetTime   tag = 0x30060009
	tagTreatmentDate      tag = 0x30080250
	tagTreatmentTime      tag = 0x30080251
	tagPlanLabel          tag = 0x300A0002
	tagPlanDate           tag = 0x300A0006
	tagPlanTime           tag = 0x300A0007
)

// The keys of the records above the instances (PS3.3, F.5.1 to F.5.3).
var (
	patientKeys = []tag{tagPatientName, tagPatientID}
	studyKeys   = []tag{tagStudyDate, tagStudyTime, tagAccessionNumber, tagStudyDescription, tagStudyUID, tagStudyID}
	seriesKeys  = []tag{tagModality, tagSeriesUID, tagSeriesNumber}
)

// recordType is a type of directory record for instances, with the attributes
// that it repeats (PS3.3, F.4 and F.5).
type recordType struct {
	name string
	keys []tag
}

var (
	number       = []tag{tagInstanceNumber}
	numberedDate = []tag{tagContentDate, tagContentTime, tagInstanceNumber}
	contentKeys  = []tag{tagContentDate, tagContentTime, tagInstanceNumber, tagContentLabel, tagContentDescription, tagContentCreator}
	presentation = []tag{tagInstanceNumber, tagContentLabel, tagContentDescription, tagPresentationDate, tagPresentationTime, tagContentCreator}

	image         = recordType{"IMAGE", number}
	report        = recordType{"SR DOCUMENT", []tag{tagContentDate, tagContentTime, tagInstanceNumber, tagConceptNameSeq, tagCompletion, tagVerification}}
	keyObjects    = recordType{"KEY OBJECT DOC", []tag{tagContentDate, tagContentTime, tagInstanceNumber, tagConceptNameSeq}}
	shown         = recordType{"PRESENTATION", presentation}
	waveform      = recordType{"WAVEFORM", numberedDate}
	encapsulated  = recordType{"ENCAP DOC", []tag{tagContentDate, tagContentTime, tagInstanceNumber, tagConceptNameSeq, tagDocumentTitle, tagDocumentType}}
	spectroscopy  = recordType{"SPECTROSCOPY", append([]tag{tagImageType}, numberedDate...)}
	rawData       = recordType{"RAW DATA", numberedDate}
	registration  = recordType{"REGISTRATION", contentKeys}
	fiducial      = recordType{"FIDUCIAL", contentKeys}
	surface       = recordType{"SURFACE", contentKeys}
	valueMap      = recordType{"VALUE MAP", contentKeys}
	dose          = recordType{"RT DOSE", []tag{tagInstanceNumber, tagDoseSummation}}
	structureSet  = recordType{"RT STRUCTURE SET", []tag{tagInstanceNumber, tagStructureSetLabel, tagStructureSetDate, tagStructureSetTime}}
	plan          = recordType{"RT PLAN", []tag{tagInstanceNumber, tagPlanLabel, tagPlanDate, tagPlanTime}}
	treatment     = recordType{"RT TREAT RECORD", []tag{tagInstanceNumber, tagTreatmentDate, tagTreatmentTime}}
	stereometric  = recordType{"STEREOMETRIC", nil}
	measurement   = recordType{"MEASUREMENT", contentKeys}
	tract         = recordType{"TRACT", contentKeys}
	assessment    = recordType{"ASSESSMENT", numberedDate}
	surfaceScan   = recordType{"SURFACE SCAN", numberedDate}
	radiotherapy  = recordType{"RADIOTHERAPY", append([]tag{tagContentLabel, tagContentDescription, tagContentCreator}, numberedDate...)}
	microAnnotate = recordType{"ANNOTATION", contentKeys}
)

// recordTypes are those of the storage classes that are no images, by what
// follows classRoot (PS3.3, table F.4-1); a name with a dot behind stands for all
// below it.
var recordTypes = []struct {
	class string
	recordType
}{
	{"88.59", keyObjects},
	{"88.", report},
	{"9.", waveform},
	{"11.", shown},
	{"104.", encapsulated},
	{"4.2", spectroscopy},
	{"66", rawData},
	{"66.1", registration},
	{"66.3", registration},
	{"66.2", fiducial},
	{"66.5", surface},
	{"66.6", tract},
	{"67", valueMap},
	{"68.", surfaceScan},
	{"481.2", dose},
	{"481.3", structureSet},
	{"481.5", plan},
	{"481.8", plan},
	{"481.4", treatment},
	{"481.6", treatment},
	{"481.7", treatment},
	{"481.9", treatment},
	{"481.10", radiotherapy},
	{"481.11", radiotherapy},
	{"77.1.5.3", stereometric},
	{"78.", measurement},
	{"79.", measurement},
	{"80.", measurement},
	{"90.", assessment},
	{"91.", microAnnotate},
}

// typeOf is the record type of a storage class: images have one, and most other
// things one each.
func typeOf(class string) recordType {
	below, ok := strings.CutPrefix(class, classRoot)
	if !ok {
		return image
	}
	for _, t := range recordTypes {
		if below == t.class || strings.HasSuffix(t.class, ".") && strings.HasPrefix(below, t.class) {
			return t.recordType
		}
	}
	return image
}
