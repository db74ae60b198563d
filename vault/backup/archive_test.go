package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/backup"
)

func quietStep(int64) {}

// archive is a sound one of a few files.
func archive(t testing.TB) ([]byte, backup.Manifest) {
	t.Helper()
	var b bytes.Buffer
	a := backup.NewArchive(t.Context(), &b, backup.Manifest{Vault: vaultID, At: now, Epoch: 3, Count: 7}, quietStep)
	for name, content := range map[string]string{
		"README.txt": "how", "records-0001.ndjson": "{}\n", "vault/vault.json": "{}", "vault/journal/000001.log": strings.Repeat("j", 3000),
		"vault/originals/00/00aaaaaaaaaaaaaaaaaaaaaaaa": "sealed",
	} {
		if err := a.AddBytes(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := a.Close()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m
}

// read reads an archive and gives what it handed out.
func read(t testing.TB, b []byte) (map[string]string, backup.Manifest, error) {
	t.Helper()
	got := map[string]string{}
	m, err := backup.ReadArchive(t.Context(), bytes.NewReader(b), quietStep, func(name string, size int64, r io.Reader) error {
		if !backup.ValidName(name) || got[name] != "" {
			t.Errorf("%q was handed out", name)
		}
		content, err := io.ReadAll(r)
		got[name] = string(content)
		return err
	})
	return got, m, err
}

func TestArchiveRoundTrip(t *testing.T) {
	b, want := archive(t)
	got, m, err := read(t, b)
	if err != nil || len(got) != 3 || got["vault.json"] != "{}" {
		t.Errorf("got %v, %v", got, err)
	}
	if m.Epoch != 3 || m.Count != 7 || !m.At.Equal(now) || len(m.Files) != len(want.Files) {
		t.Errorf("got %+v, want %+v", m, want)
	}
}

// Every cut and every changed byte is found.
func TestArchiveDamage(t *testing.T) {
	whole, _ := archive(t)
	content := len(bytes.TrimRight(whole, "\x00"))
	for at := 0; at < content; at += 7 {
		if _, _, err := read(t, whole[:at]); err == nil {
			t.Errorf("cut at %d: no error", at)
		}
		b := bytes.Clone(whole)
		b[at] ^= 0x20
		got, _, err := read(t, b)
		if err != nil {
			continue
		}
		for name, want := range map[string]string{"vault.json": "{}", "journal/000001.log": strings.Repeat("j", 3000)} { // a time or a mode in the tar means nothing
			if got[name] != want {
				t.Errorf("byte %d: %s is not as it was", at, name)
			}
		}
	}
}

// What a stranger may send: nothing but plain files with a vault's names comes
// out, each once, and nothing counts without the manifest.
func TestHostileArchives(t *testing.T) {
	plain := func(name string) *tar.Header {
		return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: 1, Mode: 0o600}
	}
	link := func(kind byte, name, to string) *tar.Header {
		return &tar.Header{Typeflag: kind, Name: name, Linkname: to}
	}
	for name, headers := range map[string][]*tar.Header{
		"dots":            {plain("vault/../../x")},
		"absolute":        {plain("/vault/vault.json")},
		"outside":         {plain("x")},
		"backslash":       {plain(`vault\..\x`)},
		"unknown":         {plain("vault/db/000001.sst")},
		"link":            {link(tar.TypeSymlink, "vault/vault.json", "/etc/passwd")},
		"hard link":       {link(tar.TypeLink, "vault/vault.json", "/etc/passwd")},
		"folder":          {link(tar.TypeDir, "vault/", "")},
		"device":          {link(tar.TypeChar, "vault/vault.json", "")},
		"twice":           {plain("vault/vault.json"), plain("vault/vault.json")},
		"no manifest":     {plain("vault/vault.json")},
		"manifest empty":  {plain("vault/vault.json"), plain("MANIFEST")},
		"manifest larger": {{Typeflag: tar.TypeReg, Name: "MANIFEST", Size: 1 << 40}},
		"larger than it":  {{Typeflag: tar.TypeReg, Name: "vault/vault.json", Size: math.MaxInt64 / 2}},
		"holes":           {{Typeflag: tar.TypeReg, Name: "vault/vault.json", Size: 1, PAXRecords: map[string]string{"GNU.sparse.major": "1"}, Format: tar.FormatPAX}},
		"nothing":         {},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w := tar.NewWriter(&b)
			for _, h := range headers {
				if err := w.WriteHeader(h); err != nil {
					t.Skip(err) // the library does not even write it
				}
				if h.Size == 1 {
					w.Write([]byte("x"))
				}
			}
			w.Close()
			if _, _, err := read(t, b.Bytes()); err == nil {
				t.Error("no error")
			}
		})
	}
}

