package widget

import (
	"unicode"
	"unicode/utf8"
)

// Fold makes two letters that differ only in their case the same.
func Fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r)) // both sigmas of Greek, and the like
}

// A Finder finds words in letters that come one after the other, whatever their
// case (Knuth, Morris and Pratt). It is for one reading.
type Finder struct {
	words []rune
	back  []int // how much of words still fits after a letter that does not
	fits  int
}

// NewFinder looks for words; nil for no words.
func NewFinder(words string) *Finder {
	f := &Finder{}
	for _, r := range words {
		f.words = append(f.words, Fold(r))
	}
	if len(f.words) == 0 {
		return nil
	}
	f.back = make([]int, len(f.words))
	for i, k := 1, 0; i < len(f.words); i++ {
		for k > 0 && f.words[i] != f.words[k] {
			k = f.back[k-1]
		}
		if f.words[i] == f.words[k] {
			k++
		}
		f.back[i] = k
	}
	return f
}

// Letters is how many letters a match has.
func (f *Finder) Letters() int { return len(f.words) }

// Next takes a letter; true says that a match ends with it. Matches do not overlap.
func (f *Finder) Next(r rune) bool {
	r = Fold(r)
	for f.fits > 0 && f.words[f.fits] != r {
		f.fits = f.back[f.fits-1]
	}
	if f.words[f.fits] == r {
		f.fits++
	}
	if f.fits == len(f.words) {
		f.fits = 0
		return true
	}
	return false
}

// FindWords gives where words stand in a text, in bytes.
func FindWords(text, words string) []Stretch {
	f := NewFinder(words)
	if f == nil {
		return nil
	}
	var found []Stretch
	starts := make([]int, f.Letters()) // of the last letters
	n := 0
	for i, r := range text {
		starts[n%len(starts)] = i
		n++
		if f.Next(r) {
			_, size := utf8.DecodeRuneInString(text[i:])
			found = append(found, Stretch{starts[n%len(starts)], i + size})
		}
	}
	return found
}
