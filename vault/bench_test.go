package vault_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// many gives n made-up records, most of them results.
func many(n int) []record.Record { return vaulttest.Many(n) }

// folderSize adds up all files below dir.
func folderSize(t testing.TB, dir string) (total int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func BenchmarkCommit(b *testing.B) {
	for _, n := range []int{1, 10_000, 40_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			list := many(n)
			records := 0
			var size int64
			for b.Loop() {
				b.StopTimer()
				v, _, err := vault.Create(b.Context(), b.TempDir()+"/v", []byte(vaulttest.Passphrase), vaulttest.Options())
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if err := v.Commit(b.Context(), record.Change{Put: list}); err != nil {
					b.Fatal(err)
				}
				records += n
				b.StopTimer()
				if err := v.Close(); err != nil {
					b.Fatal(err)
				}
				size = folderSize(b, v.Dir())
				os.RemoveAll(v.Dir())
				b.StartTimer()
			}
			b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(size)/1e6, "MB-on-disk")
		})
	}
}

// filled10k gives the folder of a closed vault of 10,000 records.
func filled10k(b *testing.B) string {
	b.Helper()
	v, _, err := vault.Create(b.Context(), b.TempDir()+"/v", []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	if err := v.Commit(b.Context(), record.Change{Put: many(10_000)}); err != nil {
		b.Fatal(err)
	}
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return v.Dir()
}

func reopened(b *testing.B, dir string) *vault.Vault {
	b.Helper()
	v, err := vault.Open(b.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// first reads the first n records of a kind.
func first(b *testing.B, v *vault.Vault, kind record.Kind, n int) {
	b.Helper()
	for _, err := range v.Query(b.Context(), record.Filter{Person: vaulttest.Person, Kind: kind}) {
		if err != nil {
			b.Fatal(err)
		}
		if n--; n == 0 {
			return
		}
	}
	b.Fatalf("%d records are missing", n)
}

func BenchmarkOpen10k(b *testing.B) {
	dir := filled10k(b)
	for b.Loop() {
		v := reopened(b, dir)
		first(b, v, record.KindObservation, 50)
		b.StopTimer()
		if err := v.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func BenchmarkRebuild10k(b *testing.B) {
	dir := filled10k(b)
	for b.Loop() {
		b.StopTimer()
		os.Remove(filepath.Join(dir, "db", "CLOSED"))
		b.StartTimer()
		v := reopened(b, dir)
		b.StopTimer()
		v.Close()
		b.StartTimer()
	}
}

func BenchmarkQueryFirst50(b *testing.B) {
	v := reopened(b, filled10k(b))
	defer v.Close()
	for b.Loop() {
		first(b, v, record.KindObservation, 50)
	}
}
