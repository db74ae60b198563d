package fhir_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestSharedFiles brings every FHIR file of ../shared into an empty vault and
// prints what became of it: none is refused, each receipt adds up, and what was
// not understood is told.
func TestSharedFiles(t *testing.T) {
	root := shared(t, "data")
	var table strings.Builder
	fmt.Fprintf(&table, "%-90s %6s %6s %6s %6s %6s\n", "file", "read", "filed", "admin", "kept", "refused")
	for _, dir := range []string{"fhir-dstu2", "fhir-stu3", "fhir-r4", "ips", "apple-health/candace_salinas/apple_health_export/clinical-records"} {
		err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(dir)), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				sharedFile(t, &table, root, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Log("\n" + table.String())
}

func sharedFile(t *testing.T, table *strings.Builder, root, path string) {
	name, err := filepath.Rel(root, path)
	if err != nil {
		t.Fatal(err)
	}
	r := imported(t, path)
	fmt.Fprintf(table, "%-90s %6d %6d %6d %6d %6d\n", filepath.Base(name), r.Read, r.Filed+r.Duplicate, r.Administrative, r.Kept, r.Refused)
	if !r.Adds() || r.Refused > 0 || r.Read == 0 {
		t.Errorf("%s: %+v", name, r)
	}
	if r.Kept > 0 && len(r.Issues) == 0 {
		t.Errorf("%s: kept without a word", name)
	}
	if r.Kept > 0 {
		t.Errorf("%s: %d not understood: %v", name, r.Kept, r.Issues)
	}
}

// imported brings one file in and tells what became of it.
func imported(t *testing.T, path string) record.SourceReport {
	t.Helper()
	src, err := exchange.Paths(path)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	b, err := exchange.Import(context.Background(), &store{}, []exchange.Format{fhir.Format()}, src, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%s: %v", filepath.Base(path), took)
	}
	return b.Receipt.Sources[0]
}

// TestSharedPlaces: each record of the XML samples stands at its own element.
func TestSharedPlaces(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "data"), "fhir-dstu2", "*.xml"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		s := &sink{}
		src, err := exchange.Paths(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := fhir.Format().Import(context.Background(), src[0], s); err != nil {
			t.Fatal(err)
		}
		content, err := src[0].ReadAll(1 << 30)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range s.records {
			p := r.Source()
			part := content[p.Span.Offset : p.Span.Offset+p.Span.Length]
			if seen[p.Place] || part[0] != '<' || !strings.HasPrefix(p.Place, "line ") {
				t.Errorf("%s: %s", filepath.Base(path), p.Place)
			}
			seen[p.Place] = true
		}
	}
}

// TestDanglingReferencesAreNamed: facts whose author or medicine the file does
// not hold are filed, and the loose ends told with their number.
func TestDanglingReferencesAreNamed(t *testing.T) {
	for name, want := range map[string]string{"NL_Drimpy_01.json": " references: to an entry that this file does not hold", "US_Epic_connectathon_May2024.json": " references: to an entry", "full_ips.json": ""} {
		r := imported(t, filepath.Join(shared(t, "data"), "ips", name))
		all := ""
		for _, i := range r.Issues {
			all += i.Text + "\n"
		}
		if !strings.Contains(all, want) || want == "" && strings.Contains(all, "does not hold") {
			t.Errorf("%s: %s", name, all)
		}
	}
}
