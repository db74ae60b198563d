// Package bluebutton reads the plain text that Blue Button gives out: the
// reports of the VA's My HealtheVet (from version 12 on), the newer "VA Blue
// Button report" of VA.gov, and the text of MyMedicare.gov (CMS).
//
// A tour: format.go is the way in; split.go finds the sections of each grammar;
// item.go reads "Key: value" blocks; sections.go is THE table of sections and
// what becomes of them; patient.go, medication.go, lab.go and so on make one
// kind of record each.
//
// The laws of this package:
//
//   - The whole text is also one DocumentReference with a section per heading,
//     so that nothing is lost where no block is understood.
//   - Each block is exactly one item of the receipt. A section that the table
//     does not know is one item that is kept, named by its lines.
//   - What a person entered at home and what a provider recorded are told apart
//     by the section's "Source:" line.
//   - Dates are read as each source defines them: the VA writes months as words,
//     CMS and the VA's military data write MM/DD/YYYY.
//   - A key that is not understood is kept as a note, never dropped.
package bluebutton
