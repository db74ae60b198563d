// Package csv writes a selection as one table for a spreadsheet: a line for each
// entry, and for a reading of several parts one for each part (RFC 4180, UTF-8
// with a byte order mark, since a spreadsheet takes "µg" for something else
// without it).
//
// The laws of this package:
//
//   - A number is the decimal text of the record, in a column of its own:
//     comparator, unit as written and UCUM code stand beside it, never in it.
//   - What a spreadsheet would take for a formula begins with an apostrophe. A
//     plain number never does: -1.5 stays -1.5.
//   - Every line says of what status it is, whose word, and from which file, and
//     what the whole table leaves out: lines get copied out of tables.
package csv
