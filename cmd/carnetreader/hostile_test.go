package main

import (
	"bufio"
	"bytes"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"
)

func newState(t testing.TB) *state {
	t.Helper()
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(unpackedLimit))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(z.Close)
	return &state{rootKey: make([]byte, 32), zstd: z, live: map[key]place{}, undo: map[key]place{}, sum: new(big.Int)}
}

// FuzzContent gives the reader frames of somebody who has the key.
func FuzzContent(f *testing.F) {
	for _, v := range []any{
		map[string]any{"v": 1, "epoch": 1, "part": 0, "root": map[string]any{"epoch": 1, "count": 0, "hash": make([]byte, 32)}},
		map[string]any{"v": 2, "epoch": 9, "base": true, "receipts": []any{map[string]any{"import": "i"}}, "header": []byte("{}")},
		map[string]any{"v": 1, "epoch": 1, "put": []any{map[string]any{"v": 1, "record": map[string]any{"id": "a"}}}, "delete": []any{"a"}, "gone": []any{"b"}, "undone": "c"},
		map[string]any{"v": 1, "epoch": 1, "originals": []any{map[string]any{"original": map[string]any{"hash": strings.Repeat("a", 64), "size": -1}, "file": "../../../../../../../../etc/passwd"}}},
	} {
		b, err := cbor.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(append([]byte{0}, b...))
	}
	f.Add([]byte{1, 0x28, 0xb5, 0x2f, 0xfd})
	f.Fuzz(func(t *testing.T, b []byte) {
		s := newState(t)
		fr := frame{ends: true, number: 1, packed: b}
		if err := s.apply(fr); err != nil {
			return
		}
		s.settle()
		c, err := s.content(fr)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range c.items {
			if err := writeLine(bufio.NewWriter(io.Discard), i.stored); err == nil && i.class == anOriginal && strings.Contains(i.name, "/") {
				t.Errorf("an original may be written to %q", i.name)
			}
		}
	})
}

// FuzzSegment gives the reader a journal of somebody who has no key.
func FuzzSegment(f *testing.F) {
	b, err := os.ReadFile(testdata + "vault-v1/journal/000001.log")
	if err != nil {
		f.Fatal(err)
	}
	h, err := os.ReadFile(testdata + "vault-v1/vault.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, h)
	f.Add(b[:300], h)
	f.Add(append(b[:500:500], make([]byte, 200)...), h[:100])
	f.Add(append(b[:64:64], bytes.Repeat(b[64:80], 50)...), h)
	f.Fuzz(func(t *testing.T, b, h []byte) {
		dir := t.TempDir()
		for name, b := range map[string][]byte{"vault.json": h, "vault.json.bak": h, "journal/000001.log": b} {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if bytes.Contains(h, []byte(`"memoryKiB":`)) && !bytes.Contains(h, []byte(`"memoryKiB":64,`)) {
			return // it would only take long
		}
		r := &reader{secret: frozenPassphrase, stdout: io.Discard, stderr: io.Discard}
		r.run([]string{dir, filepath.Join(dir, "out"), "--salvage"})
	})
}

// TestBombs holds the memory that small hostile frames may take.
func TestBombs(t *testing.T) {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	zeros := append([]byte{1}, z.EncodeAll(make([]byte, 1<<30), nil)...)
	for name, b := range map[string][]byte{
		"a gigabyte of zeros": zeros,
		"a huge array":        append([]byte{0, 0xa1, 0x63, 'p', 'u', 't'}, 0x9b, 0, 0, 0, 1, 0, 0, 0, 0),
		"a huge string":       append([]byte{0, 0xa1, 0x63, 'p', 'u', 't'}, 0x7b, 0, 0, 0, 1, 0, 0, 0, 0),
		"deep":                append([]byte{0}, bytes.Repeat([]byte{0x81}, 1<<20)...),
	} {
		var before, after runtime.MemStats
		s := newState(t)
		runtime.ReadMemStats(&before)
		if err := s.apply(frame{ends: true, number: 1, packed: b}); err == nil {
			t.Errorf("%s: got no error", name)
		}
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 3*unpackedLimit {
			t.Errorf("%s: took %d bytes", name, got)
		}
	}
}

// TestCostlyHeader refuses slots that would take hours or all memory to try.
func TestCostlyHeader(t *testing.T) {
	const cheap = `{"kind":"passphrase","kdf":"argon2id","cost":{"time":16,"memoryKiB":1048576,"threads":4}}`
	for name, h := range map[string]string{
		"many":   strings.Repeat(cheap+",", 2) + cheap,
		"passes": strings.Replace(cheap, "16", "17", 1),
		"memory": strings.Replace(cheap, "1048576", "1048577", 1),
		"little": strings.Replace(cheap, "1048576", "8", 1),
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "vault.json"), sealedHeader(`{"format":"carnet vault","version":1,"id":"AAECAwQFBgcICQoLDA0ODw==","slots":[`+h+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		r := carnetreader(t, dir, "x")
		if r.code != exitDamaged || !strings.Contains(r.stderr, "limits") {
			t.Errorf("%s: got %d, %s", name, r.code, r.stderr)
		}
	}
}

// TestNotFiles refuses what is no plain file in a file's place.
func TestNotFiles(t *testing.T) {
	for _, name := range []string{"vault.json", "journal/000001.log", "originals/nw/nw97r6gsey7t0wfhs13va4rvmm"} {
		dir := copyOf(t, testdata+"vault-v1", "", nil)
		outside := filepath.Join(t.TempDir(), "outside")
		if err := os.Rename(filepath.Join(dir, name), outside); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here")
		}
		if name == "vault.json" {
			os.Remove(filepath.Join(dir, name+".bak"))
		}
		if r := carnetreader(t, dir, frozenPassphrase); r.code == exitDone {
			t.Errorf("%s: a link out of the vault was followed", name)
		}
		os.Remove(filepath.Join(dir, name))
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if r := carnetreader(t, dir, frozenPassphrase); r.code == exitDone {
			t.Errorf("%s: a folder in its place was read", name)
		}
	}
}
