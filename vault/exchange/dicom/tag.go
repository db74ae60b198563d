package dicom

import "fmt"

// tag is an attribute's number: group and element (PS3.5, 7.1).
type tag uint32

// String is the tag as the standard writes it: "(7FE0,0010)".
func (t tag) String() string { return fmt.Sprintf("(%04X,%04X)", uint32(t)>>16, uint32(t)&0xFFFF) }

func (t tag) group() uint16 { return uint16(t >> 16) }

// The tags that the reader itself knows; the others stand in attributes.
const (
	tagMetaLength  tag = 0x00020000
	tagSyntax      tag = 0x00020010
	tagCharset     tag = 0x00080005
	tagItem        tag = 0xFFFEE000
	tagItemEnd     tag = 0xFFFEE00D
	tagSeqEnd      tag = 0xFFFEE0DD
	tagDocument    tag = 0x00420011
	tagOverlays    tag = 0x60000000
	tagFloatPixel  tag = 0x7FE00008
	tagDoublePixel tag = 0x7FE00009
	tagPixel       tag = 0x7FE00010
)

// isPixel says that the header ends here (PS3.3, C.7.6.3 and C.7.6.24).
func (t tag) isPixel() bool { return t >= tagFloatPixel && t <= tagPixel }

// The attributes that become records (PS3.6), named as PS3.6 does.
const (
	tagMediaStorageSOPClassUID    tag = 0x00020002
	tagMediaStorageSOPInstanceUID tag = 0x00020003

	tagFirstRecord          tag = 0x00041200
	tagDirectoryRecordSeq   tag = 0x00041220
	tagNextRecord           tag = 0x00041400
	tagRecordInUse          tag = 0x00041410
	tagLowerRecord          tag = 0x00041420
	tagDirectoryRecordType  tag = 0x00041430
	tagReferencedFileID     tag = 0x00041500
	tagReferencedSOPUID     tag = 0x00041511
	tagImageType            tag = 0x00080008
	tagSOPClassUID          tag = 0x00080016
	tagSOPInstanceUID       tag = 0x00080018
	tagStudyDate            tag = 0x00080020
	tagSeriesDate           tag = 0x00080021
	tagContentDate          tag = 0x00080023
	tagStudyTime            tag = 0x00080030
	tagSeriesTime           tag = 0x00080031
	tagContentTime          tag = 0x00080033
	tagAccessionNumber      tag = 0x00080050
	tagModality             tag = 0x00080060
	tagInstitutionName      tag = 0x00080080
	tagReferringPhysician   tag = 0x00080090
	tagCodeValue            tag = 0x00080100
	tagCodingScheme         tag = 0x00080102
	tagCodingVersion        tag = 0x00080103
	tagCodeMeaning          tag = 0x00080104
	tagLongCodeValue        tag = 0x00080119
	tagURNCodeValue         tag = 0x00080120
	tagTimezoneOffset       tag = 0x00080201
	tagStudyDescription     tag = 0x00081030
	tagProcedureCodeSeq     tag = 0x00081032
	tagSeriesDescription    tag = 0x0008103E
	tagDepartment           tag = 0x00081040
	tagPerformingPhysician  tag = 0x00081050
	tagReadingPhysician     tag = 0x00081060
	tagAdmittingDiagnoses   tag = 0x00081080
	tagReferencedUID        tag = 0x00081155
	tagReferencedSOPSeq     tag = 0x00081199
	tagAnatomicRegionSeq    tag = 0x00082218
	tagPatientName          tag = 0x00100010
	tagPatientID            tag = 0x00100020
	tagIssuerOfPatientID    tag = 0x00100021
	tagIssuerQualifiersSeq  tag = 0x00100024
	tagPatientBirthDate     tag = 0x00100030
	tagPatientSex           tag = 0x00100040
	tagOtherPatientIDs      tag = 0x00101000
	tagOtherPatientNames    tag = 0x00101001
	tagOtherPatientIDsSeq   tag = 0x00101002
	tagPatientBirthName     tag = 0x00101005
	tagMedicalAlerts        tag = 0x00102000
	tagAllergies            tag = 0x00102110
	tagPatientHistory       tag = 0x001021B0
	tagSpecies              tag = 0x00102201
	tagPatientComments      tag = 0x00104000
	tagIdentityRemoved      tag = 0x00120062
	tagContrastAgent        tag = 0x00180010
	tagBodyPart             tag = 0x00180015
	tagViewPosition         tag = 0x00185101
	tagStudyUID             tag = 0x0020000D
	tagSeriesUID            tag = 0x0020000E
	tagSeriesNumber         tag = 0x00200011
	tagInstanceNumber       tag = 0x00200013
	tagLaterality           tag = 0x00200060
	tagImageLaterality      tag = 0x00200062
	tagStudySeries          tag = 0x00201206
	tagStudyInstances       tag = 0x00201208
	tagImageComments        tag = 0x00204000
	tagFrameAnatomySeq      tag = 0x00209071
	tagFrameLaterality      tag = 0x00209072
	tagSamplesPerPixel      tag = 0x00280002
	tagPhotometric          tag = 0x00280004
	tagFrames               tag = 0x00280008
	tagRows                 tag = 0x00280010
	tagColumns              tag = 0x00280011
	tagBitsAllocated        tag = 0x00280100
	tagBurnedIn             tag = 0x00280301
	tagLossy                tag = 0x00282110
	tagRequestedProcedure   tag = 0x00321060
	tagStudyComments        tag = 0x00324000
	tagUniversalEntityID    tag = 0x00400032
	tagUniversalEntityType  tag = 0x00400033
	tagRequestAttributesSeq tag = 0x00400275
	tagUnitsSeq             tag = 0x004008EA
	tagReason               tag = 0x00401002
	tagRelationship         tag = 0x0040A010
	tagObservationDateTime  tag = 0x0040A032
	tagValueType            tag = 0x0040A040
	tagConceptNameSeq       tag = 0x0040A043
	tagVerifyingSeq         tag = 0x0040A073
	tagVerifyingName        tag = 0x0040A075
	tagAuthorSeq            tag = 0x0040A078
	tagDateTime             tag = 0x0040A120
	tagDate                 tag = 0x0040A121
	tagTime                 tag = 0x0040A122
	tagPersonName           tag = 0x0040A123
	tagUID                  tag = 0x0040A124
	tagTextValue            tag = 0x0040A160
	tagConceptCodeSeq       tag = 0x0040A168
	tagMeasuredValueSeq     tag = 0x0040A300
	tagNumericQualifierSeq  tag = 0x0040A301
	tagNumericValue         tag = 0x0040A30A
	tagPredecessorsSeq      tag = 0x0040A360
	tagReferencedClass      tag = 0x00081150
	tagReferencedSeriesSeq  tag = 0x00081115
	tagCompletion           tag = 0x0040A491
	tagVerification         tag = 0x0040A493
	tagPreliminary          tag = 0x0040A496
	tagContentSeq           tag = 0x0040A730
	tagContentReference     tag = 0x0040DB73
	tagDocumentTitle        tag = 0x00420010
	tagDocumentType         tag = 0x00420012
	tagDocumentLength       tag = 0x00420015
	tagSharedGroupsSeq      tag = 0x52009229
)
