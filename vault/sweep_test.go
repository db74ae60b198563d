package vault_test

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// A process that died while it compacted, changed keys or closed leaves nothing
// behind for good: what was deleted meanwhile would outlive its deletion there.
func TestUnfinishedFilesGo(t *testing.T) {
	v := vaulttest.New(t)
	killed := snapshot(t, v.Dir()) // as a killed process leaves them
	v.Close()
	t.Run("killed", func(t *testing.T) { unfinishedGo(t, killed) })
	t.Run("closed", func(t *testing.T) { unfinishedGo(t, snapshot(t, v.Dir())) })
}

func unfinishedGo(t *testing.T, files map[string]string) {
	ours := []string{
		"journal/000002.log.part", "vault.json.part", "vault.json.bak.part", "backups.part",
		"search/INDEX.part", "search/0123456789abcdef.seg.part",
	}
	const other = "journal/holiday.part"
	for _, name := range append(ours, other) {
		files[name] = "unfinished"
	}
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	clean(t, v)
	v.Close()
	after := snapshot(t, v.Dir())
	for _, name := range ours {
		if _, ok := after[name]; ok {
			t.Errorf("%s is still there", name)
		}
	}
	if _, ok := after[other]; !ok {
		t.Error("a file that is not ours was removed")
	}
}

// An index that is damaged cannot be used, but its account still knows how far
// the journal went.
func TestDamagedIndexKnowsTheEndOfTheJournal(t *testing.T) {
	v := vaulttest.New(t)
	const log = "journal/000001.log"
	before := len(snapshot(t, v.Dir())[log])
	commit(t, v, record.Change{Put: many(20)})
	v.Close()
	files := snapshot(t, v.Dir())
	files[log] = files[log][:before] // the end of a transaction
	for _, name := range []string{"db/MANIFEST", "db/KEYREGISTRY"} {
		hurt := maps.Clone(files)
		hurt[name] = strings.ToUpper(hurt[name]) + "x"
		dir := restore(t, hurt)
		if _, err := open(t, dir); !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("%s: got %v, want ErrDamaged", name, err)
		}
		if got := snapshot(t, dir); !sameButLock(got, hurt) {
			t.Errorf("%s: a vault that was refused was changed", name)
		}
		v, err := vault.Rescue(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Damage()) == 0 {
			t.Errorf("%s: the rescue does not say that the end is missing", name)
		}
		v.Close()
	}
}

// A process that died while it sealed originals, before the first commit of its
// session, leaves db/ as the last close did: its files go all the same.
func TestOriginalsOfACommitThatWasNeverMadeGo(t *testing.T) {
	v := vaulttest.Reopen(t, vaulttest.New(t))
	in := incoming("a", []byte("never acknowledged"))
	var killed map[string]string
	second := incoming("b", []byte("the second"))
	second.Open = func() (io.ReadCloser, error) {
		killed = snapshot(t, v.Dir())
		return nil, fs.ErrNotExist
	}
	if err := v.Commit(t.Context(), record.Change{Originals: []record.Incoming{in, second}}); err == nil {
		t.Fatal("a commit without its second original went through")
	}
	for name := range snapshot(t, v.Dir()) {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("the commit left %s", name)
		}
	}
	other, err := open(t, restore(t, killed))
	if err != nil {
		t.Fatal(err)
	}
	clean(t, other)
	other.Close()
	for name := range snapshot(t, other.Dir()) {
		if strings.HasPrefix(name, "originals/") && !strings.HasSuffix(name, "/") {
			t.Errorf("%s is still there", name)
		}
	}
}
