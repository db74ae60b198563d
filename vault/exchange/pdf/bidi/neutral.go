package bidi

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// strongOf takes numbers for right to left, as the rules on neutrals do; ON for
// what has no direction.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// brackets gives the two of a pair one direction (N0).
func (s *sequence) brackets() {
	own := towards(s.level)
	for _, pair := range s.pairs() {
		same, other := false, false
		for n := pair[0] + 1; n < pair[1]; n++ {
			c := strongOf(s.get(n))
			same = same || c == own
			other = other || c != own && c != bidi.ON
		}
		to := own
		switch {
		case same:
		case !other:
			continue
		default:
			if before := s.before(pair[0]); before != own {
				to = before
			}
		}
		for _, n := range pair {
			s.set(n, to)
			for i := n + 1; i < len(s.at) && s.p.class[s.at[i]] == bidi.NSM; i++ {
				s.set(i, to)
			}
		}
	}
}

// before is the direction of the last letter or number before a place.
func (s *sequence) before(n int) bidi.Class {
	for n--; n >= 0; n-- {
		if c := strongOf(s.get(n)); c != bidi.ON {
			return c
		}
	}
	return s.start
}

// pairs are the bracket pairs in the order of their beginnings (BD16).
func (s *sequence) pairs() [][2]int {
	const most = 63 // open at once
	type opened struct {
		closing rune
		at      int
	}
	var open []opened
	var pairs [][2]int
	for n, i := range s.at {
		r := canonical(s.p.text[i])
		props, _ := bidi.LookupRune(r)
		if !props.IsBracket() || s.get(n) != bidi.ON {
			continue
		}
		if props.IsOpeningBracket() {
			if len(open) == most {
				return nil
			}
			open = append(open, opened{canonical([]rune(bidi.ReverseString(string(r)))[0]), n})
			continue
		}
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].closing == r {
				pairs = append(pairs, [2]int{open[k].at, n})
				open = open[:k]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	return pairs
}

// canonical is the one of two equal brackets.
func canonical(r rune) rune {
	switch r {
	case 0x2329:
		return 0x3008
	case 0x232A:
		return 0x3009
	}
	return r
}

// neutral gives what has no direction that of its surroundings (N1, N2).
func (s *sequence) neutral() {
	for n := 0; n < len(s.at); n++ {
		if strongOf(s.get(n)) != bidi.ON {
			continue
		}
		end := n
		for end < len(s.at) && strongOf(s.get(end)) == bidi.ON {
			end++
		}
		before, after := s.before(n), s.end
		if end < len(s.at) {
			after = strongOf(s.get(end))
		}
		to := either(before == after, before, towards(s.level))
		for i := n; i < end; i++ {
			s.set(i, to)
		}
		n = end - 1
	}
}

// implicit gives each character its level (I1, I2).
func (s *sequence) implicit() {
	for n, i := range s.at {
		switch c := s.get(n); {
		case s.level%2 == 0 && c == bidi.R, s.level%2 == 1 && c != bidi.R:
			s.p.level[i] = s.level + 1
		case s.level%2 == 0 && c != bidi.L:
			s.p.level[i] = s.level + 2
		}
	}
}
