package vault_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// half a gigabyte, most of it in originals: 10,000 records and 90 files.
func halfGigabyte(b *testing.B) *vault.Vault {
	b.Helper()
	v, _, err := vault.Create(b.Context(), filepath.Join(b.TempDir(), "v"), []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { v.Close() })
	c := record.Change{Put: many(10_000)}
	rnd := rand.NewChaCha8([32]byte{1})
	for n := range 90 {
		content := make([]byte, 5_500_000)
		rnd.Read(content)
		c.Originals = append(c.Originals, incoming(fmt.Sprint(n), content))
	}
	if err := v.Commit(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	return v
}

// BenchmarkBackup measures against "tar | age", which neither flushes nor reads
// back: with and without a flush at its end.
func BenchmarkBackup(b *testing.B) {
	v := halfGigabyte(b)
	size := folderSize(b, v.Dir())
	top := b.TempDir()
	run := func(name string, f func(path string) error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			n := 0
			for b.Loop() {
				n++
				path := filepath.Join(top, fmt.Sprint(name, n))
				if err := f(path); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				os.RemoveAll(path)
				os.RemoveAll(path + ".age")
				b.StartTimer()
			}
		})
	}
	ours := func(path string) error {
		_, err := v.Backup(b.Context(), path, vault.BackupOptions{}, nil)
		return err
	}
	run("folder", ours)
	kept := filepath.Join(top, "kept")
	if err := ours(kept); err != nil {
		b.Fatal(err)
	}
	run("folder-unchanged", func(string) error { return ours(kept) })
	run("file", func(path string) error { return ours(path + ".age") })
	id, err := age.GenerateX25519Identity()
	if err != nil {
		b.Fatal(err)
	}
	peer := func(flush string) func(string) error {
		return func(path string) error {
			cmd := exec.Command("sh", "-c", fmt.Sprintf("tar -C %s -c . | age -r %s -o %s.age %s", v.Dir(), id.Recipient(), path, flush+" "+path+".age"))
			if flush == "" {
				cmd = exec.Command("sh", "-c", fmt.Sprintf("tar -C %s -c . | age -r %s -o %s.age", v.Dir(), id.Recipient(), path))
			}
			out, err := cmd.CombinedOutput()
			if err != nil {
				return fmt.Errorf("%w: %s", err, out)
			}
			return nil
		}
	}
	if _, err := exec.LookPath("age"); err != nil {
		b.Log("SKIPPED: age is not installed: nothing to compare with")
		return
	}
	run("tar-age", peer(""))
	run("tar-age-flushed", peer("&& sync"))
}
