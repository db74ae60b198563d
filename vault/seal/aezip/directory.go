package aezip

import (
	"encoding/binary"
	"io"
)

const (
	membersLimit   = 1 << 20
	directoryLimit = 256 << 20 // bytes
	sizeLimit      = 1 << 62   // bytes of a member, or before it
)

// Open reads the directory of an archive that this package wrote. Archives of
// others, with comments, compression or other strengths, are [ErrFormat].
func Open(r io.ReaderAt, size int64) ([]Member, error) {
	d, err := readEnd(r, size)
	if err != nil {
		return nil, err
	}
	b := make([]byte, d.length)
	if _, err := r.ReadAt(b, int64(d.offset)); err != nil && err != io.EOF {
		return nil, ErrFormat
	}
	members := make([]Member, 0, min(d.count, 1024))
	for len(b) > 0 {
		m, rest, err := readCentral(b)
		if err != nil {
			return nil, err
		}
		b = rest
		if err := m.place(r, int64(d.offset)); err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	if uint64(len(members)) != d.count {
		return nil, ErrFormat
	}
	return members, nil
}

// directory is where the members are listed.
type directory struct{ count, length, offset uint64 }

// readEnd finds the directory by the end of the archive.
func readEnd(r io.ReaderAt, size int64) (directory, error) {
	tail := make([]byte, max(0, min(size, endSize+locator64Size+end64Size)))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF || len(tail) < endSize {
		return directory{}, ErrFormat
	}
	e := tail[len(tail)-endSize:]
	if u32(e) != endSignature || u16(e[20:]) != 0 {
		return directory{}, ErrFormat
	}
	stop := uint64(size - endSize)
	d := directory{uint64(u16(e[10:])), uint64(u32(e[12:])), uint64(u32(e[16:]))}
	if d.count == most16 || d.length == most32 || d.offset == most32 {
		if len(tail) < endSize+locator64Size+end64Size || u32(tail) != end64Signature || u32(tail[end64Size:]) != locator64Signature {
			return directory{}, ErrFormat
		}
		d = directory{u64(tail[32:]), u64(tail[40:]), u64(tail[48:])}
		stop = uint64(size) - uint64(len(tail))
	}
	if !d.fits(stop) {
		return directory{}, ErrFormat
	}
	return d, nil
}

// fits says that a directory ends at stop and has room for what it lists.
func (d directory) fits(stop uint64) bool {
	return d.count <= membersLimit && d.length <= directoryLimit && d.offset <= stop && d.length == stop-d.offset && d.count*centralSize <= d.length
}

// readCentral reads one line of the directory.
func readCentral(b []byte) (m Member, rest []byte, err error) {
	if len(b) < centralSize || u32(b) != centralSignature {
		return m, nil, ErrFormat
	}
	names, extras := int(u16(b[28:])), int(u16(b[30:]))
	if len(b) < centralSize+names+extras || u16(b[32:]) != 0 {
		return m, nil, ErrFormat
	}
	m.Sealed = u16(b[8:])&flagEncrypted != 0
	m.crc = u32(b[16:])
	m.Name = string(b[centralSize : centralSize+names])
	wide, aes := readExtra(b[centralSize+names : centralSize+names+extras])
	sizes := [3]uint64{uint64(u32(b[24:])), uint64(u32(b[20:])), uint64(u32(b[42:]))} // content, stored, offset
	for i, v := range sizes {
		if v == most32 && len(wide) >= 8 {
			sizes[i], wide = u64(wide), wide[8:]
		}
		if sizes[i] > sizeLimit {
			return m, nil, ErrFormat
		}
	}
	if !m.understood(u16(b[10:]), aes, sizes[0], sizes[1]) {
		return m, nil, ErrFormat
	}
	m.Size, m.stored, m.offset = int64(sizes[0]), int64(sizes[1]), int64(sizes[2])
	return m, b[centralSize+names+extras:], nil
}

// ours is the content of the extra field of AE-2 as this package writes it.
const ours = "\x02\x00AE\x03\x00\x00"

// understood says that a member is laid out as this package does it.
func (m *Member) understood(method uint16, aes []byte, size, stored uint64) bool {
	if m.Sealed {
		return method == methodAES && string(aes) == ours && stored >= around && size == stored-around
	}
	return method == methodStored && size == stored
}

// readExtra finds the two extra fields that this package writes.
func readExtra(b []byte) (wide, aes []byte) {
	for len(b) >= 4 {
		n := 4 + int(u16(b[2:]))
		if len(b) < n {
			return wide, aes
		}
		switch u16(b) {
		case extraZip64:
			wide = b[4:n]
		case extraAES:
			aes = b[4:n]
		}
		b = b[n:]
	}
	return wide, aes
}

// place finds the data behind the local header, which ends before the directory.
func (m *Member) place(r io.ReaderAt, directory int64) error {
	var h [localSize]byte
	if m.offset+localSize > directory {
		return ErrFormat
	}
	if _, err := r.ReadAt(h[:], m.offset); err != nil || u32(h[:]) != localSignature {
		return ErrFormat
	}
	m.r = r
	m.offset += localSize + int64(u16(h[26:])) + int64(u16(h[28:]))
	if m.offset+m.stored > directory {
		return ErrFormat
	}
	return nil
}

func u16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func u32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func u64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
