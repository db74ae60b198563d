package dicom

// The attributes that say how pixels are stored and shown (PS3.3, C.7.6 and C.11),
// besides those of a record.
const (
	tagPlanar              tag = 0x00280006
	tagStoredBits          tag = 0x00280101
	tagHighBit             tag = 0x00280102
	tagRepresentation      tag = 0x00280103
	tagPaddingValue        tag = 0x00280120
	tagPaddingLimit        tag = 0x00280121
	tagWindowCenter        tag = 0x00281050
	tagWindowWidth         tag = 0x00281051
	tagIntercept           tag = 0x00281052
	tagSlope               tag = 0x00281053
	tagRescaleType         tag = 0x00281054
	tagWindowName          tag = 0x00281055
	tagCurve               tag = 0x00281056
	tagRedDescriptor       tag = 0x00281101
	tagGreenDescriptor     tag = 0x00281102
	tagBlueDescriptor      tag = 0x00281103
	tagRed                 tag = 0x00281201
	tagGreen               tag = 0x00281202
	tagBlue                tag = 0x00281203
	tagRedSegments         tag = 0x00281221
	tagGreenSegments       tag = 0x00281222
	tagBlueSegments        tag = 0x00281223
	tagModalityTableSeq    tag = 0x00283000
	tagTableDescriptor     tag = 0x00283002
	tagTableName           tag = 0x00283003
	tagTable               tag = 0x00283006
	tagWindowTableSeq      tag = 0x00283010
	tagShape               tag = 0x20500020
	tagOrientation         tag = 0x00200037
	tagPatientOrientation  tag = 0x00200020
	tagSpacing             tag = 0x00280030
	tagImagerSpacing       tag = 0x00181164
	tagScannedSpacing      tag = 0x00182010
	tagCalibration         tag = 0x00280A02
	tagFrameTime           tag = 0x00181063
	tagCineRate            tag = 0x00180040
	tagDisplayRate         tag = 0x00082144
	tagEachGroupsSeq       tag = 0x52009230
	tagMeasuresSeq         tag = 0x00289110
	tagPlaneOrientationSeq tag = 0x00209116
	tagTransformationSeq   tag = 0x00289145
	tagFrameWindowSeq      tag = 0x00289132
	tagImagePosition       tag = 0x00200032
	tagPlanePositionSeq    tag = 0x00209113
	tagFrameTimes          tag = 0x00181065
	tagPixelAspect         tag = 0x00280034
	tagMultiEnergy         tag = 0x00189361
	tagOffsets             tag = 0x7FE00001
	tagLengths             tag = 0x7FE00002

	// Of the first overlay: the n-th one's group is higher by 2n.
	tagOverlayRows    tag = 0x60000010
	tagOverlayColumns tag = 0x60000011
	tagOverlayFrames  tag = 0x60000015
	tagOverlayKind    tag = 0x60000040
	tagOverlayOrigin  tag = 0x60000050
	tagOverlayFirst   tag = 0x60000051
	tagOverlayBits    tag = 0x60000100
	tagOverlayBit     tag = 0x60000102
	tagOverlayLabel   tag = 0x60001500
	tagOverlayData    tag = 0x60003000
)

// pictured are the attributes of a picture.
var pictured = wanted{
	tagMediaStorageSOPClassUID: "UI", tagSyntax: "UI", tagCharset: "CS", tagSOPClassUID: "UI", tagModality: "CS",
	tagSamplesPerPixel: "US", tagPhotometric: "CS", tagPlanar: "US", tagFrames: "IS", tagRows: "US", tagColumns: "US",
	tagBitsAllocated: "US", tagStoredBits: "US", tagHighBit: "US", tagRepresentation: "US", tagPaddingValue: asStored, tagPaddingLimit: asStored,
	tagWindowCenter: "DS", tagWindowWidth: "DS", tagWindowName: "LO", tagCurve: "CS", tagIntercept: "DS", tagSlope: "DS", tagRescaleType: "LO",
	tagRedDescriptor: asStored, tagGreenDescriptor: asStored, tagBlueDescriptor: asStored, tagRed: asStored, tagGreen: asStored, tagBlue: asStored,
	tagRedSegments: asStored, tagGreenSegments: asStored, tagBlueSegments: asStored,
	tagModalityTableSeq: "SQ", tagWindowTableSeq: "SQ", tagTableDescriptor: asStored, tagTableName: "LO", tagTable: asStored, tagShape: "CS",
	tagOrientation: "DS", tagPatientOrientation: "CS", tagSpacing: "DS", tagImagerSpacing: "DS", tagScannedSpacing: "DS", tagCalibration: "CS",
	tagImagePosition: "DS", tagPlanePositionSeq: "SQ", tagFrameTimes: "DS", tagPixelAspect: "IS", tagMultiEnergy: "CS",
	tagFrameTime: "DS", tagCineRate: "IS", tagDisplayRate: "IS", tagSharedGroupsSeq: "SQ", tagEachGroupsSeq: "SQ", tagMeasuresSeq: "SQ",
	tagPlaneOrientationSeq: "SQ", tagTransformationSeq: "SQ", tagFrameWindowSeq: "SQ", tagOffsets: asStored, tagLengths: asStored,
	tagOverlayRows: "US", tagOverlayColumns: "US", tagOverlayFrames: "IS", tagOverlayKind: "CS", tagOverlayOrigin: "SS", tagOverlayFirst: "US",
	tagOverlayBits: "US", tagOverlayBit: "US", tagOverlayLabel: "LO", tagOverlayData: asStored,
}
