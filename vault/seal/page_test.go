package seal

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"filippo.io/age"
)

func TestPageLock(t *testing.T) {
	pass := []byte("acorn velvet zebra tulip unfold mango")
	lock, err := NewPageLock(pass, 3)
	if err != nil {
		t.Fatal(err)
	}
	var sealed [][]byte
	for i, plain := range []string{"one", "two", ""} {
		sealed = append(sealed, lock.Seal(i, []byte(plain)))
	}
	open := func(pass string, rounds, count int) *PageLock {
		l, err := OpenPageLock([]byte(pass), lock.Salt, rounds, count)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if got, err := open(string(pass), lock.Rounds, 3).Open(1, sealed[1]); err != nil || string(got) != "two" {
		t.Errorf("got %q, %v, want two", got, err)
	}
	for name, try := range map[string]func() ([]byte, error){
		"wrong passphrase": func() ([]byte, error) { return open("another", lock.Rounds, 3).Open(1, sealed[1]) },
		"another place":    func() ([]byte, error) { return open(string(pass), lock.Rounds, 3).Open(0, sealed[1]) },
		"fewer chunks":     func() ([]byte, error) { return open(string(pass), lock.Rounds, 2).Open(1, sealed[1]) },
		"other rounds":     func() ([]byte, error) { return open(string(pass), lock.Rounds+1, 3).Open(1, sealed[1]) },
		"a bit is changed": func() ([]byte, error) {
			b := bytes.Clone(sealed[0])
			b[0] ^= 1
			return open(string(pass), lock.Rounds, 3).Open(0, b)
		},
		"a byte is missing": func() ([]byte, error) { return open(string(pass), lock.Rounds, 3).Open(2, sealed[2][:15]) },
	} {
		if got, err := try(); !errors.Is(err, ErrForged) || got != nil {
			t.Errorf("%s: got %q, %v, want ErrForged", name, got, err)
		}
	}
	if _, err := OpenPageLock(pass, lock.Salt, PageRounds-1, 3); !errors.Is(err, ErrForged) {
		t.Errorf("too few rounds: got %v, want ErrForged", err)
	}
}

func TestTidyPassphrase(t *testing.T) {
	for in, want := range map[string]string{
		" a  b\u00a0\n c\ufeff": "a b c", "cafe\u0301": "caf\u00e9", "": "", " ": "", "a\u0085b": "a\u0085b",
	} {
		if got := string(TidyPassphrase([]byte(in))); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestEncryptFor(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	write := func(pass string, recipients ...string) *bytes.Reader {
		var b bytes.Buffer
		w, err := EncryptFor(&b, []byte(pass), recipients)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, "content"); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(b.Bytes())
	}
	for _, c := range []struct {
		name, secret string
		file         *bytes.Reader
		want         error
	}{
		{"passphrase", "secret words", write("secret words"), nil},
		{"another passphrase", "other words", write("secret words"), ErrWrongSecret},
		{"recipient", id.String(), write("", id.Recipient().String()), nil},
		{"no file of age", "secret words", bytes.NewReader([]byte("age-encryption.org/v1\n")), ErrForged},
	} {
		r, err := DecryptWith(c.file, c.file.Size(), []byte(c.secret))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
			continue
		}
		if err == nil {
			if got, err := io.ReadAll(r); err != nil || string(got) != "content" {
				t.Errorf("%s: got %q, %v, want the content", c.name, got, err)
			}
		}
	}
	if _, err := EncryptFor(io.Discard, []byte("a"), []string{id.Recipient().String()}); !errors.Is(err, ErrBothWays) {
		t.Errorf("both: got %v, want ErrBothWays", err)
	}
	if _, err := EncryptFor(io.Discard, nil, []string{"age1nobody"}); !errors.Is(err, ErrRecipient) {
		t.Errorf("no recipient: got %v, want ErrRecipient", err)
	}
}
