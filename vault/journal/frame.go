package journal

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

// FlagLast is the flag in the first byte of a frame's plain text that says that
// the frame ends its transaction.
const FlagLast = 1

// Tag is the end of a frame's sealed body, which the next frame is bound to.
type Tag [seal.TagSize]byte

// Frame is one frame as found in a segment.
type Frame struct {
	Segment uint32
	Number  uint64 // 1 for the first frame of the vault, then one more for each
	Start   int64  // of its head
	End     int64
	Tag     Tag
	Last    bool   // it ends its transaction; false where it is damaged
	Packed  []byte // its plain text behind the flags; nil where it is damaged
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// frameHead is the clear part: it says how far to read, and its own CRC tells a
// changed length from a frame that was cut off.
type frameHead struct {
	length uint32 // of the body
	number uint64
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

// place binds a frame to its vault, segment and number and to the frame before
// it.
func (s *Segments) place(segment uint32, number uint64, before Tag) []byte {
	ad := append([]byte("carnet frame v1\x00"), s.vaultID...)
	ad = binary.LittleEndian.AppendUint32(ad, segment)
	ad = binary.LittleEndian.AppendUint64(ad, number)
	return append(ad, before[:]...)
}

// sealFrame gives a whole frame and its tag.
func (s *Segments) sealFrame(segment uint32, number uint64, before Tag, plain []byte) ([]byte, Tag) {
	frame := frameHead{uint32(len(plain) + seal.Overhead), number}.append(make([]byte, 0, frameHeadSize+len(plain)+seal.Overhead))
	frame = s.box.Seal(frame, s.place(segment, number, before), plain)
	return frame, Tag(frame[len(frame)-seal.TagSize:])
}

var errFrame = errors.New("frame was changed")

// openFrame gives the flags and the packed content of a frame's body.
func (s *Segments) openFrame(segment uint32, number uint64, before Tag, body []byte) (flags byte, packed []byte, err error) {
	plain, err := s.box.Open(nil, s.place(segment, number, before), body)
	if err != nil || len(plain) < 2 {
		return 0, nil, errFrame
	}
	return plain[0], plain[1:], nil
}
