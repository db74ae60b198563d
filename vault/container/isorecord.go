package container

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Flags of a directory record (ECMA-119, 9.1.6).
const (
	flagDir        = 0x02
	flagAssociated = 0x04 // the second half of a file of an old Apple system
	flagMore       = 0x80 // the file goes on in the next record
)

// dirRecord is one entry of a directory (ECMA-119, 9.1).
type dirRecord struct {
	extent, size int64 // block, bytes
	attributes   int64 // blocks before the content
	changed      time.Time
	flags        byte
	interleaved  bool
	name         string
	use          []byte // system use area
}

func (r dirRecord) isDir() bool { return r.flags&flagDir != 0 }

// self says that a record stands for its directory or the one above.
func (r dirRecord) self() bool { return r.name == "\x00" || r.name == "\x01" }

// parseRecord reads a record of its whole length.
func parseRecord(b []byte) (dirRecord, error) {
	if len(b) < 34 || 33+int(b[32]) > len(b) || b[32] == 0 {
		return dirRecord{}, errDisc
	}
	extent, ok := both32(b[2:])
	size, same := both32(b[10:])
	if !ok || !same {
		return dirRecord{}, errDisc
	}
	end := 33 + int(b[32])
	r := dirRecord{
		extent: int64(extent), size: int64(size), attributes: int64(b[1]), changed: recorded(b[18:25]),
		flags: b[25], interleaved: b[26] != 0 || b[27] != 0, name: string(b[33:end]),
	}
	if end += end % 2; end < len(b) { // a padding byte follows a name of even length
		r.use = b[end:]
	}
	return r, nil
}

// recorded reads date and time (ECMA-119, 9.1.5); zero for what is none.
func recorded(b []byte) time.Time {
	year, month, day := 1900+int(b[0]), time.Month(b[1]), int(b[2])
	if month < 1 || month > 12 || day < 1 || day > 31 || b[3] > 23 || b[4] > 59 || b[5] > 59 {
		return time.Time{}
	}
	quarters := int(int8(b[6]))
	if quarters < -48 || quarters > 52 {
		quarters = 0
	}
	return time.Date(year, month, day, int(b[3]), int(b[4]), int(b[5]), 0, time.FixedZone("", quarters*15*60))
}

// discName is a name without its version, and the version (ECMA-119, 7.5.1).
func (d *disc) discName(raw string) (name, version string) {
	if d.joliet {
		raw = ucs2(raw)
	} else if !utf8.ValidString(raw) {
		if s, err := charmap.CodePage437.NewDecoder().String(raw); err == nil {
			raw = s
		}
	}
	name = raw
	if n, v, ok := strings.Cut(raw, ";"); ok {
		if _, err := strconv.ParseUint(v, 10, 16); err == nil {
			name, version = n, v
		}
	}
	if short := strings.TrimSuffix(name, "."); short != "" && strings.Trim(short, ".") != "" {
		name = short
	}
	return oneName(name), version
}

// oneName keeps a name from being read as a path: the look-alike makes the
// member a fault.
func oneName(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "/", "\u2215")
}

// ucs2 reads the big-endian names of Joliet; systems write UTF-16 there.
func ucs2(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for n := 0; n+1 < len(s); n += 2 {
		units = append(units, uint16(s[n])<<8|uint16(s[n+1]))
	}
	return string(utf16.Decode(units))
}
