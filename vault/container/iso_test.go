package container_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/container"
)

var discFiles = []discFile{
	fileOf("DICOMDIR", "the list"),
	{name: "Prüfung.txt", plain: "PRUFUNG.;1", content: strings.Repeat("text ", 1000)},
	folderOf("images", folderOf("ct", fileOf("im1.dcm", "one"), fileOf("im2.dcm", "two"), discFile{name: "empty", plain: "EMPTY.;1"})),
	{name: "long.bin", plain: "LONG.BIN;1", content: strings.Repeat("0123456789abcdef", 1024), parts: 3},
}

// listed gives names and the sizes of what was read under them.
func listed(t *testing.T, a *container.Archive) string {
	t.Helper()
	var got []string
	for _, m := range a.Members() {
		b, err := fs.ReadFile(a, m.Name)
		if m.Fault != nil {
			got = append(got, m.Name+"!")
			continue
		}
		if err != nil || int64(len(b)) != m.Size {
			t.Errorf("%s: %d bytes of %d, %v", m.Name, len(b), m.Size, err)
		}
		if again, err := fs.ReadFile(a, m.Name); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s: read a second time: %d bytes, %v", m.Name, len(again), err)
		}
		got = append(got, fmt.Sprintf("%s=%d", m.Name, len(b)))
	}
	return strings.Join(got, " ")
}

func TestDisc(t *testing.T) {
	for _, tt := range []struct {
		what         string
		joliet, rock bool
		want         string
	}{
		{"plain", false, false, "DICOMDIR=8 IMAGES/CT/EMPTY=0 IMAGES/CT/IM1.DCM=3 IMAGES/CT/IM2.DCM=3 LONG.BIN=16384 PRUFUNG=5000"},
		{"Joliet", true, false, "DICOMDIR=8 Prüfung.txt=5000 images/ct/empty=0 images/ct/im1.dcm=3 images/ct/im2.dcm=3 long.bin=16384"},
		{"Rock Ridge", false, true, "DICOMDIR=8 Prüfung.txt=5000 images/ct/empty=0 images/ct/im1.dcm=3 images/ct/im2.dcm=3 long.bin=16384"},
		{"both", true, true, "DICOMDIR=8 Prüfung.txt=5000 images/ct/empty=0 images/ct/im1.dcm=3 images/ct/im2.dcm=3 long.bin=16384"},
	} {
		a, err := open(t, imageOf(tt.joliet, tt.rock, discFiles...))
		if err != nil {
			t.Errorf("%s: %v", tt.what, err)
			continue
		}
		if got := listed(t, a); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.what, got, tt.want)
		}
		f, err := a.Open(a.Members()[0].Name)
		if err != nil {
			t.Fatal(err)
		}
		info, _ := f.Stat()
		if got := info.ModTime().Format("2006-01-02T15:04Z07:00"); got != "2020-06-15T12:30+01:00" {
			t.Errorf("%s: changed %s", tt.what, got)
		}
	}
}

// TestDiscContent: a file has its own bytes, also one in several parts.
func TestDiscContent(t *testing.T) {
	a, err := open(t, imageOf(true, false, discFiles...))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"DICOMDIR": "the list", "images/ct/im2.dcm": "two", "long.bin": discFiles[3].content} {
		if b, err := fs.ReadFile(a, name); err != nil || string(b) != want {
			t.Errorf("%s: got %d bytes, %v", name, len(b), err)
		}
	}
}

