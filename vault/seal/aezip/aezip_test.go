package aezip_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/seal/aezip"
)

var (
	secret = []byte("made-up words for a test")
	made   = time.Date(2026, 5, 3, 10, 20, 30, 0, time.UTC)
)

type file struct {
	name    string
	content string
	plain   bool
	most    uint64
}

func archive(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := aezip.NewWriter(&b)
	for _, f := range files {
		key := secret
		if f.plain {
			key = nil
		}
		w, err := z.Create(f.name, key, max(f.most, uint64(len(f.content))), made)
		if err != nil {
			t.Fatal(err)
		}
		for p := f.content; p != ""; { // in odd pieces, across blocks
			n := min(len(p), 7777)
			if _, err := io.WriteString(w, p[:n]); err != nil {
				t.Fatal(err)
			}
			p = p[n:]
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func samples() []file {
	return []file{
		{name: "README.txt", content: "how to open it\r\n", plain: true},
		{name: "package.zip", content: strings.Repeat("0123456789abcdef", 70_001)},
		{name: "empty", content: ""},
		{name: "sechzehn é", content: "exactly 16 bytes"},
		{name: "wide", content: "laid out as zip64", most: 5 << 30},
		{name: "wide and plain", content: "also", most: 5 << 30, plain: true},
	}
}

func TestRoundTrip(t *testing.T) {
	b := archive(t, samples()...)
	members, err := aezip.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range samples() {
		m := members[i]
		r, err := m.Open(secret)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		got, err := io.ReadAll(r)
		if err != nil || string(got) != f.content || m.Name != f.name || m.Sealed == f.plain || m.Size != int64(len(f.content)) {
			t.Errorf("got %q with %d bytes, sealed %v, %v; want %q with %d bytes", m.Name, len(got), m.Sealed, err, f.name, len(f.content))
		}
		if _, err := m.Open([]byte("another")); !f.plain && !errors.Is(err, aezip.ErrPassphrase) {
			t.Errorf("%s, wrong passphrase: got %v, want ErrPassphrase", f.name, err)
		}
	}
	if bytes.Contains(b, []byte("exactly 16 bytes")) {
		t.Error("a sealed content stands in the archive, want none")
	}
}

func TestEachArchiveHasItsOwnSalt(t *testing.T) {
	if a, b := archive(t, samples()[3]), archive(t, samples()[3]); bytes.Equal(a, b) {
		t.Error("got the same bytes twice, want a fresh salt each time")
	}
}

// TestChangedByte changes every byte of a small archive in turn: the content is
// as it was, or there is an error.
func TestChangedByte(t *testing.T) {
	f := file{name: "package.zip", content: "what is sealed stays what it was"}
	b := archive(t, f)
	for i := range b {
		changed := bytes.Clone(b)
		changed[i] ^= 0x10
		members, err := aezip.Open(bytes.NewReader(changed), int64(len(changed)))
		if err != nil {
			continue
		}
		for _, m := range members {
			r, err := m.Open(secret)
			if err != nil {
				continue
			}
			if got, _ := io.ReadAll(r); string(got) != f.content {
				t.Fatalf("byte %d: got %q, want the content or an error", i, got)
			}
		}
	}
	for n := range b {
		if _, err := aezip.Open(bytes.NewReader(b[:n]), int64(n)); err == nil {
			t.Fatalf("cut at %d: got no error, want one", n)
		}
	}
}

// TestOtherPrograms opens an archive with the programs that receivers have.
func TestOtherPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, archive(t, samples()...), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		name string
		args func(member string) []string
	}{
		{"7z", func(m string) []string { return []string{"x", "-so", "-p" + string(secret), path, m} }},
		{"bsdtar", func(m string) []string { return []string{"-xOf", path, "--passphrase", string(secret), m} }},
	} {
		t.Run(p.name, func(t *testing.T) {
			if _, err := exec.LookPath(p.name); err != nil {
				t.Skipf("SKIPPED: %s is not installed", p.name)
			}
			for _, f := range samples() {
				cmd := exec.Command(p.name, p.args(f.name)...)
				cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
				var said bytes.Buffer
				cmd.Stderr = &said
				got, err := cmd.Output()
				if err != nil || string(got) != f.content {
					t.Errorf("%s: got %d bytes, %v, want %d: %s", f.name, len(got), err, len(f.content), said.String())
				}
			}
		})
	}
	if out, err := exec.Command("7z", "t", "-pwrong", path).CombinedOutput(); !errors.Is(err, exec.ErrNotFound) && (err == nil || !bytes.Contains(out, []byte("Wrong password"))) {
		t.Errorf("7z with a wrong passphrase: got %v, want it refused", err)
	}
}

func TestWriterRefuses(t *testing.T) {
	z := aezip.NewWriter(io.Discard)
	for _, name := range []string{"", "\xff", strings.Repeat("a", 1<<16)} {
		if _, err := z.Create(name, secret, 1, made); !errors.Is(err, aezip.ErrName) {
			t.Errorf("a name of %d bytes: got %v, want ErrName", len(name), err)
		}
	}
	w, err := z.Create("a", secret, 1, made)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Create("b", secret, 1, made); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("late")); err == nil {
		t.Error("writing to a finished member: got no error, want one")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(archive(f, samples()[:1]...))
	f.Add(archive(f, samples()[2:]...))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		members, err := aezip.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, m := range members[:min(len(members), 4)] {
			r, err := m.Open(secret)
			if err != nil {
				continue
			}
			if n, err := io.Copy(io.Discard, r); err != nil || n != m.Size {
				t.Errorf("got %d bytes, %v, want the %d that the directory tells", n, err, m.Size)
			}
		}
	})
}

func BenchmarkWriter(b *testing.B) {
	piece := make([]byte, 1<<20)
	b.SetBytes(int64(len(piece)))
	w, err := aezip.NewWriter(io.Discard).Create("a", secret, 1<<40, made)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := w.Write(piece); err != nil {
			b.Fatal(err)
		}
	}
}
