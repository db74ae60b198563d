package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault/damage"
	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/seal"
)

// newJournal is the journal of a made-up vault.
func newJournal(t testing.TB) (dir string, s *journal.Segments, j *journal.Journal) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, journal.Dir), 0o700); err != nil {
		t.Fatal(err)
	}
	s = journal.In(dir, bytes.Repeat([]byte{7}, 16), seal.NewBox(make([]byte, seal.KeySize)))
	j, err := s.Create()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return dir, s, j
}

// write writes a transaction of one frame for each text.
func write(t testing.TB, j *journal.Journal, texts ...string) {
	t.Helper()
	broken, err := j.Write(func(emit func([]byte) error) error {
		for i, text := range texts {
			flags := byte(0)
			if i == len(texts)-1 {
				flags = journal.FlagLast
			}
			if err := emit(append([]byte{flags}, text...)); err != nil {
				return err
			}
		}
		return nil
	})
	if broken || err != nil {
		t.Fatalf("write: %v, broken %v", err, broken)
	}
}

// texts are the frames of a segment as far as they open, "-" for the others.
func texts(t *testing.T, s *journal.Segments, segment uint32) (found []string, scan journal.Scan) {
	t.Helper()
	scan, err := s.Scan(segment, func(f journal.Frame) error {
		if f.Packed == nil {
			found = append(found, "-")
			return nil
		}
		found = append(found, string(f.Packed))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, scan
}

// reopen opens and settles what stands in the folder.
func reopen(t *testing.T, s *journal.Segments) (*journal.Journal, bool) {
	t.Helper()
	c, err := s.List()
	if err != nil {
		t.Fatal(err)
	}
	j, _, err := s.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := j.Settle()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j, cut
}

func TestWriteAndReopen(t *testing.T) {
	_, s, j := newJournal(t)
	write(t, j, "one")
	write(t, j, "two", "three")
	if err := j.Next(); err != nil {
		t.Fatal(err)
	}
	write(t, j, "four")
	again, cut := reopen(t, s)
	if cut || again.End() != j.End() || again.End().Frame != 4 {
		t.Errorf("got the end %+v, cut %v, want %+v", again.End(), cut, j.End())
	}
	write(t, again, "five")
	for segment, want := range map[uint32][]string{1: {"one", "two", "three"}, 2: {"four", "five"}} {
		got, scan := texts(t, s, segment)
		if !slices.Equal(got, want) || len(scan.Damage) > 0 || scan.Whole != scan.Size {
			t.Errorf("segment %d: got %q, %+v, want %q", segment, got, scan, want)
		}
	}
}

// A write that fails leaves the segment, and the end, as they were.
func TestWriteThatFails(t *testing.T) {
	dir, s, j := newJournal(t)
	write(t, j, "one")
	before := j.End()
	failed := errors.New("failed")
	broken, err := j.Write(func(emit func([]byte) error) error {
		return errors.Join(emit([]byte("\x00a part")), emit([]byte("\x00another")), failed)
	})
	if broken || !errors.Is(err, failed) || j.End() != before {
		t.Errorf("got %v, broken %v, end %+v, want %+v", err, broken, j.End(), before)
	}
	info, err := os.Stat(filepath.Join(dir, journal.Name(1)))
	if err != nil || info.Size() != before.Size {
		t.Errorf("the file has %d bytes, want %d", info.Size(), before.Size)
	}
	write(t, j, "two")
	if got, _ := texts(t, s, 1); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("got %q", got)
	}
	j.Close()
	if broken, err := j.Write(func(emit func([]byte) error) error { return emit([]byte("\x01lost")) }); !broken || err == nil {
		t.Errorf("a file that is closed: got %v, broken %v", err, broken)
	}
}

// What is cut off or blank behind the last whole transaction is dropped; the
// rest is damage, and what stands behind it is read.
func TestDamage(t *testing.T) {
	const head, frame = 64, 16 + seal.Overhead + 1 // bytes; the texts have four
	for _, c := range []struct {
		name   string
		change func(b []byte) []byte
		texts  []string
		damage []journal.Damage
		cut    bool
	}{
		{"nothing", func(b []byte) []byte { return b }, []string{"one.", "two.", "end."}, nil, false},
		{"cut in the last frame", func(b []byte) []byte { return b[:len(b)-3] }, []string{"one.", "two."}, nil, true},
		{"cut in the last frame's head", func(b []byte) []byte { return b[:head+2*(frame+4)+7] }, []string{"one.", "two."}, nil, true},
		{"blank behind the end", func(b []byte) []byte { return append(b, make([]byte, 512)...) }, []string{"one.", "two.", "end."}, nil, true},
		{"a byte of the second frame", func(b []byte) []byte { b[head+frame+4+30] ^= 1; return b }, []string{"one.", "-", "end."}, []journal.Damage{{Offset: head + frame + 4, Frame: 2}}, false},
		{"the second frame's head", func(b []byte) []byte { b[head+frame+4] ^= 1; return b }, []string{"one.", "end."}, []journal.Damage{{Offset: head + frame + 4, Frame: 2}}, false},
		{"the second frame and nothing else cut out", func(b []byte) []byte { return append(b[:head+frame+4], b[head+2*(frame+4):]...) }, []string{"one."}, []journal.Damage{{Offset: head + frame + 4, Frame: 2}}, true},
		{"a byte of the last frame", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, []string{"one.", "two.", "-"}, []journal.Damage{{Offset: head + 2*(frame+4), Frame: 3}}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, s, j := newJournal(t)
			for _, text := range []string{"one.", "two.", "end."} {
				write(t, j, text)
			}
			path := filepath.Join(dir, journal.Name(1))
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, c.change(b), 0o600); err != nil {
				t.Fatal(err)
			}
			got, scan := texts(t, s, 1)
			if !slices.Equal(got, c.texts) || fmt.Sprint(scan.Damage) != fmt.Sprint(c.damage) {
				t.Errorf("got %q %+v, want %q %+v", got, scan.Damage, c.texts, c.damage)
			}
			if _, cut := reopen(t, s); cut != c.cut {
				t.Errorf("got cut %v, want %v", cut, c.cut)
			}
		})
	}
}