func FuzzReadArchive(f *testing.F) {
	whole, _ := archive(f)
	f.Add(whole)
	f.Add(whole[:600])
	f.Fuzz(func(t *testing.T, b []byte) {
		got, m, err := read(t, b)
		if err == nil && len(got) > len(m.Files) {
			t.Errorf("%d files came out, the manifest names %d", len(got), len(m.Files))
		}
	})
}

// sealings that damage what they write, or cannot open it again.
func TestWriteArchiveReadsBack(t *testing.T) {
	open := func(src io.Reader) (io.Reader, error) { return src, nil }
	whole := backup.Sealing{Seal: func(dst io.Writer) (io.WriteCloser, error) { return nopCloser{dst}, nil }, Open: open}
	fill := func(a *backup.Archive) error { return a.AddBytes("README.txt", bytes.Repeat([]byte("how "), 100_000)) }
	path := filepath.Join(t.TempDir(), "b.age")
	if err := os.WriteFile(path, []byte("former"), 0o600); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("failed")
	for name, s := range map[string]backup.Sealing{
		"a changed byte": {Seal: func(dst io.Writer) (io.WriteCloser, error) { return &flipping{dst, 200_000}, nil }, Open: open},
		"a lost end":     {Seal: func(dst io.Writer) (io.WriteCloser, error) { return &flipping{dst, -200_000}, nil }, Open: open},
		"no key":         {Seal: whole.Seal, Open: func(io.Reader) (io.Reader, error) { return nil, failed }},
		"no seal":        {Seal: func(io.Writer) (io.WriteCloser, error) { return nil, failed }, Open: open},
	} {
		if _, err := backup.WriteArchive(t.Context(), path, s, backup.Manifest{Vault: vaultID, At: now}, fill, quietStep); err == nil {
			t.Errorf("%s: no error", name)
		}
		if b, err := os.ReadFile(path); string(b) != "former" {
			t.Errorf("%s: the former file is gone: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := backup.WriteArchive(ctx, path, whole, backup.Manifest{Vault: vaultID, At: now}, fill, quietStep); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	if _, err := backup.WriteArchive(t.Context(), path, whole, backup.Manifest{Vault: vaultID, At: now}, fill, quietStep); err != nil {
		t.Error(err)
	}
	if list, _ := filepath.Glob(path + "*"); len(list) != 1 {
		t.Errorf("left behind: %v", list)
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// flipping changes one byte on its way, or drops what is behind it.
type flipping struct {
	w    io.Writer
	left int
}

func (f *flipping) Write(b []byte) (int, error) {
	n := len(b)
	if f.left < 0 { // drops
		f.left += n
		if f.left >= 0 {
			f.left = -1
			return n, nil
		}
		_, err := f.w.Write(b)
		return n, err
	}
	b = bytes.Clone(b)
	if f.left < n {
		b[f.left] ^= 1
		f.left = math.MaxInt
	} else {
		f.left -= n
	}
	_, err := f.w.Write(b)
	return n, err
}

func (f *flipping) Close() error { return nil }
