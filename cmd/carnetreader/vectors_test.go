package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

const testdata = "../../vault/testdata/"

// unhex reads hexadecimal.
type unhex []byte

func (u *unhex) UnmarshalText(text []byte) (err error) {
	*u, err = hex.DecodeString(string(text))
	return err
}

// TestVectors holds the examples that FORMAT.md points at against the reader.
func TestVectors(t *testing.T) {
	var v struct {
		VaultID, VaultKey, RecoveryBytes, Element   unhex
		Subkeys                                     map[string]unhex
		Passphrase, RecoveryKey                     string
		Slots                                       []slot
		BadgerKey, BadgerPlain, BadgerValue         unhex
		FrameBefore, FramePlain, Frame, SegmentHead unhex
		BadgerVersion                               uint64
		FrameNumber                                 uint64
		FrameSegment                                uint32
	}
	b, err := os.ReadFile(testdata + "vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want []byte) {
		t.Helper()
		if !bytes.Equal(got, want) {
			t.Errorf("%s: got %x, want %x", what, got, want)
		}
	}
	k := keys{v.VaultKey, v.VaultID}
	if len(v.Subkeys) < 7 {
		t.Fatalf("got %d subkeys", len(v.Subkeys))
	}
	for label, want := range v.Subkeys {
		same("subkey "+label, k.sub(label), want)
	}
	same("recovery key", parseRecovery(v.RecoveryKey), v.RecoveryBytes)
	same("recovery key by hand", parseRecovery(strings.ToLower(strings.ReplaceAll(v.RecoveryKey, "-", " "))), v.RecoveryBytes)
	for i, s := range v.Slots {
		secret := v.Passphrase
		if s.Kind == "recovery" {
			secret = v.RecoveryKey
		}
		key, err := s.open(v.VaultID, secret)
		if err != nil {
			t.Errorf("slot %d: %v", i, err)
		}
		same("slot", key, v.VaultKey)
	}
	e := element(k.sub("root"), item{key{aRecord, "0123456789abcdef"}, []byte("stored form")}).FillBytes(make([]byte, 32))
	slices.Reverse(e)
	same("element", e, v.Element)
	place := binary.BigEndian.AppendUint64(slices.Concat(v.VaultID, v.BadgerKey), v.BadgerVersion)
	value, err := unseal(k.sub("value"), place, v.BadgerValue)
	if err != nil {
		t.Error(err)
	}
	same("value", value, v.BadgerPlain)
	j := &journal{id: v.VaultID, key: k.sub("journal")}
	s := inFile(t, v.FrameSegment, slices.Concat(v.SegmentHead, v.Frame))
	if h, err := j.head(s); err != nil || h.base || h.first != v.FrameNumber {
		t.Errorf("head: got %v, %v", h, err)
	}
	if err := j.begin(s); err != nil {
		t.Error(err)
	}
	same("tag before", j.tag, v.FrameBefore)
	f, end, err := j.frame(s, headSize)
	if err != nil || end != s.size || f.number != v.FrameNumber || !f.ends {
		t.Fatalf("frame: got %v, %d, %v", f, end, err)
	}
	same("frame", append([]byte{1}, f.packed...), v.FramePlain)
}

// inFile puts a segment's bytes into a file.
func inFile(t *testing.T, number uint32, b []byte) segment {
	t.Helper()
	path := t.TempDir() + "/s"
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return segment{File: f, path: "s", number: number, size: int64(len(b))}
}

func TestRecoveryKeyTypo(t *testing.T) {
	for _, s := range []string{"", "a passphrase", "FFDP-4FHJ-1CAR-PKK2-FC7Q-AYXD-7E0Q-1DQ9-H4BY", "FFDP-4FHJ-1CAR-PKK2-FC7Q-AYXD-7E0Q-1DQ9-H4", strings.Repeat("U", 36), strings.Repeat("é", 18)} {
		if got := parseRecovery(s); got != nil {
			t.Errorf("%q: got %x, want none", s, got)
		}
	}
}

// TestIdentity compares with the Bech32 of package age.
func TestIdentity(t *testing.T) {
	want, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for b := range byte(20) {
		scalar := bytes.Repeat([]byte{b * 13}, 32)
		scalar[31] = b
		id, err := age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", scalar)))
		if err != nil || id.Recipient().String() == want.Recipient().String() {
			t.Errorf("identity %d: %v", b, err)
		}
	}
}

func TestJSON(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"plain", `"plain"`},
		{"a\xffb\"\xc3", `"a\udcffb\"\udcc3"`},
		{"\ufffd\x80", `"` + "\ufffd" + `\udc80"`},
	} {
		if got, err := json.Marshal(jsonable(tt.text)); string(got) != tt.want {
			t.Errorf("%q: got %s, %v, want %s", tt.text, got, err, tt.want)
		}
	}
}

// sealedHeader is a header file whose SHA-256 fits and whose HMAC does not.
func sealedHeader(h string) []byte {
	m := strings.Repeat("0", 64)
	return fmt.Appendf(nil, `{"header":%s,"hmac":"%s","sha256":"%x"}`+"\n", h, m, sha256.Sum256([]byte(h+m)))
}
