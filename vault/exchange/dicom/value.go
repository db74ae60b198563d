package dicom

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
)

// Limits on values that are taken over, in bytes.
const (
	valueLimit    = 64 << 10 // of one value
	textLimit     = 1 << 20  // of one text (UT, UC, LT, ST)
	documentLimit = 48 << 20 // of an encapsulated document
	valuesLimit   = 8 << 20  // of all but the document
)

// value reads the value of an element; nil for one that is passed over.
func (s *scanner) value(h head, set charset) (*element, error) {
	vr := s.wanted.vr(h.tag)
	switch {
	case h.tag == tagDocument && vr != "":
		return s.document(h)
	case vr == "" || vr == "SQ":
		return nil, s.pass(h)
	case vr == asStored:
		return s.stored(h)
	}
	limit := int64(valueLimit)
	if isOne(vr) || vr == "UC" {
		limit = textLimit
	}
	keep := min(h.length, limit)
	if s.room -= keep; s.room < 0 {
		return nil, fault{h.at, h.tag, faultText}
	}
	b, err := s.take(keep)
	if err == nil {
		err = s.skip(h.length - keep)
	}
	if err != nil {
		return nil, s.broken(h.tag, h.at, err)
	}
	if h.length > limit {
		s.remark(remarkClipped, h.tag, h.at)
	}
	return &element{Tag: h.tag, At: h.at, Text: s.texts(h, vr, b, set)}, nil
}

// asStored marks attributes whose value is taken over byte for byte.
const asStored = "OW"

// storedLimit is how much is taken over of one value byte for byte, in bytes. What
// is larger is passed over.
const storedLimit = 16 << 20

// stored takes a value byte for byte; words of 16 bits with the least significant
// byte first.
func (s *scanner) stored(h head) (*element, error) {
	if h.length > storedLimit || h.length > s.room {
		s.remark(remarkClipped, h.tag, h.at)
		return nil, s.pass(h)
	}
	s.room -= h.length
	b, err := s.take(h.length)
	if err != nil {
		return nil, s.broken(h.tag, h.at, err)
	}
	if s.order == big && (h.vr == "OW" || h.vr == "US" || h.vr == "SS") {
		for n := 0; n+1 < len(b); n += 2 {
			b[n], b[n+1] = b[n+1], b[n]
		}
	}
	return &element{Tag: h.tag, At: h.at, Bytes: b}, nil
}

// pass skips a value.
func (s *scanner) pass(h head) error {
	if err := s.skip(h.length); err != nil {
		return s.broken(h.tag, h.at, err)
	}
	return nil
}

// document takes an encapsulated document (PS3.3, C.24.2).
func (s *scanner) document(h head) (*element, error) {
	if h.length > documentLimit {
		return nil, fault{h.at, h.tag, faultDocument}
	}
	b, err := s.take(h.length)
	if err != nil {
		return nil, s.broken(h.tag, h.at, err)
	}
	return &element{Tag: h.tag, At: h.at, Bytes: b}, nil
}

// texts are the values as text.
func (s *scanner) texts(h head, vr string, b []byte, set charset) []string {
	if width := widthOf(vr); width > 0 {
		return numbers(s.order, vr, width, b)
	}
	if set.g0 == nil {
		set.g0 = &graphics[0]
	}
	if !isText(vr) {
		set = charset{g0: &graphics[0]}
	}
	text, ok := set.decode(b, vr == "PN")
	if !ok {
		k := remarkCharacters
		if !strings.Contains(text, "\uFFFD") && !strings.Contains(text, "␛") && set.whole == nil && !set.shifts {
			k = remarkUndeclared
		}
		s.remark(k, h.tag, h.at)
	}
	if isOne(vr) {
		if text = strings.TrimRight(text, " \x00"); text == "" {
			return nil
		}
		return []string{text}
	}
	if text = strings.Trim(text, " \x00"); text == "" {
		return nil
	}
	values := strings.Split(text, `\`)
	for n := range values {
		values[n] = strings.Trim(values[n], " \x00")
	}
	return values
}

// widthOf is the number of bytes of a binary number, 0 for none.
func widthOf(vr string) int {
	switch vr {
	case "US", "SS":
		return 2
	case "UL", "SL", "FL":
		return 4
	case "FD":
		return 8
	}
	return 0
}

// numbers writes binary numbers as text.
func numbers(order binary.ByteOrder, vr string, width int, b []byte) []string {
	const most = 64 // values
	var out []string
	for ; len(b) >= width && len(out) < most; b = b[width:] {
		switch vr {
		case "US":
			out = append(out, strconv.Itoa(int(order.Uint16(b))))
		case "SS":
			out = append(out, strconv.Itoa(int(int16(order.Uint16(b)))))
		case "UL":
			out = append(out, strconv.FormatUint(uint64(order.Uint32(b)), 10))
		case "SL":
			out = append(out, strconv.Itoa(int(int32(order.Uint32(b)))))
		case "FL":
			out = append(out, strconv.FormatFloat(float64(math.Float32frombits(order.Uint32(b))), 'g', -1, 32))
		case "FD":
			out = append(out, strconv.FormatFloat(math.Float64frombits(order.Uint64(b)), 'g', -1, 64))
		}
	}
	return out
}

// first is the first value of an attribute in a list, and where it stands.
func first(list []element, t tag) (string, int64) {
	for _, e := range list {
		if e.Tag == t {
			if len(e.Text) == 0 {
				return "", e.At
			}
			return e.Text[0], e.At
		}
	}
	return "", -1
}
