package dicom_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func long(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }

// entry is a directory record.
func entry(kind string, more ...el) []el {
	return changed([]el{{tag: 0x00041400, vr: "UL", value: "NEXT"}, {tag: 0x00041410, vr: "US", value: "\xff\xff"}, {tag: 0x00041420, vr: "UL", value: "LOWR"}, {tag: 0x00041430, vr: "CS", value: kind}}, more...)
}

func person(name, id string) []el {
	return []el{{tag: 0x00100010, vr: "PN", value: name}, {tag: 0x00100020, vr: "LO", value: id}, {tag: 0x00100030, vr: "DA", value: "19610403"}}
}

// directory is the list of a disc of two people with three images; linked says
// that its offsets are right.
func directory(syntax string, linked bool) []byte {
	b := written(syntax, el{tag: 0x00041130, vr: "CS", value: "DISC"}, el{tag: 0x00041200, vr: "UL", value: "ROOT"},
		seq(0x00041220,
			entry("PATIENT", person("Testperson^Ada", "MRN1")...),
			entry("IMAGE", el{tag: 0x00041500, vr: "CS", value: `IMAGES\IM1`}),
			entry("IMAGE", el{tag: 0x00041500, vr: "CS", value: `IMAGES\IM2`}),
			entry("PATIENT", person("Otherman^Bob", "MRN2")...),
			entry("IMAGE", el{tag: 0x00041500, vr: "CS", value: `IMAGES\IM3`})))
	b = bytes.Replace(b, []byte(ctClass+"\x00"), []byte("1.2.840.10008.1.3.10\x00\x00\x00\x00\x00\x00")[:len(ctClass)+1], 1)
	var at []int
	for n := 0; ; {
		i := bytes.Index(b[n:], []byte("\xfe\xff\x00\xe0"))
		if i < 0 {
			break
		}
		n += i
		at = append(at, n)
		n += 4
	}
	next, lower := []int{3, 2, -1, -1, -1}, []int{1, -1, -1, 4, -1}
	set := func(word string, to int) {
		n := 0
		if to >= 0 && linked {
			n = at[to]
		}
		copy(b[bytes.Index(b, []byte(word)):], long(n))
	}
	set("ROOT", 0)
	for n := range at {
		set("NEXT", next[n])
		set("LOWR", lower[n])
	}
	return b
}

// disc is a tree with a DICOMDIR.
func disc(list []byte, names ...string) exchange.Tree {
	files := fstest.MapFS{"DICOMDIR": {Data: list}}
	for _, n := range names {
		files[n] = &fstest.MapFile{Data: []byte("x")}
	}
	t := exchange.Tree{Name: "disc", FS: files}
	fs.WalkDir(files, ".", func(p string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			t.Names = append(t.Names, p)
		}
		return nil
	})
	slices.Sort(t.Names)
	return t
}

func TestDirectory(t *testing.T) {
	for _, tt := range []struct {
		syntax string
		linked bool
	}{{explicitLE, true}, {explicitLE, false}, {implicitLE, true}} {
		index, err := dicom.Format.Index(context.Background(), disc(directory(tt.syntax, tt.linked), "images/im1", "IMAGES/IM3.;1", "autorun.inf", "viewer/view.exe", "viewer/skin.jar", "letter.pdf"))
		if err != nil || index == nil {
			t.Fatalf("%v: no index: %v", tt, err)
		}
		if len(index.Issues) != 1 || !strings.Contains(index.Issues[0].Text, "1 of 3 images listed are not on this disc: IMAGES/IM2") {
			t.Errorf("%v: issues %v", tt, index.Issues)
		}
		if m := index.Members["DICOMDIR"]; m.Skip == "" || m.Outcome != exchange.Administrative || m.LeaveOut {
			t.Errorf("%v: the list itself: %+v", tt, m)
		}
		for name, want := range map[string]string{"images/im1": "Ada Testperson", "IMAGES/IM3.;1": "Bob Otherman"} {
			m := index.Members[name]
			if m.Patient == nil || m.Patient.DisplayName() != want || m.Skip != "" || len(m.Identifiers) != 1 {
				t.Errorf("%v: %s: %+v", tt, name, m)
			}
		}
		for _, name := range []string{"autorun.inf", "viewer/view.exe", "viewer/skin.jar"} {
			if m := index.Members[name]; !m.LeaveOut || m.Skip == "" {
				t.Errorf("%v: %s is kept: %+v", tt, name, m)
			}
		}
		if _, told := index.Members["letter.pdf"]; told {
			t.Error("a letter on the disc is held back")
		}
	}
}

