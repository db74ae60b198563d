package dicom

// wanted are the attributes that are taken over, with their VR for data sets that
// give none (PS3.6, 6). All others are passed over.
type wanted map[tag]string

// vr is that of an attribute; "" for one that is passed over.
func (w wanted) vr(t tag) string {
	if group := t.group(); group >= 0x6000 && group <= 0x601E && group%2 == 0 { // each overlay has a group (PS3.5, 7.6)
		t = tagOverlays | t&0xFFFF
	}
	return w[t]
}

// attributes are those of a header that become records.
var attributes = wanted{
	tagMediaStorageSOPClassUID: "UI", tagMediaStorageSOPInstanceUID: "UI", tagSyntax: "UI",
	tagFirstRecord: "UL", tagDirectoryRecordSeq: "SQ", tagNextRecord: "UL", tagRecordInUse: "US", tagLowerRecord: "UL",
	tagDirectoryRecordType: "CS", tagReferencedFileID: "CS", tagReferencedSOPUID: "UI",
	tagCharset: "CS", tagImageType: "CS", tagSOPClassUID: "UI", tagSOPInstanceUID: "UI",
	tagStudyDate: "DA", tagSeriesDate: "DA", tagContentDate: "DA", tagStudyTime: "TM", tagSeriesTime: "TM", tagContentTime: "TM",
	tagAccessionNumber: "SH", tagModality: "CS", tagInstitutionName: "LO", tagReferringPhysician: "PN",
	tagCodeValue: "SH", tagCodingScheme: "SH", tagCodingVersion: "SH", tagCodeMeaning: "LO", tagLongCodeValue: "UC", tagURNCodeValue: "UR",
	tagTimezoneOffset: "SH", tagStudyDescription: "LO", tagProcedureCodeSeq: "SQ", tagSeriesDescription: "LO", tagDepartment: "LO",
	tagPerformingPhysician: "PN", tagReadingPhysician: "PN", tagAdmittingDiagnoses: "LO", tagReferencedUID: "UI", tagReferencedSOPSeq: "SQ",
	tagPredecessorsSeq: "SQ", tagReferencedClass: "UI", tagReferencedSeriesSeq: "SQ",
	tagAnatomicRegionSeq: "SQ",
	tagPatientName:       "PN", tagPatientID: "LO", tagIssuerOfPatientID: "LO", tagIssuerQualifiersSeq: "SQ", tagPatientBirthDate: "DA",
	tagPatientSex: "CS", tagOtherPatientIDs: "LO", tagOtherPatientNames: "PN", tagOtherPatientIDsSeq: "SQ", tagPatientBirthName: "PN",
	tagMedicalAlerts: "LO", tagAllergies: "LO", tagPatientHistory: "LT", tagSpecies: "LO", tagPatientComments: "LT", tagIdentityRemoved: "CS",
	tagContrastAgent: "LO", tagBodyPart: "CS", tagViewPosition: "CS",
	tagStudyUID: "UI", tagSeriesUID: "UI", tagSeriesNumber: "IS", tagInstanceNumber: "IS", tagLaterality: "CS", tagImageLaterality: "CS",
	tagStudySeries: "IS", tagStudyInstances: "IS", tagImageComments: "LT", tagFrameAnatomySeq: "SQ", tagFrameLaterality: "CS",
	tagSamplesPerPixel: "US", tagPhotometric: "CS", tagFrames: "IS", tagRows: "US", tagColumns: "US", tagBitsAllocated: "US",
	tagBurnedIn: "CS", tagLossy: "CS", tagRequestedProcedure: "LO", tagStudyComments: "LT",
	tagUniversalEntityID: "UT", tagUniversalEntityType: "CS", tagRequestAttributesSeq: "SQ", tagUnitsSeq: "SQ", tagReason: "LO",
	tagRelationship: "CS", tagObservationDateTime: "DT", tagValueType: "CS", tagConceptNameSeq: "SQ", tagVerifyingSeq: "SQ", tagVerifyingName: "PN",
	tagAuthorSeq: "SQ", tagDateTime: "DT", tagDate: "DA", tagTime: "TM", tagPersonName: "PN", tagUID: "UI", tagTextValue: "UT",
	tagConceptCodeSeq: "SQ", tagMeasuredValueSeq: "SQ", tagNumericQualifierSeq: "SQ", tagNumericValue: "DS",
	tagCompletion: "CS", tagVerification: "CS", tagPreliminary: "CS", tagContentSeq: "SQ", tagContentReference: "UL",
	tagDocumentTitle: "ST", tagDocument: "OB", tagDocumentType: "LO", tagDocumentLength: "UL", tagSharedGroupsSeq: "SQ",
}

// isVR says whether two bytes are a value representation (PS3.5, 6.2).
func isVR(vr string) bool {
	switch vr {
	case "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV", "OW",
		"PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "UV":
		return true
	}
	return false
}

// isLong says that the length of a VR has 32 bits behind two reserved bytes
// (PS3.5, 7.1.2).
func isLong(vr string) bool {
	switch vr {
	case "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV":
		return true
	}
	return false
}

// isText says that a VR is in the character set of the data set (PS3.5, 6.1.2.2).
func isText(vr string) bool {
	switch vr {
	case "LO", "LT", "PN", "SH", "ST", "UC", "UT":
		return true
	}
	return false
}

// isOne says that a backslash of a VR is none between values (PS3.5, 6.4).
func isOne(vr string) bool { return vr == "LT" || vr == "ST" || vr == "UT" || vr == "UR" }
