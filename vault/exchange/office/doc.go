// Package office reads the words of what word processors, spreadsheets and
// slides are saved as: Office Open XML (ECMA-376: DOCX, XLSX, PPTX),
// OpenDocument 1.3 (ODT, ODS, ODP), Rich Text Format 1.9.1, and by name the
// older binary files (MS-CFB: DOC, XLS, PPT, MSG).
//
// The laws of this package:
//
//   - The file is kept as it is and filed as one document. Nothing that it says
//     becomes a fact, and it says nothing about whose it is.
//   - Its words are there for search. What the look of a word says stays with
//     it: a raised figure is written 10^9 and never 109, struck-out words stand
//     between ~~ marks, and a character that cannot be told is U+FFFD, not left
//     out.
//   - The numbers of a spreadsheet are not taken: the file holds them in a form
//     that is not what its reader saw.
//   - What its maker wrote about it (title, day) is told as such.
//   - Nothing in it runs and nothing is fetched. That it could do something when
//     opened elsewhere (macros, templates on other computers, files inside) is
//     told.
//   - It is read in the child process, with limits on every size.
package office
