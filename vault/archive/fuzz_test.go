package archive_test

import (
	"bytes"
	"context"
	"io"
	"iter"
	"runtime"
	"testing"

	"github.com/carnet-phr/carnet/vault/archive"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// FuzzOpen: whatever the bytes are, an archive is whole or an error.
func FuzzOpen(f *testing.F) {
	good := write(f, small{}, "")
	f.Add(good)
	f.Add(good[:2000])
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := archive.Open(t.Context(), bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		n := 0
		for _, err := range a.Records(t.Context()) {
			if err != nil {
				return
			}
			n++
		}
		if n != a.Contents.Records {
			t.Errorf("%d records, the manifest says %d", n, a.Contents.Records)
		}
		list, err := a.Originals(t.Context())
		if err != nil {
			return
		}
		for _, o := range list {
			r, err := o.Open()
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, r); o.Path == "" && (err != nil || n != o.Size) {
				t.Errorf("%d bytes, %v", n, err)
			}
		}
	})
}

// BenchmarkWrite archives 10,000 and 100,000 records; B/op must not grow with
// what is held, only with what passes.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(size(n), func(b *testing.B) {
			v := vaulttest.Empty(b)
			if err := v.Commit(b.Context(), record.Change{Put: vaulttest.Many(n)}); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				var count counter
				if _, err := archive.Write(b.Context(), &count, v, archive.Options{Made: made}); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(count))
			}
			b.ReportMetric(float64(live()), "live-B")
		})
	}
}

// BenchmarkRead reads the records of an archive one by one.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(size(n), func(b *testing.B) {
			v := vaulttest.Empty(b)
			if err := v.Commit(b.Context(), record.Change{Put: vaulttest.Many(n)}); err != nil {
				b.Fatal(err)
			}
			bytes := write(b, v, "")
			b.SetBytes(int64(len(bytes)))
			for b.Loop() {
				for _, err := range open(b, bytes).Records(b.Context()) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func size(n int) string {
	if n == 10_000 {
		return "10k"
	}
	return "100k"
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// live is how much of the heap is in use.
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// small is a library of one record and one original.
type small struct{}

func (small) Query(_ context.Context, f record.Filter) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		if f.Kind == "" {
			yield(record.Record{ID: "a", Person: "a", Resource: &record.Condition{Code: record.Concept{Text: "x\xff"}}, Provenance: []record.Provenance{{Original: smallFile.Hash, Said: &record.Condition{}}}}, nil)
		}
	}
}

var smallFile = original("content", "a.txt")

func (small) Imports(context.Context) ([]record.Receipt, error) {
	return []record.Receipt{{Import: "i"}}, nil
}

func (small) Originals(context.Context) ([]record.Original, error) {
	return []record.Original{smallFile.Original}, nil
}

func (small) OpenOriginal(context.Context, record.Hash) (io.ReadCloser, record.Original, error) {
	r, err := smallFile.Open()
	return r, smallFile.Original, err
}
