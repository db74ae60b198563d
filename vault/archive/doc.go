// Package archive writes everything that a vault holds of its people, or of one
// of them, into one file that needs no program of ours: a tar (POSIX ustar) of
//
//	ARCHIVE.json             what this is
//	README.txt               how to read it, for people
//	records-0001.ndjson …    every fact in every version, one JSON object a line
//	imports-0001.ndjson …    what was brought in, when, and what came of it
//	originals-0001.ndjson …  name and place of every original
//	originals/               the originals, byte for byte, named by their SHA-256
//	MANIFEST                 counts, and the SHA-256 of every file (sha256sum -c)
//
// vault/FORMAT.md describes it to the byte. It is plain text: whoever hands it on
// wraps it, usually as age.
//
// [Write] streams and keeps only names of originals in memory. [Open] reads a tar
// once, holds every file against MANIFEST, and gives back exactly the records,
// originals and receipts that were written. What goes into a vault from there is
// the business of exchange.Restore.
//
// The laws of this package:
//
//   - It knows records, and neither the vault nor its keys.
//   - An original that cannot be read is named as lacking; it never keeps the rest
//     from being written.
//   - Nothing of a tar is believed before its manifest is: names, kinds of
//     entries, sizes and sums are checked first.
package archive
