package ccda_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// elements lists every element of a tree.
func elements(e *strictxml.Element) []*strictxml.Element {
	all := []*strictxml.Element{e}
	for c := range e.Children() {
		all = append(all, elements(c)...)
	}
	return all
}

// TestAnyElementMayBeMissing takes each element of a document away, or empties
// it: nothing panics. (The pipeline would catch it; the format must not need it.)
func TestAnyElementMayBeMissing(t *testing.T) {
	var docs []string
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, string(b))
	}
	for _, doc := range docs {
		tree, err := strictxml.Parse(strings.NewReader(doc), strictxml.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range elements(tree.Root) {
			for _, instead := range []string{"", "<" + e.Local + "/>", "<" + e.Local + ` nullFlavor="UNK" value="x" code="x"/>`, "<" + e.Local + "><" + e.Local + "/></" + e.Local + ">"} {
				content := doc[:e.Start] + instead + doc[e.End:]
				src := exchange.Source{Name: "x", FS: fstest.MapFS{"x": {Data: []byte(content)}}, Path: "x"}
				_ = ccda.Format.Import(t.Context(), src, &drop{})
			}
		}
	}
}
