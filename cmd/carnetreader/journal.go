package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

const (
	headSize      = 64        // bytes before the frames of a segment
	frameHeadSize = 16        // bytes before the body of a frame
	frameLeast    = 24 + 16   // bytes of a body
	frameLimit    = 128 << 20 // bytes of a body
	window        = 1 << 20   // bytes that are searched at a time
)

// damage is something that does not fit, and where.
type damage struct {
	file   string
	frame  uint64 // 0: in no frame
	offset int64
	what   string
}

func damaged(file string, frame uint64, offset int64, what string) error {
	return &damage{file, frame, offset, what}
}

func (d *damage) Error() string {
	if d.frame == 0 {
		return fmt.Sprintf("%s, byte %d: %s", d.file, d.offset, d.what)
	}
	return fmt.Sprintf("%s, frame %d, byte %d: %s", d.file, d.frame, d.offset, d.what)
}

// frame is one opened piece of the journal.
type frame struct {
	file   string
	number uint64
	offset int64
	ends   bool   // its transaction is whole
	packed []byte // what it says
}

// journal reads the segments of a vault.
type journal struct {
	dir  *folder
	id   []byte // of the vault
	key  []byte // the subkey "journal"
	next uint64 // the number of the frame that is to come
	tag  []byte // of the one before
}

// segment is one file of frames.
type segment struct {
	*os.File
	path   string
	number uint32
	size   int64
}

// open opens one segment.
func (j *journal) open(path string) (s segment, err error) {
	s.path = path
	fmt.Sscanf(path, "journal/%d.log", &s.number)
	if s.File, err = j.dir.open(path); err == nil {
		s.size, err = s.Seek(0, io.SeekEnd)
	}
	return s, err
}

// segments names the newest base and all behind it; without a base, all.
func (j *journal) segments() (paths []string, first uint32, err error) {
	paths, err = j.dir.segments()
	for i := len(paths) - 1; i >= 0; i-- {
		s, err := j.open(paths[i])
		if err != nil {
			continue // to be told of by walk
		}
		h, err := j.head(s)
		if s.Close(); err == nil && h.base {
			return paths[i:], s.number, nil // nothing before it counts
		}
	}
	return paths, 1, err
}

