package aezip

import (
	"encoding/binary"
	"time"
)

// Numbers of APPNOTE.TXT 4.3 and 4.4, and of the AE-2 specification.
const (
	localSignature      = 0x04034b50
	descriptorSignature = 0x08074b50
	centralSignature    = 0x02014b50
	endSignature        = 0x06054b50
	end64Signature      = 0x06064b50
	locator64Signature  = 0x07064b50

	localSize, centralSize, endSize, end64Size, locator64Size = 30, 46, 22, 56, 20

	methodStored = 0
	methodAES    = 99 // the method proper stands in the extra field

	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3 // sizes stand behind the data
	flagUTF8       = 1 << 11

	versionStored = 20
	version64     = 45
	versionAES    = 51
	madeBy        = 3<<8 | versionAES // by the rules of Unix, for the mode
	mode          = 0o100600 << 16    // a plain file for its owner

	extraZip64  = 0x0001
	extraAES    = 0x9901
	vendorAE2   = 2 // the CRC is not stored: it would tell of the content
	strength256 = 3

	most16 = 1<<16 - 1
	most32 = 1<<32 - 1
)

// entry is a member in the directory.
type entry struct {
	name     string
	modified time.Time
	sealed   bool
	wide     bool // its sizes have 64 bits in the descriptor
	crc      uint32
	stored   uint64 // bytes in the archive
	size     uint64 // bytes of the content
	offset   uint64 // of its local header
}

func (e *entry) method() uint16 {
	if e.sealed {
		return methodAES
	}
	return methodStored
}

func (e *entry) version(wide bool) uint16 {
	switch {
	case e.sealed:
		return versionAES
	case wide:
		return version64
	}
	return versionStored
}

func (e *entry) flags() uint16 {
	f := uint16(flagDescriptor | flagUTF8)
	if e.sealed {
		f |= flagEncrypted
	}
	return f
}

// header is one that is being written.
type header []byte

func (h *header) u16(list ...uint16) {
	for _, v := range list {
		*h = binary.LittleEndian.AppendUint16(*h, v)
	}
}

func (h *header) u32(list ...uint32) {
	for _, v := range list {
		*h = binary.LittleEndian.AppendUint32(*h, v)
	}
}

func (h *header) u64(list ...uint64) {
	for _, v := range list {
		*h = binary.LittleEndian.AppendUint64(*h, v)
	}
}

// aes is the extra field of AE-2.
func (h *header) aes() {
	h.u16(extraAES, 7, vendorAE2)
	*h = append(*h, 'A', 'E', strength256)
	h.u16(methodStored)
}

// local is the header before the data. Sizes are not known yet.
func (e *entry) local() []byte {
	var extra header
	size := uint32(0)
	if e.wide {
		size = most32
		extra.u16(extraZip64, 16)
		extra.u64(0, 0)
	}
	if e.sealed {
		extra.aes()
	}
	var h header
	date, clock := dos(e.modified)
	h.u32(localSignature)
	h.u16(e.version(e.wide), e.flags(), e.method(), clock, date)
	h.u32(0, size, size)
	h.u16(uint16(len(e.name)), uint16(len(extra)))
	return append(append(h, e.name...), extra...)
}

// descriptor stands behind the data.
func (e *entry) descriptor() []byte {
	var h header
	h.u32(descriptorSignature, e.crc)
	if e.wide {
		h.u64(e.stored, e.size)
	} else {
		h.u32(uint32(e.stored), uint32(e.size))
	}
	return h
}

// central is the member's line in the directory.
func (e *entry) central() []byte {
	var extra, wide header
	cut := func(v uint64) uint32 {
		if v < most32 {
			return uint32(v)
		}
		wide.u64(v)
		return most32
	}
	size, stored, offset := cut(e.size), cut(e.stored), cut(e.offset) // in the order of the extra field
	if len(wide) > 0 {
		extra.u16(extraZip64, uint16(len(wide)))
		extra = append(extra, wide...)
	}
	if e.sealed {
		extra.aes()
	}
	var h header
	date, clock := dos(e.modified)
	h.u32(centralSignature)
	h.u16(madeBy, e.version(e.wide || len(wide) > 0), e.flags(), e.method(), clock, date)
	h.u32(e.crc, stored, size)
	h.u16(uint16(len(e.name)), uint16(len(extra)), 0, 0, 0)
	h.u32(mode, offset)
	return append(append(h, e.name...), extra...)
}

// end closes the archive: count members whose directory has size bytes at offset.
func end(count int, size, offset uint64) []byte {
	var h header
	if count >= most16 || size >= most32 || offset >= most32 {
		at := offset + size
		n := uint64(count)
		h.u32(end64Signature)
		h.u64(end64Size - 12)
		h.u16(madeBy, version64)
		h.u32(0, 0)
		h.u64(n, n, size, offset)
		h.u32(locator64Signature, 0)
		h.u64(at)
		h.u32(1)
	}
	n := uint16(min(count, most16))
	h.u32(endSignature)
	h.u16(0, 0, n, n)
	h.u32(uint32(min(size, most32)), uint32(min(offset, most32)))
	h.u16(0)
	return h
}

// dos is a time as MS-DOS had it: from 1980, to two seconds, without a zone.
func dos(t time.Time) (date, clock uint16) {
	if t.Year() < 1980 || t.Year() > 2107 {
		return 1<<5 | 1, 0
	}
	return uint16(t.Day() | int(t.Month())<<5 | (t.Year()-1980)<<9), uint16(t.Second()/2 | t.Minute()<<5 | t.Hour()<<11)
}
