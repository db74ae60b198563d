package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A segment is one file of the journal: a head of 64 bytes, then frames.
const (
	headSize    = 64
	headMagic   = "carnet journal\x00\x01"
	baseMagic   = "carnet journal\x00\x02" // of a segment that starts over: nothing before it counts
	segmentFull = 4 << 20                  // bytes: the next transaction starts another one; Open reads the last one whole
	sizeLimit   = 1 << 32                  // bytes of a segment: no transaction is larger
)

// Dir is the folder of the segments, in the vault's.
const Dir = "journal"

// Name is a segment's file, relative to the vault's folder: "journal/000001.log".
func Name(segment uint32) string { return fmt.Sprintf("%s/%06d.log", Dir, segment) }

// Number reads the number of a segment from its file's name: "000001.log".
func Number(file string) (uint32, bool) {
	name, isLog := strings.CutSuffix(file, ".log")
	n, err := strconv.ParseUint(name, 10, 32)
	return uint32(n), isLog && len(name) == 6 && err == nil
}

// Head is what a segment begins with: its place in the chain.
type Head struct {
	Segment uint32
	First   uint64 // number of its first frame
	Before  Tag    // of the last frame of the segment before; zero for the first
	Base    bool   // its first transaction holds the whole vault: nothing before it counts
}

func (h Head) bytes(vaultID []byte) []byte {
	magic := headMagic
	if h.Base {
		magic = baseMagic
	}
	b := append([]byte(magic), vaultID...)
	b = binary.LittleEndian.AppendUint32(b, h.Segment)
	b = binary.LittleEndian.AppendUint64(b, h.First)
	b = append(b, h.Before[:]...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func parseHead(b, vaultID []byte) (Head, bool) {
	if len(b) < headSize {
		return Head{}, false
	}
	h := Head{binary.LittleEndian.Uint32(b[32:]), binary.LittleEndian.Uint64(b[36:]), Tag(b[44:60]), string(b[:len(baseMagic)]) == baseMagic}
	return h, bytes.Equal(h.bytes(vaultID), b[:headSize])
}

// Head reads a segment's head alone.
func (s *Segments) Head(segment uint32) (Head, error) {
	return s.HeadOf(s.path(segment), segment)
}

// HeadOf is [Segments.Head] for a segment that stands elsewhere.
func (s *Segments) HeadOf(path string, segment uint32) (Head, error) {
	f, err := os.Open(path)
	if err != nil {
		return Head{}, err
	}
	defer f.Close()
	b := make([]byte, headSize)
	if _, err := f.ReadAt(b, 0); err != nil {
		return Head{}, err
	}
	h, ok := parseHead(b, s.vaultID)
	if !ok || h.Segment != segment {
		return h, errFrame
	}
	return h, nil
}

func (s *Segments) path(segment uint32) string { return filepath.Join(s.dir, Name(segment)) }
