package handover_test

import (
	"crypto/sha1"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/xdm"
)

// TestMedia: the layout of IHE XDM has all that the plain one has, and documents
// that its list describes as they are.
func TestMedia(t *testing.T) {
	dir := t.TempDir()
	m, err := handover.PackAs(t.Context(), handover.XDM, formats, sheettest.Realistic().Select(t, exchange.Scope{}), handover.Folder(dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"MANIFEST.json"}
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	said := strings.Join(names, " ")
	for _, want := range []string{"START-HERE.html", "Summary.pdf", "ips.json", "INDEX.HTM", "README.TXT", "IHE_XDM/SUBSET01/METADATA.XML", "IHE_XDM/SUBSET01/SUMMARY.PDF", "IHE_XDM/SUBSET01/IPS.JSN"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(said, "README.txt") {
		t.Error("two files of one name but for its capitals")
	}
	x, err := xdm.Format.Index(t.Context(), exchange.Tree{Name: "t", FS: os.DirFS(dir), Names: names})
	if err != nil || len(x.Issues) > 0 {
		t.Fatalf("%v, %v", x.Issues, err)
	}
	if p := x.Members["IHE_XDM/SUBSET01/SUMMARY.PDF"]; len(p.Issues) > 0 || p.Patient == nil || p.Patient.DisplayName() != "Ingrid Maria Halvorsen" {
		t.Errorf("got %+v", p)
	}
	b, err := os.ReadFile(filepath.Join(dir, "Summary.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(dir, "IHE_XDM", "SUBSET01", "METADATA.XML"))
	sum := sha1.Sum(b)
	if err != nil || !strings.Contains(string(list), hex.EncodeToString(sum[:])) {
		t.Errorf("the list does not have the document's hash: %v", err)
	}
	index, err := os.ReadFile(filepath.Join(dir, "INDEX.HTM"))
	if err != nil || strings.Contains(string(index), "Ingrid") || !strings.Contains(string(index), "START-HERE.html") {
		t.Errorf("%s, %v", index, err)
	}
}
