package vault

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/store"
)

// The frozen vault: testdata/vault-v1 without db/, which is built again.
const (
	frozenPassphrase = "frozen made-up passphrase"
	frozenOriginal   = "a made-up original\n"
	frozenHash       = "a81912cada2b388636cfe0449fffd2613e57d59c9fc2227b6f141533f5f3d5dc"
)

var frozenNow = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func frozenRecords(t *testing.T, c *codec) []record.Record {
	t.Helper()
	var list []record.Record
	for _, kind := range record.Kinds {
		b, err := os.ReadFile(filepath.Join("testdata", "stored-v1", string(kind.Kind)+".cbor"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.decodeRecord(b)
		if err != nil {
			t.Fatal(err)
		}
		r.ID = record.ID(strings.ToLower(string(kind.Kind)))
		list = append(list, r)
	}
	return list
}

func frozenOptions() Options {
	return Options{KDF: seal.Cost{Time: 1, MemoryKiB: 64, Threads: 1}, Now: func() time.Time { return frozenNow }}
}

func writeFrozenVault(t *testing.T, c *codec) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v")
	v, recovery, err := Create(t.Context(), dir, []byte(frozenPassphrase), frozenOptions())
	if err != nil {
		t.Fatal(err)
	}
	in := record.Incoming{
		Original: record.Original{Hash: frozenHash, Name: "made-up.txt", MediaType: "text/plain", Size: int64(len(frozenOriginal))},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(frozenOriginal)), nil },
	}
	extra := record.Record{ID: "extra", Resource: &record.Other{Title: "deleted again"}}
	for _, change := range []record.Change{
		{Put: append(frozenRecords(t, c), extra), Originals: []record.Incoming{in}, Receipt: &record.Receipt{Import: "frozenimport"}},
		{Delete: []record.ID{"extra"}},
	} {
		if err := v.Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	frozen := filepath.Join("testdata", "vault-v1")
	os.RemoveAll(frozen)
	for _, name := range []string{store.Dir, searchDir, lockName} {
		os.RemoveAll(filepath.Join(dir, name))
	}
	if err := os.CopyFS(frozen, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("testdata", "vault-v1.recovery-key"), []byte(recovery+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A vault that version 1 wrote opens with every later program, by its
// passphrase and by its recovery key.
func TestFrozenVault(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		writeFrozenVault(t, c)
	}
	recovery, err := os.ReadFile(filepath.Join("testdata", "vault-v1.recovery-key"))
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string][]byte{"passphrase": []byte(frozenPassphrase), "recovery key": recovery} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "v")
			if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "vault-v1"))); err != nil {
				t.Fatal(err)
			}
			v, err := Open(t.Context(), dir, secret, frozenOptions())
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			want := frozenRecords(t, c)
			for _, w := range want {
				if got, err := v.Get(t.Context(), w.ID); err != nil || !reflect.DeepEqual(got, w) {
					t.Errorf("%s: got %v, %v", w.ID, got, err)
				}
			}
			counts, err := v.Counts(t.Context(), "")
			if err != nil || len(counts) != len(want) || counts[record.KindOther] != 1 {
				t.Errorf("counts: %v, %v", counts, err)
			}
			r, _, err := v.OpenOriginal(t.Context(), frozenHash)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, []byte(frozenOriginal)) {
				t.Errorf("original: %q, %v", got, err)
			}
			if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) > 0 || report.Frames != 3 {
				t.Errorf("check: %+v, %v", report, err)
			}
		})
	}
}
