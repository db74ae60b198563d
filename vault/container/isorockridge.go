package container

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// continuationsLimit is how many areas of a record's system use are followed.
const continuationsLimit = 32

var errLink = errors.New("it is a link or a device, not a file")

// systemUse is what Rock Ridge says of a record (IEEE P1282, over the System Use
// Sharing Protocol, IEEE P1281).
type systemUse struct {
	name      string // "" where it gives none
	child     int64  // block of a directory that was put elsewhere; -1 for none that can be
	relocated bool   // such a directory, where it was put
	fault     error
}

// rockRidge looks for Rock Ridge in the first record of the root directory. It
// gives how many bytes stand before the entries, -1 where there is none.
func (d *disc) rockRidge(root dirRecord) (int, error) {
	first, err := d.content(root)
	if err != nil {
		return -1, err
	}
	if len(first) == 0 {
		return -1, nil
	}
	for _, at := range []int{0, 14} { // 14: behind the extended attributes of CD-ROM XA
		use := first[0].use
		if len(use) < at+7 || string(use[at:at+2]) != "SP" || use[at+4] != 0xBE || use[at+5] != 0xEF {
			continue
		}
		found := false
		err := d.entriesOf(use[at:], func(sig string, data []byte) { found = found || names(sig, data) })
		if err != nil || !found {
			return -1, err
		}
		return int(use[at+6]), nil
	}
	return -1, nil
}

// names says that an entry speaks of Rock Ridge.
func names(sig string, data []byte) bool {
	if sig == "ER" && len(data) >= 4 && 4+int(data[0]) <= len(data) {
		id := string(data[4 : 4+int(data[0])])
		return strings.HasPrefix(id, "RRIP") || strings.HasPrefix(id, "IEEE")
	}
	return sig == "RR" || sig == "PX"
}

// entriesOf walks a system use area and the areas it goes on in.
func (d *disc) entriesOf(use []byte, each func(sig string, data []byte)) error {
	for range continuationsLimit {
		var next []byte
		for len(use) >= 4 {
			length := int(use[2])
			if length < 4 || length > len(use) {
				break // padding
			}
			sig, data := string(use[:2]), use[4:length]
			if sig == "ST" {
				break
			}
			if sig == "CE" {
				var err error
				if next, err = d.continuation(data); err != nil {
					return err
				}
			} else {
				each(sig, data)
			}
			use = use[length:]
		}
		if next == nil {
			return nil
		}
		use = next
	}
	return errDisc
}

// continuation reads the area that a CE entry names (IEEE P1281, 5.1).
func (d *disc) continuation(data []byte) ([]byte, error) {
	if len(data) < 24 {
		return nil, errDisc
	}
	block, ok := both32(data)
	offset, same := both32(data[8:])
	length, too := both32(data[16:])
	if !ok || !same || !too || length > sector || offset > sector {
		return nil, errDisc
	}
	b := make([]byte, length)
	if n, err := d.r.ReadAt(b, int64(block)*d.block+int64(offset)); n < len(b) && err != nil {
		return nil, errDisc
	}
	return b, nil
}

// use reads what Rock Ridge says of a record.
func (d *disc) use(r dirRecord) (systemUse, error) {
	var s systemUse
	if d.skip < 0 || len(r.use) < d.skip {
		return s, nil
	}
	if err := d.entriesOf(r.use[d.skip:], s.take); err != nil {
		return s, err
	}
	if !utf8.ValidString(s.name) {
		if latin, err := charmap.ISO8859_1.NewDecoder().String(s.name); err == nil {
			s.name = latin
		}
	}
	s.name = oneName(s.name)
	if s.child < 0 {
		return s, errDisc
	}
	return s, nil
}

// take adds what one entry says.
func (s *systemUse) take(sig string, data []byte) {
	switch sig {
	case "NM":
		if len(data) > 0 && data[0]&6 == 0 { // neither the directory itself nor the one above
			s.name += string(data[1:])
		}
	case "CL":
		s.child = -1
		if len(data) >= 8 {
			if block, ok := both32(data); ok && block > 0 {
				s.child = int64(block)
			}
		}
	case "RE":
		s.relocated = true
	case "SL":
		s.fault = errLink
	case "PX":
		const format, regular, folder = 0xF0, 0x80, 0x40 // of the high byte of st_mode
		if len(data) >= 4 && data[1]&format != regular && data[1]&format != folder {
			s.fault = errLink
		}
	case "ZF":
		s.fault = errors.New("it is packed in a way that is not read here; unpack it and bring in what is inside")
	}
}
