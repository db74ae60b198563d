package seal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
	"unicode/utf8"
)

// LabelLimit is the length of the longest label of a slot, in bytes. All are
// sealed at this length, so that none can be told by it.
const LabelLimit = 128

const sealedLabel = LabelLimit + Overhead

// ErrLabel is returned for a label that no slot can have.
var ErrLabel = errors.New("the label is longer than 128 bytes, or not text")

// identBase32 is the alphabet of slots' ids: no i, l, o and u.
var identBase32 = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

const identBytes = 5 // 40 random bits, 8 letters

func newIdent() string {
	b := make([]byte, identBytes)
	rand.Read(b)
	return identBase32.EncodeToString(b)
}

// Ident is the slot's ID; for a slot of before, which has none, eight letters
// made of what it wraps, the same each time.
func (s Slot) Ident() string {
	if s.ID != "" {
		return s.ID
	}
	sum := sha256.Sum256(s.Wrapped)
	return identBase32.EncodeToString(sum[:identBytes])
}

// labelPlace binds a label to its slot.
func (s Slot) labelPlace(vaultID []byte) []byte {
	b := append([]byte("carnet slot label v1\x00"), vaultID...)
	return append(b, s.ID...)
}

// WithLabel gives the slot with a label, sealed in box, that of the subkey
// "slot labels". It is for a slot that is being made. "" is no label.
func (s Slot) WithLabel(box *Box, vaultID []byte, label string) (Slot, error) {
	if len(label) > LabelLimit || !utf8.ValidString(label) || strings.Contains(label, "\x00") {
		return Slot{}, ErrLabel
	}
	s.Label = nil
	if label != "" {
		plain := make([]byte, LabelLimit)
		copy(plain, label)
		s.Label = box.Seal(nil, s.labelPlace(vaultID), plain)
	}
	return s, nil
}

// OpenLabel gives the label; "" where there is none, or [ErrForged].
func (s Slot) OpenLabel(box *Box, vaultID []byte) (string, error) {
	if len(s.Label) == 0 {
		return "", nil
	}
	plain, err := box.Open(nil, s.labelPlace(vaultID), s.Label)
	if err != nil {
		return "", err
	}
	return string(bytes.TrimRight(plain, "\x00")), nil
}
