// Package wrap protects a package that is about to leave, by what its receiver
// can open:
//
//	Zip   an archive of WinZip's AES-256 (7-Zip, WinZip, WinRAR, Keka)
//	Age   a file of age v1, for a passphrase or for the keys of recipients
//	Page  one HTML file that any current browser decrypts by itself
//
// The laws of this package:
//
//   - The files of a package never lie on the disk in clear text: they are laid
//     down in a [Stage], sealed under a key that only this process has, and
//     wrapped from there.
//   - No name, date or number of files can be read without the passphrase. Zip
//     shows the names of its members, so the package is one plain archive inside
//     the encrypted one, beside a note on how to open it.
//   - What was wrapped is opened again, and every byte compared, by [Verify].
package wrap
