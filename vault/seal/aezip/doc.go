// Package aezip writes and reads zip archives whose members are encrypted as
// the WinZip specification AE-2 says
// (https://www.winzip.com/en/support/aes-encryption/), with 256-bit keys: what
// 7-Zip, WinZip, WinRAR, Keka and libarchive open. Explorer and Finder do not.
//
// The specification fixes what this package cannot better:
//
//   - Keys come from the passphrase by PBKDF2-HMAC-SHA1 with 1,000 rounds, which
//     slows nobody down. The passphrase alone protects: seal.GeneratePassphrase
//     gives one that does.
//   - Names, sizes and times of members are readable without it. Whoever has
//     names to hide puts an archive inside the archive.
//   - The authentication code has 80 bits and covers a member's bytes, not its
//     name: a member may be dropped or renamed unseen.
//
// Members are stored, not compressed: what they hold is an archive, or random.
// Structures of zip and zip64 are those of PKWARE's APPNOTE.TXT 6.3.
package aezip
