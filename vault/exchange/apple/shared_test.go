package apple_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestSharedFiles brings the samples in, as a file, a folder and an archive.
func TestSharedFiles(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "apple-health")
	for _, tt := range []struct {
		name                string
		sources, read, kept int // of export.xml
	}{
		{"tdda_export6s3sample.xml", 1, 20, 0},
		{"candace_salinas", 37, 39, 0},
		{"DERIVED_candace_salinas_export.zip", 38, 39, 0},
		{"candace_salinas/apple_health_export/export.xml", 1, 39, 0},
	} {
		sources, err := exchange.Paths(filepath.Join(root, filepath.FromSlash(tt.name)))
		if err != nil {
			t.Fatal(err)
		}
		i := bringFiles(t, exchangetest.NewMemory(), sources)
		if len(i.receipt.Sources) != tt.sources {
			t.Errorf("%s: got %d sources, want %d", tt.name, len(i.receipt.Sources), tt.sources)
		}
		found := false
		for _, s := range i.receipt.Sources {
			if s.Refused > 0 {
				t.Errorf("%s %s: refused %v", tt.name, s.Name, s.Issues)
			}
			if s.Format == "apple" {
				found = true
				if s.Read != tt.read || s.Kept != tt.kept {
					t.Errorf("%s: got %+v", s.Name, s)
				}
			}
			if strings.HasSuffix(s.Name, "export_cda.xml") && !strings.Contains(told(s), "repeats vital signs") {
				t.Errorf("%s: not told that it repeats: %v", s.Name, s.Issues)
			}
		}
		if !found {
			t.Errorf("%s: no export was found", tt.name)
		}
	}
}

func told(s record.SourceReport) string {
	var b strings.Builder
	for _, i := range s.Issues {
		b.WriteString(i.Text + "\n")
	}
	return b.String()
}

// TestSharedDays holds the sums of the sample against a count by hand.
func TestSharedDays(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(shared(t, "data"), "apple-health", "tdda_export6s3sample.xml"))
	if err != nil {
		t.Fatal(err)
	}
	i := bring(t, "export.xml", b)
	if o, _ := titled(t, i, "Steps, sum of the day"); o.Value.String() != "2517 count" || o.Effective.Start != "2014-09-13" {
		t.Errorf("got %v on %v", o.Value, o.Effective.Start)
	}
	if o, _ := titled(t, i, "Distance walking running, sum of the day"); o.Value.String() != "0.01943 km" {
		t.Errorf("got %v", o.Value)
	}
}

// TestSharedBad are the hostile samples of this format.
func TestSharedBad(t *testing.T) {
	root := filepath.Join(shared(t, "bad"), "apple")
	for name, check := range map[string]func(*testing.T, imported){
		"ios16_dtd.xml": func(t *testing.T, i imported) {
			if o, _ := titled(t, i, "Body weight"); o.Value.String() != "71.50 kg" {
				t.Errorf("got %v", o.Value)
			}
		},
		"vt_char.xml": func(t *testing.T, i imported) {
			if _, p := titled(t, i, "Body weight"); p.System != "Sc\uFFFDale" || !strings.Contains(told(i.report), "control character") {
				t.Errorf("got %q, %v", p.System, i.report.Issues)
			}
		},
		"attr_space.xml": func(t *testing.T, i imported) {
			if i.report.Refused != 1 || !strings.Contains(told(i.report), "line 6") {
				t.Errorf("got %+v", i.report)
			}
		},
		"othersource.xml": func(t *testing.T, i imported) {
			if o, p := titled(t, i, "Heart rate"); p.System != "Bob’s Watch" || o.Effective.Start != "2021-03-28T02:30:00+01:00" {
				t.Errorf("got %q at %q", p.System, o.Effective.Start)
			}
		},
		"cda_tworoots.xml": func(t *testing.T, i imported) {
			if i.report.Format == "apple" {
				t.Errorf("was read as an export: %+v", i.report)
			}
		},
	} {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { check(t, bring(t, name, b)) })
	}
}
