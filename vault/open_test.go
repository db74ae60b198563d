package vault_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func TestSecrets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v")
	v, recovery, err := vault.Create(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: vaulttest.Records()})
	v.Close()
	typo := "0" + recovery[1:]
	if recovery[0] == '0' {
		typo = "1" + recovery[1:]
	}
	_, other, err := vault.Create(t.Context(), filepath.Join(t.TempDir(), "w"), []byte("x"), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, secret string
		want         error
	}{
		{"passphrase", vaulttest.Passphrase, nil},
		{"recovery key", recovery, nil},
		{"recovery key as people type it", strings.ToLower(strings.ReplaceAll(recovery, "-", " ")) + "\n", nil},
		{"wrong passphrase", "wrong", vault.ErrWrongPassphrase},
		{"no passphrase", "", vault.ErrWrongPassphrase},
		{"another vault's recovery key", other, vault.ErrWrongPassphrase},
		{"mistyped recovery key", typo, vault.ErrRecoveryKeyTypo},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := snapshot(t, dir)
			v, err := vault.Open(t.Context(), dir, []byte(tc.secret), vaulttest.Options())
			if !errors.Is(err, tc.want) {
				t.Fatalf("got %v, want %v", err, tc.want)
			}
			if err != nil {
				if !strings.HasSuffix(err.Error(), tc.want.Error()) {
					t.Errorf("got the message %q, want the constant one", err)
				}
				if got := snapshot(t, dir); !sameButLock(got, before) {
					t.Error("the vault was changed")
				}
				return
			}
			if n := len(all(t, v)); n != len(vaulttest.Records()) {
				t.Errorf("got %d records", n)
			}
			v.Close()
		})
	}
}

func TestNotAVault(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := write("file", "x")
	folder := filepath.Dir(write("pictures/one.jpg", "x"))
	empty := filepath.Join(dir, "empty")
	os.Mkdir(empty, 0o700)
	for _, path := range []string{file, folder, empty, filepath.Join(dir, "missing")} {
		before := snapshot(t, dir)
		_, err := open(t, path)
		if !errors.Is(err, vault.ErrNotVault) || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: got %v, want ErrNotVault with the name", path, err)
		}
		if got := snapshot(t, dir); len(got) != len(before) {
			t.Errorf("%s: something was written into what is no vault", path)
		}
	}
}

