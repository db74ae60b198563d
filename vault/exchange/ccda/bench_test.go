package ccda_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// BenchmarkLarge reads made-up documents of growing size, whose results refer to
// their rows in the narrative: the time per byte must stay the same.
func BenchmarkLarge(b *testing.B) {
	for _, results := range []int{100, 1000, 10_000} {
		b.Run(strconv.Itoa(results), func(b *testing.B) {
			var text strings.Builder
			var entries []string
			for n := range results {
				fmt.Fprintf(&text, `<tr ID="r%d"><td>Potassium</td><td>%d.10</td></tr>`, n, n)
				entries = append(entries, strings.Replace(resultOf(fmt.Sprintf(`<value xsi:type="PQ" value="%d.10" unit="mmol/L"/>`, n), ""), "<statusCode", fmt.Sprintf(`<text><reference value="#r%d"/></text><statusCode`, n), 1))
			}
			content := document(sec("30954-2", "<table><tbody>"+text.String()+"</tbody></table>", batteryOf(entries...)))
			src := exchange.Source{Name: "large.xml", FS: fstest.MapFS{"large.xml": {Data: content}}, Path: "large.xml"}
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				if err := ccda.Format.Import(context.Background(), src, &drop{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
