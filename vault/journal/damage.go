package journal

import (
	"errors"
	"fmt"
)

// ErrDamaged is what every [DamageError] wraps.
var ErrDamaged = errors.New("the vault is damaged")

// DamageError names what is damaged. It wraps [ErrDamaged]. Package vault says
// the same of its other files with it.
type DamageError struct {
	File string // the file, relative to the vault's folder
	Text string // what is wrong with it and what to do; no clinical text
}

// Error implements error.
func (e *DamageError) Error() string {
	return fmt.Sprintf("%v: %s: %s", ErrDamaged, e.File, e.Text)
}

// Unwrap gives [ErrDamaged].
func (e *DamageError) Unwrap() error { return ErrDamaged }

func damaged(file, format string, args ...any) error {
	return &DamageError{File: file, Text: fmt.Sprintf(format, args...)}
}

// Damage is a frame, or a stretch of bytes, that does not open.
type Damage struct {
	Offset int64  // in the segment, in bytes
	Frame  uint64 // 0 where not even that is known
	torn   bool   // it looks like a write that never completed: cut short, or blank sectors
}

// In is the damage as a [DamageError] of a segment.
func (d Damage) In(segment uint32) error {
	return damaged(Name(segment), "frame %d at byte %d was changed: put the file back from a backup", d.Frame, d.Offset)
}

// PutBack is the advice for a piece of the journal that is missing.
const PutBack = "put it back from a backup; if the folder is still being copied or synchronised, wait until that is done"
