// Package record is the health record itself: what a patient's files say, in
// the terms of FHIR R4, independent of any file format, store or screen.
//
// A [Record] is one clinical fact: a [Resource] (an allergy, a result, a
// medicine, …), the [Provenance] that says where each statement of it stands,
// and the patient's own [Overlay]. The kinds are the rows of the table in
// kind.go; a new kind is one file and one line there.
//
// The laws of this package:
//
//   - It imports the standard library alone.
//   - Nothing clinical is guessed. A status that the source does not state is
//     the empty string, a unit that is not given is empty, a date carries the
//     precision that was written and no more.
//   - Numbers are decimal text ([Quantity]), never floats; dates are the text
//     that was written, brought to ISO 8601 ([Date]), never converted.
//   - The source's own words come first ([Concept.Text]); codes stand beside.
//   - Struct tags name the stored form. They spell the FHIR element names and
//     never change meaning: vault/FORMAT.md says how a version is told.
package record
