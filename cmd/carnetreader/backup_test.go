package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// printed gives what --identity prints of a vault or backup.
func printed(t testing.TB, path, secret string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := (&reader{secret: secret, stdout: &stdout, stderr: &stderr}).run([]string{"--identity", path}); code != exitDone {
		t.Fatalf("--identity: got %d: %s", code, &stderr)
	}
	return stdout.String()
}

// backedUp is a vault with a recovery key and a trusted person, and a backup of
// it in one file.
func backedUp(t testing.TB, opt vault.BackupOptions) (v *vault.Vault, file, recovery, trusted string) {
	t.Helper()
	v = freshVault(t)
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	_, trustErr := v.AddTrusted(t.Context(), []byte(vaulttest.Passphrase), "a made-up friend", id.Recipient().String())
	recovery, keyErr := v.NewRecoveryKey(t.Context(), []byte(vaulttest.Passphrase))
	file = filepath.Join(t.TempDir(), "made-up.age")
	_, err = v.Backup(t.Context(), file, opt, nil)
	if err := errors.Join(trustErr, keyErr, err); err != nil {
		t.Fatal(err)
	}
	return v, file, recovery, id.String()
}

// TestBackupFile unpacks a backup with each secret and reads the vault in it.
func TestBackupFile(t *testing.T) {
	v, file, recovery, trusted := backedUp(t, vault.BackupOptions{})
	for _, secret := range []string{vaulttest.Passphrase, recovery, trusted} {
		r := carnetreader(t, file, secret)
		if r.code != exitDone {
			t.Fatalf("got %d, %s", r.code, r.stderr)
		}
		sameAsVault(t, v, carnetreader(t, filepath.Join(r.out, "vault"), secret))
	}
	if r := carnetreader(t, file, "wrong"); r.code != exitPassphrase {
		t.Errorf("got %d, %s", r.code, r.stderr)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += len(whole) / 40 {
		b := flip(at)(bytes.Clone(whole))
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := carnetreader(t, file, vaulttest.Passphrase); r.code != exitDamaged && r.code != exitPassphrase {
			t.Errorf("byte %d: got %d, %s", at, r.code, r.stderr)
		}
	}
	for _, n := range []int{0, 10, 1000, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(file, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if r := carnetreader(t, file, vaulttest.Passphrase); r.code != exitDamaged {
			t.Errorf("cut to %d: got %d, %s", n, r.code, r.stderr)
		}
	}
}

func TestBackupWithOwnPassphrase(t *testing.T) {
	v, file, _, _ := backedUp(t, vault.BackupOptions{Passphrase: []byte("a made-up passphrase of its own")})
	r := carnetreader(t, file, "a made-up passphrase of its own")
	if r.code != exitDone {
		t.Fatalf("got %d, %s", r.code, r.stderr)
	}
	sameAsVault(t, v, carnetreader(t, filepath.Join(r.out, "vault"), vaulttest.Passphrase))
	if r := carnetreader(t, file, vaulttest.Passphrase); r.code != exitPassphrase {
		t.Errorf("got %d, %s", r.code, r.stderr)
	}
}

// TestBackupFolder reads the list of a backup in a folder.
func TestBackupFolder(t *testing.T) {
	v := freshVault(t)
	dir := t.TempDir()
	if _, err := v.Backup(t.Context(), dir, vault.BackupOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	lists, err := filepath.Glob(filepath.Join(dir, "carnet-*", "lists", "*"))
	if err != nil || len(lists) != 1 {
		t.Fatalf("got %v, %v, want one list", lists, err)
	}
	sameAsVault(t, v, carnetreader(t, lists[0], vaulttest.Passphrase))
}

// TestRescue is the day when Carnet is gone: a backup made by the command line
// is opened by stock age and tar with the paper alone, and read by the reader.
func TestRescue(t *testing.T) {
	for _, program := range []string{"age", "tar"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: the program %s is not installed, so no backup was opened without Carnet", program)
		}
	}
	v, _, recovery, trusted := backedUp(t, vault.BackupOptions{})
	file := filepath.Join(t.TempDir(), "x.age")
	if testing.Short() {
		if _, err := v.Backup(t.Context(), file, vault.BackupOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if !testing.Short() {
		carnetctl(t, "--vault", v.Dir(), "backup", file)
	}
	v, err := vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for name, identity := range map[string]string{"recovery": printed(t, file, recovery), "trusted": trusted} {
		dir := t.TempDir()
		key, archive := filepath.Join(dir, "key"), filepath.Join(dir, "archive.tar")
		if err := os.WriteFile(key, []byte(strings.TrimSpace(identity)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("age", "-d", "-i", key, "-o", archive, file).CombinedOutput(); err != nil {
			t.Fatalf("%s: age: %v\n%s", name, err, out)
		}
		if out, err := exec.Command("tar", "-x", "-C", dir, "-f", archive).CombinedOutput(); err != nil {
			t.Fatalf("%s: tar: %v\n%s", name, err, out)
		}
		r := carnetreader(t, filepath.Join(dir, "vault"), recovery)
		sameAsVault(t, v, r)
		sameInPlainText(t, dir, r)
		originals := printed(t, filepath.Join(dir, "vault"), recovery)
		b, err := os.ReadFile(filepath.Join(dir, "originals.key"))
		if err != nil || !strings.Contains(string(b), strings.TrimSpace(originals)) {
			t.Errorf("%s: originals.key holds another identity than the vault's: %v", name, err)
		}
	}
}

// sameInPlainText compares the records that a backup holds for readers of no
// vault with those of the vault in it.
func sameInPlainText(t testing.TB, dir string, r result) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "records-*.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	want, n := r.lines(t, "records.ndjson", "record", "id"), 0
	for _, file := range files {
		for id, got := range (result{out: dir}).lines(t, filepath.Base(file), "record", "id") {
			delete(want[id], "v")
			if n++; !reflect.DeepEqual(got, want[id]) {
				t.Errorf("record %s differs: got %v, want %v", id, got, want[id])
			}
		}
	}
	if n != len(want) {
		t.Errorf("got %d records in plain text, want %d", n, len(want))
	}
}

// carnetctl builds and runs Carnet's command line.
func carnetctl(t testing.TB, args ...string) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "carnetctl.exe")
	build := exec.Command("go", "build", "-o", program, "../carnetctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build carnetctl: %v\n%s", err, out)
	}
	run := exec.Command(program, args...)
	run.Env = append(os.Environ(), "CARNET_PASSPHRASE="+vaulttest.Passphrase, "XDG_CONFIG_HOME="+t.TempDir())
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("carnetctl %s: %v\n%s", args[2], err, out)
	}
}
