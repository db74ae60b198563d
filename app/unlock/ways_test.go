package unlock

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault"
)

func TestWays(t *testing.T) {
	for err, want := range map[error][]way{
		vault.ErrOlder:           {openOlder},
		vault.ErrDamaged:         {openRescue, putBack},
		vault.ErrReadOnly:        {openRescue},
		vault.ErrNotVault:        {putBack},
		vault.ErrWrongPassphrase: nil,
		vault.ErrLocked:          nil,
		vault.ErrNewerVersion:    nil,
		errors.New("anything"):   nil,
	} {
		if got := ways(fmt.Errorf("open: %w", err)); !slices.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", err, got, want)
		}
	}
}

func TestFreeFolder(t *testing.T) {
	taken := map[string]bool{"/a/Ada.carnet": true, "/a/Ada (restored).carnet": true}
	got := besides("/a/Ada.carnet", "restored", func(p string) bool { return taken[p] })
	if want := "/a/Ada (restored 2).carnet"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := besides("/a/Ada.carnet", "copy", func(p string) bool { return taken[p] }); got != "/a/Ada (copy).carnet" {
		t.Errorf("got %q", got)
	}
}
