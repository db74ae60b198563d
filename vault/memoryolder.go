package vault

import (
	"errors"
	"fmt"
	"time"

	"github.com/carnet-phr/carnet/vault/journal"
)

// Standing is how far a vault has come.
type Standing struct {
	Epoch uint64    // the number of its last change; 1 for its creation
	At    time.Time // when that was; of what was seen, when it was seen
}

// OlderError says that the folder does not hold what this computer has seen of
// the vault. It wraps [ErrOlder].
type OlderError struct {
	Seen, Here Standing
	Apart      bool // not older: what was seen is no part of it
}

// Error implements error.
func (e *OlderError) Error() string {
	what, advice := ErrOlder.Error(), "look for the newer folder"
	if e.Apart {
		what, advice = "the changes that this computer saw are not in this vault: it was written to in two places, and one copy took the place of the other", "look for the other copy"
	}
	return fmt.Sprintf("%s (seen: %v; here: %v): %s before you open this one", what, e.Seen, e.Here, advice)
}

// String is the standing in words.
func (s Standing) String() string {
	if s.At.IsZero() {
		return fmt.Sprintf("change %d", s.Epoch)
	}
	return fmt.Sprintf("change %d, %s", s.Epoch, s.At.Format("2 Jan 2006 15:04 MST"))
}

// Unwrap gives [ErrOlder].
func (e *OlderError) Unwrap() error { return ErrOlder }

// newest gives an [OlderError] where the journal lacks what this computer has
// seen.
func (v *Vault) newest(list []uint32) error {
	m, ok := v.recall()
	if !ok || v.opt.AcceptOlder {
		return nil
	}
	v.seen = m
	apart := false
	switch {
	case m.Frame > v.journal.End().Frame:
	case m.Frame == v.journal.End().Frame && m.Tag == v.journal.End().Tag, m.Frame < v.journal.End().Frame && v.holds(list, m):
		return nil
	default:
		apart = true
	}
	return &OlderError{Standing{m.Epoch, m.At}, v.standing(list), apart}
}

var errFound = errors.New("found")

// holds says whether the journal has the frame that was seen. A frame that is
// damaged, or that was left out when the journal was compacted, counts as had:
// what follows it in the chain has been shown to belong to this vault, and
// damage has its own reports.
func (v *Vault) holds(list []uint32, m seen) bool {
	for i := len(list) - 1; i >= 0; i-- {
		head, err := v.segments.Head(list[i])
		if err != nil || head.First > m.Frame {
			continue
		}
		differs := false
		_, err = v.segments.Scan(list[i], func(f journal.Frame) error {
			if f.Number < m.Frame {
				return nil
			}
			differs = f.Number == m.Frame && f.Packed != nil && f.Tag != m.Tag
			return errFound
		})
		return errors.Is(err, errFound) && !differs || err == nil || errors.Is(err, ErrDamaged)
	}
	return true
}

// standing reads from the journal's last transaction how far the vault has
// come: the epoch and time are zero where that cannot be read.
func (v *Vault) standing(list []uint32) (s Standing) {
	for i := len(list) - 1; i >= 0 && s.Epoch == 0; i-- {
		_, _ = v.segments.Scan(list[i], func(f journal.Frame) error {
			if f.Packed == nil || !f.Last {
				return nil
			}
			if p, err := v.decodePayload(f); err == nil {
				s = Standing{p.Epoch, p.At}
			}
			return nil
		})
	}
	return s
}
