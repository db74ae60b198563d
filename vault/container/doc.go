// Package container looks into files that hold files: zip archives and disc
// images. It reads members in place and never unpacks to disk.
//
// The bytes are hostile. An archive whose directory cannot be trusted as a whole
// is refused: names that stand twice, members that share their bytes, more
// members than anyone needs. A single member that cannot be trusted (a name that
// leads out of the archive, an encrypted or bloated content) is listed with its
// Fault and cannot be opened.
//
// Names follow the rules of every system at once: what Windows would read as a
// drive, a stream or a device is a fault on Linux too.
package container
