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
// # What comes back otherwise
//
// An export that is read again gives the records that it was made of, element by
// element (the tests of package formats do this with random records and with every
// sample). These are all the exceptions; in each, what is not in its place stands
// in words of the entry, nothing is added that the record does not say, and no
// status counts for more than it did:
//
//   - A status that nobody gave is "unknown", as said above, and that of a kind that
//     has other codes is the one that claims the same or less, with the source's word in a note: for
//     a status, where FHIR requires it and the source gives none, the value is "unknown" if the value
//     set has it. A word that a required value set lacks goes to a note, in the
//     source's own spelling; so do a severity, a category, a kind of an activity.
//   - The narrative is made anew from what the record states. For reports, plans and
//     notes it holds the source's own text; otherwise the source's own formatted text of an
//     entry stays in its original, and on the page.
//   - References lead to what is in the file; anything else is words alone. The
//     names by which the sources' references went are gone, as are the ids of
//     documents that a document replaces.
//   - Files are described and named by their SHA-256, not included; the title of a
//     document is its description.
//   - "None known" by a negation of the source has the code for it: a code that only
//     says so because it is negated would read as the thing itself, so the IPS code of the
//     same scope stands in, and the source's in a note.
//   - FHIR has no negation for findings, relatives' problems, devices and other
//     entries: their names say "not", an extension of ours names the thing, and a
//     device is a Basic. Of a finding the parts of a result that is denied are notes.
//   - "Do not take" exists for orders alone, so that a statement of it is an order not
//     to give it.
//   - A single moment of a visit or a plan is the period that begins and ends with
//     it. A period that ends before it starts, a time of a relative's problem, a range with
//     comparators and a dose with one are words, and the class of a visit is one Coding.
//   - What FHIR has no element for stands in a note, by its name: the form and the
//     ingredients of a medicine, when a statement was written, who prescribed it, the
//     supply, further dosages of what was given, the value of a procedure.
//   - Who recorded an entry, and what had no name, are filled in from its source and
//     in words that say so.
//
// A vaccine without a status cannot be told from one not given, so the summary
// names it in the narrative only; the collection writes it without a status
// value.
package ips
