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
	BadgerKey     string            `json:"badgerKey"`
	BadgerVersion uint64            `json:"badgerVersion"`
	BadgerPlain   string            `json:"badgerPlain"`
	BadgerValue   string            `json:"badgerValue"`
	FrameSegment  uint32            `json:"frameSegment"`
	FrameNumber   uint64            `json:"frameNumber"`
	FrameBefore   string            `json:"frameBefore"`
	FramePlain    string            `json:"framePlain"`
	Frame         string            `json:"frame"`
	SegmentHead   string            `json:"segmentHead"` // of that segment, first frame and tag before
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
	v := vectors{
		VaultID: hex.EncodeToString(keys.id), VaultKey: hex.EncodeToString(key[:]), Subkeys: map[string]string{},
		Passphrase: "made-up passphr\u00e1se", RecoveryKey: seal.NewRecoveryKey(),
		BadgerKey: hex.EncodeToString(recordKey("0123456789abcdef")), BadgerVersion: 7, BadgerPlain: hex.EncodeToString([]byte("\x00a value")),
		FrameSegment: 2, FrameNumber: 300, FrameBefore: hex.EncodeToString(id[:16]), FramePlain: hex.EncodeToString([]byte{frameIsLast, packedRaw, 0xa0}),
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
	v.BadgerValue = hex.EncodeToString(keys.value.Seal(nil, keys.place(unhex(t, v.BadgerKey), v.BadgerVersion), unhex(t, v.BadgerPlain)))
	frame, _ := keys.sealFrame(nil, v.FrameSegment, v.FrameNumber, tag(id[:16]), unhex(t, v.FramePlain))
	v.Frame = hex.EncodeToString(frame)
	v.SegmentHead = hex.EncodeToString(segmentHead{segment: v.FrameSegment, first: v.FrameNumber, before: tag(id[:16])}.bytes(keys.id))
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
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
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
	plain, err := keys.value.Open(nil, keys.place(unhex(t, v.BadgerKey), v.BadgerVersion), unhex(t, v.BadgerValue))
	if err != nil || hex.EncodeToString(plain) != v.BadgerPlain {
		t.Errorf("value: got %x, %v", plain, err)
	}
	frame := unhex(t, v.Frame)
	h, ok := parseFrameHead(frame)
	flags, packed, err := keys.openFrame(v.FrameSegment, h.number, tag(unhex(t, v.FrameBefore)), frame[frameHeadSize:])
	if !ok || err != nil || h.number != v.FrameNumber || hex.EncodeToString(append([]byte{flags}, packed...)) != v.FramePlain {
		t.Errorf("frame: got %x %x, %v, %v", flags, packed, ok, err)
	}
	head := segmentHead{segment: v.FrameSegment, first: v.FrameNumber, before: tag(unhex(t, v.FrameBefore))}.bytes(id)
	if hex.EncodeToString(head) != v.SegmentHead {
		t.Errorf("segment head: got %x, want %s", head, v.SegmentHead)
	}
}
