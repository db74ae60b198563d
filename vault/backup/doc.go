// Package backup keeps copies of a vault's sealed files, outside of the vault.
// It knows no records: it handles names, sizes and sealed bytes.
//
// A [Shelf] is a folder that holds every sealed file once, under the SHA-256 of
// its bytes, and lists of what made up the vault at a time:
//
//	blobs/ab/abcd…               the bytes of a segment or an original
//	lists/<epoch>-<time>/        vault.json (the clear header), list (sealed)
//
// A vault's closed segments and originals never change, so the next run copies
// what is new and little more. Its laws:
//
//   - The list is written last, and only when every byte that was copied has
//     been read back: what has a list is whole.
//   - A run that is cut short leaves what was there before as it was.
//   - Nothing that another vault put there is touched.
//
// vault/FORMAT.md gives every byte.
package backup
