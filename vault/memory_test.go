package vault_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// remembering are options of a computer that keeps its memory in a folder.
func remembering(memory string) vault.Options {
	opt := vaulttest.Options()
	opt.Memory = memory
	return opt
}

// past is a vault at several times of its life, each closed, and the memory of
// the computer that saw all of them.
type past struct {
	memory string
	states []map[string]string // of the folder
	want   []map[record.ID]record.Record
}

func lived(t *testing.T) past {
	t.Helper()
	p := past{memory: filepath.Join(t.TempDir(), "config", "vaults")}
	opt := remembering(p.memory)
	v, _, err := vault.Create(t.Context(), t.TempDir()+"/v", []byte(vaulttest.Passphrase), opt)
	for i := range 3 {
		if err == nil && i > 0 {
			v, err = vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), opt)
		}
		if err != nil {
			t.Fatal(err)
		}
		commit(t, v, record.Change{Put: many(20 * (i + 1))})
		commit(t, v, record.Change{Put: many(10)})
		p.want = append(p.want, all(t, v))
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		p.states = append(p.states, snapshot(t, v.Dir()))
	}
	return p
}

// open opens a folder with these files on the computer that has the memory.
func (p past) open(t *testing.T, files map[string]string, acceptOlder bool) (*vault.Vault, error) {
	t.Helper()
	opt := remembering(p.memory)
	opt.AcceptOlder = acceptOlder
	v, err := vault.Open(t.Context(), restore(t, files), []byte(vaulttest.Passphrase), opt)
	if err == nil {
		t.Cleanup(func() { v.Close() })
	}
	return v, err
}

func withoutStore(files map[string]string) map[string]string {
	files = maps.Clone(files)
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, "db/") })
	return files
}

func TestOlderFolderIsFoundOut(t *testing.T) {
	p := lived(t)
	newest := p.states[2]
	const log = "journal/000001.log"
	cut := maps.Clone(newest) // at the end of a transaction
	cut[log] = newest[log][:len(p.states[1][log])]
	delete(cut, "db/CLOSED")
	mixed := maps.Clone(newest) // an older journal and index, all else as it is
	maps.DeleteFunc(mixed, func(name, _ string) bool { return strings.HasPrefix(name, "db/") })
	for name, content := range p.states[1] {
		if strings.HasPrefix(name, "db/") || strings.HasPrefix(name, "journal/") {
			mixed[name] = content
		}
	}
	for name, files := range map[string]map[string]string{
		"the whole folder": p.states[1], "its beginning": p.states[0], "without db/": withoutStore(p.states[1]),
		"journal and db": mixed, "journal cut": cut,
	} {
		t.Run(name, func(t *testing.T) {
			dir := restore(t, files)
			_, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), remembering(p.memory))
			var older *vault.OlderError
			if !errors.As(err, &older) || !errors.Is(err, vault.ErrOlder) {
				t.Fatalf("got %v, want an OlderError", err)
			}
			if older.Apart || older.Seen.Epoch != 7 || older.Here.Epoch >= 7 || older.Here.Epoch == 0 || !older.Here.At.Equal(vaulttest.Now) {
				t.Errorf("got %+v", older)
			}
			if got := snapshot(t, dir); !sameButLock(got, files) {
				t.Error("a vault that was refused was changed")
			}
		})
	}
	v, err := p.open(t, newest, false)
	if err != nil {
		t.Fatalf("the newest: %v", err)
	}
	same(t, all(t, v), p.want[2])
}

func TestOlderFolderAccepted(t *testing.T) {
	p := lived(t)
	v, err := p.open(t, p.states[1], true)
	if err != nil {
		t.Fatal(err)
	}
	same(t, all(t, v), p.want[1])
	if _, err = p.open(t, p.states[1], false); err != nil {
		t.Fatalf("it was not taken for the newest: %v", err)
	}
	if v, err = p.open(t, p.states[2], false); err != nil {
		t.Fatalf("what came after it: %v", err)
	}
	same(t, all(t, v), p.want[2])
}

// A folder that was written on two computers has two histories; whichever copy
// wins, the computer that saw the other one says so.
func TestTwoHistories(t *testing.T) {
	p := lived(t)
	for _, more := range []int{1, 2, 3} { // fewer changes than were seen, as many, and more
		elsewhere, err := open(t, restore(t, p.states[1]))
		if err != nil {
			t.Fatal(err)
		}
		for range more {
			commit(t, elsewhere, record.Change{Put: many(7)})
		}
		elsewhere.Close()
		files := snapshot(t, elsewhere.Dir())
		for name, files := range map[string]map[string]string{"closed": files, "without db/": withoutStore(files)} {
			_, err := p.open(t, files, false)
			var older *vault.OlderError
			if !errors.As(err, &older) || older.Apart != (more >= 2) {
				t.Errorf("%d more changes, %s: got %v", more, name, err)
			}
		}
	}
	// The same changes seen later, with others behind them, are one history.
	v, err := open(t, restore(t, p.states[2]))
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(7)})
	v.Close()
	if _, err := p.open(t, snapshot(t, v.Dir()), false); err != nil {
		t.Errorf("a longer history: %v", err)
	}
}

// memories lists the files of the memory.
func memories(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestMemoryTellsNothing(t *testing.T) {
	p := lived(t)
	list := memories(t, p.memory)
	if len(list) != 1 {
		t.Fatalf("got %v, want one file", list)
	}
	b, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	var h struct{ Header struct{ ID []byte } }
	if err := json.Unmarshal([]byte(p.states[0]["vault.json"]), &h); err != nil {
		t.Fatal(err)
	}
	for _, plain := range []string{"epoch", "frame", "tag", "2026", "Ada", string(h.Header.ID)} {
		if bytes.Contains(b, []byte(plain)) {
			t.Errorf("the memory holds %q in clear", plain)
		}
	}
	if info, _ := os.Stat(list[0]); info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v", info.Mode())
	}
}

