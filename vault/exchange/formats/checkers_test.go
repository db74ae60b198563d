package formats_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
)

// checkers are the independent checkers and what of a package each reads.
var checkers = []struct{ tool, file string }{
	{"check-ips", "ips.json"},
	{"check-fhir", "*.ndjson"}, // as below
	{"check-ccda", "ccd.xml"},
	{"check-html", "START-HERE.html"},
	{"check-pdf", "Summary.pdf"},
	{"check-dicom", "dicom/DICOMDIR"},
}

// TestPackagesPassEveryChecker makes the package of every sample person and of
// every disc, and lets independent checkers read it, where they are installed; they
// live outside this repository. They take half an hour, so that it waits to be asked;
// the packages' own tests always run them on made-up records. CARNET_LOOK names a
// folder in which the packages stay.
func TestPackagesPassEveryChecker(t *testing.T) {
	if os.Getenv("CARNET_CHECKERS") != "all" {
		t.Skip("SKIPPED: the independent checkers read the packages of every sample person with CARNET_CHECKERS=all alone (make test-checkers)")
	}
	root := samples(t, "data")
	tools, err := filepath.Abs(samples(t, "tools"))
	if err != nil {
		t.Fatal(err)
	}
	dir := os.Getenv("CARNET_LOOK")
	if dir == "" {
		dir = t.TempDir()
	}
	var people []string
	use := func(name string, sel exchange.Selection) {
		people = append(people, name)
		pack(t, filepath.Join(dir, plainName(name)), sel)
	}
	everyPerson(t, use)
	eachOf(t, "dicom", filepath.Join(root, "dicom"), use)
	tab := newTable(t, "person\tips\tfhir\tccda\thtml\tpdf\tdicom")
	total := map[string]int{}
	for _, name := range people {
		row := []any{name}
		for _, c := range checkers {
			found, err := filepath.Glob(filepath.Join(dir, plainName(name), filepath.FromSlash(c.file)))
			if err != nil {
				t.Fatal(err)
			}
			said := "-"
			if len(found) > 0 {
				total[c.tool]++
				said = "pass"
				if out, err := exec.CommandContext(t.Context(), filepath.Join(tools, c.tool), found...).CombinedOutput(); err != nil {
					said = "FAIL"
					t.Errorf("%s, %s: %v\n%s", name, c.tool, err, out)
				}
			}
			row = append(row, said)
		}
		tab.row(row...)
	}
	tab.row("all", total["check-ips"], total["check-fhir"], total["check-ccda"], total["check-html"], total["check-pdf"], total["check-dicom"])
}

func plainName(name string) string { return strings.NewReplacer("/", "_", " ", "_").Replace(name) }

// pack makes a package, and beside it the resources of its summary and all records
// line by line: check-fhir takes the entries out of a Bundle before it checks the
// Bundle itself, so that bdl-11 fails on any document, HL7's own examples among them.
func pack(t *testing.T, dir string, sel exchange.Selection) {
	t.Helper()
	m, err := handover.Write(t.Context(), formats.All(), sel, dir, nil)
	if err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	for _, c := range m.Checks {
		if !c.OK {
			t.Errorf("%s: %s", dir, c.What)
		}
	}
	f, _ := exchange.Exporter(formats.All(), "ndjson")
	var b bytes.Buffer
	if err := f.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	if document, err := os.ReadFile(filepath.Join(dir, "ips.json")); err == nil {
		var summary struct {
			Entry []struct{ Resource json.RawMessage }
		}
		if err := json.Unmarshal(document, &summary); err != nil {
			t.Fatal(err)
		}
		for _, e := range summary.Entry {
			b.Write(e.Resource)
			b.WriteByte('\n')
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "all.ndjson"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
