// Package store is db/, by which a vault is read fast: sealed values under keys,
// as they were at an epoch, with proof that the files are as the last close left
// them.
//
// It is Badger v4 in managed mode: the version of every entry is the epoch of
// the transaction that wrote it, so a reader at one epoch never sees half of the
// next. What keys and values say is no matter of this package. FORMAT.md has the
// files, under db/; the account of them, which a [Proof] is held against, is
// written and sealed by package vault.
//
//	s, err := store.Open(dir, keys, false)
//	b := s.Batch(epoch)
//	err = b.Set(key, plain)
//	err = b.Flush()
//	r := s.At(epoch)
//	defer r.Close()
//	plain, err := r.Get(key)
//
// The laws of this package:
//
//   - A value that was changed, or that stands under another key, at another
//     version or in another vault, does not open.
//   - Nobody is told that there is no more, or none, before the files are shown
//     to be whole: see [Proof].
//   - No error holds a word of Badger, which can quote values, and no panic of
//     Badger over a changed byte gets out: it is [ErrBroken], which is damage.
//   - Nothing here is durable by itself: the journal is.
//   - It imports seal, damage and Badger; no other package imports Badger.
//
// A [Store] is safe for concurrent use, and so is looking up in a [Read]; a
// [Cursor], a [Batch] and a [Load] belong to one goroutine. A [Proof] is begun and ended by
// one, and waited for by any.
package store
