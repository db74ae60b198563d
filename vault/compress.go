package vault

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// How a plain value is packed before it is sealed: its first byte.
const (
	packedRaw  = 0 // the bytes as they are
	packedZstd = 1 // zstd (RFC 8878)
	packedDict = 2 // zstd with dictionary 1 as its history
)

const (
	smallestPacked   = 64       // bytes: below it packing gains nothing
	unpackedLimit    = 96 << 20 // bytes of one unpacked value
	dictionaryNumber = 1

	// How far back a repetition is looked for, in bytes. Each encoder holds twice
	// as much memory.
	frameWindow = 1 << 20
	valueWindow = 256 << 10
)

// packer compresses frames and values. It is safe for concurrent use.
type packer struct {
	frames *zstd.Encoder
	values *zstd.Encoder
	reader *zstd.Decoder

	scratch sync.Pool // of *scratch, to pack into: what is given out has the size it needs
}

type scratch struct{ b []byte }

var errUnpack = errors.New("value does not unpack")

func newPacker() (*packer, error) {
	common := []zstd.EOption{
		zstd.WithEncoderConcurrency(hands), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true),
	}
	frames, err := zstd.NewWriter(nil, append(common, zstd.WithWindowSize(frameWindow))...)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	values, err := zstd.NewWriter(nil, append(common, zstd.WithWindowSize(valueWindow), zstd.WithEncoderDictRaw(dictionaryNumber, []byte(dictionary)))...)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(hands), zstd.WithDecoderMaxMemory(unpackedLimit),
		zstd.WithDecoderDictRaw(dictionaryNumber, []byte(dictionary)))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	p := &packer{frames: frames, values: values, reader: reader}
	p.scratch.New = func() any { return new(scratch) }
	return p, nil
}

func (p *packer) close() {
	p.frames.Close()
	p.values.Close()
	p.reader.Close()
}

// frame packs a large value, with bytes that stand before it.
func (p *packer) frame(before, b []byte) []byte {
	s := p.scratch.Get().(*scratch)
	defer p.scratch.Put(s)
	s.b = p.frames.EncodeAll(b, append(append(s.b[:0], before...), packedZstd))
	return bytes.Clone(s.b)
}

// value packs a small value with the dictionary, if that makes it smaller.
func (p *packer) value(b []byte) []byte {
	if len(b) < smallestPacked {
		return append([]byte{packedRaw}, b...)
	}
	s := p.scratch.Get().(*scratch)
	defer p.scratch.Put(s)
	s.b = p.values.EncodeAll(b, append(s.b[:0], packedDict))
	if len(s.b) > len(b) {
		return append([]byte{packedRaw}, b...)
	}
	return bytes.Clone(s.b)
}

// unpack undoes frame and value.
func (p *packer) unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, errUnpack
	}
	switch b[0] {
	case packedRaw:
		return b[1:], nil
	case packedZstd, packedDict:
		plain, err := p.reader.DecodeAll(b[1:], nil)
		if err != nil {
			return nil, errUnpack
		}
		return plain, nil
	}
	return nil, errUnpack
}
