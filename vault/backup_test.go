package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// kept gives an open vault with a few commits, originals and a receipt, and its
// recovery key.
func kept(t testing.TB) (v *vault.Vault, recoveryKey string) {
	t.Helper()
	v, recoveryKey, err := vault.Create(t.Context(), filepath.Join(t.TempDir(), "v.carnet"), []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	commit(t, v, record.Change{Put: append(vaulttest.Records(), many(300)...), Originals: []record.Incoming{incoming("a", []byte(strings.Repeat("first original ", 9000)))}})
	commit(t, v, record.Change{Put: many(30), Originals: []record.Incoming{incoming("b", []byte("second original"))}, Receipt: &record.Receipt{Import: "dddddddddddddddd"}})
	return v, recoveryKey
}

func mustBackup(t testing.TB, v *vault.Vault, path string, opt vault.BackupOptions) vault.Backup {
	t.Helper()
	b, err := v.Backup(t.Context(), path, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// restored restores a backup and gives the folder.
func restored(t testing.TB, from, secret string) (string, vault.Backup) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "restored.carnet")
	b, err := vault.Restore(t.Context(), from, dir, []byte(secret), vaulttest.Options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return dir, b
}

// holds says that the vault in dir holds the same as v, whole.
func holds(t testing.TB, dir string, v *vault.Vault) {
	t.Helper()
	again, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	same(t, all(t, again), all(t, v))
	clean(t, again)
	got, _ := again.Originals(t.Context())
	want, _ := v.Originals(t.Context())
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got originals %v, want %v", got, want)
	}
}

func TestBackupRoundTrip(t *testing.T) {
	v, recoveryKey := kept(t)
	for name, opt := range map[string]vault.BackupOptions{"stick": {}, "one.age": {}, "own.age": {Passphrase: []byte("of the file alone")}} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			b := mustBackup(t, v, path, opt)
			if b.Epoch != 3 || b.Items == 0 || b.Bytes == 0 || b.Lacking != 0 || b.Path != path {
				t.Errorf("got %+v", b)
			}
			secrets := []string{vaulttest.Passphrase, recoveryKey, strings.ToLower(recoveryKey)}
			if opt.Passphrase != nil {
				secrets = []string{string(opt.Passphrase)}
			}
			for _, secret := range secrets {
				dir, got := restored(t, path, secret)
				if got.Epoch != b.Epoch || got.Items != b.Items || got.Bytes != b.Bytes {
					t.Errorf("got %+v, want %+v", got, b)
				}
				if opened := len(got.Notices) == 0; opened == (opt.Passphrase != nil) {
					t.Errorf("notices: %+v", got.Notices)
				}
				holds(t, dir, v)
			}
			for _, wrong := range []string{"wrong", ""} {
				dir := filepath.Join(t.TempDir(), "x", "y")
				if _, err := vault.Restore(t.Context(), path, dir, []byte(wrong), vaulttest.Options(), nil); !errors.Is(err, vault.ErrWrongPassphrase) {
					t.Errorf("wrong secret: got %v", err)
				}
				if list, _ := os.ReadDir(filepath.Dir(dir)); len(list) > 0 {
					t.Errorf("left behind: %v", list)
				}
			}
		})
	}
}

