// Package fhir reads FHIR R4 and R4B in JSON: Bundles of every type, single
// resources, and files of one resource a line.
//
// # A short tour
//
//	stream.go     documents, bundles and entries, one at a time
//	importer.go   what becomes of each resource; routes.go has the table
//	draft.go      a resource read, before its references are known
//	index.go      who is who in the file; references resolved inside it alone
//	finish.go     drafts become records
//	types.go …    FHIR data types; one file for each kind of record
//
// # Laws
//
//   - One pass. A reference to what stands further down the file is noted, and
//     filled in when the file has been read; nothing of the file's text is kept
//     for that but the reference.
//   - Nothing is guessed: a status is the code that is written, a missing one is
//     empty, a resource of another FHIR version is named and not read.
//   - No reference leaves the file: no address is ever opened.
//   - Issues name a place by JSON pointer and hold no word of the content.
//
// The standard: https://hl7.org/fhir/R4/
package fhir
