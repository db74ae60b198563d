package disclose_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"testing"
)

// zipped is an archive of one file.
func zipped(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tagged is a DICOM file (PS3.10, Explicit VR Little Endian) with words in
// (0010,4000), Patient Comments.
func tagged(words string) []byte {
	var meta, body bytes.Buffer
	put := func(b *bytes.Buffer, group, element uint16, vr, value string) {
		if len(value)%2 == 1 {
			pad := " "
			if vr == "UI" {
				pad = "\x00"
			}
			value += pad
		}
		binary.Write(b, binary.LittleEndian, [2]uint16{group, element})
		b.WriteString(vr)
		binary.Write(b, binary.LittleEndian, uint16(len(value)))
		b.WriteString(value)
	}
	put(&meta, 2, 2, "UI", "1.2.840.10008.5.1.4.1.1.7")
	put(&meta, 2, 3, "UI", "2.25.3")
	put(&meta, 2, 0x10, "UI", "1.2.840.10008.1.2.1")
	put(&body, 8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.7")
	put(&body, 8, 0x18, "UI", "2.25.3")
	put(&body, 8, 0x60, "CS", "OT")
	put(&body, 0x10, 0x4000, "LT", words)
	put(&body, 0x20, 0xd, "UI", "2.25.1")
	put(&body, 0x20, 0xe, "UI", "2.25.2")
	out := bytes.NewBuffer(make([]byte, 128))
	out.WriteString("DICM")
	var length bytes.Buffer
	binary.Write(&length, binary.LittleEndian, uint32(meta.Len()))
	put(out, 2, 0, "UL", length.String())
	out.Write(meta.Bytes())
	out.Write(body.Bytes())
	return out.Bytes()
}
