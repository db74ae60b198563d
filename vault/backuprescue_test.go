package vault_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// stock runs a program that is not ours, or skips the test where it is missing.
func stock(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("SKIPPED: %s is not installed: that a backup opens without Carnet was not tried", name)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, errs.String())
	}
	return out
}

// A backup opens with stock age and tar: by the recovery key's identity and by a
// trusted person's; and every original with the key that is in it.
func TestRescueWithStockAge(t *testing.T) {
	v, recoveryKey := kept(t)
	trusted, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.AddTrusted(t.Context(), []byte(vaulttest.Passphrase), "a friend", trusted.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "b.age")
	mustBackup(t, v, file, vault.BackupOptions{})
	recovery, err := vault.RecoveryIdentity(file, []byte(recoveryKey))
	if err != nil {
		t.Fatal(err)
	}
	for name, identity := range map[string]string{"recovery key": recovery, "trusted person": trusted.String()} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "key.txt"), []byte(identity+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			stock(t, dir, "age", "-d", "-i", "key.txt", "-o", "b.tar", file)
			stock(t, dir, "tar", "-xf", "b.tar")
			rescued(t, dir, v)
		})
	}
}

// rescued looks at what tar unpacked.
func rescued(t *testing.T, dir string, v *vault.Vault) {
	t.Helper()
	stock(t, dir, "sha256sum", "-c", "--strict", "MANIFEST")
	want := all(t, v)
	lines := jsonLines(t, dir, "records")
	if len(lines) != len(want) {
		t.Errorf("got %d records in clear, want %d", len(lines), len(want))
	}
	for _, line := range lines {
		var l struct {
			Kind   record.Kind   `json:"kind"`
			Record record.Record `json:"record"`
		}
		if err := json.Unmarshal(line, &l); err != nil || want[l.Record.ID].Resource == nil || want[l.Record.ID].Resource.Kind() != l.Kind {
			t.Errorf("%s: not a record of the vault: %v", line, err)
		}
	}
	for _, line := range jsonLines(t, dir, "originals") {
		var l struct {
			File     string          `json:"file"`
			Original record.Original `json:"original"`
		}
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		got := stock(t, dir, "age", "-d", "-i", "originals.key", l.File)
		r, _, err := v.OpenOriginal(t.Context(), l.Original.Hash)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(r)
		r.Close()
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s opens as %d bytes, want %d: %v", l.File, len(got), len(plain), err)
		}
	}
	if n := len(jsonLines(t, dir, "imports")); n != 1 {
		t.Errorf("got %d imports, want 1", n)
	}
	if err := os.Rename(filepath.Join(dir, "vault"), filepath.Join(dir, "by-hand.carnet")); err != nil {
		t.Fatal(err)
	}
	byHand := filepath.Join(dir, "by-hand.carnet")
	header, err := os.ReadFile(filepath.Join(byHand, "vault.json"))
	if err == nil {
		err = os.WriteFile(filepath.Join(byHand, "vault.json.bak"), header, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	holds(t, byHand, v)
}

func jsonLines(t *testing.T, dir, name string) [][]byte {
	t.Helper()
	list, _ := filepath.Glob(filepath.Join(dir, name+"-*.ndjson"))
	var lines [][]byte
	for _, path := range list {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
			lines = append(lines, bytes.Clone(s.Bytes()))
		}
	}
	return lines
}

// The age identities restore too: a trusted person's opens the vault; the
// recovery key's opens the file alone, and that is said.
func TestRestoreWithIdentities(t *testing.T) {
	v, recoveryKey := kept(t)
	trusted, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.AddTrusted(t.Context(), []byte(vaulttest.Passphrase), "a friend", trusted.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "b.age")
	mustBackup(t, v, file, vault.BackupOptions{})
	dir, b := restored(t, file, trusted.String())
	if len(b.Notices) > 0 {
		t.Errorf("trusted person: %+v", b.Notices)
	}
	holds(t, dir, v)
	recovery, err := vault.RecoveryIdentity(file, []byte(recoveryKey))
	if err != nil {
		t.Fatal(err)
	}
	dir, b = restored(t, file, recovery)
	if len(b.Notices) != 1 || !strings.Contains(b.Notices[0].Text, "was not opened") {
		t.Errorf("recovery identity: %+v, want that the vault was not opened", b.Notices)
	}
	holds(t, dir, v)
	if _, err := vault.RecoveryIdentity(file, []byte("wrong")); err == nil {
		t.Error("a wrong recovery key gives an identity")
	}
}

// The longest single record still has its line, and files of lines stay small.
func TestBackupOfLargeRecords(t *testing.T) {
	v := vaulttest.New(t)
	long := strings.Repeat("made-up words ", 400_000)
	commit(t, v, record.Change{Put: []record.Record{{ID: "large", Person: vaulttest.Person, Resource: &record.Other{Title: long}}}})
	commit(t, v, record.Change{Put: many(2500)})
	file := filepath.Join(t.TempDir(), "b.age")
	mustBackup(t, v, file, vault.BackupOptions{Passphrase: []byte("of the file alone")})
	dir, _ := restored(t, file, "of the file alone")
	holds(t, dir, v)
}