// walk calls each for every frame that opens. What does not fit is given to
// bad: where that returns nil, walk goes on behind it.
func (j *journal) walk(each func(frame) error, bad func(error) error) error {
	paths, want, err := j.segments()
	if err != nil {
		return err
	}
	j.next, j.tag = 1, make([]byte, 16)
	if want > 1 {
		j.next = 0 // the head of the next segment says where it goes on
	}
	for i, path := range paths {
		s, err := j.open(path)
		if err != nil {
			err = bad(damaged(path, 0, 0, err.Error()))
		}
		if err != nil {
			return err
		}
		if s.number != want {
			if err := bad(damaged(fmt.Sprintf("journal/%06d.log", want), 0, 0, "this segment is missing")); err != nil {
				return err
			}
			j.next = 0
		}
		want = s.number + 1
		err = j.segment(s, i == len(paths)-1, each, bad)
		if s.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (j *journal) segment(s segment, last bool, each func(frame) error, bad func(error) error) error {
	if last && (s.size < headSize || s.size == headSize && bytes.Equal(s.at(0, headSize), make([]byte, headSize))) {
		return nil // it was being made
	}
	if err := j.begin(s); err != nil {
		if err := bad(damaged(s.path, 0, 0, err.Error())); err != nil {
			return err
		}
	}
	whole := int64(headSize) // the end of the last whole transaction
	for at := int64(headSize); at < s.size; {
		f, end, err := j.frame(s, at)
		if err != nil {
			if last && j.neverAcknowledged(s, whole, at, end) {
				return nil
			}
			if err := bad(damaged(s.path, j.next, at, err.Error())); err != nil {
				return err
			}
			at = j.resume(s, at, end)
			continue
		}
		j.next, j.tag = j.next+1, s.at(end-16, 16)
		if err := each(f); err != nil {
			return err
		}
		if at = end; f.ends {
			whole = end
		}
	}
	return nil
}

// at reads up to n bytes at an offset, fewer where the file ends.
func (s segment) at(offset, n int64) []byte {
	b := make([]byte, max(0, min(n, s.size-offset)))
	got, _ := s.ReadAt(b, offset)
	return b[:got]
}

// segmentHead is what a segment begins with.
type segmentHead struct {
	base  bool
	first uint64 // the number of its first frame
	tag   []byte // of the frame before
}

func (j *journal) head(s segment) (h segmentHead, err error) {
	b, le := s.at(0, headSize), binary.LittleEndian
	switch {
	case len(b) < headSize || string(b[:15]) != "carnet journal\x00" || b[15] < 1 || b[15] > 2 || le.Uint32(b[60:]) != crc(b[:60]):
		return h, errors.New("the head of the segment is damaged")
	case !bytes.Equal(b[16:32], j.id) || le.Uint32(b[32:]) != s.number:
		return h, errors.New("it is another vault's segment, or another segment")
	}
	return segmentHead{b[15] == 2, le.Uint64(b[36:]), b[44:60]}, nil
}

// begin goes on where the head of a segment says, even where that is not what
// the segment before came to.
func (j *journal) begin(s segment) error {
	h, err := j.head(s)
	if err != nil {
		return err
	}
	next, tag := j.next, j.tag
	j.next, j.tag = h.first, h.tag
	if next != 0 && (next != h.first || !bytes.Equal(tag, h.tag)) {
		return errors.New("it does not follow the segment before")
	}
	return nil
}

func crc(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// parseFrameHead gives the length of a frame's body and the frame's number.
func parseFrameHead(b []byte) (length int64, number uint64, ok bool) {
	if len(b) < frameHeadSize || binary.LittleEndian.Uint32(b[12:]) != crc(b[:12]) {
		return 0, 0, false
	}
	length, number = int64(binary.LittleEndian.Uint32(b)), binary.LittleEndian.Uint64(b[4:])
	return length, number, length >= frameLeast && length <= frameLimit
}

// frame opens the frame at an offset. Where that fails, end is where the next
// one could begin, and lies beyond the file where that is cut off.
func (j *journal) frame(s segment, at int64) (f frame, end int64, err error) {
	if s.size-at < frameHeadSize {
		return f, s.size + 1, errors.New("the file ends within the head of a frame")
	}
	length, number, ok := parseFrameHead(s.at(at, frameHeadSize))
	if end = at + frameHeadSize + length; !ok {
		return f, at + 1, errors.New("the head of the frame is damaged")
	}
	switch {
	case end > s.size:
		return f, end, errors.New("the file ends within the frame")
	case number > j.next:
		return f, at, fmt.Errorf("the frames before frame %d are missing", number)
	case number < j.next:
		return f, end, fmt.Errorf("frame %d is in its place", number)
	}
	plain, err := unseal(j.key, j.ad(s.number, number), s.at(at+frameHeadSize, length))
	if err != nil || len(plain) == 0 {
		return f, end, errors.New("its seal does not fit: it, or its place in the chain, was altered")
	}
	return frame{s.path, number, at, plain[0]&1 != 0, plain[1:]}, end, nil
}

func (j *journal) ad(segment uint32, number uint64) []byte {
	ad := append([]byte("carnet frame v1\x00"), j.id...)
	ad = binary.LittleEndian.AppendUint32(ad, segment)
	return append(binary.LittleEndian.AppendUint64(ad, number), j.tag...)
}

// neverAcknowledged says that nothing but an unfinished write lies behind the
// last whole transaction: it is cut off or part of it did not reach the disk,
// and no transaction ends behind it.
func (j *journal) neverAcknowledged(s segment, whole, at, end int64) bool {
	zeros := end > s.size
	for from := whole; !zeros && from < s.size; from += window - 63 {
		zeros = bytes.Contains(s.at(from, window), make([]byte, 64))
	}
	here := *j
	for zeros {
		var f frame
		var err error
		if at = j.resume(s, at, end); at == s.size {
			*j = here
			return true
		}
		if f, end, err = j.frame(s, at); err == nil && f.ends {
			break
		}
	}
	*j = here
	return false
}

// resume finds the next frame at or behind from, and takes the chain up there.
func (j *journal) resume(s segment, at, from int64) int64 {
	for from = max(from, at); from+frameHeadSize <= s.size; from += window - frameHeadSize + 1 {
		b := s.at(from, window)
		for i := 0; i+frameHeadSize <= len(b); i++ {
			if _, number, ok := parseFrameHead(b[i:]); ok && number >= j.next && number-j.next < 1<<32 {
				at := from + int64(i)
				switch {
				case number == j.next: // the frame before is known
				case at == headSize:
					j.tag = s.at(44, 16)
				default:
					j.tag = s.at(at-16, 16)
				}
				j.next = number
				return at
			}
		}
	}
	return s.size
}
