package vault

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault/seal"
)

// slotVectors are the examples of what a header of generation 1 and more holds
// beside what vectors.json has.
type slotVectors struct {
	VaultKey         string   `json:"vaultKey"`
	LabelSubkey      string   `json:"labelSubkey"` // "slot labels"
	Passphrase       string   `json:"passphrase"`
	RecoveryKey      string   `json:"recoveryKey"`
	RecoveryIdentity string   `json:"recoveryIdentity"`
	TrustedIdentity  string   `json:"trustedIdentity"`
	Labels           []string `json:"labels"`    // of the slots in order
	VaultJSON        string   `json:"vaultJson"` // the whole file
}

func writeSlotVectors(t *testing.T, path string) {
	t.Helper()
	key := seal.NewKey()
	h := newHeader(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	h.Generation = 3
	keys, err := newKeyring(h.ID, key)
	if err != nil {
		t.Fatal(err)
	}
	friend, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	v := slotVectors{
		VaultKey: hex.EncodeToString(key[:]), LabelSubkey: hex.EncodeToString(key.Derive(h.ID, "slot labels")),
		Passphrase: "made-up passphr\u00e1se", RecoveryKey: seal.NewRecoveryKey(), TrustedIdentity: friend.String(),
		Labels: []string{"made-up label \u00e9", "", "a made-up friend"},
	}
	pass, err := seal.NewPassphraseSlot(h.ID, key, []byte(v.Passphrase), seal.Cost{Time: 3, MemoryKiB: 1024, Threads: 4})
	if err != nil {
		t.Fatal(err)
	}
	rec, err := seal.NewRecoverySlot(h.ID, key, v.RecoveryKey)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := seal.NewTrustedSlot(key, friend.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range []seal.Slot{pass, rec, trusted} {
		s.Created = h.Created
		if s, err = s.WithLabel(keys.labels, h.ID, v.Labels[i]); err != nil {
			t.Fatal(err)
		}
		h.Slots = append(h.Slots, s)
	}
	if v.RecoveryIdentity, err = seal.RecoveryIdentity(h.ID, h.Slots, v.RecoveryKey); err != nil {
		t.Fatal(err)
	}
	head, err := h.encode(keys.header)
	if err != nil {
		t.Fatal(err)
	}
	v.VaultJSON = string(head.data)
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSlotVectors(t *testing.T) {
	path := filepath.Join("testdata", "vectors-slots.json")
	if *update {
		writeSlotVectors(t, path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v slotVectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	h, e, err := parseHeader([]byte(v.VaultJSON))
	if err != nil || h.Generation != 3 || len(h.Slots) != 3 {
		t.Fatalf("got %+v, %v", h, err)
	}
	for i, secret := range []string{v.Passphrase, v.RecoveryKey, v.TrustedIdentity} {
		key, at, err := seal.FindSlot(h.ID, h.Slots, []byte(secret), "")
		if err != nil || at != i || hex.EncodeToString(key[:]) != v.VaultKey {
			t.Fatalf("slot %d: got slot %d, %v", i, at, err)
		}
	}
	key := seal.Key(unhex(t, v.VaultKey))
	if got := key.Derive(h.ID, "slot labels"); !bytes.Equal(got, unhex(t, v.LabelSubkey)) {
		t.Errorf("subkey: got %x, want %s", got, v.LabelSubkey)
	}
	keys, err := newKeyring(h.ID, &key)
	if err != nil {
		t.Fatal(err)
	}
	if !e.authentic(keys.header) {
		t.Error("the HMAC does not fit")
	}
	for i, s := range h.Slots {
		if got, err := s.OpenLabel(keys.labels, h.ID); err != nil || got != v.Labels[i] {
			t.Errorf("label %d: got %q, %v, want %q", i, got, err, v.Labels[i])
		}
	}
	text, err := seal.RecoveryIdentity(h.ID, h.Slots, v.RecoveryKey)
	if err != nil || text != v.RecoveryIdentity {
		t.Fatalf("got the recovery identity %s, %v", text, err)
	}
	for i, identity := range map[int]string{1: v.RecoveryIdentity, 2: v.TrustedIdentity} {
		id, err := age.ParseX25519Identity(identity)
		if err != nil || id.Recipient().String() != h.Slots[i].Recipient {
			t.Errorf("slot %d: %v", i, err)
		}
	}
}