func TestBackupIsRemembered(t *testing.T) {
	v, _ := kept(t)
	if due, _, changes := v.BackupDue(); !due || changes != 3 {
		t.Errorf("never backed up: due %v, %d changes", due, changes)
	}
	dir := t.TempDir()
	b := mustBackup(t, v, filepath.Join(dir, "stick"), vault.BackupOptions{})
	mustBackup(t, v, filepath.Join(dir, "b.age"), vault.BackupOptions{})
	mustBackup(t, v, filepath.Join(dir, "stick"), vault.BackupOptions{})
	if list := v.Backups(); len(list) != 2 || list[0].Path != b.Path || !list[0].At.Equal(vaulttest.Now) || list[0].Items != b.Items {
		t.Errorf("got %+v", list)
	}
	if due, last, changes := v.BackupDue(); due || changes != 0 || last.Path != b.Path {
		t.Errorf("just backed up: due %v, %+v, %d changes", due, last, changes)
	}
	for range 20 {
		commit(t, v, record.Change{Put: many(2)})
	}
	if due, _, changes := v.BackupDue(); !due || changes != 20 {
		t.Errorf("after 20 changes: due %v, %d changes", due, changes)
	}
	v = vaulttest.Reopen(t, v)
	if len(v.Backups()) != 2 {
		t.Error("forgotten when the vault was closed")
	}
	v.Close()
	opt := vaulttest.Options()
	opt.Now = func() time.Time { return vaulttest.Now.AddDate(0, 0, 31) }
	log := filepath.Join(v.Dir(), "backups")
	v, err := vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if due, _, _ := v.BackupDue(); !due {
		t.Error("not due after 31 days")
	}
	os.Truncate(log, 50)
	if due, _, _ := v.BackupDue(); !due || v.Backups() != nil {
		t.Error("a damaged memory of backups is believed")
	}
	if report, err := v.Check(t.Context(), false, nil); err != nil || !report.Sound() || len(report.Problems) != 1 || report.Problems[0].File != "backups" {
		t.Errorf("check: got %+v, %v, want a word of it and a sound vault", report.Problems, err)
	}
}

func TestBackupTakesNoPlaceOfAnother(t *testing.T) {
	v, _ := kept(t)
	other := vaulttest.New(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "b.age")
	mustBackup(t, other, file, vault.BackupOptions{})
	if _, err := v.Backup(t.Context(), file, vault.BackupOptions{}, nil); !errors.Is(err, vault.ErrOtherVault) {
		t.Errorf("another vault's file: got %v", err)
	}
	letter := filepath.Join(dir, "letter.age")
	os.WriteFile(letter, []byte("not a backup"), 0o600)
	if _, err := v.Backup(t.Context(), letter, vault.BackupOptions{}, nil); err == nil {
		t.Error("a file that is no backup was overwritten")
	}
	for _, inside := range []string{v.Dir(), filepath.Join(v.Dir(), "b.age"), filepath.Join(v.Dir(), "originals", "b")} {
		if _, err := v.Backup(t.Context(), inside, vault.BackupOptions{}, nil); err == nil {
			t.Errorf("%s: a backup inside the vault", inside)
		}
	}
	if _, err := v.Backup(t.Context(), filepath.Join(dir, "not", "there"), vault.BackupOptions{}, nil); err == nil {
		t.Error("a stick that is not connected was made up")
	}
	stick := filepath.Join(dir, "stick") // one folder for both
	mustBackup(t, other, stick, vault.BackupOptions{})
	mustBackup(t, v, stick, vault.BackupOptions{})
	got, _ := restored(t, stick, vaulttest.Passphrase) // of either: both have the passphrase
	if _, err := open(t, got); err != nil {
		t.Error(err)
	}
	clean(t, v)
}