// TestDiscNames: what no computer should keep under its name is a fault of that
// member alone.
func TestDiscNames(t *testing.T) {
	a, err := open(t, imageOf(false, true,
		fileOf("good.txt", "good"), fileOf("a/b", "slash"), fileOf("..", "up"), fileOf(`c:\x`, "drive"), fileOf("CON", "device"),
		discFile{name: "link", plain: "LINK.;1", link: true}, discFile{name: "resource", plain: "RES.;1", content: "x", flags: 4}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := listed(t, a), `..! CON! a∕b! c:\x! good.txt=4 link!`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDiscVersions(t *testing.T) {
	a, err := open(t, imageOf(false, false, discFile{plain: "A.TXT;2", content: "newer"}, discFile{plain: "A.TXT;1", content: "old"}, discFile{plain: "B.TXT.;1", content: "b"}, discFile{plain: "C;D;1", content: "c"}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := listed(t, a), "A.TXT=5 A.TXT;1=3 B.TXT=1 C;D;1=1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLargeFolder(t *testing.T) {
	var files []discFile
	for n := range 500 {
		files = append(files, fileOf(fmt.Sprintf("im%05d.dcm", n), fmt.Sprint(n)))
	}
	a, err := open(t, imageOf(true, false, files...))
	if err != nil || len(a.Members()) != 500 {
		t.Fatalf("%v", err)
	}
	if b, err := fs.ReadFile(a, "im00499.dcm"); err != nil || string(b) != "499" {
		t.Errorf("got %q, %v", b, err)
	}
}

// TestHostileDisc: made-up images that never end, point outside or share bytes.
func TestHostileDisc(t *testing.T) {
	deep := fileOf("x", "x")
	for n := range 40 {
		deep = folderOf(fmt.Sprint("d", n), deep)
	}
	good := imageOf(false, false, discFiles...)
	root := 16*sectorSize + 156
	changed := func(at int, b ...byte) []byte {
		c := bytes.Clone(good)
		copy(c[at:], b)
		return c
	}
	udf := make([]byte, 20*sectorSize)
	for n, id := range []string{"BEA01", "NSR02", "TEA01"} {
		copy(udf[(16+n)*sectorSize+1:], id)
	}
	var many []discFile
	for n := range 100 {
		many = append(many, fileOf(fmt.Sprint("same", n), strings.Repeat("s", 100_000)))
	}
	for what, b := range map[string][]byte{
		"a folder in itself":   imageOf(false, false, discFile{plain: "LOOP", folder: true, at: 20}, fileOf("a", "a")),
		"too deep":             imageOf(false, false, deep),
		"byte orders disagree": changed(root+2, 99),
		"root outside":         changed(root+2, 0, 0, 0xff, 0x7f, 0x7f, 0xff, 0, 0),
		"root too large":       changed(root+10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		"no block size":        changed(16*sectorSize+128, 0, 0, 0, 0),
		"root is a file":       changed(root+25, 0),
		"only UDF":             udf,
		"shared bytes":         imageOf(false, false, many...),
		"overlapping":          imageOf(false, false, fileOf("a", strings.Repeat("a", 3*sectorSize)), discFile{plain: "B;1", content: strings.Repeat("b", sectorSize), at: 19}),
		"endless file":         imageOf(false, false, discFile{plain: "A;1", content: "a", flags: 0x80}),
	} {
		a, err := open(t, b)
		if err == nil {
			t.Errorf("%s: %s, want an error", what, listed(t, a))
		} else if what == "only UDF" && !strings.Contains(err.Error(), "UDF") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestCutDisc: of an image that was copied in part, the files that are whole can
// be read.
func TestCutDisc(t *testing.T) {
	b := imageOf(false, false, fileOf("a.txt", "whole"), fileOf("z.bin", strings.Repeat("z", 100_000)))
	at := bytes.Index(b, []byte("zzzz"))
	dir := bytes.Clone(b[len(b)-sectorSize:]) // the root folder was written last: put it before the cut
	root := at/sectorSize + 1
	copy(b[root*sectorSize:], dir)
	put32(b[16*sectorSize+156+2:], uint32(root))
	a, err := open(t, b[:(root+1)*sectorSize])
	if err != nil {
		t.Fatal(err)
	}
	if got, want := listed(t, a), "A.TXT=5 Z.BIN!"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAlteredDisc flips bytes: nothing panics or reads what is not there.
func TestAlteredDisc(t *testing.T) {
	good := imageOf(true, true, discFiles...)
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		b := bytes.Clone(good)
		for range 1 + r.IntN(4) {
			b[16*sectorSize+r.IntN(len(b)-16*sectorSize)] ^= byte(1 << r.IntN(8))
		}
		readDisc(b[:len(b)-r.IntN(2)*r.IntN(len(b))])
	}
}

func readDisc(b []byte) {
	a, err := container.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return
	}
	for _, m := range a.Members() {
		if f, err := a.Open(m.Name); err == nil {
			io.Copy(io.Discard, io.LimitReader(f, 1<<20))
			f.Close()
		}
	}
}

// FuzzDisc reads anything behind the system area of an image.
func FuzzDisc(f *testing.F) {
	for _, how := range [][2]bool{{false, false}, {true, false}, {false, true}} {
		f.Add(imageOf(how[0], how[1], discFiles[0], discFiles[2])[16*sectorSize:])
	}
	f.Add(imageOf(false, true, discFile{name: "l", plain: "L.;1", link: true})[16*sectorSize:])
	f.Fuzz(func(_ *testing.T, b []byte) {
		readDisc(slices.Concat(make([]byte, 16*sectorSize), b))
	})
}
