// Package ips writes a selection of records as HL7 FHIR R4 JSON, in three
// shapes: an International Patient Summary ([Document], IPS 2.0,
// http://hl7.org/fhir/uv/ips), a collection of every selected record
// ([Bundle]), and the same one resource a line ([NDJSON]).
//
// The laws of this package:
//
//   - Nothing is made stronger than the source states it. Where FHIR requires
//     a status and the source gives none, the value is "unknown" if the value
//     set has it, else the element holds a data-absent-reason and no value.
//     A word that a required value set lacks goes to a note, in the source's
//     own spelling.
//   - Numbers are the decimal text of the record: 0.010 stays 0.010. Only what
//     JSON cannot write is touched ("+1" is 1, ".5" is 0.5, "007" is 7).
//   - Dates keep their precision. FHIR wants seconds and an offset with every
//     time of day, so ":00" is added to hours and minutes (as FHIR R4 allows),
//     and a time without an offset is cut to its day; what was written then
//     stands beside it in the originalText extension.
//   - What is denied, refuted, not done or about someone else is never written
//     in a way that a hasty reader takes for the opposite. FHIR has no negation
//     for findings, relatives' problems, devices and other entries: there the
//     words say so and the positive code is left to a note.
//   - A record entered in error is never written. A record that carries a
//     modifier nobody understood (Held) is not in the summary, and carries a
//     modifierExtension in the collection, so that no software may process it
//     unseen.
//   - References lead to what is in the file; anything else is words alone.
//   - The same selection gives the same bytes. Identities are name-based UUIDs
//     of the record IDs.
//
// What an export says about itself (when, period, sources, counts, what is not
// in it) stands in the Composition of the summary and in a Provenance of the
// collection. The program that wrote it is contained there: as an entry of its
// own it would pass for a device of the patient. A device and its use are one
// entry as well. Files are described and named by their SHA-256, not included.
//
// A vaccine without a status cannot be told from one not given, so the summary
// names it in the narrative only; the collection writes it without a status
// value.
package ips
