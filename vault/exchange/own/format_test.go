package own_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/own"
)

// tree is a package in a folder, with a manifest that lists its files.
func tree(sources string, files ...string) exchange.Tree {
	fs, names, list := fstest.MapFS{}, []string{}, []string{}
	for _, f := range files {
		fs["pkg/"+f] = &fstest.MapFile{Data: []byte(f)}
		names = append(names, "pkg/"+f)
		sum := sha256.Sum256([]byte(f))
		list = append(list, fmt.Sprintf(`{"name":%q,"size":%d,"sha256":%q}`, f, len(f), hex.EncodeToString(sum[:])))
	}
	fs["pkg/MANIFEST.json"] = &fstest.MapFile{Data: []byte(`{"format":"carnet-package 1","what":"x","sources":[` + sources + `],"files":[` + strings.Join(list, ",") + `]}`)}
	names = append(names, "pkg/MANIFEST.json", "pkg/other.txt")
	fs["pkg/other.txt"] = &fstest.MapFile{Data: []byte("x")}
	slices.Sort(names)
	return exchange.Tree{Name: "t", FS: fs, Names: names}
}

var whole = []string{"START-HERE.html", "Summary.pdf", "ccd.xml", "ips.json", "README.txt", "originals/a.json"}

func index(t *testing.T, tr exchange.Tree) *exchange.Index {
	t.Helper()
	x, err := own.Format.Index(t.Context(), tr)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func skipped(x *exchange.Index) []string {
	var list []string
	for name, m := range x.Members {
		if m.Skip != "" {
			list = append(list, strings.TrimPrefix(name, "pkg/"))
		}
	}
	slices.Sort(list)
	return list
}

func TestIndex(t *testing.T) {
	faces := []string{"MANIFEST.json", "README.txt", "START-HERE.html", "Summary.pdf", "ccd.xml"}
	for name, c := range map[string]struct {
		tree exchange.Tree
		want []string
	}{
		"entries of the patient": {tree(`{"file":"originals/a.json"},{"name":"the patient"}`, whole...), faces},
		"all from originals":     {tree(`{"file":"originals/a.json"}`, whole...), append(slices.Clone(faces), "ips.json")},
		"an original is missing": {tree(`{"file":"originals/b.json"}`, whole...), faces},
		"a page alone":           {tree(``, "START-HERE.html", "Summary.pdf"), []string{"MANIFEST.json"}},
	} {
		x := index(t, c.tree)
		if got := skipped(x); !slices.Equal(got, c.want) || len(x.Issues) > 0 {
			t.Errorf("%s: got %v, %v, want %v", name, got, x.Issues, c.want)
		}
	}
}

// TestChanged tells of files that differ, or are gone.
func TestChanged(t *testing.T) {
	tr := tree(``, whole...)
	fs := tr.FS.(fstest.MapFS)
	fs["pkg/ips.json"].Data = []byte("changed")
	tr.Names = slices.DeleteFunc(tr.Names, func(n string) bool { return n == "pkg/originals/a.json" })
	x := index(t, tr)
	if len(x.Issues) != 1 || x.Issues[0].Place != "pkg/originals/a.json" || len(x.Members["pkg/ips.json"].Issues) != 1 {
		t.Errorf("got %+v", x)
	}
}

// TestOthers: other programs have files of that name.
func TestOthers(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `{"format":"carnet-package"}`, `{"format":"carnet-package 1","format":"x"}`, `{"format":"other 1"}`, `no JSON`} {
		if x := index(t, exchange.Tree{FS: fstest.MapFS{"MANIFEST.json": {Data: []byte(text)}}, Names: []string{"MANIFEST.json"}}); x != nil {
			t.Errorf("%s: got %+v", text, x)
		}
	}
	x := index(t, exchange.Tree{FS: fstest.MapFS{"MANIFEST.json": {Data: []byte(`{"format":"carnet-package 2"}`)}}, Names: []string{"MANIFEST.json"}})
	if x == nil || len(x.Issues) != 1 {
		t.Errorf("a later version: got %+v", x)
	}
}

func FuzzIndex(f *testing.F) {
	f.Add([]byte(`{"format":"carnet-package 1","sources":[{"file":"ips.json"}],"files":[{"name":"ips.json","size":1,"sha256":""},{"name":"../x"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		tr := exchange.Tree{FS: fstest.MapFS{"MANIFEST.json": {Data: b}, "ips.json": {Data: []byte("x")}}, Names: []string{"MANIFEST.json", "ips.json"}}
		x, err := own.Format.Index(t.Context(), tr)
		if err != nil {
			t.Fatal(err)
		}
		if x == nil {
			return
		}
		for name := range x.Members {
			if !slices.Contains(tr.Names, name) {
				t.Errorf("%q is not in the tree", name)
			}
		}
	})
}