// A memory that is missing, damaged or of another vault is none, and is written
// again: whatever happens to it, the newest vault opens.
func TestMemoryThatCannotBeUsed(t *testing.T) {
	p := lived(t)
	path := memories(t, p.memory)[0]
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := lived(t)
	foreign, err := os.ReadFile(memories(t, other.memory)[0])
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 1
	for name, content := range map[string][]byte{"empty": {}, "cut": good[:50], "flipped": flipped, "foreign": foreign, "blank": make([]byte, len(good)), "huge": make([]byte, 1<<20)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := p.open(t, p.states[2], false)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		v.Close()
		if _, err := p.open(t, p.states[1], false); !errors.Is(err, vault.ErrOlder) {
			t.Errorf("%s: it was not written again: got %v", name, err)
		}
	}
	p.memory = filepath.Join(path, "not a folder")
	if _, err := p.open(t, p.states[1], false); err != nil {
		t.Errorf("without a place for it: %v", err)
	}
}

// A crash between a commit and its memory, or an update on another computer,
// leaves a memory that is behind.
func TestMemoryBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("long; the whole run has it")
	}
	p := lived(t)
	path := memories(t, p.memory)[0]
	v, err := p.open(t, p.states[2], false)
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		commit(t, v, record.Change{Put: many(9000)}) // into another segment
	}
	killed := unnamed(snapshot(t, v.Dir()))
	v.Close()
	for name, files := range map[string]map[string]string{"killed": killed, "closed": snapshot(t, v.Dir())} {
		if err := os.WriteFile(path, old, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := p.open(t, files, false); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := p.open(t, p.states[2], false); !errors.Is(err, vault.ErrOlder) {
			t.Errorf("%s: the memory was not brought up to date: got %v", name, err)
		}
	}
}

// What is damaged is called damaged, and what a crash left torn opens.
func TestMemoryAndDamage(t *testing.T) {
	p := lived(t)
	const log = "journal/000001.log"
	flip := func(at int, closed bool) map[string]string {
		files := maps.Clone(p.states[2])
		b := []byte(files[log])
		b[at] ^= 1
		files[log] = string(b)
		if !closed {
			delete(files, "db/CLOSED")
		}
		return files
	}
	end := len(p.states[2][log])
	if _, err := p.open(t, flip(end-100, false), false); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("a damaged last frame: got %v, want ErrDamaged", err)
	}
	memory := p.memory
	cut := maps.Clone(p.states[2])
	cut[log] = cut[log][:end-10]
	for name, files := range map[string]map[string]string{"last frame": flip(end-100, true), "frame in the middle": flip(end/2, true), "journal behind db/": cut} {
		p.memory = filepath.Join(t.TempDir(), "memory") // a vault that was mended has gone on from what was seen
		if err := os.CopyFS(p.memory, os.DirFS(memory)); err != nil {
			t.Fatal(err)
		}
		v, err := p.open(t, files, false)
		if err != nil {
			t.Fatalf("%s, which db/ has: %v", name, err)
		}
		same(t, all(t, v), p.want[2])
	}
	p.memory = memory
	torn := maps.Clone(p.states[2])
	torn[log] += torn[log][64:300]
	delete(torn, "db/CLOSED")
	if _, err := p.open(t, torn, false); errors.Is(err, vault.ErrOlder) {
		t.Errorf("a torn end: got %v", err)
	}
}

func TestOlderErrorWords(t *testing.T) {
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	e := &vault.OlderError{Seen: vault.Standing{Epoch: 9, At: at}, Here: vault.Standing{Epoch: 4}}
	want := "this computer has seen a newer state of this vault (seen: change 9, 14 Mar 2026 09:00 UTC; here: change 4): look for the newer folder before you open this one"
	if got := e.Error(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What was seen and then compacted away is not missing.
func TestMemoryAndCompaction(t *testing.T) {
	p := lived(t)
	v, err := open(t, restore(t, p.states[2])) // on another computer
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(7)})
	want := all(t, v)
	v.Close()
	compacted := snapshot(t, v.Dir())
	if v, err = p.open(t, compacted, false); err != nil {
		t.Fatal(err)
	}
	same(t, all(t, v), want)
	if _, err := p.open(t, p.states[2], false); !errors.Is(err, vault.ErrOlder) {
		t.Errorf("the state before: got %v, want ErrOlder", err)
	}
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	v.Close()
	if _, err := p.open(t, compacted, false); !errors.Is(err, vault.ErrOlder) {
		t.Errorf("a base that was not remembered: got %v, want ErrOlder", err)
	}
}

// A backup that was put back is what its owner wants to go on with, on the
// computer that has seen more too.
func TestMemoryAndRestore(t *testing.T) {
	p := lived(t)
	v, err := p.open(t, p.states[2], false)
	if err != nil {
		t.Fatal(err)
	}
	stick := filepath.Join(t.TempDir(), "stick")
	if _, err := v.Backup(t.Context(), stick, vault.BackupOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(7)})
	v.Close()
	dir := filepath.Join(t.TempDir(), "restored")
	if _, err := vault.Restore(t.Context(), stick, dir, []byte(vaulttest.Passphrase), remembering(p.memory), nil); err != nil {
		t.Fatal(err)
	}
	restored, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), remembering(p.memory))
	if err != nil {
		t.Fatal(err)
	}
	same(t, all(t, restored), p.want[2])
	restored.Close()
	if _, err := vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), remembering(p.memory)); err != nil {
		t.Errorf("the newer one: %v", err)
	}
}
