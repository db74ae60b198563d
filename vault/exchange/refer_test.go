package exchange_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// picturedFormat is imageFormat, of images that have pixels.
func picturedFormat() exchange.Format {
	f := imageFormat()
	inner := f.Import
	f.Import = func(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
		return inner(ctx, src, sized{sink})
	}
	return f
}

type sized struct{ exchange.Sink }

func (s sized) Add(r record.Record) {
	if study, ok := r.Resource.(*record.ImagingStudy); ok {
		study.Series[0].Instance[0].Rows = "4"
	}
	s.Sink.Add(r)
}

// onDisk are images of a study, and a note, in a folder.
func onDisk(t *testing.T) (dir string, images int) {
	t.Helper()
	dir, images = t.TempDir(), 3
	for n := range images {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("IM%d", n)), fmt.Appendf(nil, "image 1.2.3 1.2.3.1 1.2.3.4.%d %d", n, n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "note.txt"), []byte("a note"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, images
}

func bringIn(t *testing.T, m *exchangetest.Memory, dir string, refer bool) record.Receipt {
	t.Helper()
	sources, err := exchange.Paths(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(t.Context(), m, []exchange.Format{picturedFormat()}, sources, exchange.Options{Refer: refer, Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if b.Referable() != 3 {
		t.Errorf("%d files can stay where they are, want 3", b.Referable())
	}
	r, err := b.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func theStudy(t *testing.T, m *exchangetest.Memory) []record.ImagingInstance {
	t.Helper()
	for r, err := range m.Query(t.Context(), record.Filter{Kind: record.KindImagingStudy}) {
		if err != nil {
			t.Fatal(err)
		}
		return r.Resource.(*record.ImagingStudy).Series[0].Instance
	}
	return nil
}

// TestRefer: of images only place and hash are kept; all else comes in whole; to
// copy them later brings the files in, and taking back leaves nothing.
func TestRefer(t *testing.T) {
	m := exchangetest.NewMemory()
	dir, images := onDisk(t)
	receipt := bringIn(t, m, dir, true)
	originals, err := m.Originals(t.Context())
	if err != nil || len(originals) != 1 {
		t.Fatalf("%d originals are kept, want the note alone; %v", len(originals), err)
	}
	list := theStudy(t, m)
	if len(list) != images {
		t.Fatalf("%d images", len(list))
	}
	var refs exchange.References
	for _, i := range list {
		if i.Hash == "" || filepath.Dir(i.Place(i.Hash)) != dir {
			t.Fatalf("got %+v", i)
		}
		f, err := refs.Open(t.Context(), i.Place(i.Hash), i.Hash)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil || !bytes.HasPrefix(b, []byte("image ")) {
			t.Errorf("read %q, %v", b, err)
		}
		f.Close()
	}
	path := list[0].Away
	if err := os.WriteFile(path, []byte("image of another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := refs.Open(t.Context(), path, list[0].Hash); !errors.Is(err, exchange.ErrChanged) {
		t.Errorf("changed: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := refs.Open(t.Context(), path, list[0].Hash); !errors.Is(err, exchange.ErrAway) {
		t.Errorf("gone: %v", err)
	}
	if _, err := exchange.Undo(t.Context(), m, receipt.Import); err != nil {
		t.Fatal(err)
	}
	if left := theStudy(t, m); left != nil {
		t.Errorf("taken back, %+v is left", left)
	}
}

// TestReferThenCopy: images that were kept as references come in when they are
// copied later.
func TestReferThenCopy(t *testing.T) {
	m := exchangetest.NewMemory()
	dir, images := onDisk(t)
	bringIn(t, m, dir, true)
	sources, err := exchange.Paths(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(t.Context(), m, []exchange.Format{picturedFormat()}, sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Refer(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if err := b.Refer(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	originals, err := m.Originals(t.Context())
	if err != nil || len(originals) != images+1 {
		t.Errorf("%d originals are kept, want %d; %v", len(originals), images+1, err)
	}
	for _, i := range theStudy(t, m) {
		if i.Away != "" {
			t.Errorf("it still says that the file lies elsewhere: %+v", i)
		}
	}
}
