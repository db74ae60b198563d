package journal

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
)

// baseBuffer is how much of a base is written at a time, in bytes.
const baseBuffer = 1 << 20

// Base is a segment on its way that starts the journal over: one transaction
// that holds the whole vault. Nothing counts before it is placed.
type Base struct {
	segments *Segments
	file     *os.File
	out      *bufio.Writer
	end      End
}

// NewBase starts a base as the segment behind an end of the journal.
func (s *Segments) NewBase(behind End) (*Base, error) {
	b := &Base{segments: s, end: End{Segment: behind.Segment + 1, Frame: behind.Frame, Tag: behind.Tag}}
	f, err := os.OpenFile(b.part(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		os.Remove(b.part())
		return nil, err
	}
	b.file, b.out = f, bufio.NewWriterSize(f, baseBuffer)
	head := Head{Segment: b.end.Segment, First: b.end.Frame + 1, Before: b.end.Tag, Base: true}.bytes(s.vaultID)
	b.end.Size = int64(len(head))
	_, err = b.out.Write(head)
	if err != nil {
		b.Drop()
		return nil, err
	}
	return b, nil
}

func (b *Base) path() string { return b.segments.path(b.end.Segment) }
func (b *Base) part() string { return b.path() + partSuffix }

// Write seals a plain text as the next frame.
func (b *Base) Write(plain []byte) error {
	b.end.Frame++
	var frame []byte
	frame, b.end.Tag = b.segments.sealFrame(b.end.Segment, b.end.Frame, b.end.Tag, plain)
	b.end.Size += int64(len(frame))
	_, err := b.out.Write(frame)
	return err
}

// Finish makes durable what was written; no more follows it.
func (b *Base) Finish() error {
	err := b.out.Flush()
	if err == nil {
		err = b.file.Sync()
	}
	return errors.Join(err, b.file.Close())
}

// Scan reads the base back, once it is finished.
func (b *Base) Scan(each func(Frame) error) (Scan, error) {
	return b.segments.ScanFile(b.part(), b.end.Segment, each)
}

// End is behind what was written.
func (b *Base) End() End { return b.end }

// Place puts the base in place: from then on it counts, and what is before it
// does not.
func (b *Base) Place() error {
	if err := os.Rename(b.part(), b.path()); err != nil {
		return err
	}
	return syncDir(filepath.Dir(b.path()))
}

// Drop takes away a base that was not placed. It may be called at any time.
func (b *Base) Drop() {
	b.file.Close()
	os.Remove(b.part())
}
