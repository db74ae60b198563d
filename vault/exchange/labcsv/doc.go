// Package labcsv reads tables of laboratory results and of readings taken at
// home: CSV, TSV and what spreadsheets write with semicolons (RFC 4180 and its
// dialects).
//
// A tour: format.go is the way in; table.go splits rows and cells; dialect.go
// finds the separator and the row of headings; columns.go and synonyms.go find
// out what each column holds; dates.go and decimal.go decide how the file writes
// days and numbers; row.go makes the records.
//
// The laws of this package:
//
//   - Whether the day or the month comes first, and whether a comma is a decimal
//     sign, is taken from the file only where the file leaves no doubt, else
//     asked ([exchange.Ask]): nothing of the file is filed before the answer.
//   - Every row below the headings is exactly one item of the receipt; its place
//     is "row 12" as a spreadsheet counts.
//   - Cells are text. A formula stays the words that it is.
//   - A cell of a column that is not understood stays a note of its result.
//   - A table without a column of results is kept as a document.
package labcsv