// What is committed while a backup runs is not in it, and takes nothing from it.
func TestBackupWhileTheVaultChanges(t *testing.T) {
	for _, name := range []string{"stick", "b.age"} {
		t.Run(name, func(t *testing.T) {
			v, _ := kept(t)
			n := 0
			path := filepath.Join(t.TempDir(), name)
			_, err := v.Backup(t.Context(), path, vault.BackupOptions{}, func(int64, int64) {
				if n++; n == 1 {
					commit(t, v, record.Change{Undone: "dddddddddddddddd", Put: many(900)})
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			restored(t, path, vaulttest.Passphrase)
		})
	}
}

// A backup that fails or is cancelled anywhere leaves the one of before.
func TestBackupCutShort(t *testing.T) {
	for _, name := range []string{"stick", "b.age"} {
		t.Run(name, func(t *testing.T) {
			v, _ := kept(t)
			path := filepath.Join(t.TempDir(), name)
			b := mustBackup(t, v, path, vault.BackupOptions{})
			commit(t, v, record.Change{Put: many(500), Originals: []record.Incoming{incoming("c", bytes.Repeat([]byte("third "), 300000))}})
			for _, stop := range []int{0, 1, 2, 3, 5} {
				ctx, cancel := context.WithCancel(t.Context())
				n := 0
				_, err := v.Backup(ctx, path, vault.BackupOptions{}, func(int64, int64) {
					if n++; n > stop {
						cancel()
					}
				})
				cancel()
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("stopped at %d: got %v", stop, err)
				}
				if _, got := restored(t, path, vaulttest.Passphrase); got.Epoch != b.Epoch || len(got.Notices) > 0 {
					t.Errorf("stopped at %d: got %+v, want the one of before", stop, got)
				}
			}
			mustBackup(t, v, path, vault.BackupOptions{})
			dir, _ := restored(t, path, vaulttest.Passphrase)
			holds(t, dir, v)
			if parts, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.part")); len(parts) > 0 {
				t.Errorf("left behind: %v", parts)
			}
		})
	}
}

func TestBackupAndRestoreNeedRoom(t *testing.T) {
	opt := vaulttest.Options()
	free := uint64(1 << 40)
	opt.Room = func(string) (uint64, error) { return free, nil }
	v, _, err := vault.Create(t.Context(), filepath.Join(t.TempDir(), "v"), []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	commit(t, v, record.Change{Put: many(100)})
	dir := t.TempDir()
	for _, name := range []string{"stick", "b.age"} {
		path := filepath.Join(dir, name)
		free = 100
		if _, err := v.Backup(t.Context(), path, vault.BackupOptions{}, nil); !errors.Is(err, vault.ErrNoRoom) {
			t.Errorf("%s: got %v, want ErrNoRoom", name, err)
		}
		free = 1 << 40
		mustBackup(t, v, path, vault.BackupOptions{})
		free = 100
		to := filepath.Join(dir, "restored")
		if _, err := vault.Restore(t.Context(), path, to, []byte(vaulttest.Passphrase), opt, nil); !errors.Is(err, vault.ErrNoRoom) {
			t.Errorf("%s: restore: got %v, want ErrNoRoom", name, err)
		}
		if _, err := os.Stat(to + ".part"); err == nil {
			t.Errorf("%s: left behind", name)
		}
	}
}

// A damaged newer backup of a folder is passed over, and named.
func TestRestorePassesOverADamagedBackup(t *testing.T) {
	v, _ := kept(t)
	stick := filepath.Join(t.TempDir(), "stick")
	first := mustBackup(t, v, stick, vault.BackupOptions{})
	before := all(t, v)
	commit(t, v, record.Change{Put: many(400)})
	mustBackup(t, v, stick, vault.BackupOptions{})
	lists, _ := filepath.Glob(filepath.Join(stick, "carnet-*", "lists", "*"))
	if len(lists) != 2 {
		t.Fatalf("got %d lists, want 2", len(lists))
	}
	dir, got := restored(t, lists[0], vaulttest.Passphrase) // by name
	if got.Epoch != first.Epoch {
		t.Errorf("got epoch %d, want %d", got.Epoch, first.Epoch)
	}
	os.RemoveAll(dir)
	if err := os.Truncate(filepath.Join(lists[1], "list"), 100); err != nil {
		t.Fatal(err)
	}
	dir, got = restored(t, stick, vaulttest.Passphrase)
	if got.Epoch != first.Epoch || len(got.Notices) == 0 {
		t.Errorf("got %+v, want the first one and a notice", got)
	}
	again, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	same(t, all(t, again), before)
}

// Whatever is done to one file of a backup, a restore gives the whole record,
// an older one with a notice, or fails.
func TestDamagedBackups(t *testing.T) {
	v, _ := kept(t)
	want := all(t, v)
	top := t.TempDir()
	mustBackup(t, v, filepath.Join(top, "stick"), vault.BackupOptions{})
	mustBackup(t, v, filepath.Join(top, "b.age"), vault.BackupOptions{})
	files := snapshot(t, top)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return files[name] == "" })
	rnd := rand.New(rand.NewPCG(5, 6))
	cases := 60
	if testing.Short() {
		cases = 20
	}
	for i := range cases {
		name := names[i%len(names)]
		if i%2 == 0 {
			name = "b.age"
		}
		hurtFiles := maps.Clone(files)
		what := hurt(rnd, hurtFiles, name)
		if hurtFiles[name] == files[name] {
			continue
		}
		dir := restore(t, hurtFiles)
		from := filepath.Join(dir, strings.SplitN(name, string(filepath.Separator), 2)[0])
		to := filepath.Join(t.TempDir(), "r")
		b, err := vault.Restore(t.Context(), from, to, []byte(vaulttest.Passphrase), vaulttest.Options(), nil)
		switch {
		case err == nil && name == "b.age":
			t.Errorf("%s: %s: restored", name, what)
		case err == nil:
			again, err := open(t, to)
			if err != nil {
				t.Fatal(err)
			}
			if got := all(t, again); len(got) != len(want) {
				t.Errorf("%s: %s: %d records and no word: %+v", name, what, len(got), b)
			}
			again.Close()
		case !errors.Is(err, vault.ErrBackupDamaged) && !errors.Is(err, vault.ErrNoBackup) && !errors.Is(err, vault.ErrWrongPassphrase):
			t.Errorf("%s: %s: got %v", name, what, err)
		}
		if list, _ := filepath.Glob(to + "*"); err != nil && len(list) > 0 {
			t.Errorf("%s: %s: left behind %v", name, what, list)
		}
		os.RemoveAll(dir)
	}
}

