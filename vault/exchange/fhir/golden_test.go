package fhir_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

var update = flag.Bool("update", false, "rewrite the expected results")

// golden is what the format made of a file, in the order of the file.
type golden struct {
	Records []goldenRecord `json:"records"`
	Issues  []goldenIssue  `json:"issues"`
}

type goldenRecord struct {
	Kind     record.Kind       `json:"kind"`
	Title    string            `json:"title"`
	Standing record.Standing   `json:"standing"`
	Person   record.ID         `json:"person"`
	Held     []string          `json:"held,omitempty"`
	Source   record.Provenance `json:"source"`
	Resource record.Resource   `json:"resource"`
}

type goldenIssue struct {
	Place   string           `json:"place"`
	Text    string           `json:"text,omitempty"`
	What    string           `json:"what,omitempty"`
	Outcome exchange.Outcome `json:"outcome"`
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*json")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "testdata/kinds.xml")
	for _, f := range files {
		if strings.HasSuffix(f, ".want.json") {
			continue
		}
		t.Run(filepath.Base(f), func(t *testing.T) { goldenPair(t, f) })
	}
}

func goldenPair(t *testing.T, file string) {
	s := &sink{}
	src := exchange.Source{Name: file, FS: os.DirFS(filepath.Dir(file)), Path: filepath.Base(file)}
	if err := fhir.Format().Import(context.Background(), src, s); err != nil {
		t.Fatal(err)
	}
	var g golden
	for _, r := range s.records {
		sum := r.Summary()
		g.Records = append(g.Records, goldenRecord{r.Resource.Kind(), sum.Title, sum.Standing, r.Person, r.Held, r.Source(), r.Resource})
	}
	for _, i := range s.issues {
		g.Issues = append(g.Issues, goldenIssue{i.Place, i.Text, i.What, i.Outcome})
	}
	got, err := json.MarshalIndent(g, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	wantFile := strings.TrimSuffix(file, filepath.Ext(file)) + ".want.json"
	if filepath.Ext(file) == ".xml" {
		wantFile = file + ".want.json"
	}
	if *update {
		if err := os.WriteFile(wantFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(wantFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the result differs from %s; run with -update and read the difference", wantFile)
	}
}
