package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
)

// A trusted person's slot opens by their identity, and with stock age.
func TestTrustedSlot(t *testing.T) {
	key := NewKey()
	friend, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	slot, err := NewTrustedSlot(key, " "+friend.Recipient().String()+"\n")
	if err != nil {
		t.Fatal(err)
	}
	pass, err := NewPassphraseSlot(testID, key, []byte(friend.String()), cheap) // odd, but nobody may be refused for it
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, secret string
		slots        []Slot
		want         error
	}{
		{"identity", friend.String(), []Slot{slot}, nil},
		{"in lower case with a line feed", strings.ToLower(friend.String()) + "\n", []Slot{slot}, nil},
		{"stranger", stranger.String(), []Slot{slot}, ErrWrongSecret},
		{"mistyped", friend.String()[:50], []Slot{slot}, ErrWrongSecret},
		{"as a passphrase", friend.String(), []Slot{pass}, nil},
		{"no age file", friend.String(), []Slot{{Kind: TrustedSlot, Wrapped: []byte("age-encryption.org/v1\n")}}, ErrWrongSecret},
	} {
		got, i, err := FindSlot(testID, tc.slots, []byte(tc.secret), "")
		if !errors.Is(err, tc.want) || err == nil && (*got != *key || i != 0) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
	for i := range slot.Wrapped {
		bad := slot
		bad.Wrapped = bytes.Clone(slot.Wrapped)
		bad.Wrapped[i] ^= 1
		if _, _, err := FindSlot(testID, []Slot{bad}, []byte(friend.String()), ""); !errors.Is(err, ErrWrongSecret) {
			t.Fatalf("byte %d changed: got %v", i, err)
		}
	}
	r, err := age.Decrypt(bytes.NewReader(slot.Wrapped), friend)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, key[:]) {
		t.Errorf("stock age: got %d bytes, %v", len(plain), err)
	}
	for _, bad := range []string{"", "age1", friend.String(), friend.Recipient().String() + "q", "ssh-ed25519 AAAA"} {
		if _, err := NewTrustedSlot(key, bad); !errors.Is(err, ErrRecipient) {
			t.Errorf("recipient %.8q: got %v, want ErrRecipient", bad, err)
		}
	}
}

// The slot of the passphrase that opened the vault is tried first.
func TestFindSlotOrder(t *testing.T) {
	key := NewKey()
	var slots []Slot
	for _, p := range []string{"same", "other", "same"} {
		s, err := NewPassphraseSlot(testID, key, []byte(p), cheap)
		if err != nil {
			t.Fatal(err)
		}
		slots = append(slots, s)
	}
	for first, want := range map[string]int{"": 0, slots[2].ID: 2, "unknown": 0} {
		if _, i, err := FindSlot(testID, slots, []byte("same"), first); err != nil || i != want {
			t.Errorf("first %q: got slot %d, %v, want %d", first, i, err, want)
		}
	}
}

// What is read is written as it was, with what this version does not know.
func TestSlotKeepsItsBytes(t *testing.T) {
	s, err := NewRecoverySlot(testID, NewKey(), NewRecoveryKey())
	if err != nil {
		t.Fatal(err)
	}
	mine, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		string(mine),
		strings.Replace(string(mine), "{", `{"later":[1,2],`, 1),
		`{"kind":"later","salt":{"a":1},"cost":"much","id":7}`,
		`{}`,
	} {
		var s Slot
		if err := json.Unmarshal([]byte(want), &s); err != nil {
			t.Fatalf("%s: %v", want, err)
		}
		if got, err := json.Marshal(s); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	var bad Slot
	if err := json.Unmarshal([]byte(`{"kind":"age","salt":{}}`), &bad); err == nil {
		t.Error("a slot of a known kind with fields of another type was read")
	}
}

func TestLabel(t *testing.T) {
	box := NewBox(NewKey().Derive(testID, "slot labels"))
	for _, label := range []string{"", "my sister", "Zoë 👩", strings.Repeat("x", LabelLimit)} {
		s := Slot{ID: newIdent(), Kind: TrustedSlot}
		s, err := s.WithLabel(box, testID, label)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.OpenLabel(box, testID); err != nil || got != label {
			t.Errorf("got %q, %v, want %q", got, err, label)
		}
		if label == "" {
			continue
		}
		if len(s.Label) != sealedLabel {
			t.Errorf("%q: sealed to %d bytes, want %d", label, len(s.Label), sealedLabel)
		}
		moved := s
		moved.ID = newIdent()
		if _, err := moved.OpenLabel(box, testID); !errors.Is(err, ErrForged) {
			t.Errorf("in another slot: got %v, want ErrForged", err)
		}
		if _, err := s.OpenLabel(box, []byte("another vault id")); !errors.Is(err, ErrForged) {
			t.Errorf("in another vault: got %v, want ErrForged", err)
		}
	}
	for _, label := range []string{strings.Repeat("x", LabelLimit+1), "\xff", "a\x00"} {
		if _, err := (Slot{}).WithLabel(box, testID, label); !errors.Is(err, ErrLabel) {
			t.Errorf("%.4q…: got %v, want ErrLabel", label, err)
		}
	}
}

func TestRecoveryIdentity(t *testing.T) {
	recovery := NewRecoveryKey()
	slot, err := NewRecoverySlot(testID, NewKey(), recovery)
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewRecoverySlot(testID, NewKey(), NewRecoveryKey())
	if err != nil {
		t.Fatal(err)
	}
	text, err := RecoveryIdentity(testID, []Slot{other, slot}, strings.ToLower(recovery))
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.ParseX25519Identity(text)
	if err != nil || id.Recipient().String() != slot.Recipient {
		t.Errorf("got the identity of %v, %v, want %s", id.Recipient(), err, slot.Recipient)
	}
	if _, err := RecoveryIdentity(testID, []Slot{slot}, NewRecoveryKey()); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("another key: got %v, want ErrWrongSecret", err)
	}
	if _, err := RecoveryIdentity(testID, []Slot{slot}, swapFirst(recovery)); !errors.Is(err, ErrTypo) {
		t.Errorf("a typo: got %v, want ErrTypo", err)
	}
}
