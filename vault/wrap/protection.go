package wrap

import (
	"errors"

	"github.com/carnet-phr/carnet/vault/seal"
)

// Kind is a way to protect a package.
type Kind string

// The kinds. None is for what stays in the patient's own hands, and for paper.
const (
	None Kind = "none"
	Zip  Kind = "zip"
	Age  Kind = "age"
	Page Kind = "page"
)

// Kinds are those that protect, as a person chooses among them.
var Kinds = []Kind{Page, Zip, Age}

// Ending is that of the file's name.
func (k Kind) Ending() string {
	switch k {
	case Zip:
		return ".zip"
	case Age:
		return ".zip.age"
	case Page:
		return ".html"
	}
	return ""
}

// Protection is how a package is protected.
type Protection struct {
	Kind       Kind
	Passphrase []byte   // as the receiver types it; see [Protection.Check]
	Recipients []string // age X25519 recipients, for Age alone
}

// The reasons to refuse a protection.
var (
	ErrNoSecret = errors.New("a protected package needs a passphrase")
	ErrWeak     = errors.New("the passphrase is easy to guess: whoever has the file can try as often as they like; use the six words that are proposed")
	ErrLetters  = errors.New("the passphrase of a zip archive must be letters, digits and signs of ASCII, at most 99: programs differ in how they write others")
	ErrOnlyAge  = errors.New("keys of recipients open age files alone")
	errUnknown  = errors.New("no such protection")
)

// zipLetters is the longest passphrase that 7-Zip takes for AES.
const zipLetters = 99

// How strong an own passphrase must be, of the scores that seal.Strength gives.
// One of zip is tried at a thousand rounds each, so only the best will do.
const (
	leastStrength    = seal.LeastStrength
	leastStrengthZip = 4
)

// Check tidies the passphrase and says whether it protects.
func (p *Protection) Check() error {
	p.Passphrase = seal.TidyPassphrase(p.Passphrase)
	if p.Kind == None {
		return nil
	}
	if len(p.Recipients) > 0 {
		if p.Kind != Age {
			return ErrOnlyAge
		}
		if len(p.Passphrase) > 0 {
			return seal.ErrBothWays
		}
		return nil
	}
	least := leastStrength
	switch p.Kind {
	case Zip:
		least = leastStrengthZip
		if len(p.Passphrase) > zipLetters || !ascii(p.Passphrase) {
			return ErrLetters
		}
	case Age, Page:
	default:
		return errUnknown
	}
	if len(p.Passphrase) == 0 {
		return ErrNoSecret
	}
	if !seal.Generated(p.Passphrase) && seal.Strength(p.Passphrase) < least {
		return ErrWeak
	}
	return nil
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
