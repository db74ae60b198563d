package vault_test

import (
	"crypto/rand"
	"encoding/base64"
	"io"
	"maps"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// unnamed is a snapshot from before the originals got their names.
func unnamed(files map[string]string) map[string]string {
	out := map[string]string{}
	for name, content := range files {
		if strings.HasPrefix(name, "originals/") && !strings.HasSuffix(name, "/") {
			name += ".part"
		}
		out[name] = content
	}
	return out
}

func originalFiles(t testing.TB, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "originals", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A crash between the frame and the names of its originals loses nothing.
func TestCrashBeforeOriginalsHaveTheirNames(t *testing.T) {
	v := vaulttest.New(t)
	in := incoming("a", []byte("acknowledged"))
	commit(t, v, record.Change{Originals: []record.Incoming{in}})
	files := unnamed(snapshot(t, v.Dir()))
	v.Close()
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := v.OpenOriginal(t.Context(), in.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, err := io.ReadAll(r); err != nil || string(b) != "acknowledged" {
		t.Errorf("got %q, %v", b, err)
	}
	clean(t, v)
	clean(t, vaulttest.Reopen(t, v))
}

// A folder whose journal came only in part, as when it is synchronised by
// halves, keeps the originals that the rest of it names.
func TestOriginalsOutliveALostJournalEnd(t *testing.T) {
	v := vaulttest.New(t)
	const log = "journal/000001.log"
	short := snapshot(t, v.Dir())[log]
	in := incoming("a", []byte("of the part that is not here yet"))
	commit(t, v, record.Change{Originals: []record.Incoming{in}})
	files := snapshot(t, v.Dir())
	v.Close()
	whole := files[log]
	files[log] = short
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(originalFiles(t, v.Dir())); n != 1 {
		t.Fatalf("got %d originals, want the one that the lost end names", n)
	}
	v.Close()
	if err := os.WriteFile(filepath.Join(v.Dir(), log), []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	if v, err = open(t, v.Dir()); err != nil {
		t.Fatal(err)
	}
	clean(t, v)
	v.Close()
}

// The file of an original that was taken back goes, even when the process died
// before it could remove it.
func TestTakenOriginalGoesAfterACrash(t *testing.T) {
	v := vaulttest.New(t)
	in := incoming("a", []byte("taken back"))
	in.Import = "dddddddddddddddd"
	commit(t, v, record.Change{Originals: []record.Incoming{in}, Receipt: &record.Receipt{Import: "dddddddddddddddd"}})
	before := snapshot(t, v.Dir())
	commit(t, v, record.Change{Undone: "dddddddddddddddd"})
	files := snapshot(t, v.Dir())
	v.Close()
	for name, content := range before {
		if strings.HasPrefix(name, "originals/") {
			files[name] = content
		}
	}
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if list := originalFiles(t, v.Dir()); len(list) > 0 {
		t.Errorf("still there: %v", list)
	}
}

// Names and remarks come from the files that are imported: however large they
// are, the vault takes them and opens again.
func TestLargeEntriesOfOriginalsAndReceipts(t *testing.T) {
	noise := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('a' + mrand.IntN(26))
		}
		return string(b)
	}
	v := vaulttest.New(t)
	in := incoming("a", []byte("words"))
	in.Name, in.Import = noise(3<<20), "dddddddddddddddd"
	receipt := &record.Receipt{Import: "dddddddddddddddd", Sources: []record.SourceReport{{Name: noise(3 << 20)}}}
	commit(t, v, record.Change{Originals: []record.Incoming{in}, Receipt: receipt})
	v = vaulttest.Reopen(t, v)
	if o, err := v.Original(t.Context(), in.Hash); err != nil || o.Name != in.Name {
		t.Errorf("original: %d characters, %v", len(o.Name), err)
	}
	if list, err := v.Imports(t.Context()); err != nil || len(list) != 1 || list[0].Sources[0].Name != receipt.Sources[0].Name {
		t.Errorf("imports: %d, %v", len(list), err)
	}
	clean(t, v)
	dir := v.Dir()
	files := snapshot(t, dir)
	v.Close()
	rebuilt, err := open(t, restore(t, files)) // without db/CLOSED
	if err != nil {
		t.Fatal(err)
	}
	commit(t, rebuilt, record.Change{Undone: "dddddddddddddddd"})
	clean(t, vaulttest.Reopen(t, rebuilt))
}

// A change that no frame could hold is refused before anything is written.
func TestChangeTooLargeForAFrame(t *testing.T) {
	v := vaulttest.New(t)
	before := snapshot(t, v.Dir())
	receipt := &record.Receipt{Import: "dddddddddddddddd", Sources: []record.SourceReport{{Name: strings.Repeat("long ", 21<<20)}}}
	if err := v.Commit(t.Context(), record.Change{Receipt: receipt}); err == nil {
		t.Fatal("a frame was written that cannot be read back")
	}
	if got := snapshot(t, v.Dir()); !maps.Equal(got, before) {
		t.Error("the vault was changed")
	}
	commit(t, v, record.Change{Put: many(3)})
	clean(t, vaulttest.Reopen(t, v))
}

// A segment that lost its beginning is damage, not one that was being made.
func TestBlankBeginningOfASegmentIsDamage(t *testing.T) {
	v := vaulttest.New(t)
	for n := 0; len(snapshot(t, v.Dir())["journal/000002.log"]) < 200 && n < 9; n++ {
		commit(t, v, record.Change{Put: []record.Record{{ID: record.ID("large" + string(rune('a'+n))), Person: "p", Resource: &record.Other{Title: noise(5 << 20)}}}})
	}
	files := snapshot(t, v.Dir())
	v.Close()
	log := files["journal/000002.log"]
	if len(log) < 200 {
		t.Fatal("no second segment")
	}
	files["journal/000002.log"] = strings.Repeat("\x00", 128) + log[128:]
	if _, err := open(t, restore(t, files)); err == nil {
		t.Error("a segment of acknowledged frames was taken for an unfinished one")
	}
}

// noise is text that does not pack into less than n bytes.
func noise(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}
