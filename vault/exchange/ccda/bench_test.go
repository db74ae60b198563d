package ccda_test

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/record"
)

// drop is a sink that keeps nothing.
type drop struct{ items int }

func (d *drop) Add(record.Record) { d.items++ }

func (d *drop) Attach(string, string, io.Reader) (record.Attachment, error) {
	return record.Attachment{}, nil
}

func (d *drop) Report(exchange.Issue) {}

// samples are the shared documents in memory.
func samples(b *testing.B) (fstest.MapFS, int64) {
	b.Helper()
	root := filepath.Join(shared(b, "data"), "ccda")
	files, size := fstest.MapFS{}, int64(0)
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) == ".pdf" || filepath.Base(filepath.Dir(p)) == "negative" {
			return err
		}
		content, err := os.ReadFile(p)
		files[filepath.Base(p)] = &fstest.MapFile{Data: content}
		size += int64(len(content))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files, size
}

// BenchmarkImport reads all sample documents: go test -bench Import -run xxx
func BenchmarkImport(b *testing.B) {
	files, size := samples(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for name := range files {
			if err := ccda.Format.Import(context.Background(), exchange.Source{Name: name, FS: files, Path: name}, &drop{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(files)), "files")
}
