// Package journal is the chain of sealed frames that a vault's record is: files
// of frames, each bound to the one before it.
//
// FORMAT.md has every byte, under Segments and Frames. What the frames say is no
// matter of this package: it is given their plain text, whose first byte is
// [FlagLast] or 0, and gives it back.
//
//	segments := journal.In(dir, vaultID, box)
//	chain, err := segments.List()
//	j, scan, err := segments.Open(chain) // changes nothing yet
//	cut, err := j.Settle()
//	broken, err := j.Write(func(emit func(plain []byte) error) error { return emit(plain) })
//	scan, err = segments.Scan(1, func(f journal.Frame) error { … })
//
// The laws of this package:
//
//   - A Write that returned nil is durable; one that returned an error left the
//     segment as it was, or says that it is broken.
//   - What was never acknowledged is dropped in silence: an end that is cut off
//     or blank behind the last whole transaction. Anything else that does not
//     open is damage: a [Damage] of the scan, or a [damage.Error].
//   - A scan goes on behind damage as far as frames can be told.
//   - Nothing is changed by reading: [Journal.Settle] is the first to write.
//   - It imports seal alone, and knows no records, no CBOR and no vault: its
//     numbers and texts say where, never what.
//
// [Segments] is safe for concurrent use. A [Journal] has one owner, who holds
// the vault's write lock.
package journal
