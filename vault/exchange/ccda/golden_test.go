package ccda_test

import (
	"flag"
	"os"
	"path/filepath"
	"sort"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

var update = flag.Bool("update", false, "write the wanted output anew")

// golden is one record as the golden files hold it: without what differs from
// run to run.
type golden struct {
	Kind       record.Kind       `json:"kind"`
	Title      string            `json:"title"`
	Standing   record.Standing   `json:"standing"`
	Resource   record.Resource   `json:"resource"`
	Provenance record.Provenance `json:"provenance"`
}

// TestGolden holds each document of testdata against what it must give.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			i := bring(t, filepath.Base(file), b)
			var all []golden
			for _, r := range i.records {
				for _, ref := range record.References(r.Resource) {
					if ref.Local != "" && ref.ID == "" {
						t.Errorf("%s: a reference that leads nowhere", r.Source().Place)
					}
					ref.ID = ""
				}
				p := r.Source()
				p.Import, p.Received, p.Original = "", time.Time{}, ""
				s := r.Summary()
				all = append(all, golden{r.Resource.Kind(), s.Title, s.Standing, r.Resource, p})
			}
			sort.SliceStable(all, func(a, b int) bool { return all[a].Provenance.Span.Offset < all[b].Provenance.Span.Offset })
			got := asJSON(t, map[string]any{"records": all, "issues": i.report.Issues, "read": i.report.Read, "filed": i.report.Filed, "kept": i.report.Kept}) + "\n"
			want, err := os.ReadFile(file + ".want.json")
			if *update {
				if err := os.WriteFile(file+".want.json", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the output differs from %s.want.json; read it, then run with -update", file)
			}
		})
	}
}
