// Package bidi orders text of both directions by the Unicode Bidirectional
// Algorithm (UAX #9, https://www.unicode.org/reports/tr9/): Hebrew and Arabic
// run from right to left, numbers and Latin words in them from left to right.
//
// golang.org/x/text/unicode/bidi has the classes of characters; it does not give
// the levels, without which a number beside an Arabic word stands on the wrong
// side of it.
//
// The laws of this package:
//
//   - A text is one paragraph.
//   - Isolates are understood. Embeddings and overrides are not: nothing that is
//     shown holds them (record.Visible spells them out).
package bidi

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// Direction is that of a paragraph.
type Direction int

// The directions.
const (
	Auto Direction = -1 // that of the first letter (rules P2 and P3)
	LTR  Direction = 0
	RTL  Direction = 1
)

// deepest is the deepest level (BD2).
const deepest = 125

// paragraph is a text while its levels are worked out.
type paragraph struct {
	text  []rune
	class []bidi.Class // as the characters have them
	now   []bidi.Class // as the rules change them
	level []int
	pair  []int // of an isolate's beginning its end, and the other way; -1 for none
	base  int
}

// Levels gives the level of each character: even for left to right, odd for
// right to left.
func Levels(text []rune, d Direction) []int {
	p := &paragraph{text: text, class: make([]bidi.Class, len(text)), level: make([]int, len(text)), pair: make([]int, len(text))}
	for i, r := range text {
		p.class[i] = classOf(r)
	}
	p.matchIsolates()
	if p.base = int(d); d == Auto {
		p.base = p.first(0, len(text))
	}
	p.now = slices.Clone(p.class)
	p.explicit()
	for _, s := range p.sequences() {
		s.weak()
		s.brackets()
		s.neutral()
		s.implicit()
	}
	p.rest()
	return p.level
}

// BaseOf is the direction of a paragraph by its first letter.
func BaseOf(text []rune) Direction {
	p := &paragraph{text: text, class: make([]bidi.Class, len(text)), pair: make([]int, len(text))}
	for i, r := range text {
		p.class[i] = classOf(r)
	}
	p.matchIsolates()
	return Direction(p.first(0, len(text)))
}

func classOf(r rune) bidi.Class {
	props, _ := bidi.LookupRune(r)
	switch c := props.Class(); c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
		return bidi.BN
	default:
		return c
	}
}

func isolate(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// matchIsolates finds the end of each isolate (BD9).
func (p *paragraph) matchIsolates() {
	var open []int
	for i, c := range p.class {
		p.pair[i] = -1
		switch {
		case isolate(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			last := open[len(open)-1]
			p.pair[i], p.pair[last] = last, i
			open = open[:len(open)-1]
		}
	}
}

// first is the level of the first letter outside of isolates (P2, P3).
func (p *paragraph) first(from, to int) int {
	for i := from; i < to; i++ {
		switch c := p.class[i]; {
		case c == bidi.L:
			return 0
		case c == bidi.R || c == bidi.AL:
			return 1
		case isolate(c):
			if p.pair[i] < 0 {
				return 0
			}
			i = p.pair[i]
		}
	}
	return 0
}

// explicit gives the characters of an isolate its level (X1 to X8).
func (p *paragraph) explicit() {
	stack, over := []int{p.base}, 0
	for i, c := range p.class {
		top := stack[len(stack)-1]
		switch {
		case isolate(c):
			p.level[i] = top
			next := (top + 2) &^ 1
			if c == bidi.RLI || c == bidi.FSI && p.first(i+1, p.endOf(i)) == 1 {
				next = (top + 1) | 1
			}
			if next > deepest || over > 0 {
				over++
			} else {
				stack = append(stack, next)
			}
		case c == bidi.PDI && p.pair[i] >= 0:
			if over > 0 {
				over--
			} else if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
			p.level[i] = stack[len(stack)-1]
		case c == bidi.B:
			p.level[i] = p.base
		default:
			p.level[i] = top
		}
	}
}

func (p *paragraph) endOf(isolate int) int {
	if end := p.pair[isolate]; end >= 0 {
		return end
	}
	return len(p.text)
}

// rest gives white space at the end the level of the paragraph (L1), and
// characters that nobody sees that of what stands before them.
func (p *paragraph) rest() {
	for i, c := range p.class {
		if c == bidi.BN {
			if p.level[i] = p.base; i > 0 {
				p.level[i] = p.level[i-1]
			}
		}
	}
	trailing := true
	for i := len(p.text) - 1; i >= 0; i-- {
		switch c := p.class[i]; {
		case c == bidi.S || c == bidi.B:
			p.level[i], trailing = p.base, true
		case c == bidi.WS || c == bidi.PDI || c == bidi.BN || isolate(c):
			if trailing {
				p.level[i] = p.base
			}
		default:
			trailing = false
		}
	}
}
