package wrap_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

const passphrase = "acorn velvet zebra tulip unfold mango"

var made = time.Date(2026, 5, 3, 10, 0, 0, 0, time.UTC)

// job is a small package with a real page.
func job(t testing.TB, extra int) wrap.Job {
	t.Helper()
	var page bytes.Buffer
	if err := html.Format.Export(context.Background(), &page, sheettest.Realistic().Select(t, exchange.Scope{})); err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, extra)
	rand.Read(noise)
	return jobOf(map[string]string{
		"START-HERE.html": page.String(), "originals/HIV test of Ingrid.pdf": "%PDF-" + string(noise), "MANIFEST.json": "{}", "originals/<script>.txt": "</script><script>alert(1)</script>",
	})
}

func jobOf(files map[string]string) wrap.Job {
	from := fstest.MapFS{}
	j := wrap.Job{From: from, Made: made}
	for name, content := range files {
		from[name] = &fstest.MapFile{Data: []byte(content)}
		sum := sha256.Sum256([]byte(content))
		j.Files = append(j.Files, handover.File{Name: name, What: "made up", Size: int64(len(content)), SHA256: record.Hash(hex.EncodeToString(sum[:]))})
	}
	return j
}

func write(t testing.TB, p wrap.Protection, j wrap.Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := wrap.Write(context.Background(), &b, p, j); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWrapAndVerify(t *testing.T) {
	j := job(t, 3_000_000)
	for _, kind := range wrap.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			p := wrap.Protection{Kind: kind, Passphrase: []byte(passphrase)}
			if err := p.Check(); err != nil {
				t.Fatal(err)
			}
			b := write(t, p, j)
			verify := func(b []byte, p wrap.Protection, want []handover.File) error {
				_, err := wrap.Verify(context.Background(), bytes.NewReader(b), int64(len(b)), p, want)
				return err
			}
			if n, err := wrap.Verify(context.Background(), bytes.NewReader(b), int64(len(b)), p, j.Files); err != nil || n != len(j.Files) {
				t.Errorf("got %d files, %v, want %d", n, err, len(j.Files))
			}
			for _, word := range []string{"Ingrid", "Halvorsen", "HIV test", "originals", "MANIFEST"} {
				if bytes.Contains(b, []byte(word)) {
					t.Errorf("%q stands in the wrapped file, want nothing that tells of the record", word)
				}
			}
			if err := verify(b, wrap.Protection{Kind: kind, Passphrase: []byte("other words")}, j.Files); err == nil {
				t.Error("a wrong passphrase: got no error, want one")
			}
			if err := verify(b, p, j.Files[1:]); !errors.Is(err, wrap.ErrDiffers) {
				t.Errorf("a file too many: got %v, want ErrDiffers", err)
			}
			other := append([]handover.File(nil), j.Files...)
			other[0].SHA256 = other[1].SHA256
			if err := verify(b, p, other); !errors.Is(err, wrap.ErrDiffers) {
				t.Errorf("another hash: got %v, want ErrDiffers", err)
			}
			changed := bytes.Clone(b)
			changed[len(changed)/2] ^= 1
			if err := verify(changed, p, j.Files); err == nil {
				t.Error("a changed bit: got no error, want one")
			}
			if err := verify(b[:len(b)*2/3], p, j.Files); err == nil {
				t.Error("cut off: got no error, want one")
			}
		})
	}
}

// TestOtherPrograms opens what was wrapped with what receivers have.
func TestOtherPrograms(t *testing.T) {
	j := job(t, 100_000)
	dir := t.TempDir()
	path := filepath.Join(dir, "p.zip")
	if err := os.WriteFile(path, write(t, wrap.Protection{Kind: wrap.Zip, Passphrase: []byte(passphrase)}, j), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("7z"); err != nil {
		t.Skip("SKIPPED: 7z is not installed")
	}
	for _, args := range [][]string{{"x", "-o" + dir, "-p" + passphrase, path}, {"x", "-o" + filepath.Join(dir, "out"), filepath.Join(dir, "package.zip")}} {
		if out, err := exec.Command("7z", args...).CombinedOutput(); err != nil {
			t.Fatalf("7z: %v: %s", err, out)
		}
	}
	for _, f := range j.Files {
		want, err := fs.ReadFile(j.From, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(f.Name, "<") {
			continue // a name that handover does not give
		}
		if got, err := os.ReadFile(filepath.Join(dir, "out", f.Name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: got %d bytes, %v, want %d", f.Name, len(got), err, len(want))
		}
	}
}

func TestRecipients(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	p := wrap.Protection{Kind: wrap.Age, Recipients: []string{id.Recipient().String()}}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	b := write(t, p, job(t, 10))
	r, err := age.Decrypt(bytes.NewReader(b), id)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(r); err != nil || !bytes.HasPrefix(plain, []byte("PK\x03\x04")) {
		t.Errorf("got %d bytes, %v, want an archive", len(plain), err)
	}
}

func TestProtectionCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		p    wrap.Protection
		want error
	}{
		{"generated", wrap.Protection{Kind: wrap.Zip, Passphrase: []byte(" acorn  velvet zebra tulip unfold mango\n")}, nil},
		{"none", wrap.Protection{Kind: wrap.None}, nil},
		{"empty", wrap.Protection{Kind: wrap.Page}, wrap.ErrNoSecret},
		{"weak", wrap.Protection{Kind: wrap.Page, Passphrase: []byte("password1")}, wrap.ErrWeak},
		{"strong enough for age, not for zip", wrap.Protection{Kind: wrap.Zip, Passphrase: []byte("hortensiagarten")}, wrap.ErrWeak},
		{"letters", wrap.Protection{Kind: wrap.Zip, Passphrase: []byte("zwölf boxkämpfer jagen viktor quer")}, wrap.ErrLetters},
		{"long", wrap.Protection{Kind: wrap.Zip, Passphrase: bytes.Repeat([]byte("acorn velvet "), 9)}, wrap.ErrLetters},
		{"keys for zip", wrap.Protection{Kind: wrap.Zip, Recipients: []string{"age1"}}, wrap.ErrOnlyAge},
	} {
		if err := c.p.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestPageNeedsAKnownPolicy(t *testing.T) {
	for name, page := range map[string]string{
		"none":       "<!DOCTYPE html><title>x</title>",
		"open":       `<meta http-equiv="Content-Security-Policy" content="default-src *">`,
		"other word": `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">`,
	} {
		var b bytes.Buffer
		if err := wrap.Write(context.Background(), &b, wrap.Protection{Kind: wrap.Page, Passphrase: []byte(passphrase)}, jobOf(map[string]string{"START-HERE.html": page})); err == nil {
			t.Errorf("%s: got no error, want one", name)
		}
	}
}

// TestLook keeps a page of 20 MB for a look when CARNET_LOOK names a folder.
func TestLook(t *testing.T) {
	dir := os.Getenv("CARNET_LOOK")
	if dir == "" {
		t.Skip("CARNET_LOOK names no folder")
	}
	b := write(t, wrap.Protection{Kind: wrap.Page, Passphrase: []byte(passphrase)}, job(t, 20_000_000))
	if err := os.WriteFile(filepath.Join(dir, "locked.html"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}
