// Package xdm reads the list of documents that IHE XDM puts beside them
// (Cross-enterprise Document Media Interchange, IHE ITI TF-1 16 and TF-2 3.32,
// https://profiles.ihe.net/ITI/TF/Volume2/ITI-32.html): the METADATA.XML of each
// submission set under IHE_XDM, in ebRIM 3.0. Portals hand out their downloads in
// this layout, with pages, style sheets and a readable copy around it.
//
// It imports nothing itself: the documents are read by their own formats. The
// list says which files belong, what each is called, whom it is about, and how
// large it was and which checksum it had when the list was made.
//
// A tour: format.go finds the lists of a tree; metadata.go and entry.go read
// ebRIM; patient.go reads whom a document is about, about.go who wrote it and what
// it is; check.go holds each file
// against its entry; portal.go knows the files that are no documents, and the
// readable copies of documents.
//
// The laws of this package:
//
//   - A name in a list is looked up among the files of the tree and nowhere else:
//     no list leads out of what the user gave.
//   - Nothing is shown of the portal's pages and style sheets; they are kept and
//     said to be there.
//   - A list that is wrong or broken loses no document: the files are read
//     whatever it says, and the difference is told with them.
package xdm
