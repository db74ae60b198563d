package handover_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// el is an element in explicit VR little endian (PS3.5, 7.1.2).
func el(tag uint32, vr, value string) []byte {
	if len(value)%2 != 0 {
		value += map[bool]string{true: "\x00", false: " "}[vr == "UI"]
	}
	b := binary.LittleEndian.AppendUint16(nil, uint16(tag>>16))
	b = binary.LittleEndian.AppendUint16(b, uint16(tag))
	b = append(b, vr...)
	if vr == "OB" || vr == "OW" {
		return append(binary.LittleEndian.AppendUint32(append(b, 0, 0), uint32(len(value))), value...)
	}
	return append(binary.LittleEndian.AppendUint16(b, uint16(len(value))), value...)
}

// ct is a made-up CT image with a preamble.
func ct(preamble string, series, n int) []byte {
	uid := fmt.Sprintf("1.2.3.4.%d.%d", series, n)
	meta := bytes.Join([][]byte{el(0x00020001, "OB", "\x00\x01"), el(0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.2"), el(0x00020003, "UI", uid), el(0x00020010, "UI", "1.2.840.10008.1.2.1")}, nil)
	b := make([]byte, 128)
	copy(b, preamble)
	b = append(b, "DICM"...)
	b = append(b, el(0x00020000, "UL", string(binary.LittleEndian.AppendUint32(nil, uint32(len(meta)))))...)
	b = append(b, meta...)
	return append(b, bytes.Join([][]byte{
		el(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"), el(0x00080018, "UI", uid), el(0x00080060, "CS", "CT"), el(0x00100010, "PN", "Doe^Jane"), el(0x00100020, "LO", "1"),
		el(0x0020000D, "UI", "1.2.3.4"), el(0x0020000E, "UI", fmt.Sprintf("1.2.3.4.%d", series)), el(0x00200013, "IS", fmt.Sprint(n)),
		el(0x00280010, "US", "\x02\x00"), el(0x00280011, "US", "\x02\x00"), el(0x7FE00010, "OW", "pixels!!"),
	}, nil)...)
}

// scanned is a library with a study of two series, and files that are no
// standard DICOM or a second copy.
func scanned() (*sheettest.Library, map[string][]byte) {
	l := sheettest.New(&record.Patient{})
	study := &record.ImagingStudy{StudyInstanceUID: "1.2.3.4"}
	want := map[string][]byte{}
	file := func(content []byte) record.ImagingInstance {
		return record.ImagingInstance{Hash: l.File("IM"+fmt.Sprint(len(want)), "application/dicom", content)}
	}
	for series := 1; series <= 2; series++ {
		s := record.ImagingSeries{UID: fmt.Sprintf("1.2.3.4.%d", series)}
		for n := 1; n <= 2; n++ {
			preamble := ""
			if n == 2 {
				preamble = "MZ a program"
			}
			s.Instance = append(s.Instance, file(ct(preamble, series, n)))
			want[fmt.Sprintf("dicom/ST000001/SE%06d/IM%06d", series, n)] = ct("", series, n)
		}
		study.Series = append(study.Series, s)
	}
	bare := ct("", 3, 1)[132:]
	study.Series[0].Instance[0].Also = []record.ImagingInstance{{Hash: l.File("copy", "", append(ct("#!", 1, 1), 0, 0))}}
	study.Series[0].Instance = append(study.Series[0].Instance, record.ImagingInstance{Hash: l.File("bare", "", bare)})
	want["originals/copy"], want["originals/bare"] = append(ct("", 1, 1), 0, 0), bare
	l.Add(study, record.Provenance{Original: study.Series[0].Instance[0].Hash, Format: "dicom"}) // the others are named by the study alone
	return l, want
}

// TestImages: every file of a study leaves, in a medium of its own, as it was but
// for its preamble; what is no standard file stays with the originals.
func TestImages(t *testing.T) {
	l, want := scanned()
	dir, m := pack(t, l, exchange.Scope{})
	listed := map[string]handover.File{}
	for _, f := range m.Files {
		listed[f.Name] = f
	}
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if listed[name].Size != int64(len(content)) {
			t.Errorf("%s is not in the manifest", name)
		}
	}
	if _, ok := listed["dicom/DICOMDIR"]; !ok {
		t.Error("no DICOMDIR")
	}
	if what := listed["dicom/ST000001/SE000001/IM000002"].What; !strings.Contains(what, "set to zero") {
		t.Errorf("the manifest does not tell of the preamble: %s", what)
	}
	var said string
	for _, c := range m.Checks {
		if !c.OK {
			t.Errorf("%s: %s", c.What, c.Note)
		}
		said += c.What + "\n"
	}
	for _, words := range []string{"5 images read again, every byte behind the preamble", "DICOMDIR leads to all 4 of them"} {
		if !strings.Contains(said, words) {
			t.Errorf("no check %q in:\n%s", words, said)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil || !bytes.Contains(b, []byte("DICOMDIR")) {
		t.Errorf("README says nothing of the images: %v", err)
	}
}

// TestImagesHeldBack: of a study that is held back no file leaves.
func TestImagesHeldBack(t *testing.T) {
	l, _ := scanned()
	_, m := pack(t, l, exchange.Scope{Exclude: []record.ID{l.Records[len(l.Records)-1].ID}})
	for _, f := range m.Files {
		if strings.HasPrefix(f.Name, "dicom/") || strings.HasPrefix(f.Name, "originals/") {
			t.Errorf("%s left", f.Name)
		}
	}
}

// spoiling is a place where a byte of an image changes once the list is written.
type spoiling struct{ handover.Folder }

func (s spoiling) Create(name string) (io.WriteCloser, error) {
	if name == "README.txt" {
		at := filepath.Join(string(s.Folder), "dicom", "ST000001", "SE000002", "IM000001")
		b, err := os.ReadFile(at)
		if err != nil {
			return nil, err
		}
		b[len(b)-3] ^= 1
		if err := os.WriteFile(at, b, 0o600); err != nil {
			return nil, err
		}
	}
	return s.Folder.Create(name)
}

// TestDamagedImage: one changed bit of the pixels keeps a package from leaving.
func TestDamagedImage(t *testing.T) {
	l, _ := scanned()
	if _, err := handover.Pack(t.Context(), formats, l.Select(t, exchange.Scope{}), spoiling{handover.Folder(t.TempDir())}, nil); !errors.Is(err, handover.ErrCheck) {
		t.Errorf("got %v, want ErrCheck", err)
	}
}
