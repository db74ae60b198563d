package main

import (
	"encoding/binary"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// twoFrames is a made-up image of 2 × 2 pixels, implicit VR little endian.
func twoFrames() []byte {
	b := append(make([]byte, 128), "DICM"...)
	explicit := func(element uint16, vr, value string) {
		b = binary.LittleEndian.AppendUint16(append(b, 2, 0), element)
		b = append(binary.LittleEndian.AppendUint16(append(b, vr...), uint16(len(value))), value...)
	}
	explicit(0x0002, "UI", "1.2.840.10008.5.1.4.1.1.7\x00")
	explicit(0x0010, "UI", "1.2.840.10008.1.2\x00")
	short := func(n uint16) string { return string(binary.LittleEndian.AppendUint16(nil, n)) }
	for _, e := range []struct {
		tag   uint32
		value string
	}{
		{0x00080016, "1.2.840.10008.5.1.4.1.1.7\x00"},
		{0x00080018, "1.2.3.4\x00"},
		{0x00080020, "20210304"},
		{0x00080060, "OT"},
		{0x00100010, "Sample^Marie"},
		{0x00100030, "19580314"},
		{0x00100040, "F "},
		{0x0020000D, "1.2.3\x00"},
		{0x0020000E, "1.2.3.1\x00"},
		{0x00280002, short(1)},
		{0x00280004, "MONOCHROME2 "},
		{0x00280008, "2 "},
		{0x00280010, short(2)},
		{0x00280011, short(2)},
		{0x00280100, short(8)},
		{0x00281050, "100 "},
		{0x00281051, "101 "},
		{0x7FE00010, "\x00\x64\x96\xff\x96\x00\x00\x00"},
	} {
		b = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, uint16(e.tag>>16)), uint16(e.tag))
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(e.value))), e.value...)
	}
	return b
}

// TestShowImage writes frames of a study as pictures.
func TestShowImage(t *testing.T) {
	dir := t.TempDir()
	v, file, out := filepath.Join(dir, "v"), filepath.Join(dir, "a.dcm"), filepath.Join(dir, "a.png")
	ctl(t, 0, "create", v, "--person", "Marie Sample", "--born", "1958-03-14", "--sex", "female")
	if err := os.WriteFile(file, twoFrames(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctl(t, 0, "--vault", v, "import", "--yes", file)
	var e struct{ ID string }
	if err := json.Unmarshal([]byte(ctl(t, 0, "--vault", v, "list", "--kind", "ImagingStudy", "--json")), &e); err != nil {
		t.Fatal(err)
	}
	for frame, want := range map[string]string{"1": "\x00\x81\xff\xff", "2": "\xff\x00\x00\x00"} {
		said := ctl(t, 0, "--vault", v, "show", e.ID, "--image", out+frame, "--frame", frame)
		if !strings.Contains(said, "frame "+frame+" of 2, 2 × 2, uncompressed; not for diagnosis") {
			t.Errorf("got %q", said)
		}
		f, err := os.Open(out + frame)
		if err != nil {
			t.Fatal(err)
		}
		i, err := png.Decode(f)
		f.Close()
		if g, ok := i.(*image.Gray); err != nil || !ok || string(g.Pix) != want {
			t.Errorf("frame %s: got %v, %v, want %x", frame, i, err, want)
		}
	}
	ctl(t, 1, "--vault", v, "show", e.ID, "--image", out+"1")
	ctl(t, 1, "--vault", v, "show", e.ID, "--image", out+"3", "--frame", "3")
	ctl(t, 1, "--vault", v, "show", e.ID, "--image", out+"4", "--instance", "2")
}
