// Package exchange brings files into a vault and takes packages out of it.
//
// [Import] is the one door in, for the window and the command line alike. It
// reads every [Source] with the [Format] that recognises it, finds out whose
// record it is, reconciles it with what the vault already holds, and gives a
// [Batch] to look at. Nothing is written until [Batch.Commit], which is one
// atomic change.
//
// [Select] is the one door out: it gathers the records of one person that may
// leave, and every exporting Format writes from that [Selection] alone.
//
// The laws of this package:
//
//   - A Format is a value, not a type: identify, import and export are plain
//     functions. It knows this package, record and its own parser, and no
//     vault, no screen, no other format.
//   - The pipeline, not the format, keeps the original, stamps provenance,
//     counts and reconciles. A format that panics loses its file, not the vault.
//   - Every item read ends in exactly one count of the [record.Receipt].
//   - Errors and issues say which file and where, never what it said.
package exchange
