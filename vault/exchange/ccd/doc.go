// Package ccd writes a selection of records as a Continuity of Care Document of
// HL7 C-CDA R2.1 (template 2.16.840.1.113883.10.20.22.1.2, extension 2015-08-01;
// https://hl7.org/cda/us/ccda/), from the same input as the patient summary of
// package ips, and checks one against its selection ([Verifier]).
//
// A tour: writer.go and section.go are the frame; head.go, patient.go, about.go and
// author.go say whose record it is, who put it together and who stated what;
// sections.go and the files beside it decide what stands in which section; one file
// for each kind of entry; code.go, when.go, quantity.go and value.go write the data
// types; statement.go and markup.go the narrative; fact.go, factof.go and verify.go
// hold what is read again against what was written.
//
// The laws of this package:
//
//   - Every record has a row in the narrative that says all that is stated of it,
//     with its status, its date with the month in words, and its source. Every
//     entry refers to its row.
//   - Nothing is made stronger than the source states it. A status that a template
//     requires and nobody stated is a nullFlavor, or the code that claims the
//     least; a problem that is not held for certain has no code of its own.
//   - What is denied has negationInd where the templates provide for it: allergies,
//     problems, vaccines, problems of relatives, "none known". Medicines,
//     procedures, results, devices and plans have no negation in C-CDA R2.1, so
//     that software would take the entry for the fact: what is denied, not done,
//     not to be done, about someone else or does not count in full stands in words
//     alone, under a title that says so.
//   - A record entered in error is never written, nor one that carries something
//     that is not understood (Held); the latter are counted.
//   - Numbers are the decimal text of the record, comparators the open end of an
//     IVL_PQ, dates as precise as they were written. A unit that is not UCUM stands
//     in a translation in its own words; none is guessed.
//   - A section of which nobody said anything has a nullFlavor, which is not "none".
//   - A document that nobody could read is none: more than two million elements, some
//     35,000 records, is [exchange.ErrTooLarge].
//   - The same selection gives the same bytes. Identities are name-based UUIDs; the
//     issuers' identifiers stand behind them.
//
// # The people of the document
//
// The authors are the patient, with the role ONESELF, and the software. Nobody
// authenticates it. CDA wants a custodian: it is the patient, who alone keeps the
// record, and the name says so. Every entry has an author of its own: the patient
// where the patient entered it, a device, or whom the source names with the
// organisation it comes from. Where nobody is named the author is stated as unknown,
// or the patient would pass for it (CDA R2, section 4.4.2). Persons whom sources name
// in words have ids made of those words.
//
// # What C-CDA cannot hold
//
// All of it stands in the narrative. Read again by package ccda, this comes back
// otherwise or not at all; [Differences] knows it:
//
//   - Certainty of an allergy: there is no element for it. That of a problem is a
//     qualifier of the code, in FHIR's words, and one that is not certain is
//     "other" with its code as a translation.
//   - refuted comes back as denied: negationInd is the one word for both.
//   - "No known allergy", "no known problem" and "no medicine is taken" are a
//     negated allergy, problem or medicine as such; their own codes are gone.
//   - A problem that is called active and has a dated end: CDA has one time, and an
//     end forces "over" (FHIR con-4).
//   - The onset as a period or in words, the end in words: low and high are dates.
//   - Several categories of an allergy, "biologic", last occurrence, route,
//     substance and description of a reaction beside its manifestation. A reaction of
//     several manifestations is one for each.
//   - Medicines: "completed" of FHIR, which says that it is over, is written as
//     inactive, for in CDA it says that the act of prescribing is done. Medicines
//     given are statements that they were taken. Timing in words, rate, maximum and
//     several dosages are one instruction in words: CDA wants times and amounts that
//     would have to be guessed. Intents but order, plan and proposal; days of supply;
//     what is handed out has no status of the taking, and a section of its own, for
//     that of medicines is nothing without one that is or was taken.
//   - Results: amended and corrected are "completed", as final ones; a status that
//     nobody stated is "active", which is not final. Vital signs, social history and
//     notes have one status alone. Categories but laboratory, vital signs and social
//     history. A reading of several parts is one result for each part in its
//     organizer. A vital sign with a comparator, without a UCUM unit, or not final
//     stands among the results. Values of no type of CDA, ranges with one end or a
//     comparator, and sampled data are words.
//   - A report without a coded result is a note. A note keeps its codes behind that
//     of a note; its files are named and not included.
//   - Care plans: each activity is an act of its own; a plan whose status is not
//     stated is in words. Goals are active or in words. Planned visits and
//     procedures are in words.
//   - Relatives: status, age, cause and age of death; one without a problem.
//   - Devices: status, serial and lot number, dates; CDA has those of the supply. A
//     time without a beginning.
//   - Visits: class beside the type, service, admission, diagnoses (problems of their
//     own), organisation. Further types.
//   - Imaging studies and entries of no kind of their own: CCD has no section for
//     them. Questions for the visit stand with the plan, emergency contacts at the
//     head as participants.
//   - Codes without a system, or with blanks; an offset "Z" is +00:00; a time of day
//     keeps what was written. Line ends in notes and names. Characters that XML does
//     not have.
//   - A person's name in words is the family name; old names and addresses;
//     identifiers that are longer than 256 bytes.
//   - Insurance is not in our records: it stays in the originals.
package ccd
