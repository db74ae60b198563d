package arrive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/archive"
	"github.com/carnet-phr/carnet/vault/arrive"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/vaulttest"
	"github.com/carnet-phr/carnet/vault/wrap"
)

const passphrase = "made up words that open it"

// plain is a format that keeps whatever it is given.
var plain = exchange.Format{
	Name: "plain", Title: "Plain",
	Identify: func(exchange.Head) exchange.Match { return exchange.Yes },
	Import:   func(context.Context, exchange.Source, exchange.Sink) error { return nil },
}

// file writes content, sealed for the passphrase.
func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := seal.EncryptFor(f, []byte(passphrase), nil)
	if err == nil {
		_, err = w.Write(content)
	}
	if err = errors.Join(err, w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t *testing.T, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, content)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func typed(s string) arrive.Secret {
	return func(string) ([]byte, error) { return []byte(s), nil }
}

// read reads into a new vault, and gives what was read.
func read(t *testing.T, secret arrive.Secret, paths ...string) (*exchange.Batch, error) {
	t.Helper()
	b, done, err := arrive.Read(t.Context(), vaulttest.New(t), []exchange.Format{plain}, paths, secret, exchange.Options{})
	if err == nil {
		t.Cleanup(done)
	}
	return b, err
}

func TestASealedPackageIsOpened(t *testing.T) {
	path := file(t, "package.age", zipped(t, "letter.txt", "made up"))
	asked := ""
	b, err := read(t, func(name string) ([]byte, error) { asked = name; return []byte(passphrase), nil }, path)
	if err != nil {
		t.Fatal(err)
	}
	if asked != "package.age" || len(b.Receipt.Sources) != 1 || b.Receipt.Sources[0].Name != "package.age/letter.txt" && b.Receipt.Sources[0].Name != "letter.txt" {
		t.Errorf("asked for %q, and read %+v", asked, b.Receipt.Sources)
	}
}

func TestWhatDoesNotOpenIsToldApart(t *testing.T) {
	sealed := file(t, "package.age", zipped(t, "letter.txt", "made up"))
	other := filepath.Join(t.TempDir(), "other.txt")
	if err := os.WriteFile(other, []byte("made up"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		secret arrive.Secret
		paths  []string
		want   error
	}{
		{"no passphrase", nil, []string{sealed}, arrive.ErrSealed},
		{"a wrong one", typed("another"), []string{sealed}, wrap.ErrNotOpened},
		{"beside another file", typed(passphrase), []string{other, sealed}, arrive.ErrAlone},
		{"something else within", typed(passphrase), []string{file(t, "x.age", []byte("made up"))}, arrive.ErrOther},
		{"nothing within", typed(passphrase), []string{file(t, "x.age", nil)}, arrive.ErrOther},
	} {
		if _, err := read(t, c.secret, c.paths...); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := read(t, nil, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there was read")
	}
	if b, err := read(t, nil, other); err != nil || len(b.Receipt.Sources) != 1 {
		t.Errorf("a plain file: %v", err)
	}
}

func TestAnArchiveOfEverythingIsRead(t *testing.T) {
	v := vaulttest.New(t)
	var b bytes.Buffer
	contents, err := archive.Write(t.Context(), &b, v, archive.Options{Made: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	batch, err := read(t, typed(passphrase), file(t, "all.age", b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, s := range batch.Receipt.Sources {
		found += s.Filed + s.Duplicate + s.Administrative
	}
	if contents.Records == 0 || found == 0 {
		t.Errorf("%d of %d records came back", found, contents.Records)
	}
}
