// Package plaintext reads text files that do not say in which encoding they are
// written: reports and tables that a portal or a spreadsheet gave out.
//
// A byte-order mark decides; else text that is valid UTF-8 is UTF-8, and any
// other is Windows-1252 if it can be. Every character is given with its bytes in
// the file, so that what is read points back at the original. NUL and bytes
// that stand for no character are refused with their place, never replaced.
package plaintext
