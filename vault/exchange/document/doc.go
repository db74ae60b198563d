// Package document reads files that are documents: text, web pages, pictures.
// Each is one DocumentReference that names the kept file, with its text beside
// it for search.
//
// The laws of this package:
//
//   - A document says nothing about whose it is, and nothing of what it says
//     becomes a fact.
//   - No date is taken from the file system; what a camera wrote is told as such.
//   - Web pages and drawings are text to us: nothing in them runs, nothing is
//     fetched, nothing is drawn.
//   - Pictures are measured and tried in a child process, never decoded here.
//   - Programs are not brought in.
package document
