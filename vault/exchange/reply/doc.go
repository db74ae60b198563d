// Package reply reads the answer that a doctor typed into a package's page and
// saved as a file: a Bundle of FHIR R4 with the tag urn:carnet:kind, reply
// (package html says how it is written).
//
// Anybody can make such a file, and nobody verified who did. So, unlike any other
// file of FHIR, it can only add:
//
//   - It holds notes and proposals for medicines, and nothing else; a file with
//     anything else in it is refused as a whole.
//   - What it says stands under the name that was typed, marked as not verified,
//     and is no care provider's statement.
//   - A proposal is a proposal: it is never a current medicine, whatever status the
//     file gives it (CLINICAL-SAFETY hazards 13 and 14), nor a word that it must
//     not be taken, and its name says so.
//   - It carries no identifiers, no versions and no description of the patient
//     into the record: with none of them can it replace, correct or withdraw what
//     is there. The patient in it only finds whose record it is about.
package reply
