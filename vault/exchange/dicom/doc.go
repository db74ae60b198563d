// Package dicom reads the headers of DICOM files (https://www.dicomstandard.org,
// PS3.10 and PS3.5): images, structured reports, documents in a DICOM coat, and
// the list of a disc, DICOMDIR. What is filed stops where the pixels begin; [Open]
// finds the frames of an image and has them decoded one by one.
//
// A tour: scan.go and scanner.go read elements one behind the other, value.go
// and charset.go their values; that runs in a child process ([exchange.Task])
// and gives the form of form.go, which is checked before anything is made of it.
// format.go makes records: patient.go whom a file is about, study.go its study
// with one series and one instance, document.go an encapsulated document,
// report.go and content.go a structured report. directory.go reads a DICOMDIR,
// viewer.go knows the programs that lie beside it on discs. For a picture,
// picture.go reads how it is stored, presentation.go, lookup.go and overlay.go how
// it is shown; reel.go and fragment.go find the bytes of a frame, and request.go
// is what the child process is asked about them.
//
// The laws of this package:
//
//   - Every length is held against what is there, before and while reading: what
//     is claimed allocates nothing. A file that is broken is refused with tag and
//     byte offset.
//   - What a tag does not say is not said: laterality is as tagged, of the image
//     where the image has it and of the series where the series has it; a time
//     without an offset has none.
//   - Of a transfer syntax that is not known nothing is read but that.
//   - A measurement in a report becomes a result only where it is named by LOINC,
//     measured in UCUM, of the patient, and nothing beside it says how it is to
//     be taken. The report's text has all of them.
package dicom
