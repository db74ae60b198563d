package fulltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a word may have at most.
const (
	wordLimit  = 64 // bytes; longer ones are searched by these alone
	jointLimit = 7  // joints of a number: "2.16.840" has two
)

// tokenizer cuts text into folded words. It is used by one goroutine.
//
// A word is a run of letters and digits. A hyphen, full stop, comma, slash or
// colon between two digits joins them, so that codes, values and times are
// found as they are written: "8480-6", "104.5", "120/80". Such a word is there
// once more from behind each of its joints. Writings without spaces are cut
// into pairs of characters, and the last one of a run alone.
type tokenizer struct {
	folder
	text   string
	emit   func(word []byte, start, end int)
	word   []byte
	start  int // where the word began in the text
	joints []joint
	run    bool // the word is the last character of a run without spaces
}

// joint is a place in the word and in the text.
type joint struct{ word, text int }

func newTokenizer() *tokenizer { return &tokenizer{folder: newFolder()} }

// words calls emit with each word and with where it stands in the text. The
// bytes of a word are good until emit returns.
func (t *tokenizer) words(text string, emit func(word []byte, start, end int)) {
	t.text, t.emit = text, emit
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			t.ascii(c, i)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		t.wide(r, i, i+n)
		i += n
	}
	t.end(len(text))
}

func (t *tokenizer) ascii(c byte, at int) {
	switch {
	case c >= 'A' && c <= 'Z':
		t.letter(c+'a'-'A', at, at+1)
	case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		t.letter(c, at, at+1)
	case t.joins(c, at):
		if c == ',' {
			c = '.'
		}
		t.word = append(t.word, c)
		t.joints = append(t.joints, joint{len(t.word), at + 1})
	default:
		t.end(at)
	}
}

func (t *tokenizer) letter(c byte, at, next int) {
	if t.run {
		t.end(t.edge(at, next))
	}
	if len(t.word) == 0 {
		t.start = at
	}
	if len(t.word) < wordLimit {
		t.word = append(t.word, c)
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// joins says whether the byte at a place holds two digits together.
func (t *tokenizer) joins(c byte, at int) bool {
	return strings.IndexByte("-.,/:", c) >= 0 &&
		len(t.word) > 0 && digit(t.word[len(t.word)-1]) && len(t.word) < wordLimit && len(t.joints) < jointLimit &&
		at+1 < len(t.text) && digit(t.text[at+1])
}

// wide takes a rune that stands in the text from one place to the next.
func (t *tokenizer) wide(r rune, at, next int) {
	number := unicode.Is(unicode.No, r) // "10³" is not 103
	if number {
		t.end(at)
	}
	for _, f := range t.rune(r) {
		switch {
		case !inWord(f):
			t.end(t.edge(at, next))
		case f < utf8.RuneSelf:
			t.letter(byte(f), at, next)
		case unspaced(f):
			t.pair(f, at, next)
		default:
			t.rare(f, at, next)
		}
	}
	if number {
		t.end(next)
	}
}

// edge is where a word ends that is broken off within the rune at hand: behind
// it, if the word began in it too ("㋋" is 12 and 月).
func (t *tokenizer) edge(at, next int) int {
	if len(t.word) > 0 && t.start == at {
		return next
	}
	return at
}

func (t *tokenizer) rare(r rune, at, next int) {
	if t.run {
		t.end(t.edge(at, next))
	}
	if len(t.word) == 0 {
		t.start = at
	}
	if len(t.word)+utf8.RuneLen(r) <= wordLimit {
		t.word = utf8.AppendRune(t.word, r)
	}
}

// pair takes the next character of a run without spaces, and hands out the
// pair that it makes with the one before.
func (t *tokenizer) pair(r rune, at, next int) {
	if len(t.word) > 0 && !t.run {
		t.end(t.edge(at, next))
	}
	before := len(t.word)
	t.word, t.run = utf8.AppendRune(t.word, r), true
	if before > 0 {
		t.emit(t.word, t.start, next)
		t.word = append(t.word[:0], t.word[before:]...)
	}
	t.start = at
}

// end hands out the word that ends at a place, if there is one.
func (t *tokenizer) end(at int) {
	if len(t.word) == 0 {
		return
	}
	t.emit(t.word, t.start, at)
	for _, j := range t.joints {
		if j.word < len(t.word) {
			t.emit(t.word[j.word:], j.text, at)
		}
	}
	t.word, t.joints, t.run = t.word[:0], t.joints[:0], false
}
