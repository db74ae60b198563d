package dicom_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
)

// instance is a made-up file of a study and a series.
func instance(study, series, n int, more ...el) []byte {
	return written(explicitLE, changed([]el{
		{tag: 0x00080016, vr: "UI", value: ctClass},
		{tag: 0x00080018, vr: "UI", value: fmt.Sprintf("1.2.3.%d.%d.%d", study, series, n)},
		{tag: 0x00080020, vr: "DA", value: "20210305"},
		{tag: 0x00080030, vr: "TM", value: "101500"},
		{tag: 0x00080060, vr: "CS", value: "CT"},
		{tag: 0x00100010, vr: "PN", value: "Doe^Jane"},
		{tag: 0x00100020, vr: "LO", value: "P1"},
		{tag: 0x0020000D, vr: "UI", value: fmt.Sprintf("1.2.3.%d", study)},
		{tag: 0x0020000E, vr: "UI", value: fmt.Sprintf("1.2.3.%d.%d", study, series)},
		{tag: 0x00200011, vr: "IS", value: fmt.Sprint(series)},
		{tag: 0x00200013, vr: "IS", value: fmt.Sprint(n)},
	}, more...)...)
}

func describe(t testing.TB, b []byte) dicom.Member {
	t.Helper()
	m, err := dicom.Describe(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// medium is a small medium of two patients, with what makes records differ.
func medium(t testing.TB) (files []dicom.Listed, content map[string][]byte) {
	t.Helper()
	content = map[string][]byte{}
	add := func(name string, b []byte) {
		files = append(files, dicom.Listed{FileID: strings.Split(name, "/"), Member: describe(t, b)})
		content[name] = b
	}
	for study := 1; study <= 2; study++ {
		for series := 1; series <= 2; series++ {
			for n := 1; n <= 3; n++ {
				add(fmt.Sprintf("ST%06d/SE%06d/IM%06d", study, series, n), instance(study, series, n))
			}
		}
	}
	add("ST000003/SE000001/IM000001", instance(3, 1, 1, el{tag: 0x00080005, vr: "CS", value: "ISO_IR 100"}, el{tag: 0x00100010, vr: "PN", value: "M\xFCller^Jos\xE9"}, el{tag: 0x00100020, vr: "LO", value: "P2"}))
	add("ST000004/SE000001/IM000001", instance(4, 1, 1, el{tag: 0x00080016, vr: "UI", value: "1.2.840.10008.5.1.4.1.1.88.11"}, el{tag: 0x0040A491, vr: "CS", value: "COMPLETE"}, el{tag: 0x0040A493, vr: "CS", value: "UNVERIFIED"},
		seq(0x0040A043, []el{{tag: 0x00080100, vr: "SH", value: "18748-4"}, {tag: 0x00080102, vr: "SH", value: "LN"}, {tag: 0x00080104, vr: "LO", value: "Report"}})))
	return files, content
}

// TestDirectoryOfMedium writes a DICOMDIR and reads it with our own reader: every file is
// found, by its offsets, under its patient.
func TestDirectoryOfMedium(t *testing.T) {
	files, content := medium(t)
	tree := fstest.MapFS{}
	for name, b := range content {
		tree[name] = &fstest.MapFile{Data: b}
	}
	tree["DICOMDIR"] = &fstest.MapFile{Data: dicom.Directory(files)}
	if !bytes.Equal(dicom.Directory(files), tree["DICOMDIR"].Data) {
		t.Error("the same files gave other bytes")
	}
	names := []string{"DICOMDIR"}
	for name := range content {
		names = append(names, name)
	}
	x, err := dicom.Format.Index(t.Context(), exchange.Tree{Name: "medium", FS: tree, Names: names})
	if err != nil || x == nil {
		t.Fatalf("got %v, %v", x, err)
	}
	if len(x.Issues) > 0 {
		t.Errorf("issues: %v", x.Issues)
	}
	for name := range content {
		want := "Jane Doe"
		if strings.HasPrefix(name, "ST000003") {
			want = "José Müller"
		}
		if m := x.Members[name]; m.Patient == nil || m.Patient.DisplayName() != want {
			t.Errorf("%s: got %+v, want %s", name, m.Patient, want)
		}
	}
}

// TestDirectoryListsOnce passes over a second file of one instance.
func TestDirectoryListsOnce(t *testing.T) {
	files, _ := medium(t)
	if got, want := dicom.Directory(append(files, files[0])), dicom.Directory(files); !bytes.Equal(got, want) {
		t.Error("an instance was listed twice")
	}
}

func TestWriteDirectoryNames(t *testing.T) {
	files, _ := medium(t)
	for _, id := range [][]string{nil, {"lower"}, {"TOOLONGNAME"}, {"A", "B", "C", "D", "E", "F", "G", "H", "I"}, {"IM.DCM"}, {""}} {
		files[0].FileID = id
		if err := dicom.WriteDirectory(io.Discard, files); err == nil {
			t.Errorf("%q: no error", id)
		}
	}
}

// TestDescribeRefuses says no to what a DICOMDIR cannot list.
func TestDescribeRefuses(t *testing.T) {
	whole := instance(1, 1, 1)
	for name, b := range map[string][]byte{
		"text": []byte("no picture"), "no preamble": whole[132:], "unknown syntax": written("1.2.3", el{tag: 0x00080018, vr: "UI", value: "1.2"}),
		"no study": written(explicitLE, el{tag: 0x00080016, vr: "UI", value: ctClass}, el{tag: 0x00080018, vr: "UI", value: "1.2"}), "cut": whole[:len(whole)-3],
		"odd UID": instance(1, 1, 1, el{tag: 0x0020000D, vr: "UI", value: "1.2/../x"}), "a list": dicom.Directory(nil),
		"not as it says": append(written(explicitLE), orderOf(implicitLE).list([]el{{tag: 0x00080016, vr: "UI", value: ctClass}, {tag: 0x00080018, vr: "UI", value: "1.2"}, {tag: 0x0020000D, vr: "UI", value: "1.2.3"}, {tag: 0x0020000E, vr: "UI", value: "1.2.4"}})...),
	} {
		if _, err := dicom.Describe(bytes.NewReader(b)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestClean zeroes a preamble and nothing else (CVE-2019-11687).
func TestClean(t *testing.T) {
	whole := instance(1, 1, 1)
	polyglot := append([]byte("MZ\x90\x00 a program"), whole[len("MZ\x90\x00 a program"):]...)
	for name, c := range map[string]struct {
		in, want []byte
		changed  bool
	}{
		"clean": {whole, whole, false}, "polyglot": {polyglot, whole, true}, "no DICOM": {[]byte("MZ a program"), []byte("MZ a program"), false}, "empty": {nil, nil, false},
	} {
		out, changed := dicom.Clean(bytes.NewReader(c.in))
		got, err := io.ReadAll(out)
		if err != nil || !bytes.Equal(got, c.want) || changed() != c.changed {
			t.Errorf("%s: %d bytes, changed %v, %v", name, len(got), changed(), err)
		}
	}
}

func FuzzDescribe(f *testing.F) {
	f.Add(instance(1, 1, 1))
	f.Add(instance(1, 1, 1, el{tag: 0x00080005, vr: "CS", value: `\ISO 2022 IR 87`}, el{tag: 0x00100010, vr: "PN", value: "\x1b$B;3ED\x1b(B"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := dicom.Describe(bytes.NewReader(b))
		if err != nil {
			return
		}
		dir := dicom.Directory([]dicom.Listed{{FileID: []string{"IM000001"}, Member: m}})
		x, err := dicom.Format.Index(t.Context(), exchange.Tree{FS: fstest.MapFS{"DICOMDIR": {Data: dir}, "IM000001": {Data: b}}, Names: []string{"DICOMDIR", "IM000001"}})
		if err != nil || x == nil {
			t.Fatalf("a list of our own cannot be read: %v", err)
		}
		for _, i := range x.Issues {
			t.Errorf("%s", i.Text)
		}
	})
}

// BenchmarkWriteDirectory lists a thousand images.
func BenchmarkWriteDirectory(b *testing.B) {
	m := describe(b, instance(1, 1, 1))
	var files []dicom.Listed
	for n := range 1000 {
		m.UID = fmt.Sprintf("1.2.3.4.%d", n)
		files = append(files, dicom.Listed{FileID: []string{fmt.Sprintf("IM%06d", n)}, Member: m})
	}
	for b.Loop() {
		dicom.Directory(files)
	}
}

// TestDirectoryOnDisk writes a medium where CARNET_MEDIUM says, for other
// programs to look at.
func TestDirectoryOnDisk(t *testing.T) {
	dir := os.Getenv("CARNET_MEDIUM")
	if dir == "" {
		t.Skip("no CARNET_MEDIUM")
	}
	files, content := medium(t)
	content["DICOMDIR"] = dicom.Directory(files)
	for name, b := range content {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
