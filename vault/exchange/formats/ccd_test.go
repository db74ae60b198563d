package formats_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccd"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
)

// everyPerson gives the selection of each person of the sample files: of each
// document or bundle by itself, and of the folders whose files belong together.
func everyPerson(t *testing.T, use func(name string, sel exchange.Selection)) {
	t.Helper()
	root := samples(t, "data")
	whole := map[string]bool{"fhir-r4/us-core": true, "fhir-r4/ndjson-10-patients": true}
	for _, area := range []string{"fhir-r4", "fhir-stu3", "fhir-dstu2", "ccda", "ips"} {
		err := filepath.WalkDir(filepath.Join(root, area), func(path string, d os.DirEntry, err error) error {
			name, _ := filepath.Rel(root, path)
			name = filepath.ToSlash(name)
			switch {
			case err != nil:
				return err
			case d.IsDir() && whole[name]:
				eachOf(t, name, path, use)
				return filepath.SkipDir
			case !d.IsDir() && filepath.Ext(path) != ".pdf":
				eachOf(t, name, path, use)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func eachOf(t *testing.T, name, path string, use func(string, exchange.Selection)) {
	t.Helper()
	ctx, m := context.Background(), exchangetest.NewMemory()
	bringSample(t, ctx, m, path)
	people, err := m.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range people {
		sel, err := exchange.Select(ctx, m, exchange.Scope{Person: p.ID}, time.Date(2026, 11, 22, 18, 30, 0, 0, time.FixedZone("", 3600)), "1.0.0")
		if err != nil {
			t.Fatal(err)
		}
		use(fmt.Sprintf("%s person %d", name, i+1), sel)
	}
}

// TestCCDFactsInFactsOut: what the entries of a document declare is what its
// selection declares, for every sample person; the exceptions stand in the
// documentation of package ccd.
func TestCCDFactsInFactsOut(t *testing.T) {
	f, _ := exchange.Exporter(formats.All(), "ccda")
	n := 0
	everyPerson(t, func(name string, sel exchange.Selection) {
		var b bytes.Buffer
		if err := f.Export(t.Context(), &b, sel); err != nil {
			t.Fatal(err)
		}
		lost, added, err := ccd.Differences(t.Context(), f.Import, exchangetest.Source("ccd.xml", b.Bytes()), sel)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, x := range lost {
			t.Errorf("%s: lost  %s", name, x)
		}
		for _, x := range added {
			t.Errorf("%s: added %s", name, x)
		}
		n++
	})
	t.Logf("%d people", n)
}

// TestPackageReadsItsCCDAgain: a package with the real formats states that ccd.xml
// was read again; a ccd.xml that has lost a fact, or a digit, never leaves.
func TestPackageReadsItsCCDAgain(t *testing.T) {
	sel := sheettest.Realistic().Select(t, exchange.Scope{})
	m, err := handover.Write(t.Context(), formats.All(), sel, filepath.Join(t.TempDir(), "p"), nil)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, c := range m.Checks {
		found = found || c.OK && strings.HasPrefix(c.What, "ccd.xml: read again")
	}
	if !found {
		t.Errorf("got the checks %+v", m.Checks)
	}
	for name, change := range map[string]func(string) string{
		"a dropped fact": func(s string) string {
			from, to := strings.Index(s, "<entry "), strings.Index(s, "</entry>")
			return s[:from] + s[to+len("</entry>"):]
		},
		"an altered number": func(s string) string {
			at := strings.Index(s, `<translation value="`) + len(`<translation value="`)
			return s[:at] + "9" + s[at:]
		},
	} {
		all := formats.All()
		for i, f := range all {
			if f.Name == "ccda" {
				all[i].Export = func(ctx context.Context, w io.Writer, sel exchange.Selection) error {
					var b bytes.Buffer
					if err := f.Export(ctx, &b, sel); err != nil {
						return err
					}
					_, err := io.WriteString(w, change(b.String()))
					return err
				}
			}
		}
		dir := filepath.Join(t.TempDir(), "p")
		m, err := handover.Write(t.Context(), all, sel, dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "ccd.xml")); err == nil || !strings.Contains(strings.Join(m.NotIncluded, " "), "ccd.xml: read again") {
			t.Errorf("%s: it leaves, or nobody says that it does not: %q", name, m.NotIncluded)
		}
	}
}
