package vault_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// Damage to what lies beside the record is told before it is needed, and Repair
// makes room for another snapshot.
func TestCheckLooksAtSnapshotsAndBackups(t *testing.T) {
	opt := vaulttest.Options()
	opt.Snapshots = 2
	secret := []byte(vaulttest.Passphrase)
	v, _, err := vault.Create(t.Context(), t.TempDir()+"/v", secret, opt)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(20)})
	if _, err := v.Backup(t.Context(), t.TempDir()+"/stick", vault.BackupOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	v.Close()
	files := snapshot(t, v.Dir())
	tried := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != "backups" && !strings.HasPrefix(name, "snapshots/") || strings.HasSuffix(name, "/") {
			continue
		}
		tried++
		hurt := maps.Clone(files)
		b := []byte(hurt[name])
		b[len(b)/2] ^= 4
		hurt[name] = string(b)
		v, err := vault.Open(t.Context(), restore(t, hurt), secret, opt)
		if err != nil {
			t.Fatal(err)
		}
		report, err := v.Check(t.Context(), true, nil)
		if err != nil || len(report.Problems) != 1 || report.Problems[0].File != name && report.Problems[0].File != path.Dir(name) {
			t.Errorf("%s: got %+v, %v", name, report.Problems, err)
		}
		if name == "backups" {
			v.Close()
			continue
		}
		if report, err = v.Repair(t.Context(), nil); err != nil || !report.Sound() {
			t.Errorf("%s: after a repair: %+v, %v", name, report.Problems, err)
		}
		v.Close()
		if v, err = vault.Open(t.Context(), v.Dir(), secret, opt); err != nil {
			t.Fatal(err)
		}
		clean(t, v)
		v.Close()
		lists := 0
		for name := range snapshot(t, v.Dir()) {
			if strings.HasPrefix(name, "snapshots/lists/") && strings.HasSuffix(name, "/list") {
				lists++
			}
		}
		if lists == 0 {
			t.Errorf("%s: no snapshot was made in place of the damaged one", name)
		}
	}
	if tried < 4 {
		t.Errorf("only %d files", tried)
	}
}
