package journal

import (
	"errors"
	"os"
)

// Write seals each plain text that frames emits as the next frame, and makes all
// of them durable: those before the last one first, so that a last frame on the
// disk vouches for all of its transaction. On an error the segment is as it was;
// where even that fails, broken is true and nothing may follow.
func (j *Journal) Write(frames func(emit func(plain []byte) error) error) (broken bool, err error) {
	w := writer{file: j.file, end: j.end}
	err = frames(func(plain []byte) error {
		if err := w.put(); err != nil {
			return err
		}
		w.end.Frame++
		w.held, w.end.Tag = j.segments.sealFrame(w.end.Segment, w.end.Frame, w.end.Tag, plain)
		return nil
	})
	if err == nil && w.written > 0 {
		err = j.file.Sync()
	}
	if err == nil {
		err = w.put()
	}
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		undo := errors.Join(j.file.Truncate(j.end.Size), j.file.Sync())
		return undo != nil, err
	}
	j.end = w.end
	return false, nil
}

// writer is one transaction on its way.
type writer struct {
	file    *os.File
	end     End    // behind what was written, and of the frame that is held
	held    []byte // the newest frame, which may be the last one; nil before the first
	written int    // frames
}

// put writes the frame that is held.
func (w *writer) put() error {
	if w.held == nil {
		return nil
	}
	_, err := w.file.WriteAt(w.held, w.end.Size)
	w.end.Size += int64(len(w.held))
	w.written++
	return err
}
