package readback_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/readback"
)

func image(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../dicom/testdata/image.dcm")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// video is a made-up file in a packing that is kept.
func video() []byte {
	b := append(make([]byte, 128), "DICM"+"\x02\x00\x10\x00UI\x18\x001.2.840.10008.1.2.4.102\x00"...)
	for _, e := range []string{"\x10\x00US\x02\x00\x02\x00", "\x11\x00US\x02\x00\x02\x00", "\x00\x01US\x02\x00\x08\x00"} {
		b = append(b, "\x28\x00"+e...)
	}
	return append(b, "\xe0\x7f\x10\x00OB\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\x00\x00\x00\x00\xfe\xff\x00\xe0\x02\x00\x00\x00xx\xfe\xff\xdd\xe0\x00\x00\x00\x00"...)
}

func files(t *testing.T) map[string][]byte {
	good := image(t)
	return map[string][]byte{
		"IMAGES/GOOD": good, "IMAGES/CUT": good[:len(good)-8], "IMAGES/VIDEO": video(), "README.TXT": []byte("how to look at the images"),
	}
}

func check(t *testing.T, r readback.Report, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if r.Good() || r.Images != 1 || r.Files != 4 || len(r.Bad) != 1 || !strings.HasSuffix(r.Bad[0].Name, "CUT") || len(r.Kept) != 1 || !strings.HasSuffix(r.Kept[0].Name, "VIDEO") {
		t.Errorf("got %+v", r)
	}
}

// TestDisc checks a folder and an archive of the same files.
func TestDisc(t *testing.T) {
	dir := t.TempDir()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, b := range files(t) {
		path := filepath.Join(dir, "disc", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(dir, "disc.zip")
	if err := os.WriteFile(archive, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, path := range []string{filepath.Join(dir, "disc"), archive} {
		r, err := readback.Disc(t.Context(), nil, path, func(done, total int) { last = total })
		check(t, r, err)
	}
	if last != 4 {
		t.Errorf("told of %d files, want 4", last)
	}
	if r, err := readback.Disc(t.Context(), nil, filepath.Join(dir, "disc", "IMAGES", "GOOD"), nil); err != nil || !r.Good() || r.Images != 1 {
		t.Errorf("one file: %+v, %v", r, err)
	}
	if _, err := readback.Disc(t.Context(), nil, filepath.Join(dir, "no such"), nil); err == nil {
		t.Error("a disc that is not there is good")
	}
}

// broken is a file that ends in a read error, as on a scratched disc.
type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = errors.New("input/output error")
	}
	return n, err
}

func (broken) Close() error { return nil }

func TestUnreadable(t *testing.T) {
	b := image(t)
	r, err := readback.Check(t.Context(), nil, []readback.Item{{Name: "A", Open: func(context.Context) (io.ReadCloser, error) { return broken{bytes.NewReader(b)}, nil }}}, nil)
	if err != nil || r.Good() || r.Files != 0 || !strings.Contains(r.Bad[0].Why, "scratched") {
		t.Errorf("got %+v, %v", r, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readback.Check(ctx, nil, make([]readback.Item, 3), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
