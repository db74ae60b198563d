package ui

import (
	"errors"
	"testing"
)

// store counts what is written, and can fail.
type store struct {
	kept   map[string]string
	writes int
	err    error
}

func (s *store) SaveDraft(name string, data []byte) error {
	if s.err != nil {
		return s.err
	}
	s.writes++
	s.kept[name] = string(data)
	return nil
}

func (s *store) Draft(name string) ([]byte, error) { return []byte(s.kept[name]), nil }

func TestDrafts(t *testing.T) {
	s := &store{kept: map[string]string{"old": "from before"}}
	d := NewDrafts(s)
	want := func(name, text string) {
		t.Helper()
		if got, err := d.Load(name); err != nil || string(got) != text {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, text)
		}
	}
	want("old", "from before")
	d.Keep(Draft{Data: []byte("a page that cannot tell yet")})
	d.Keep(Draft{"a", []byte("one")})
	d.Keep(Draft{"a", []byte("two")})
	want("a", "two")
	for range 2 { // the second time there is nothing to do
		if err := d.Save(); err != nil {
			t.Fatal(err)
		}
	}
	d.Keep(Draft{"a", []byte("two")})
	if err := d.Save(); err != nil || s.writes != 1 || s.kept["a"] != "two" {
		t.Errorf("%d writes, %v, kept %v", s.writes, err, s.kept)
	}
	s.err = errors.New("no room")
	d.Keep(Draft{"a", nil})
	if err := d.Save(); err == nil {
		t.Error("a draft that was not saved is not told")
	}
	s.err = nil
	if err := d.Save(); err != nil || s.kept["a"] != "" || s.writes != 2 {
		t.Errorf("not tried again: %v, %v", err, s.kept)
	}
	want("a", "")
}
