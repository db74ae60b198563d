package dicom

import (
	"encoding/binary"
	"slices"
	"strings"
)

// elements writes data elements in explicit VR little endian (PS3.5, 7.1.2 and
// A.2).
type elements struct{ b []byte }

// longestValue is the most that the length of a short VR can say, in bytes.
const longestValue = 0xFFFE

func (e *elements) head(t tag, vr string, length int) {
	e.b = binary.LittleEndian.AppendUint16(e.b, uint16(t>>16))
	e.b = binary.LittleEndian.AppendUint16(e.b, uint16(t))
	e.b = append(e.b, vr...)
	if isLong(vr) {
		e.b = append(e.b, 0, 0)
		e.b = binary.LittleEndian.AppendUint32(e.b, uint32(length))
		return
	}
	e.b = binary.LittleEndian.AppendUint16(e.b, uint16(length))
}

func (e *elements) bytes(t tag, vr string, value []byte) {
	e.head(t, vr, len(value))
	e.b = append(e.b, value...)
}

// text writes a text, made even as its VR wants it.
func (e *elements) text(t tag, vr, value string) {
	if len(value) > longestValue && !isLong(vr) {
		value = strings.ToValidUTF8(value[:longestValue], "")
	}
	if len(value)%2 != 0 {
		pad := " "
		if vr == "UI" {
			pad = "\x00"
		}
		value += pad
	}
	e.bytes(t, vr, []byte(value))
}

func (e *elements) long(t tag, value uint32) {
	e.bytes(t, "UL", binary.LittleEndian.AppendUint32(nil, value))
}

func (e *elements) short(t tag, value uint16) {
	e.bytes(t, "US", binary.LittleEndian.AppendUint16(nil, value))
}

// sequence begins a sequence, item an item of it; close fills in how long it is.
func (e *elements) sequence(t tag) (start int) {
	start = len(e.b)
	e.head(t, "SQ", 0)
	return start
}

func (e *elements) item() (start int) {
	start = len(e.b)
	e.b = binary.LittleEndian.AppendUint16(e.b, 0xFFFE)
	e.b = binary.LittleEndian.AppendUint16(e.b, 0xE000)
	e.b = binary.LittleEndian.AppendUint32(e.b, 0)
	return start
}

func (e *elements) close(start int) {
	size := start + 8 // where the length of a sequence stands
	if e.b[start] == 0xFE && e.b[start+1] == 0xFF {
		size = start + 4
	}
	binary.LittleEndian.PutUint32(e.b[size:], uint32(len(e.b)-size-4))
}

// codeKeys are what a record repeats of a code (PS3.3, table 8.8-1).
var codeKeys = []tag{tagCodeValue, tagCodingScheme, tagCodingVersion, tagCodeMeaning, tagLongCodeValue, tagURNCodeValue}

// all writes attributes of a data set, in the order of their tags, with an empty
// value where the data set has none: what a file does not say is not made up.
func (e *elements) all(d dataset, keys []tag) {
	for _, t := range slices.Sorted(slices.Values(keys)) {
		if described.vr(t) != "SQ" {
			e.text(t, described.vr(t), value(d, t))
			continue
		}
		start := e.sequence(t)
		for _, i := range d.items(t)[:min(1, len(d.items(t)))] {
			at := e.item()
			for _, k := range codeKeys {
				if v := value(i, k); v != "" {
					e.text(k, described.vr(k), v)
				}
			}
			e.close(at)
		}
		e.close(start)
	}
}

// value is all of an attribute's values, as they stood.
func value(d dataset, t tag) string {
	if v := d.get(t); v != nil {
		return strings.Join(v.Text, `\`)
	}
	return ""
}
