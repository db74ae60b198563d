package office

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"unicode/utf16"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// The compound file ([MS-CFB] 2.2 to 2.6).
const (
	compoundMagic  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	entrySize      = 128    // bytes of one entry of the directory
	sectorsMost    = 10_000 // of the directory
	headerDIFAT    = 109    // sectors of the table that the header lists
	lastSector     = 0xfffffff9
	nameBytesLimit = 64
)

// readCompound is the task that finds out which program wrote a compound file.
var readCompound = exchange.Task{Name: "compound", Run: func(in io.Reader, out io.Writer) error {
	s, err := newSpool(in)
	if err != nil {
		return err
	}
	r := result{Kind: "ole"}
	for _, name := range compoundNames(s) {
		switch name {
		case "WordDocument":
			r.Kind = "doc"
		case "Workbook", "Book":
			r.Kind = "xls"
		case "PowerPoint Document":
			r.Kind = "ppt"
		case "__properties_version1.0":
			r.Kind = "msg"
		case "EncryptedPackage":
			r.Kind, r.Locked = "locked", true
		case "Macros", "_VBA_PROJECT_CUR", "VBA":
			r.Macros = true
		case "ObjectPool":
			r.Files++
		}
	}
	return json.NewEncoder(out).Encode(r)
}}

// compoundNames lists what is inside: the entries of the directory, whose sectors
// the allocation table chains.
func compoundNames(s *spool) []string {
	var header [512]byte
	if _, err := s.ReadAt(header[:], 0); err != nil || string(header[:8]) != compoundMagic {
		return nil
	}
	le := binary.LittleEndian
	shift := le.Uint16(header[30:])
	if shift != 9 && shift != 12 {
		return nil
	}
	size := int64(1) << shift
	var names []string
	sector := le.Uint32(header[48:])
	for n := 0; n < sectorsMost && sector <= lastSector; n++ {
		b := make([]byte, size)
		if _, err := s.ReadAt(b, (int64(sector)+1)*size); err != nil {
			break
		}
		for at := 0; at+entrySize <= len(b); at += entrySize {
			if name := entryName(b[at : at+entrySize]); name != "" {
				names = append(names, name)
			}
		}
		sector = nextSector(s, header[:], size, sector)
	}
	return names
}

// nextSector looks a sector's successor up. A file whose table is longer than
// the header lists (7 MiB and more) may have its directory end early, which
// costs no more than the name of its kind.
func nextSector(s *spool, header []byte, size int64, sector uint32) uint32 {
	le := binary.LittleEndian
	perTable := uint32(size / 4)
	table := sector / perTable
	if table >= headerDIFAT {
		return lastSector + 1
	}
	at := (int64(le.Uint32(header[76+4*table:]))+1)*size + int64(sector%perTable)*4
	var next [4]byte
	if _, err := s.ReadAt(next[:], at); err != nil {
		return lastSector + 1
	}
	return le.Uint32(next[:])
}

// entryName is the name in a directory entry, in UTF-16.
func entryName(b []byte) string {
	n := min(int(binary.LittleEndian.Uint16(b[64:])), nameBytesLimit) - 2
	if n <= 0 || n%2 != 0 {
		return ""
	}
	units := make([]uint16, n/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
