// Package ccda reads clinical documents in XML: C-CDA R1.1, R2.0 and R2.1
// (https://hl7.org/cda/us/ccda/), the older C32 and CCD, and, by structure, any
// HL7 CDA Release 2 document (ISO/HL7 27932).
//
// A tour: format.go is the way in; document.go walks header and sections;
// area.go and role.go decide what a statement is, by section code, template id
// and structure alike; allergy.go, problem.go, medication.go and so on make one
// kind of record each; code.go, oid.go, when.go, quantity.go, value.go and
// text.go read the data types; narrative.go renders the attested text, and
// compare.go and numbers.go hold it against the entries. foreign.go, certainty.go
// and pharm.go know what older guides and other countries have, phone.go what a
// phone writes; roots.go takes files apart that hold more than one document, and
// replaced.go tells which documents this one takes the place of.
//
// The laws of this package:
//
//   - Every document gives one DocumentReference with all its sections and their
//     narrative, so that nothing is lost even where no entry is understood.
//   - Every clinical statement of an entry is exactly one item of the receipt. A
//     concern act or a vital signs organizer is a wrapper and no item; a result
//     organizer is a DiagnosticReport of its own.
//   - Nothing is guessed: a status, unit or date that is not there stays empty,
//     negationInd is never lost, and no reference is followed but one to a file
//     that came beside the document.
//   - Where CDA and FHIR use different words, the tables in status.go follow the
//     HL7 guide "C-CDA on FHIR" (https://hl7.org/fhir/us/ccda/); a word that the
//     guide does not map stays as written.
package ccda