// A vault that is damaged is backed up as far as it goes, and says so.
func TestBackupOfADamagedVault(t *testing.T) {
	v, _ := kept(t)
	list := originalFiles(t, v.Dir())
	if err := os.Truncate(list[0], 100); err != nil {
		t.Fatal(err)
	}
	want := all(t, v)
	for _, name := range []string{"stick", "b.age"} {
		path := filepath.Join(t.TempDir(), name)
		if b := mustBackup(t, v, path, vault.BackupOptions{}); b.Lacking != 1 {
			t.Errorf("%s: lacking %d, want 1", name, b.Lacking)
		}
		dir, got := restored(t, path, vaulttest.Passphrase)
		if got.Lacking != 1 {
			t.Errorf("%s: restored: %+v", name, got)
		}
		again, err := open(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		same(t, all(t, again), want)
		again.Close()
	}
}

func TestNothingReadableInBackups(t *testing.T) {
	change, markers := marked()
	markers = append(markers, "Condition", "DocumentReference", string(vaulttest.Person), "dddddddddddddddd", string(change.Originals[0].Hash))
	v := vaulttest.Empty(t)
	commit(t, v, change)
	top := t.TempDir()
	mustBackup(t, v, filepath.Join(top, "stick"), vault.BackupOptions{})
	mustBackup(t, v, filepath.Join(top, "b.age"), vault.BackupOptions{})
	mustBackup(t, v, filepath.Join(top, "own.age"), vault.BackupOptions{Passphrase: []byte("of the file alone")})
	v.Close()
	session(t, v.Dir(), withSnapshots(3), 5)
	look := func(dir string) {
		for name, content := range snapshot(t, dir) {
			for _, m := range append(markers, "stick") {
				if strings.Contains(content, m) || m != "stick" && strings.Contains(name, m) {
					t.Errorf("%q can be read in %s", m, name)
				}
			}
		}
	}
	look(top)
	look(v.Dir())
}
