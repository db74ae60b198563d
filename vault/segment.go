package vault

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"strconv"
	"strings"
)

// A segment is one file of the journal: a head of 64 bytes, then frames.
const (
	segmentHeadSize = 64
	segmentMagic    = "carnet journal\x00\x01"
	baseMagic       = "carnet journal\x00\x02" // of a segment that starts over: nothing before it counts
	segmentFull     = 4 << 20                  // bytes: the next transaction starts another one; Open reads the last one whole
	segmentLimit    = 1 << 32                  // bytes: no transaction is larger
)

// segmentHead names a segment's place in the chain.
type segmentHead struct {
	segment uint32
	first   uint64 // number of its first frame
	before  tag    // tag of the last frame of the segment before; zero for the first
	base    bool   // its first transaction holds the whole vault
}

func segmentPath(segment uint32) string { return fmt.Sprintf("%s/%06d.log", journalDir, segment) }

func (h segmentHead) bytes(vaultID []byte) []byte {
	magic := segmentMagic
	if h.base {
		magic = baseMagic
	}
	b := append([]byte(magic), vaultID...)
	b = binary.LittleEndian.AppendUint32(b, h.segment)
	b = binary.LittleEndian.AppendUint64(b, h.first)
	b = append(b, h.before[:]...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func parseSegmentHead(b, vaultID []byte) (segmentHead, bool) {
	if len(b) < segmentHeadSize {
		return segmentHead{}, false
	}
	h := segmentHead{binary.LittleEndian.Uint32(b[32:]), binary.LittleEndian.Uint64(b[36:]), tag(b[44:60]), string(b[:len(baseMagic)]) == baseMagic}
	return h, bytes.Equal(h.bytes(vaultID), b[:segmentHeadSize])
}

// frameInfo is one frame as found in a segment.
type frameInfo struct {
	segment uint32
	number  uint64
	start   int64 // of its head
	end     int64
	tag     tag
	flags   byte
	packed  []byte // the packed payload; nil where the frame is damaged
}

func (f frameInfo) last() bool { return f.flags&frameIsLast != 0 }

// segmentScan is what reading one segment found.
type segmentScan struct {
	head     segmentHead
	size     int64
	whole    int64 // end of the last whole transaction; what is behind it was never acknowledged, or is damage
	damage   []damageAt
	last     uint64 // number of the last frame, damaged or not
	tornHead bool   // not even the head is whole: the segment was being made
}

// damageAt is a frame, or a stretch of bytes, that does not open.
type damageAt struct {
	offset int64
	frame  uint64 // 0 where not even that is known
	torn   bool   // it looks like a write that never completed: cut short, or blank sectors
}

// scanSegment reads a segment's frames in order and calls each, damaged ones
// with a nil payload. It goes on behind damage as far as frames can be told.
func (k *keyring) scanSegment(dir string, segment uint32, each func(frameInfo) error) (segmentScan, error) {
	return k.scanFile(filepath.Join(dir, segmentPath(segment)), segment, each)
}

// scanFile is scanSegment for a segment that stands elsewhere.
func (k *keyring) scanFile(path string, segment uint32, each func(frameInfo) error) (segmentScan, error) {
	b, err := openWindow(path)
	if err != nil {
		return segmentScan{}, damaged(segmentPath(segment), "it cannot be read: %v", plainCause(err))
	}
	defer b.close()
	s := segmentScan{size: b.size, whole: segmentHeadSize}
	head, err := b.at(0, segmentHeadSize)
	var ok bool
	if s.head, ok = parseSegmentHead(head, k.id); err == nil && (!ok || s.head.segment != segment) {
		// The head is flushed before any frame follows it: a file that goes on
		// behind it had a good one.
		s.tornHead = b.size < segmentHeadSize || b.size == segmentHeadSize && blank(head)
		s.head = segmentHead{}
		s.damage = append(s.damage, damageAt{})
		if b.size < segmentHeadSize {
			return s, nil
		}
	}
	if err == nil {
		err = k.scanFrames(b, &s, segment, each)
	}
	if b.failed != nil {
		err = damaged(segmentPath(segment), "it cannot be read: %v", plainCause(b.failed))
	}
	s.dropTorn()
	return s, err
}

// dropTorn takes an unfinished write at the end out of the damage.
func (s *segmentScan) dropTorn() {
	for i, d := range s.damage {
		if d.torn && d.offset >= s.whole {
			s.damage = s.damage[:i]
			return
		}
	}
}

// tailDamaged says that there is damage behind the last whole transaction.
func (s *segmentScan) tailDamaged() bool {
	return len(s.damage) > 0 && s.damage[len(s.damage)-1].offset >= s.whole
}

func (k *keyring) scanFrames(b *window, s *segmentScan, segment uint32, each func(frameInfo) error) error {
	at, before, next := int64(segmentHeadSize), s.head.before, s.head.first
	for at < b.size {
		head, err := b.at(at, frameHeadSize)
		if err != nil {
			return err
		}
		h, ok := parseFrameHead(head)
		end := at + frameHeadSize + int64(h.length)
		if !ok || end > b.size || next != 0 && h.number != next {
			found, err := k.behindDamage(b, s, at, next, ok)
			if err != nil || found < 0 {
				return err
			}
			tail, err := b.at(found-int64(len(before)), len(before))
			if err != nil {
				return err
			}
			copy(before[:], tail)
			at, next = found, 0
			continue
		}
		frame, err := b.at(at, int(end-at))
		if err != nil {
			return err
		}
		f := frameInfo{segment: segment, number: h.number, start: at, end: end, tag: tag(frame[len(frame)-len(tag{}):])}
		f.flags, f.packed, err = k.openFrame(segment, h.number, before, frame[frameHeadSize:])
		if err != nil {
			s.damage = append(s.damage, damageAt{at, h.number, blank(frame)})
		} else if f.last() {
			s.whole = f.end
		}
		s.last = f.number
		if err := each(f); err != nil {
			return err
		}
		at, before, next = end, f.tag, h.number+1
	}
	return nil
}

// behindDamage notes damage at a place and gives where the next whole frame
// begins; -1 when there is none. It reads the rest of the file at once: damage
// is rare.
func (k *keyring) behindDamage(b *window, s *segmentScan, at int64, next uint64, headIsGood bool) (int64, error) {
	rest, err := b.at(at, int(b.size-at))
	if err != nil {
		return -1, err
	}
	found := findFrame(rest, 1, next)
	torn := found < 0 && unfinished(rest, headIsGood) || found > 0 && blank(rest[:found]) // a later write may reach the disk first
	s.damage = append(s.damage, damageAt{at, next, torn})
	if found < 0 {
		return -1, nil
	}
	return at + int64(found), nil
}

// findFrame looks for the next whole frame behind damage; -1 when there is none.
func findFrame(b []byte, from int, after uint64) int {
	for i := from; i+frameHeadSize <= len(b); i++ {
		h, ok := parseFrameHead(b[i:])
		if ok && h.number > after && i+frameHeadSize+int(h.length) <= len(b) {
			return i
		}
	}
	return -1
}

// unfinished says whether the end of a segment looks like a write that never
// completed: cut short in or behind a good head, or holding blank sectors.
func unfinished(rest []byte, headIsGood bool) bool {
	return headIsGood || len(rest) < frameHeadSize || blank(rest)
}

// blank says whether b holds a stretch of zeros, as a file system leaves where
// a write did not reach the disk. Sealed bytes hold none of that length.
func blank(b []byte) bool { return bytes.Contains(b, make([]byte, 64)) }

// segmentNumber reads the name of a segment.
func segmentNumber(file string) (uint32, bool) {
	name, isLog := strings.CutSuffix(file, ".log")
	n, err := strconv.ParseUint(name, 10, 32)
	return uint32(n), isLog && len(name) == 6 && err == nil
}

// lastKnown is the number of the last frame that can be told, damaged or not.
func (s *segmentScan) lastKnown() uint64 {
	n := s.last
	for _, d := range s.damage {
		n = max(n, d.frame)
	}
	return n
}
