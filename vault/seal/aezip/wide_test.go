package aezip

import (
	"bytes"
	"io"
	"testing"
	"time"
)

// TestManyMembers writes more members than the plain end of an archive can count.
func TestManyMembers(t *testing.T) {
	var b bytes.Buffer
	z := NewWriter(&b)
	const n = most16 + 7
	for range n {
		w, err := z.Create("a", nil, 1, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, "b"); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	members, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(members) != n {
		t.Errorf("got %d members, %v, want %d", len(members), err, n)
	}
}

// TestLargeMember reads the directory line of a member of 6 GiB at 5 GiB.
func TestLargeMember(t *testing.T) {
	e := &entry{name: "large", sealed: true, wide: true, stored: 6<<30 + around, size: 6 << 30, offset: 5 << 30}
	m, rest, err := readCentral(e.central())
	if err != nil || len(rest) != 0 || m.Size != 6<<30 || m.stored != 6<<30+around || m.offset != 5<<30 {
		t.Errorf("got %d, %d, %d, %v, want 6 GiB at 5 GiB", m.Size, m.stored, m.offset, err)
	}
	tail := end(2, 100, 5<<30)
	d, err := readEnd(ends{tail, 5<<30 + 100}, int64(5<<30+100+len(tail)))
	if err != nil || d.offset != 5<<30 || d.length != 100 {
		t.Errorf("got a directory of %d at %d, %v, want one of 100 at 5 GiB", d.length, d.offset, err)
	}
}

// ends is the end of an archive of which nothing else is there.
type ends struct {
	tail []byte
	at   int64
}

func (e ends) ReadAt(p []byte, off int64) (int, error) { return copy(p, e.tail[off-e.at:]), nil }

func TestSizeAnnounced(t *testing.T) {
	z := NewWriter(io.Discard)
	w, err := z.Create("a", []byte("x"), 1, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	w.(*body).e.stored = most32 - 20
	if _, err := w.Write(make([]byte, 64)); err != ErrSize {
		t.Errorf("got %v, want ErrSize: the descriptor has 32 bits", err)
	}
	if err := z.Close(); err != ErrSize {
		t.Errorf("closing: got %v, want ErrSize", err)
	}
}