func TestCreateRefusesUsedFolders(t *testing.T) {
	v := vaulttest.New(t)
	used := filepath.Dir(v.Dir())
	before := snapshot(t, used)
	for _, dir := range []string{v.Dir(), used} {
		if _, _, err := vault.Create(t.Context(), dir, []byte("x"), vaulttest.Options()); err == nil {
			t.Errorf("created a vault over %s", dir)
		}
	}
	if got := snapshot(t, used); len(got) != len(before) {
		t.Error("the folder was changed")
	}
	opt := vaulttest.Options()
	opt.Room = func(string) (uint64, error) { return 1000, nil }
	dir := filepath.Join(t.TempDir(), "new")
	if _, _, err := vault.Create(t.Context(), dir, []byte("x"), opt); !errors.Is(err, vault.ErrNoRoom) {
		t.Errorf("got %v, want ErrNoRoom", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("a failed Create left its folder behind")
	}
}

func TestLocked(t *testing.T) {
	v := vaulttest.New(t)
	if _, err := open(t, v.Dir()); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	vaulttest.Reopen(t, v)
}

func TestMissingParts(t *testing.T) {
	files, want := closedVault(t)
	for _, tc := range []struct {
		remove  []string
		refused bool
		told    string // what the first check names: db/ without its account is what a process leaves that died
	}{
		{[]string{"vault.json"}, false, "vault.json"},
		{[]string{"vault.json.bak"}, false, "vault.json.bak"},
		{[]string{"vault.json", "vault.json.bak"}, true, ""},
		{[]string{"journal/"}, false, "journal"},
		{[]string{"journal/000001.log"}, false, "journal"},
		{[]string{"journal/", "db/"}, true, ""},
		{[]string{"journal/000001.log", "db/CLOSED"}, true, ""},
		{[]string{"db/"}, false, ""},
		{[]string{"db/MANIFEST"}, false, "db/MANIFEST"},
		{[]string{"db/KEYREGISTRY"}, false, "db/KEYREGISTRY"},
		{[]string{"search/"}, false, ""},
		{[]string{"lock"}, false, ""},
	} {
		t.Run(strings.Join(tc.remove, " "), func(t *testing.T) {
			dir := restore(t, files)
			for _, name := range tc.remove {
				os.RemoveAll(filepath.Join(dir, name))
			}
			v, err := open(t, dir)
			if tc.refused {
				if !errors.Is(err, vault.ErrDamaged) {
					t.Errorf("got %v, want ErrDamaged", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			same(t, all(t, v), want)
			report, err := v.Check(t.Context(), true, nil)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, p := range report.Problems {
				told = append(told, p.File)
			}
			if got := strings.Join(told, " "); got != tc.told {
				t.Errorf("check names %q, want %q", got, tc.told)
			}
			v = vaulttest.Reopen(t, v)
			clean(t, v)
		})
	}
}

// What Open made good is told by the next Check, once.
func TestMendedDamageIsTold(t *testing.T) {
	files, want := closedVault(t)
	for name := range files {
		if name == "lock" || strings.HasSuffix(name, "/") || !strings.HasPrefix(name, "db/") && !strings.HasPrefix(name, "vault.json") {
			continue
		}
		hurt := maps.Clone(files)
		b := []byte(hurt[name])
		b[len(b)/2] ^= 4
		hurt[name] = string(b)
		v, err := open(t, restore(t, hurt))
		if err != nil {
			t.Fatal(err)
		}
		same(t, all(t, v), want)
		if report, err := v.Check(t.Context(), false, nil); err != nil || len(report.Problems) != 1 || report.Problems[0].File != name {
			t.Errorf("%s: got %+v, %v", name, report.Problems, err)
		}
		clean(t, vaulttest.Reopen(t, v))
	}
}

// What two computers wrote to a synchronised folder is not passed over.
func TestConflictCopiesAreTold(t *testing.T) {
	files, want := closedVault(t)
	copies := []string{"vault (1).json", "journal/000001 (Marie's conflicted copy 2026-01-02).log", "journal/000001.sync-conflict-20260102.log"}
	for _, name := range copies {
		files[name] = files["vault.json"]
	}
	files["journal/.DS_Store"] = "x"
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	if report, err := v.Check(t.Context(), false, nil); err != nil || len(report.Problems) != len(copies) {
		t.Errorf("got %+v, %v, want the %d copies", report.Problems, err, len(copies))
	}
}

func TestNewerVersion(t *testing.T) {
	files, _ := closedVault(t)
	for _, name := range []string{"vault.json", "vault.json.bak"} {
		files[name] = vault.NewerHeader(files[name])
	}
	if _, err := open(t, restore(t, files)); !errors.Is(err, vault.ErrNewerVersion) {
		t.Errorf("got %v, want ErrNewerVersion", err)
	}
}

func TestHeaderOfAnotherHand(t *testing.T) {
	files, _ := closedVault(t)
	for _, name := range []string{"vault.json", "vault.json.bak"} {
		files[name] = vault.ForgedHeader(files[name])
	}
	_, err := open(t, restore(t, files))
	var d *vault.DamageError
	if !errors.As(err, &d) || d.File != "vault.json" {
		t.Errorf("got %v, want a DamageError of vault.json", err)
	}
}

func TestCheckPassphrase(t *testing.T) {
	if err := vault.CheckPassphrase([]byte("hello")); !errors.Is(err, vault.ErrWeakPassphrase) {
		t.Errorf("got %v, want ErrWeakPassphrase", err)
	}
	if err := vault.CheckPassphrase([]byte(vaulttest.Passphrase)); err != nil {
		t.Errorf("got %v, want nil", err)
	}
}
