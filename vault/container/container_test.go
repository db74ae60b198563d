package container_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/container"
)

// made is a zip archive of names and contents, in turn.
func made(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n := 0; n < len(pairs); n += 2 {
		w, err := z.Create(pairs[n])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, pairs[n+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t *testing.T, b []byte) (*container.Archive, error) {
	t.Helper()
	if !container.Is(b[:min(len(b), 64<<10)]) {
		t.Fatal("not seen as a container")
	}
	return container.Open(bytes.NewReader(b), int64(len(b)))
}

func TestMembers(t *testing.T) {
	a, err := open(t, made(t, "b/two.txt", "second", "folder/", "", "one.txt", "first"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range a.Members() {
		content, err := fs.ReadFile(a, m.Name)
		if err != nil || m.Fault != nil || int64(len(content)) != m.Size {
			t.Errorf("%s: %v, %v, %d bytes of %d", m.Name, err, m.Fault, len(content), m.Size)
		}
		got = append(got, m.Name+"="+string(content))
	}
	if want := "b/two.txt=second one.txt=first"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestNames(t *testing.T) {
	for name, good := range map[string]bool{
		"IHE_XDM/SUBSET01/DOC0001.XML": true, "Prüfung (1).pdf": true, "a..b/c.txt": true, "console.txt": true, "1 of 1 - My Health Summary.PDF": true,
		"../up.txt": false, "/root.txt": false, "a/../../up.txt": false, `..\up.txt`: false, "C:/x.txt": false, "C:x": false,
		"x.txt:stream": false, "CON": false, "con.txt": false, "a/NUL.json": false, "a//b": false, "a\x00b": false, "\u2024\u2024\u2215up": false, "a/...": false, "\u2025/\u2025/up": false,
		"lpt1 .txt": false, strings.Repeat("n", 2000): false,
	} {
		a, err := open(t, made(t, name, "content"))
		if err != nil {
			t.Errorf("%q: the archive is refused: %v", name, err)
			continue
		}
		if got := a.Members()[0].Fault == nil; got != good {
			t.Errorf("%q: taken: got %v, want %v", name, got, good)
		}
		if f, err := a.Open(a.Members()[0].Name); (err == nil) != good {
			t.Errorf("%q: opened: %v, %v", name, f, err)
		}
	}
}

// damaged changes bytes of an archive.
func damaged(b []byte, old, next string) []byte {
	return bytes.ReplaceAll(bytes.Clone(b), []byte(old), []byte(next))
}

func TestRefused(t *testing.T) {
	two := made(t, "aa.txt", "one", "bb.txt", "two")
	many := make([]string, 0, 40_004)
	for range 20_001 {
		many = append(many, strings.Repeat("m", 8)+string(rune('a'+len(many)%26))+strings.Repeat("x", len(many)/26%40)+string(rune(0x4e00+len(many)%20_000)), "")
	}
	for what, b := range map[string][]byte{
		"two of one name": damaged(two, "bb.txt", "aa.txt"),
		"cut off":         two[:len(two)-30],
		"too many":        made(t, many...),
	} {
		if a, err := open(t, b); err == nil {
			t.Errorf("%s: %d members, want an error", what, len(a.Members()))
		}
	}
}

// TestSpoiled: bytes that do not agree with the archive are an error of that
// member alone.
func TestSpoiled(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"one.txt", "two.txt"} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, "content of "+name)
	}
	z.Close()
	a, err := open(t, damaged(b.Bytes(), "content of one", "CONTENT of one"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.ReadFile(a, "one.txt"); err == nil {
		t.Error("changed bytes were read without an error")
	}
	if _, err := fs.ReadFile(a, "two.txt"); err != nil {
		t.Errorf("the sound member: %v", err)
	}
}

func TestBloated(t *testing.T) {
	a, err := open(t, made(t, "zeros", strings.Repeat("\x00", 20<<20)))
	if err != nil {
		t.Fatal(err)
	}
	if m := a.Members()[0]; m.Fault == nil {
		t.Error("a member that unpacks a thousandfold is taken")
	}
}

func FuzzOpen(f *testing.F) {
	for _, b := range [][]byte{nil, []byte("PK\x03\x04"), []byte("PK\x05\x06" + strings.Repeat("\x00", 18))} {
		f.Add(b)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("a/b.txt")
	io.WriteString(w, "content")
	z.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(_ *testing.T, b []byte) {
		a, err := container.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, m := range a.Members() {
			if f, err := a.Open(m.Name); err == nil {
				io.Copy(io.Discard, io.LimitReader(f, 1<<20))
				f.Close()
			}
		}
	})
}
