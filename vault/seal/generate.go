package seal

import (
	"crypto/rand"
	_ "embed" // for the words
	"math/big"
	"slices"
	"strings"
)

//go:embed words/english.txt
var english string

// wordList are 7,776 English words of three to nine letters, sorted; where they
// come from stands in words/README.md.
var wordList = strings.Fields(english)

// A generated passphrase is six of them: 6 x 12.9 bits, 77.5 in all. Words of a
// language are read out over a telephone and typed without a look back, which
// made-up ones are not.
const generatedWords = 6

// GeneratePassphrase draws a passphrase of 77 bits: "acorn velvet zebra tulip
// unfold mango" is one. Each word is as likely as each other one.
func GeneratePassphrase() string {
	words := make([]string, generatedWords)
	for i := range words {
		words[i] = wordList[draw(len(wordList))]
	}
	return strings.Join(words, " ")
}

// draw gives a number below n without a bias: rand.Int draws again where the
// last bits would give one.
func draw(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("vault: internal error: no random numbers")
	}
	return int(i.Int64())
}

// Generated says whether a passphrase has the form that [GeneratePassphrase]
// gives, or gave in the first vaults: six words of four letters, consonant and
// vowel by turns.
func Generated(passphrase []byte) bool {
	words := strings.Split(string(passphrase), " ")
	if len(words) != generatedWords {
		return false
	}
	return all(words, listed) || all(words, madeUp)
}

func all(words []string, is func(string) bool) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !is(w) })
}

func listed(word string) bool {
	_, found := slices.BinarySearch(wordList, word)
	return found
}

func madeUp(word string) bool {
	for i, c := range word {
		set := "bdfghjklmnprstvz"
		if i%2 == 1 {
			set = "aeiou"
		}
		if !strings.ContainsRune(set, c) {
			return false
		}
	}
	return len(word) == 4
}
