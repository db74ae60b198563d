// Package fhir reads FHIR in JSON and XML, as DSTU2, STU3, R4 and R4B write it:
// Bundles of every type, single resources, and files of one resource a line.
//
// # A short tour
//
//	stream.go     documents, bundles and entries, one at a time
//	xml.go        the same in XML; xmltext.go puts it into the text of JSON
//	wrapped.go    the envelopes of Fasten and Mere Medical around such resources
//	older.go      resources of DSTU2 and STU3 put into the shape of R4;
//	              older_shapes.go has the table of differences
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
//     empty. A resource is read as the version that its elements show, since
//     files do not say it and mix them; one of R5 is named and not read.
//   - What an older version denies (wasNotGiven, notDone, taken "n") is denied.
//   - No reference leaves the file: no address is ever opened.
//   - Issues name a place by JSON pointer or XPath and line, and hold no word of the content.
//
// The standard: https://hl7.org/fhir/R4/
package fhir
