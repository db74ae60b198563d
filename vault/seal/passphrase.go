package seal

import "github.com/trustelem/zxcvbn"

// How strong a passphrase must be.
const (
	LeastStrength = 3  // of the scores 0 to 4 that zxcvbn gives
	scoredLetters = 64 // characters: beyond them scoring grows slow and adds nothing
)

// Strength scores a passphrase from 0 (guessed at once) to 4 (very hard to
// guess) with zxcvbn; only the first 64 characters count.
func Strength(passphrase []byte) int {
	letters := []rune(string(passphrase))
	if len(letters) > scoredLetters {
		letters = letters[:scoredLetters]
	}
	if len(letters) == 0 {
		return 0
	}
	return zxcvbn.PasswordStrength(string(letters), nil).Score
}

// Strong says whether a passphrase may guard a vault: generated, or of
// [LeastStrength].
func Strong(passphrase []byte) bool {
	return Generated(passphrase) || Strength(passphrase) >= LeastStrength
}
