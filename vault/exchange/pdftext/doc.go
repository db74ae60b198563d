// Package pdftext reads the words of PDF files (ISO 32000), for
// search, and draws their pages.
//
// The library is PDFium, the reader of a widely used browser, compiled to
// WebAssembly: its memory is walled off from ours even inside the child process
// in which it runs, and the build needs no C compiler.
//
// The laws of this package:
//
//   - The file is kept as it is and filed as one document. Nothing that it says
//     becomes a fact, and it says nothing about whose it is.
//   - What its maker wrote about it (title, date) is told as such.
//   - Nothing in it runs. That it could do something when opened elsewhere
//     (scripts, programs to start, files inside) is told.
//   - A page is drawn in the child, one at a time, with at most
//     [paper.MostPixels]; where that fails, the words of the failure take its place.
package pdftext