// TestNotADisc: without a DICOMDIR nothing is said of a folder.
func TestNotADisc(t *testing.T) {
	tree := disc([]byte("no list"), "a.exe")
	if index, err := dicom.Format.Index(context.Background(), tree); index != nil || err != nil {
		t.Errorf("got %+v, %v", index, err)
	}
}

// TestDamagedDirectory: a list that is cut off loses no image.
func TestDamagedDirectory(t *testing.T) {
	list := directory(explicitLE, true)
	tree := disc(list[:len(list)-20], "IMAGES/IM1")
	index, err := dicom.Format.Index(context.Background(), tree)
	if index != nil && len(index.Issues) == 0 || err == nil && index == nil {
		t.Errorf("nothing is told: %+v, %v", index, err)
	}
}

// TestDirectoryAlone: the list without its disc brings nothing, and says so.
func TestDirectoryAlone(t *testing.T) {
	i := bring(t, "DICOMDIR", directory(explicitLE, true))
	if i.report.Administrative != 1 || len(i.records) != 0 || !strings.Contains(i.report.Issues[0].Text, "bring in the disc") {
		t.Errorf("got %+v", i.report)
	}
}

// TestFolder brings a disc of one person in: one study of all its files, and no
// program is kept.
func TestFolder(t *testing.T) {
	files := map[string][]byte{}
	for n := range 12 {
		series := fmt.Sprint("1.2.3.", 1+n/6)
		files[fmt.Sprint("IM", n)] = written(explicitLE, image(el{tag: 0x00080018, vr: "UI", value: fmt.Sprint("1.2.3.4.", n)}, el{tag: 0x0020000E, vr: "UI", value: series}, el{tag: 0x00200013, vr: "IS", value: fmt.Sprint(n)})...)
	}
	var sources []exchange.Source
	for name, b := range files {
		sources = append(sources, exchangetest.Source(name, b))
	}
	i := bringAll(t, exchange.NewPerson, sources...)
	s := one[*record.ImagingStudy](t, i)
	if len(s.Series) != 2 || len(s.Series[0].Instance) != 6 || s.Series[0].Instance[5].Number != "5" || s.Series[1].Instance[0].Hash == "" {
		t.Errorf("got %d series: %+v", len(s.Series), s.Series)
	}
	one[*record.Patient](t, i)
}

// TestDisc brings a disc in as a folder and as an archive: its images are read,
// its programs are told and not kept.
func TestDisc(t *testing.T) {
	second := written(explicitLE, image(el{tag: 0x00080018, vr: "UI", value: "1.2.3.5"})...)
	files := map[string][]byte{"DICOMDIR": directory(explicitLE, true), "IMAGES/IM1": written(explicitLE, image()...), "IMAGES/IM2": second, "AUTORUN.INF": []byte("[autorun]\nopen=view.exe\n"), "VIEW.EXE": []byte("MZ program")}
	folder := t.TempDir()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, b := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
		w, _ := z.Create(name)
		w.Write(b)
	}
	z.Close()
	inFolder, err := exchange.Paths(folder)
	if err != nil {
		t.Fatal(err)
	}
	for what, sources := range map[string][]exchange.Source{"folder": inFolder, "archive": {exchangetest.Source("disc.zip", packed.Bytes())}} {
		m := exchangetest.NewMemory()
		b, err := exchange.Import(context.Background(), m, []exchange.Format{dicom.Format}, sources, exchange.Options{Person: exchange.NewPerson})
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Commit(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		programs, missing := 0, 0
		for _, s := range r.Sources {
			if !s.Adds() || s.Refused > 0 {
				t.Errorf("%s: %+v", what, s)
			}
			for _, i := range s.Issues {
				if strings.Contains(i.Text, "viewer program") {
					programs++
				}
				if strings.Contains(i.Text, "1 of 3 images listed") {
					missing++
				}
			}
		}
		if programs != 2 || missing != 1 {
			t.Errorf("%s: %d programs, %d words of what is missing", what, programs, missing)
		}
		studies := of[*record.ImagingStudy](imported{records: m.All()})
		if len(studies) != 1 || len(studies[0].Series[0].Instance) != 2 {
			t.Errorf("%s: %d studies", what, len(studies))
		}
		originals, _ := m.Originals(context.Background())
		for _, o := range originals {
			if name := strings.ToUpper(o.Name); strings.HasSuffix(name, ".EXE") || strings.HasSuffix(name, ".INF") {
				t.Errorf("%s: %s is kept", what, o.Name)
			}
		}
	}
}
