package formats_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// sharedFile finds a file of the samples beside the repository.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("SKIPPED: the sample ../shared/%s is not on this computer", name)
	}
	return b
}

// bringAll brings a file in with every format.
func bringAll(t testing.TB, m *exchangetest.Memory, name string, content []byte) record.Receipt {
	t.Helper()
	b, err := exchange.Import(context.Background(), m, formats.All(), []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Sources {
		if !s.Adds() {
			t.Errorf("%s: the receipt does not add up: %+v", name, s)
		}
	}
	return r
}

// TestSharedXDM brings the sample archives of IHE XDM in.
func TestSharedXDM(t *testing.T) {
	for _, tt := range []struct {
		file              string
		documents, around int    // clinical documents, and files that are none
		readable          string // the portal's readable form
	}{
		{"ONC_XDM_FULL.ZIP", 1, 3, ""},
		{"ONC_XDM_LIM.ZIP", 1, 3, ""},
		{"DERIVED_mychart_like_HealthSummary.zip", 3, 4, "My Health Summary"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			m := exchangetest.NewMemory()
			r := bringAll(t, m, tt.file, sharedFile(t, "data/xdm/"+tt.file))
			documents, around := 0, 0
			for _, s := range r.Sources {
				for _, i := range s.Issues {
					if strings.Contains(i.Text, "differs from what its list") {
						t.Errorf("%s: %s", s.Name, i.Text)
					}
				}
				switch {
				case s.Format == "ccda" && s.Filed > 0:
					documents++
				case s.Administrative == 1 && s.Read == 1:
					around++
				}
			}
			if documents != tt.documents || around != tt.around {
				t.Errorf("got %d documents and %d files around them, want %d and %d", documents, around, tt.documents, tt.around)
			}
			found := tt.readable == ""
			for _, x := range m.All() {
				if d, ok := x.Resource.(*record.DocumentReference); ok && d.Title == tt.readable {
					found = true
				}
			}
			if !found {
				t.Error("the readable form was not kept under its title")
			}
		})
	}
}

// TestFolderOfXDM: unpacked into a folder, an archive gives the same.
func TestFolderOfXDM(t *testing.T) {
	content := sharedFile(t, "data/xdm/DERIVED_mychart_like_HealthSummary.zip")
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	sources, err := exchange.Paths(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(context.Background(), exchangetest.NewMemory(), formats.All(), sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	zipped := bringAll(t, exchangetest.NewMemory(), "a.zip", content)
	var got, want []string
	for _, s := range b.Receipt.Sources {
		got = append(got, fmt.Sprintln(path.Base(s.Name), s.Read, s.Filed, s.Duplicate, s.Administrative, s.Kept, s.Refused))
	}
	for _, s := range zipped.Sources {
		if s.Name != "a.zip" {
			want = append(want, fmt.Sprintln(path.Base(s.Name), s.Read, s.Filed, s.Duplicate, s.Administrative, s.Kept, s.Refused))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("folder: %v\narchive: %v", got, want)
	}
}

// TestSharedBadXDM brings the hostile archives in.
func TestSharedBadXDM(t *testing.T) {
	for file, want := range map[string]string{"xdm_hash_bad.zip": "the file differs from what its list", "xdm_uri_escape.zip": "outside of what was brought in"} {
		m := exchangetest.NewMemory()
		r := bringAll(t, m, file, sharedFile(t, "bad/zip/"+file))
		told := false
		for _, s := range r.Sources {
			for _, i := range s.Issues {
				told = told || strings.Contains(i.Text, want)
			}
			if strings.HasSuffix(s.Name, "INDEX.HTM") && (s.Read != 1 || s.Administrative != 1) {
				t.Errorf("%s: INDEX.HTM: got %+v", file, s)
			}
		}
		if !told {
			t.Errorf("%s: no word of %q", file, want)
		}
	}
}
