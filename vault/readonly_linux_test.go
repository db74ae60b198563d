package vault_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// asNobody runs f with the file permissions of an unprivileged user, also where
// the tests run as root.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() != 0 {
		f()
		return
	}
	runtime.LockOSThread()
	const nobody = 65534
	syscall.Setfsuid(nobody)
	defer func() {
		syscall.Setfsuid(0)
		runtime.UnlockOSThread()
	}()
	f()
}

func TestFoldersWithoutPermission(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	for dir := v.Dir(); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		os.Chmod(dir, 0o755)
	}
	var readOnly, create, closed error
	os.Chmod(v.Dir(), 0o555)
	asNobody(t, func() {
		_, readOnly = vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), vaulttest.Options())
		_, _, create = vault.Create(t.Context(), v.Dir()+"/sub", []byte("x"), vaulttest.Options())
	})
	os.Chmod(v.Dir(), 0)
	asNobody(t, func() {
		_, closed = vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), vaulttest.Options())
	})
	os.Chmod(v.Dir(), 0o700)
	if !errors.Is(readOnly, vault.ErrReadOnly) || !errors.Is(create, vault.ErrReadOnly) {
		t.Errorf("read-only folder: got %v and %v, want ErrReadOnly", readOnly, create)
	}
	if closed == nil || errors.Is(closed, vault.ErrNotVault) || !errors.Is(closed, syscall.EACCES) {
		t.Errorf("unreadable folder: got %v, want a message about permission", closed)
	}
	vaulttest.Reopen(t, v)
}
