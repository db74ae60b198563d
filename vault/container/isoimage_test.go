package container_test

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// discFile is a file or folder of a made-up disc image.
type discFile struct {
	name    string // in Joliet and Rock Ridge
	plain   string // in ISO 9660
	content string
	files   []discFile // of a folder
	folder  bool
	parts   int    // extents, for a file; 0 for one
	link    bool   // a symbolic link of Rock Ridge
	flags   byte   // more flags of its record
	at      uint32 // block; given to change the layout
}

func folderOf(name string, files ...discFile) discFile {
	return discFile{name: name, plain: strings.ToUpper(name), files: files, folder: true}
}

func fileOf(name, content string) discFile {
	return discFile{name: name, plain: strings.ToUpper(name) + ";1", content: content}
}

// image is the disc in the making.
type image struct {
	b            []byte
	joliet, rock bool
	files        map[string]uint32 // block by content
}

const sectorSize = 2048

// imageOf writes an image: ECMA-119 with Joliet or Rock Ridge as asked.
func imageOf(joliet, rock bool, files ...discFile) []byte {
	m := &image{b: make([]byte, 16*sectorSize), joliet: joliet, rock: rock, files: map[string]uint32{}}
	volumes := []byte{1}
	if joliet {
		volumes = append(volumes, 2)
	}
	at := map[byte]int{}
	for _, kind := range append(volumes, 255) {
		at[kind] = len(m.b)
		m.sectors(1)
		copy(m.b[at[kind]:], string(kind)+"CD001\x01")
		if kind == 255 {
			copy(m.b[at[kind]:], "\xffCD001\x01")
		}
	}
	for _, kind := range volumes {
		v := at[kind]
		if kind == 2 {
			copy(m.b[v+88:], "%/E")
		}
		put16(m.b[v+128:], sectorSize)
		block, size := m.folder(files, kind == 2, true)
		copy(m.b[v+156:], record("\x00", block, size, 2, nil))
	}
	return m.b
}

func (m *image) sectors(n int) int {
	at := len(m.b)
	m.b = append(m.b, make([]byte, n*sectorSize)...)
	return at
}

// folder writes a directory behind all that lies in it.
func (m *image) folder(files []discFile, joliet, root bool) (block, size uint32) {
	var records [][]byte
	use := []byte(nil)
	if m.rock && root && !joliet {
		use = []byte("SP\x07\x01\xbe\xef\x00ER\x12\x01\x0a\x00\x00\x01RRIP_1991A")
	}
	records = append(records, record("\x00", 0, 0, 2, use), record("\x01", 0, 0, 2, nil))
	for _, f := range files {
		records = append(records, m.entry(f, joliet)...)
	}
	length := 0
	for _, r := range records {
		if length%sectorSize+len(r) > sectorSize {
			length += sectorSize - length%sectorSize
		}
		length += len(r)
	}
	sectors := (length + sectorSize - 1) / sectorSize
	at := m.sectors(sectors)
	block, size = uint32(at/sectorSize), uint32(sectors*sectorSize)
	put32(records[0][2:], block)
	put32(records[0][10:], size)
	for _, r := range records {
		if at%sectorSize+len(r) > sectorSize {
			at += sectorSize - at%sectorSize
		}
		at += copy(m.b[at:], r)
	}
	return block, size
}

func (m *image) entry(f discFile, joliet bool) [][]byte {
	name := f.plain
	var use []byte
	switch {
	case joliet:
		name = ""
		suffix := ""
		if !f.folder {
			suffix = ";1"
		}
		for _, u := range utf16.Encode([]rune(f.name + suffix)) {
			name += string([]byte{byte(u >> 8), byte(u)})
		}
	case m.rock:
		use = append([]byte{'N', 'M', byte(5 + len(f.name)), 1, 0}, f.name...)
		if f.link {
			use = append(use, "SL\x0a\x01\x00\x00\x03etc"...)
		}
	}
	if f.folder {
		block, size := m.folder(f.files, joliet, false)
		if f.at > 0 {
			block = f.at
		}
		return [][]byte{record(name, block, size, 2|f.flags, use)}
	}
	return m.file(f, name, use)
}

func (m *image) file(f discFile, name string, use []byte) (records [][]byte) {
	parts := max(f.parts, 1)
	for n := range parts {
		piece := f.content[n*len(f.content)/parts : (n+1)*len(f.content)/parts]
		block, known := m.files[piece]
		if !known {
			block = uint32(m.sectors((len(piece)+sectorSize-1)/sectorSize) / sectorSize)
			copy(m.b[block*sectorSize:], piece)
			m.files[piece] = block
		}
		if f.at > 0 {
			block = f.at
		}
		flags := f.flags
		if n < parts-1 {
			flags |= 0x80
		}
		records = append(records, record(name, block, uint32(len(piece)), flags, use))
	}
	return records
}

// record is a directory record (ECMA-119, 9.1).
func record(name string, block, size uint32, flags byte, use []byte) []byte {
	r := make([]byte, 33, 255)
	put32(r[2:], block)
	put32(r[10:], size)
	copy(r[18:], "\x78\x06\x0f\x0c\x1e\x00\x04") // 15 June 2020, 12:30, one hour east
	r[25] = flags
	put16(r[28:], 1)
	r[32] = byte(len(name))
	r = append(r, name...)
	if len(name)%2 == 0 {
		r = append(r, 0)
	}
	r = append(r, use...)
	if len(r)%2 != 0 {
		r = append(r, 0)
	}
	r[0] = byte(len(r))
	return r
}

func put16(b []byte, n uint16) {
	binary.LittleEndian.PutUint16(b, n)
	binary.BigEndian.PutUint16(b[2:], n)
}

func put32(b []byte, n uint32) {
	binary.LittleEndian.PutUint32(b, n)
	binary.BigEndian.PutUint32(b[4:], n)
}
