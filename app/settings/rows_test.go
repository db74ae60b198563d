package settings

import (
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/seal"
)

func TestKeyRows(t *testing.T) {
	day := time.Date(2026, 3, 5, 12, 0, 0, 0, time.Local)
	slots := []vault.Slot{
		{ID: "a", Kind: seal.PassphraseSlot, Created: day},
		{ID: "b", Kind: seal.RecoverySlot},
		{ID: "c", Kind: seal.TrustedSlot, Label: "Bea"},
		{ID: "d", Kind: "something of later"},
	}
	got := keyRows(slots)
	for i, want := range []keyRow{
		{"a", "A passphrase", "since 5 March 2026", false},
		{"b", "The recovery key", "", false},
		{"c", "Bea, whom you trust", "", true},
		{"d", "Something that a newer Carnet added", "", true},
	} {
		if got[i] != want {
			t.Errorf("got %+v, want %+v", got[i], want)
		}
	}
	got = keyRows(append(slots, vault.Slot{ID: "e", Kind: seal.PassphraseSlot, Label: "Joe"}))
	if !got[0].Remove || !got[4].Remove || got[1].Remove {
		t.Errorf("what can be removed: %+v", got)
	}
}

func TestRehearsalSaysWhatOpens(t *testing.T) {
	if tone, what, next := rehearsal(vault.Slot{Kind: seal.RecoverySlot}); tone != ui.Good || !strings.HasPrefix(what, "Yes") || next == "" {
		t.Errorf("got %v, %q, %q", tone, what, next)
	}
	if tone, what, next := rehearsal(vault.Slot{Kind: seal.PassphraseSlot}); tone == ui.Good || next == "" {
		t.Errorf("a passphrase counts as the recovery key: %q", what)
	}
}

func TestAwaySaysWhatTheSystemTells(t *testing.T) {
	if linux, mac := away("linux"), away("darwin"); linux == mac || !strings.Contains(mac, "does not notice") {
		t.Errorf("macOS promises what it cannot do: %q", mac)
	}
}
