package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/app/ui"
)

// TestACopyIsSavedByteForByte saves an original where the user says; where that
// cannot be, nothing half-written stays, and it is told.
func TestACopyIsSavedByteForByte(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	env := u.a.session.shell.env
	list, err := env.Vault.Originals(t.Context())
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "copy")
	env.Dialog = func(context.Context, ui.Asked) (string, error) { return path, nil }
	ui.SaveCopy(env, list[0].Hash)
	u.sees("Saved", "It is not sealed")
	b, err := os.ReadFile(path)
	if sum := sha256.Sum256(b); err != nil || hex.EncodeToString(sum[:]) != string(list[0].Hash) {
		t.Errorf("the copy has %d bytes, %v; want those of the original", len(b), err)
	}
	path = filepath.Join(dir, "no such folder", "copy")
	ui.SaveCopy(env, list[0].Hash)
	u.sees("The file or folder is no longer there.")
}
