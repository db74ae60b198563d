package wrap_test

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault/wrap"
)

func TestStageHoldsNothingReadable(t *testing.T) {
	parent := t.TempDir()
	s, err := wrap.NewStage(parent)
	if err != nil {
		t.Fatal(err)
	}
	content := bytes.Repeat([]byte("clinical words "), 20_000)
	for _, name := range []string{"START-HERE.html", "originals/letter of Dr Haddad.txt"} {
		w, err := s.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Create(name); err == nil {
			t.Errorf("%s again: got no error, want one", name)
		}
	}
	if err := filepath.WalkDir(parent, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte("clinical")) || bytes.Contains([]byte(path), []byte("Haddad")) {
			t.Error("the stage tells what it holds, want it sealed")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got, err := fs.ReadFile(s, "START-HERE.html"); err != nil || !bytes.Equal(got, content) {
		t.Errorf("got %d bytes, %v, want %d", len(got), err, len(content))
	}
	f, err := s.Open("START-HERE.html")
	if err != nil {
		t.Fatal(err)
	}
	part := make([]byte, 8)
	if _, err := f.(io.ReaderAt).ReadAt(part, 15*10_000); err != nil || string(part) != "clinical" {
		t.Errorf("at a place: got %q, %v, want clinical", part, err)
	}
	seeker := f.(io.ReadSeeker)
	for _, at := range []struct {
		offset int64
		whence int
	}{{15 * 10, io.SeekStart}, {7, io.SeekCurrent}, {-15 * 10_000, io.SeekEnd}} {
		if _, err := seeker.Seek(at.offset, at.whence); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(seeker, part); err != nil || string(part) != "clinical" {
			t.Errorf("after seeking %+v: got %q, %v, want clinical", at, part, err)
		}
	}
	f.Close()
	if names, _ := s.Names(); !slices.Equal(names, []string{"START-HERE.html", "originals/letter of Dr Haddad.txt"}) {
		t.Errorf("got the names %q, want two", names)
	}
	if err := s.Remove("START-HERE.html"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open("START-HERE.html"); err == nil {
		t.Error("a removed file: got no error, want one")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(parent); len(left) != 0 {
		t.Errorf("got %d entries left, want none", len(left))
	}
}