// The segments must follow each other, from the first or from a base.
func TestChain(t *testing.T) {
	for _, c := range []struct {
		name   string
		remove []uint32
		base   bool
		want   []uint32
		file   string // that is said to be damaged
	}{
		{"all", nil, false, []uint32{1, 2, 3}, ""},
		{"the first is missing", []uint32{1}, false, nil, "journal/000001.log"},
		{"one is missing", []uint32{2}, false, nil, "journal/000002.log"},
		{"none", []uint32{1, 2, 3}, false, nil, "journal"},
		{"a base", nil, true, []uint32{4}, ""},
		{"a base alone", []uint32{1, 2, 3}, true, []uint32{4}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, s, j := newJournal(t)
			write(t, j, "one")
			for range 2 {
				if err := j.Next(); err != nil {
					t.Fatal(err)
				}
				write(t, j, "more")
			}
			if c.base {
				placeBase(t, s, j)
			}
			for _, n := range c.remove {
				os.Remove(filepath.Join(dir, journal.Name(n)))
			}
			got, err := s.List()
			var d *damage.Error
			if errors.As(err, &d); !slices.Equal(got.List, c.want) || (d == nil) != (c.file == "") || d != nil && (d.File != c.file || !errors.Is(err, damage.ErrDamaged)) {
				t.Errorf("got %v, %v, want %v, %q", got.List, err, c.want, c.file)
			}
		})
	}
}

func placeBase(t *testing.T, s *journal.Segments, j *journal.Journal) {
	t.Helper()
	b, err := s.NewBase(j.End())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Write([]byte("\x00all")), b.Write([]byte("\x01there is")), b.Finish(), b.Place(), j.MoveTo(b.End())); err != nil {
		t.Fatal(err)
	}
}

// A journal goes on behind a base; what the base stands for goes at the latest
// when it is settled.
func TestBase(t *testing.T) {
	dir, s, j := newJournal(t)
	write(t, j, "one")
	dropped, err := s.NewBase(j.End())
	if err != nil {
		t.Fatal(err)
	}
	dropped.Drop()
	placeBase(t, s, j)
	write(t, j, "behind")
	again, cut := reopen(t, s)
	if cut || again.End() != j.End() {
		t.Errorf("got %+v, cut %v, want %+v", again.End(), cut, j.End())
	}
	got, _ := texts(t, s, 2)
	head, err := s.Head(2)
	if want := []string{"all", "there is", "behind"}; !slices.Equal(got, want) || err != nil || !head.Base || head.First != 2 {
		t.Errorf("got %q, %+v, %v, want %q", got, head, err, want)
	}
	if all, err := journal.Numbers(dir); err != nil || !slices.Equal(all, []uint32{2}) {
		t.Errorf("got the segments %v, %v", all, err)
	}
	if err := s.Sound(t.Context(), 2, j.End().Size, j.End().Tag); err != nil {
		t.Error(err)
	}
	if err := s.Sound(t.Context(), 2, j.End().Size+1, j.End().Tag); !errors.Is(err, damage.ErrDamaged) {
		t.Errorf("more than there is: got %v", err)
	}
}

// A frame opens in its own place and vault alone.
func TestFrameInAnotherPlace(t *testing.T) {
	dir, s, j := newJournal(t)
	write(t, j, "one")
	write(t, j, "two")
	write(t, j, "six")
	other := journal.In(dir, bytes.Repeat([]byte{8}, 16), seal.NewBox(make([]byte, seal.KeySize)))
	if _, err := other.Head(1); err == nil {
		t.Error("another vault reads the head")
	}
	if got, scan := texts(t, other, 1); !slices.Equal(got, []string{"-", "-", "-"}) || len(scan.Damage) == 0 {
		t.Errorf("another vault reads %q", got)
	}
	path := filepath.Join(dir, journal.Name(1))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const size = 16 + seal.Overhead + 4
	if err := os.WriteFile(path, append(b[:64:64], b[64+size:]...), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, scan := texts(t, s, 1); !slices.Equal(got, []string{"six"}) || len(scan.Damage) == 0 {
		t.Errorf("without the first frame: got %q, %+v", got, scan.Damage)
	}
}

// FuzzScan holds that no bytes behind a good head make a scan fail.
func FuzzScan(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 200))
	f.Add(bytes.Repeat([]byte{1, 0, 0, 0}, 40))
	dir, s, j := newJournal(f)
	write(f, j, "one")
	good, err := os.ReadFile(filepath.Join(dir, journal.Name(1)))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "segment")
		if err := os.WriteFile(path, append(good[:len(good):len(good)], data...), 0o600); err != nil {
			t.Fatal(err)
		}
		var got []string
		scan, err := s.ScanFile(path, 1, func(f journal.Frame) error {
			got = append(got, string(f.Packed))
			return nil
		})
		if err != nil || len(got) == 0 || got[0] != "one" || scan.Whole < int64(len(good)) {
			t.Errorf("got %q, %+v, %v", got, scan, err)
		}
	})
}
