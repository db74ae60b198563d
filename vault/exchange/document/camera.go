package document

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Tags of TIFF and Exif (TIFF 6.0 section 2; Exif 2.32, 4.6).
const (
	tagExif     = 0x8769
	tagGPS      = 0x8825
	tagTaken    = 0x9003 // DateTimeOriginal, "2021:03:04 10:11:12"
	gpsLatitude = 2
	entriesMost = 500 // of one directory
)

// cameraData reads what a camera noted in a JPEG or TIFF picture: the day when
// it was taken, and whether it notes where.
func cameraData(b []byte) (taken string, place bool) {
	if bytes.HasPrefix(b, []byte("\xff\xd8")) {
		b = exifOf(b)
	}
	t, ok := newTIFF(b)
	if !ok {
		return "", false
	}
	root := t.directory(t.order.Uint32(b[4:]))
	if at, ok := root[tagGPS]; ok {
		_, place = t.directory(at)[gpsLatitude]
	}
	if at, ok := root[tagExif]; ok {
		if at, ok := t.directory(at)[tagTaken]; ok {
			taken = t.day(at)
		}
	}
	return taken, place
}

// exifOf finds the Exif data of a JPEG file: an APP1 segment (Exif 2.32, 4.7.2).
func exifOf(b []byte) []byte {
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		size := int(b[at+2])<<8 | int(b[at+3])
		end := at + 2 + size
		if size < 2 || end > len(b) || b[at+1] == 0xda {
			return nil
		}
		if data := b[at+4 : end]; b[at+1] == 0xe1 && bytes.HasPrefix(data, []byte("Exif\x00\x00")) {
			return data[6:]
		}
		at = end
	}
	return nil
}

// tiffData is the head of a TIFF file.
type tiffData struct {
	b     []byte
	order binary.ByteOrder
}

func newTIFF(b []byte) (tiffData, bool) {
	switch {
	case len(b) < 8:
	case string(b[:4]) == "II*\x00":
		return tiffData{b, binary.LittleEndian}, true
	case string(b[:4]) == "MM\x00*":
		return tiffData{b, binary.BigEndian}, true
	}
	return tiffData{}, false
}

// directory gives the value or offset of each entry of a directory.
func (t tiffData) directory(at uint32) map[uint16]uint32 {
	if uint64(at)+2 > uint64(len(t.b)) {
		return nil
	}
	n := int(t.order.Uint16(t.b[at:]))
	entries := map[uint16]uint32{}
	for i := range min(n, entriesMost) {
		from := uint64(at) + 2 + uint64(i)*12
		if from+12 > uint64(len(t.b)) {
			break
		}
		entries[t.order.Uint16(t.b[from:])] = t.order.Uint32(t.b[from+8:])
	}
	return entries
}

// day reads the day of "2021:03:04 10:11:12".
func (t tiffData) day(at uint32) string {
	if uint64(at)+10 > uint64(len(t.b)) {
		return ""
	}
	var year, month, day int
	if n, _ := fmt.Sscanf(string(t.b[at:at+10]), "%4d:%2d:%2d", &year, &month, &day); n != 3 || year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
