package vault

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/record"
)

// The copies of a segment are those whose bytes are as they were.
func TestSegmentCopies(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v")
	opt := frozenOptions()
	opt.Snapshots = 3
	v, _, err := Create(t.Context(), dir, []byte(frozenPassphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		change := record.Change{Put: []record.Record{{ID: record.ID("aaaaaaaaaaaaaaa" + string(rune('a'+i))), Resource: &record.Other{Title: "made up"}}}}
		if err := v.Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		if v, err = Open(t.Context(), dir, []byte(frozenPassphrase), opt); err != nil {
			t.Fatal(err)
		}
	}
	defer v.Close()
	whole, err := os.ReadFile(filepath.Join(dir, journal.Name(1)))
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{}
	for c := range v.segmentCopies(t.Context(), 1) {
		b, err := os.ReadFile(c.path)
		if err != nil || int64(len(b)) != c.size || string(b) != string(whole[:len(b)]) {
			t.Errorf("%s: not the beginning of the segment: %v", c.path, err)
		}
		paths = append(paths, c.path)
	}
	if len(paths) != 3 {
		t.Fatalf("got %d copies, want 3", len(paths))
	}
	if b, _ := os.ReadFile(paths[0]); len(b) != len(whole) {
		t.Errorf("the newest copy has %d bytes, want %d", len(b), len(whole))
	}
	whole[100] ^= 1
	if err := os.WriteFile(paths[0], whole, 0o600); err != nil {
		t.Fatal(err)
	}
	n := 0
	for c := range v.segmentCopies(t.Context(), 1) {
		if n++; c.path == paths[0] {
			t.Error("a changed copy is offered")
		}
	}
	if n != 2 {
		t.Errorf("got %d copies, want 2", n)
	}
}
