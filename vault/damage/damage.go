// Package damage is how every room of a vault says that a file is not what it
// was: with one error, which package vault hands to its callers as its own.
package damage

import (
	"errors"
	"fmt"
)

// ErrDamaged is what every [Error] wraps.
var ErrDamaged = errors.New("the vault is damaged")

// Error names what is damaged. It wraps [ErrDamaged].
type Error struct {
	File string // the file, relative to the vault's folder
	Text string // what is wrong with it and what to do; no clinical text
}

// Errorf gives an [Error] with a text in the manner of [fmt.Sprintf].
func Errorf(file, format string, args ...any) error {
	return &Error{File: file, Text: fmt.Sprintf(format, args...)}
}

// Error implements error.
func (e *Error) Error() string {
	return fmt.Sprintf("%v: %s: %s", ErrDamaged, e.File, e.Text)
}

// Unwrap gives [ErrDamaged].
func (e *Error) Unwrap() error { return ErrDamaged }
