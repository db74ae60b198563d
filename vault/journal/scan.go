package journal

import "github.com/carnet-phr/carnet/vault/damage"

// Scan is what reading one segment found.
type Scan struct {
	Head   Head // zero where it is damaged
	Size   int64
	Whole  int64    // end of the last whole transaction; what is behind it was never acknowledged, or is damage
	Damage []Damage // without an unfinished write at the end

	last     uint64 // number of the last frame, damaged or not
	tornHead bool   // not even the head is whole: the segment was being made
}

// Scan reads a segment's frames in order and calls each, damaged ones with a nil
// Packed. It goes on behind damage as far as frames can be told. An error is one
// of each, or a [damage.Error] where the disk does not give the file.
func (s *Segments) Scan(segment uint32, each func(Frame) error) (Scan, error) {
	return s.ScanFile(s.path(segment), segment, each)
}

// ScanFile is [Segments.Scan] for a segment that stands elsewhere.
func (s *Segments) ScanFile(path string, segment uint32, each func(Frame) error) (Scan, error) {
	b, err := openWindow(path)
	if err != nil {
		return Scan{}, damage.Errorf(Name(segment), "it cannot be read: %v", plainCause(err))
	}
	defer b.close()
	found := Scan{Size: b.size, Whole: headSize}
	head, err := b.at(0, headSize)
	var ok bool
	if found.Head, ok = parseHead(head, s.vaultID); err == nil && (!ok || found.Head.Segment != segment) {
		// The head is flushed before any frame follows it: a file that goes on
		// behind it had a good one.
		found.tornHead = b.size < headSize || b.size == headSize && blank(head)
		found.Head = Head{}
		found.Damage = append(found.Damage, Damage{})
		if b.size < headSize {
			return found, nil
		}
	}
	if err == nil {
		err = s.scanFrames(b, &found, segment, each)
	}
	if b.failed != nil {
		err = damage.Errorf(Name(segment), "it cannot be read: %v", plainCause(b.failed))
	}
	found.dropTorn()
	return found, err
}

func (s *Segments) scanFrames(b *window, found *Scan, segment uint32, each func(Frame) error) error {
	at, before, next := int64(headSize), found.Head.Before, found.Head.First
	for at < b.size {
		head, err := b.at(at, frameHeadSize)
		if err != nil {
			return err
		}
		h, ok := parseFrameHead(head)
		end := at + frameHeadSize + int64(h.length)
		if !ok || end > b.size || next != 0 && h.number != next {
			on, err := found.behindDamage(b, at, next, ok && end > b.size)
			if err != nil || on < 0 {
				return err
			}
			tail, err := b.at(on-int64(len(before)), len(before))
			if err != nil {
				return err
			}
			copy(before[:], tail)
			at, next = on, 0
			continue
		}
		frame, err := b.at(at, int(end-at))
		if err != nil {
			return err
		}
		f := Frame{Segment: segment, Number: h.number, Start: at, End: end, Tag: Tag(frame[len(frame)-len(before):])}
		flags, packed, err := s.openFrame(segment, h.number, before, frame[frameHeadSize:])
		f.Packed, f.Last = packed, flags&FlagLast != 0
		if err != nil {
			found.Damage = append(found.Damage, Damage{at, h.number, blank(frame)})
		} else if f.Last {
			found.Whole = f.End
		}
		found.last = f.Number
		if err := each(f); err != nil {
			return err
		}
		at, before, next = end, f.Tag, h.number+1
	}
	return nil
}

// TailDamaged says that there is damage behind the last whole transaction.
func (s *Scan) TailDamaged() bool {
	return len(s.Damage) > 0 && s.Damage[len(s.Damage)-1].Offset >= s.Whole
}

// LastKnown is the number of the last frame that can be told, damaged or not.
func (s *Scan) LastKnown() uint64 {
	n := s.last
	for _, d := range s.Damage {
		n = max(n, d.Frame)
	}
	return n
}

// Fits says whether a segment is whole: without damage, and, where another one
// follows, up to where that begins. End is the last frame that the scan came to;
// next is nil where it cannot be told.
func (s *Scan) Fits(end End, next *Head, isLast bool) bool {
	switch {
	case len(s.Damage) > 0:
		return false
	case isLast:
		return true
	case next != nil && (end.Frame+1 != next.First || end.Tag != next.Before):
		return false
	}
	return s.Whole == s.Size
}
