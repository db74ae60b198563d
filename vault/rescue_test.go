package vault_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func rescue(t testing.TB, dir string) (*vault.Vault, error) {
	t.Helper()
	return vault.Rescue(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
}

// lossy gives a vault whose journal lost a frame in its middle and whose index
// is gone too, and what can still be read of it.
func lossy(t testing.TB) (dir string, left map[record.ID]record.Record, file record.Incoming) {
	t.Helper()
	v := vaulttest.New(t)
	left = all(t, v)
	start := len(snapshot(t, v.Dir())["journal/000001.log"])
	lost := many(60)
	for i := range lost {
		lost[i].ID += "-lost"
	}
	commit(t, v, record.Change{Put: lost})
	end := len(snapshot(t, v.Dir())["journal/000001.log"])
	file = incoming("a", []byte(strings.Repeat("still readable ", 900)))
	commit(t, v, record.Change{Put: many(30), Originals: []record.Incoming{file}, Receipt: &record.Receipt{Import: "dddddddddddddddd"}})
	commit(t, v, record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa4", lost[3].ID}})
	for id, r := range all(t, v) {
		if !strings.HasSuffix(string(id), "-lost") {
			left[id] = r
		}
	}
	delete(left, "aaaaaaaaaaaaaaa4")
	v.Close()
	files := snapshot(t, v.Dir())
	b := []byte(files["journal/000001.log"])
	b[(start+end)/2] ^= 4
	files["journal/000001.log"] = string(b)
	delete(files, "db/CLOSED")
	return restore(t, files), left, file
}

func TestRescue(t *testing.T) {
	dir, want, file := lossy(t)
	before := snapshot(t, dir)
	if _, err := open(t, dir); !errors.Is(err, vault.ErrDamaged) {
		t.Fatalf("open: got %v, want ErrDamaged", err)
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	v, err := rescue(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	same(t, all(t, v), want)
	if d := v.Damage(); len(d) != 1 || d[0].File != "journal/000001.log" || !strings.Contains(d[0].Text, "frame 3") {
		t.Errorf("got damage %v, want frame 3 of the journal", d)
	}
	if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) != 1 || report.Records != len(want) || report.Originals != 1 {
		t.Errorf("check: got %+v, %v", report, err)
	}
	f, _, err := v.OpenOriginal(t.Context(), file.Hash)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(f); err != nil || !strings.HasPrefix(string(b), "still readable") {
		t.Errorf("original: got %d bytes, %v", len(b), err)
	}
	f.Close()
	for what, err := range map[string]error{
		"commit":  v.Commit(t.Context(), record.Change{Put: many(2)}),
		"compact": v.Compact(t.Context(), nil),
	} {
		if !errors.Is(err, vault.ErrRescued) {
			t.Errorf("%s: got %v, want ErrRescued", what, err)
		}
	}
	if err := v.Close(); err != nil {
		t.Error(err)
	}
	if got := snapshot(t, dir); !sameButLock(got, before) {
		t.Error("the folder was changed")
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("temporary files are left: %v", left)
	}
}

// What Rescue gives from a folder that cannot be written to is all of it.
func TestRescueOfSoundVault(t *testing.T) {
	files, want := closedVault(t)
	v, err := rescue(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	if len(v.Damage()) > 0 {
		t.Errorf("got damage %v, want none", v.Damage())
	}
}

// Every segment cut, flipped or gone: a rescue shows what is left, never more
// than there was, and says that something is missing.
func TestRescueOfAnyDamage(t *testing.T) {
	files, want := closedVault(t)
	delete(files, "db/CLOSED")
	log := files["journal/000001.log"]
	for at := 70; at < len(log); at += len(log) / 25 {
		b := []byte(log)
		b[at] ^= 0x20
		damaged := map[string]string{"flipped": string(b), "cut": log[:at]}
		for what, content := range damaged {
			files["journal/000001.log"] = content
			v, err := rescue(t, restore(t, files))
			if err != nil {
				if !errors.Is(err, vault.ErrDamaged) {
					t.Errorf("%s at %d: got %v, want ErrDamaged", what, at, err)
				}
				continue
			}
			if what == "flipped" && len(v.Damage()) == 0 {
				t.Errorf("%s at %d: no damage is named", what, at)
			}
			for id := range all(t, v) {
				if _, ok := want[id]; !ok && id != "aaaaaaaaaaaaaaa4" { // deleted by the last frame
					t.Errorf("%s at %d: record %s was never there", what, at, id)
				}
			}
			v.Close()
		}
	}
}

func TestRescueRefuses(t *testing.T) {
	dir, _, _ := lossy(t)
	if _, err := vault.Rescue(t.Context(), dir, []byte("another passphrase"), vaulttest.Options()); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("got %v, want ErrWrongPassphrase", err)
	}
	if _, err := rescue(t, t.TempDir()); !errors.Is(err, vault.ErrNotVault) {
		t.Errorf("got %v, want ErrNotVault", err)
	}
	os.RemoveAll(filepath.Join(dir, "journal"))
	if _, err := rescue(t, dir); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
}

// A segment that ends before the next one begins is damage, though each of its
// frames opens.
func TestRescueNamesMissingFrames(t *testing.T) {
	files, _ := severalSegments(t)
	delete(files, "db/CLOSED")
	for name := range files {
		if strings.HasPrefix(name, "snapshots/") {
			delete(files, name)
		}
	}
	files["journal/000002.log"] = files["journal/000002.log"][:64]
	dir := restore(t, files)
	if _, err := open(t, dir); !errors.Is(err, vault.ErrDamaged) {
		t.Fatalf("got %v, want ErrDamaged", err)
	}
	v, err := rescue(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if d := v.Damage(); len(d) == 0 || d[0].File != "journal/000002.log" {
		t.Errorf("got damage %v, want frames missing at the end of the second segment", d)
	}
}

// A blank last frame looks like a write that was never finished; the account in
// db/ knows better, and so does a rescue.
func TestRescueKnowsOfABlankEnd(t *testing.T) {
	files, _ := closedVault(t)
	const log = "journal/000001.log"
	files[log] = files[log][:len(files[log])-150] + strings.Repeat("\x00", 100) + files[log][len(files[log])-50:]
	for name, content := range files {
		if strings.HasSuffix(name, ".sst") {
			files[name] = flipped(content, len(content)/2)
		}
	}
	dir := restore(t, files)
	if _, err := open(t, dir); !errors.Is(err, vault.ErrDamaged) {
		t.Fatalf("open: got %v, want ErrDamaged", err)
	}
	v, err := rescue(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if len(v.Damage()) == 0 {
		t.Error("the rescue knows of no damage")
	}
}
