package vault

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/seal"
)

// vectors are the examples that FORMAT.md points at: what another program must
// be able to compute or open. All bytes are in hexadecimal.
type vectors struct {
	VaultID       string            `json:"vaultId"`
	VaultKey      string            `json:"vaultKey"`
	Subkeys       map[string]string `json:"subkeys"`
	Passphrase    string            `json:"passphrase"`
	RecoveryKey   string            `json:"recoveryKey"`
	RecoveryBytes string            `json:"recoveryBytes"`
	Slots         []seal.Slot       `json:"slots"`
	Element       string            `json:"element"` // of class r, name "0123456789abcdef", stored form "stored form"

	// Those of values and frames, which packages store and journal hold to their
	// own tests.
	BadgerKey     string `json:"badgerKey"`
	BadgerVersion uint64 `json:"badgerVersion"`
	BadgerPlain   string `json:"badgerPlain"`
	BadgerValue   string `json:"badgerValue"`
	FrameSegment  uint32 `json:"frameSegment"`
	FrameNumber   uint64 `json:"frameNumber"`
	FrameBefore   string `json:"frameBefore"`
	FramePlain    string `json:"framePlain"`
	Frame         string `json:"frame"`
	SegmentHead   string `json:"segmentHead"`
}

var vectorLabels = []string{"badger", "value", "journal", "root", "header", "search", "originals identity"}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readVectors(t *testing.T, path string) (v vectors) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func writeVectors(t *testing.T, path string) {
	t.Helper()
	var id, rawKey [32]byte
	for i := range id {
		id[i], rawKey[i] = byte(i), byte(0x20+i)
	}
	key := seal.Key(rawKey)
	keys, err := newKeyring(id[:vaultIDSize], &key)
	if err != nil {
		t.Fatal(err)
	}
	v := readVectors(t, path) // those of values and frames stay
	v = vectors{
		BadgerKey: v.BadgerKey, BadgerVersion: v.BadgerVersion, BadgerPlain: v.BadgerPlain, BadgerValue: v.BadgerValue,
		FrameSegment: v.FrameSegment, FrameNumber: v.FrameNumber, FrameBefore: v.FrameBefore, FramePlain: v.FramePlain, Frame: v.Frame, SegmentHead: v.SegmentHead,
		VaultID: hex.EncodeToString(keys.id), VaultKey: hex.EncodeToString(key[:]), Subkeys: map[string]string{},
		Passphrase: "made-up passphr\u00e1se", RecoveryKey: seal.NewRecoveryKey(),
	}
	for _, label := range vectorLabels {
		v.Subkeys[label] = hex.EncodeToString(key.Derive(keys.id, label))
	}
	raw, err := seal.ParseRecoveryKey(v.RecoveryKey)
	if err != nil {
		t.Fatal(err)
	}
	v.RecoveryBytes = hex.EncodeToString(raw)
	pass, err := seal.NewPassphraseSlot(keys.id, &key, []byte(v.Passphrase), seal.Cost{Time: 3, MemoryKiB: 1024, Threads: 4})
	if err != nil {
		t.Fatal(err)
	}
	rec, err := seal.NewRecoverySlot(keys.id, &key, v.RecoveryKey)
	if err != nil {
		t.Fatal(err)
	}
	v.Slots = []seal.Slot{pass, rec}
	e := keys.element(itemRecord, "0123456789abcdef", []byte("stored form"))
	v.Element = hex.EncodeToString(e[:])
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestVectors(t *testing.T) {
	path := filepath.Join("testdata", "vectors.json")
	if *update {
		writeVectors(t, path)
	}
	v := readVectors(t, path)
	id := unhex(t, v.VaultID)
	for name, secret := range map[string]string{"passphrase": v.Passphrase, "recovery key": v.RecoveryKey} {
		if key, err := seal.OpenSlots(id, v.Slots, []byte(secret)); err != nil || hex.EncodeToString(key[:]) != v.VaultKey {
			t.Errorf("%s: the slot gives %v", name, err)
		}
	}
	key := seal.Key(unhex(t, v.VaultKey))
	for _, label := range vectorLabels {
		if got := hex.EncodeToString(key.Derive(id, label)); got != v.Subkeys[label] {
			t.Errorf("subkey %s: got %s, want %s", label, got, v.Subkeys[label])
		}
	}
	if raw, err := seal.ParseRecoveryKey(v.RecoveryKey); err != nil || hex.EncodeToString(raw) != v.RecoveryBytes {
		t.Errorf("recovery key: got %x, %v", raw, err)
	}
	keys, err := newKeyring(id, &key)
	if err != nil {
		t.Fatal(err)
	}
	if e := keys.element(itemRecord, "0123456789abcdef", []byte("stored form")); hex.EncodeToString(e[:]) != v.Element {
		t.Errorf("element: got %x, want %s", e, v.Element)
	}
}
