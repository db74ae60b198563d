package vault

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/carnet-phr/carnet/vault/seal"
)

// A frame is one sealed piece of the journal: a head of 16 bytes in clear, then
// nonce, ciphertext and tag. FORMAT.md has the layout.
const (
	frameHeadSize  = 16
	frameBodyLimit = 128 << 20 // bytes of nonce, ciphertext and tag
)

// The flags in the first byte of a frame's plain text.
const frameIsLast = 1 // the frame ends a transaction

type tag [seal.TagSize]byte

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// frameHead is the clear part: it says how far to read, and its own CRC tells a
// changed length from a frame that was cut off.
type frameHead struct {
	length uint32 // of the body
	number uint64 // 1 for the first frame of the vault, then one more for each
}

func (h frameHead) append(dst []byte) []byte {
	at := len(dst)
	dst = binary.LittleEndian.AppendUint32(dst, h.length)
	dst = binary.LittleEndian.AppendUint64(dst, h.number)
	return binary.LittleEndian.AppendUint32(dst, crc32.Checksum(dst[at:], castagnoli))
}

func parseFrameHead(b []byte) (frameHead, bool) {
	if len(b) < frameHeadSize {
		return frameHead{}, false
	}
	h := frameHead{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint64(b[4:])}
	ok := binary.LittleEndian.Uint32(b[12:]) == crc32.Checksum(b[:12], castagnoli)
	return h, ok && h.length >= seal.Overhead && h.length <= frameBodyLimit
}

// framePlace binds a frame to its vault, segment and number and to the frame
// before it.
func (k *keyring) framePlace(segment uint32, number uint64, before tag) []byte {
	ad := append([]byte("carnet frame v1\x00"), k.id...)
	ad = binary.LittleEndian.AppendUint32(ad, segment)
	ad = binary.LittleEndian.AppendUint64(ad, number)
	return append(ad, before[:]...)
}

// sealFrame appends a whole frame to dst and gives its tag.
func (k *keyring) sealFrame(dst []byte, segment uint32, number uint64, before tag, plain []byte) ([]byte, tag) {
	dst = frameHead{uint32(len(plain) + seal.Overhead), number}.append(dst)
	dst = k.journal.Seal(dst, k.framePlace(segment, number, before), plain)
	return dst, tag(dst[len(dst)-seal.TagSize:])
}

var errFrame = errors.New("frame was changed")

// openFrame gives the flags and the packed payload of a frame's body.
func (k *keyring) openFrame(segment uint32, number uint64, before tag, body []byte) (flags byte, packed []byte, err error) {
	plain, err := k.journal.Open(nil, k.framePlace(segment, number, before), body)
	if err != nil || len(plain) < 2 {
		return 0, nil, errFrame
	}
	return plain[0], plain[1:], nil
}
