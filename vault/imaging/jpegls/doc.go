// Package jpegls takes frames of JPEG-LS apart, lossless and near-lossless
// (ITU-T T.87, ISO/IEC 14495-1): 2 to 16 bits, one or three components in any
// order, own thresholds, restart intervals. Palettes inside and sizes beyond
// 65535 are not taken.
//
// A tour: decoder.go reads markers, coding.go has what follows from the presets,
// bits.go the coded bits, line.go decodes a line of one component and triple.go
// one whose samples stand together.
package jpegls
