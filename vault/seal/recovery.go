package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
)

// A recovery key is 160 random bits as 32 letters, then 4 check letters: nine
// groups of four. The letters are those of Crockford's base 32: no I, L, O and
// U, and what is read as one of the first three is taken for 1, 1 and 0.
const (
	recoveryBytes   = 20 // 160 bits
	recoveryLetters = 32
	checkLetters    = 4 // 20 bits
	groupLetters    = 4
)

// recoveryBase32 is Crockford's alphabet (https://www.crockford.com/base32.html).
var recoveryBase32 = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// ErrTypo is returned for text that has the form of a recovery key but not its
// check letters.
var ErrTypo = errors.New("recovery key with a typing error")

// NewRecoveryKey draws a recovery key: "7Q4K-…", nine groups of four.
func NewRecoveryKey() string {
	var b [recoveryBytes]byte
	rand.Read(b[:])
	return formatRecovery(b[:])
}

func formatRecovery(b []byte) string {
	letters := recoveryBase32.EncodeToString(b) + recoveryCheck(b)
	var groups []string
	for ; letters != ""; letters = letters[groupLetters:] {
		groups = append(groups, letters[:groupLetters])
	}
	return strings.Join(groups, "-")
}

// recoveryCheck is the first 20 bits of SHA-256("carnet recovery key" || b).
func recoveryCheck(b []byte) string {
	sum := sha256.Sum256(append([]byte("carnet recovery key"), b...))
	return recoveryBase32.EncodeToString(sum[:])[:checkLetters]
}

// LooksLikeRecoveryKey tells a recovery key, even one with a few typing errors,
// from a passphrase: it is written in seven or more groups of at most five, or
// as 34 to 38 letters and digits in one piece without lower-case letters.
func LooksLikeRecoveryKey(s string) bool {
	groups := strings.FieldsFunc(s, isSeparator)
	total := 0
	for _, g := range groups {
		total += len(g)
		if len(groups) > 1 && len(g) > groupLetters+1 {
			return false
		}
		for _, c := range g {
			if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
				return false
			}
		}
	}
	full := recoveryLetters + checkLetters
	if total < full-2 || total > full+2 {
		return false
	}
	return len(groups) >= 7 || len(groups) == 1 && s == strings.ToUpper(s)
}

func isSeparator(r rune) bool { return r == '-' || r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// ParseRecoveryKey reads a recovery key, with any separators and in any case.
// The error is [ErrTypo] where the check letters do not fit.
func ParseRecoveryKey(s string) ([]byte, error) {
	letters := strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return -1
		}
		return r
	}, strings.ToUpper(s))
	letters = strings.NewReplacer("I", "1", "L", "1", "O", "0").Replace(letters)
	if len(letters) != recoveryLetters+checkLetters {
		return nil, ErrTypo
	}
	b, err := recoveryBase32.DecodeString(letters[:recoveryLetters])
	if err != nil || recoveryCheck(b) != letters[recoveryLetters:] {
		return nil, ErrTypo
	}
	return b, nil
}
