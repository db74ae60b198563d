// Package imaging is what an image of DICOM (https://www.dicomstandard.org,
// PS3.3, C.7.6.3 and C.11) means: stored values, and how they become what is
// shown. It reads no files.
//
// A tour: layout.go says how a frame is stored and native.go takes one that is
// not compressed apart; the packages below this one take compressed ones apart.
// frame.go holds stored values; modality.go, window.go, palette.go, colour.go and
// table.go turn them into a picture. overlay.go has the planes that lie over it,
// orientation.go and spacing.go what may be said about directions and lengths,
// image.go a whole image with its frames.
//
// The laws of this package:
//
//   - Every size is held against its limit before memory is taken for it.
//   - Stored values stay as they are. A changed window costs a table and a
//     lookup, not another decoding.
//   - What no tag says is not said: without spacing in the patient there is no
//     length, without an orientation there are no letters.
//   - Nothing here is for diagnosis.
package imaging
