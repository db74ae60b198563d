package seal

import (
	"crypto/rand"
	"math/big"
	"strings"

	"github.com/trustelem/zxcvbn"
)

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

// A generated passphrase is six words of two syllables, each a consonant and a
// vowel: 6400 words, 12.6 bits each, 75.8 bits in all. Made-up words need no
// list, no licence and no language, and each letter is told apart when read out.
const (
	generatedWords = 6
	consonants     = "bdfghjklmnprstvz"
	vowels         = "aeiou"
)

// GeneratePassphrase draws a passphrase of 75 bits: "bako rilu mesa tofi dupa
// zeno" is one.
func GeneratePassphrase() string {
	words := make([]string, generatedWords)
	for i := range words {
		words[i] = syllable() + syllable()
	}
	return strings.Join(words, " ")
}

func syllable() string {
	return string([]byte{consonants[draw(len(consonants))], vowels[draw(len(vowels))]})
}

func draw(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("vault: internal error: no random numbers")
	}
	return int(i.Int64())
}

// Generated says whether a passphrase has the form that [GeneratePassphrase]
// gives.
func Generated(passphrase []byte) bool {
	words := strings.Split(string(passphrase), " ")
	for _, w := range words {
		if len(w) != 4 || !madeOf(w) {
			return false
		}
	}
	return len(words) == generatedWords
}

func madeOf(word string) bool {
	for i, c := range word {
		set := consonants
		if i%2 == 1 {
			set = vowels
		}
		if !strings.ContainsRune(set, c) {
			return false
		}
	}
	return true
}

// Strong says whether a passphrase may guard a vault: generated, or of
// [LeastStrength].
func Strong(passphrase []byte) bool {
	return Generated(passphrase) || Strength(passphrase) >= LeastStrength
}
