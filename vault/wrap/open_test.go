package wrap_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault/wrap"
)

func opened(t testing.TB, b []byte, secret string) (*zip.Reader, error) {
	t.Helper()
	r, err := wrap.Open(t.Context(), bytes.NewReader(b), int64(len(b)), []byte(secret))
	if err != nil {
		return nil, err
	}
	return zip.NewReader(r, r.Size())
}

// TestOpen: what was sealed comes out again, every file, in every protection; with
// another passphrase nothing does.
func TestOpen(t *testing.T) {
	j := job(t, 200_000)
	for _, kind := range wrap.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			b := write(t, wrap.Protection{Kind: kind, Passphrase: []byte(passphrase)}, j)
			if got := wrap.Sealed(b[:min(len(b), wrap.HeadSize)]); got != kind {
				t.Errorf("sealed as %q", got)
			}
			z, err := opened(t, b, passphrase)
			if err != nil {
				t.Fatal(err)
			}
			if len(z.File) != len(j.Files) {
				t.Errorf("%d files, want %d", len(z.File), len(j.Files))
			}
			for _, f := range j.Files {
				got, want := content(t, z, f.Name), new(bytes.Buffer)
				in, err := j.From.Open(f.Name)
				if err != nil {
					t.Fatal(err)
				}
				io.Copy(want, in)
				if !bytes.Equal(got, want.Bytes()) {
					t.Errorf("%s differs", f.Name)
				}
			}
			if _, err := opened(t, b, passphrase+"x"); !errors.Is(err, wrap.ErrNotOpened) {
				t.Errorf("another passphrase: got %v", err)
			}
			for _, cut := range []int{len(b) / 3, len(b) - 40} {
				if kind == wrap.Page && cut == len(b)-40 {
					continue // the foot of the page holds nothing
				}
				if z, err := opened(t, b[:cut], passphrase); err == nil {
					for _, f := range z.File {
						if r, err := f.Open(); err == nil {
							_, err = io.Copy(io.Discard, r)
							if err == nil {
								t.Errorf("cut at %d: %s came out", cut, f.Name)
							}
						}
					}
				}
			}
		})
	}
}

func content(t *testing.T, z *zip.Reader, name string) []byte {
	t.Helper()
	for _, f := range z.File {
		if f.Name == name {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	t.Errorf("no %s", name)
	return nil
}

// TestOpenWithKey: an age file for somebody's key opens with that.
func TestOpenWithKey(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	b := write(t, wrap.Protection{Kind: wrap.Age, Recipients: []string{id.Recipient().String()}}, job(t, 10))
	if _, err := opened(t, b, id.String()); err != nil {
		t.Error(err)
	}
}

// TestNotSealed: other files are none of ours.
func TestNotSealed(t *testing.T) {
	for name, b := range map[string][]byte{"text": []byte("a text"), "empty": nil, "a zip archive": []byte("PK\x03\x04 and more than thirty bytes of it, HOW-TO-OPEN"), "a page": []byte("<!DOCTYPE html><p>")} {
		if wrap.Sealed(b) != wrap.None {
			t.Errorf("%s is sealed", name)
		}
		if _, err := wrap.Open(t.Context(), bytes.NewReader(b), int64(len(b)), []byte(passphrase)); !errors.Is(err, wrap.ErrNotSealed) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// FuzzOpenSealed: whatever a stranger sends, it is opened or refused.
func FuzzOpenSealed(f *testing.F) {
	j := jobOf(map[string]string{"START-HERE.html": "x"})
	f.Add(write(f, wrap.Protection{Kind: wrap.Zip, Passphrase: []byte(passphrase)}, j))
	f.Add([]byte(`<script type="application/json" id="lock">{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","rounds":1,"chunks":1}</script>` + `<script type="application/octet-stream" class="sealed">AAAA</script>` + "\n"))
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAA 30\nAAAA\n--- AAAA\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := wrap.Open(t.Context(), bytes.NewReader(b), int64(len(b)), []byte(passphrase))
		if err == nil {
			io.Copy(io.Discard, r)
		}
	})
}
