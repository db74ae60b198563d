package bidi

import "golang.org/x/text/unicode/bidi"

// sequence is an isolating run sequence (BD13): places of characters that stand
// on one level and next to each other, but for the isolates between.
type sequence struct {
	p          *paragraph
	at         []int
	level      int
	start, end bidi.Class // what stands before and behind it (sos, eos)
}

// sequences are those of the paragraph (X10).
func (p *paragraph) sequences() []*sequence {
	var runs [][]int
	runOf := map[int]int{}
	last := -1
	for i, c := range p.class {
		if c == bidi.BN {
			continue
		}
		if last < 0 || p.level[i] != p.level[last] {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
		runOf[i] = len(runs) - 1
		last = i
	}
	var all []*sequence
	for _, run := range runs {
		if p.class[run[0]] == bidi.PDI && p.pair[run[0]] >= 0 {
			continue // goes on from where the isolate began
		}
		s := &sequence{p: p, level: p.level[run[0]]}
		for {
			s.at = append(s.at, run...)
			tail := run[len(run)-1]
			if !isolate(p.class[tail]) || p.pair[tail] < 0 {
				break
			}
			run = runs[runOf[p.pair[tail]]]
		}
		s.bounds()
		all = append(all, s)
	}
	return all
}

// bounds finds what the sequence borders on.
func (s *sequence) bounds() {
	before, after := s.p.base, s.p.base
	for i := s.at[0] - 1; i >= 0; i-- {
		if s.p.class[i] != bidi.BN {
			before = s.p.level[i]
			break
		}
	}
	tail := s.at[len(s.at)-1]
	if !isolate(s.p.class[tail]) {
		for i := tail + 1; i < len(s.p.text); i++ {
			if s.p.class[i] != bidi.BN {
				after = s.p.level[i]
				break
			}
		}
	}
	s.start, s.end = towards(max(before, s.level)), towards(max(after, s.level))
}

// towards is the direction of a level.
func towards(level int) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

func (s *sequence) get(n int) bidi.Class { return s.p.now[s.at[n]] }

func (s *sequence) set(n int, c bidi.Class) { s.p.now[s.at[n]] = c }

// weak resolves marks and what belongs to numbers (W1 to W7).
func (s *sequence) weak() {
	strong, before := s.start, s.start
	for n := range s.at {
		if s.get(n) == bidi.NSM { // W1
			if before == bidi.PDI || isolate(before) {
				before = bidi.ON
			}
			s.set(n, before)
		}
		switch c := s.get(n); c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
		case bidi.EN:
			if strong == bidi.AL { // W2
				s.set(n, bidi.AN)
			}
		}
		before = s.p.now[s.at[n]]
	}
	for n := range s.at { // W3
		if s.get(n) == bidi.AL {
			s.set(n, bidi.R)
		}
	}
	s.separators()
	strong = s.start
	for n := range s.at { // W7
		switch c := s.get(n); c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			s.set(n, either(strong == bidi.L, bidi.L, bidi.EN))
		}
	}
}

// separators joins what stands in and at numbers to them (W4 to W6).
func (s *sequence) separators() {
	for n := 1; n+1 < len(s.at); n++ {
		c, before := s.get(n), s.get(n-1)
		number := before == bidi.EN || before == bidi.AN && c == bidi.CS
		if number && before == s.get(n+1) && (c == bidi.CS || c == bidi.ES) {
			s.set(n, before)
		}
	}
	s.terminators()
	for n := range s.at {
		if c := s.get(n); c == bidi.ES || c == bidi.ET || c == bidi.CS {
			s.set(n, bidi.ON)
		}
	}
}

// terminators take signs at a number, such as "%", into it (W5).
func (s *sequence) terminators() {
	is := func(n int, c bidi.Class) bool { return n >= 0 && n < len(s.at) && s.get(n) == c }
	for n := 0; n < len(s.at); n++ {
		end := n
		for is(end, bidi.ET) {
			end++
		}
		if end > n && (is(n-1, bidi.EN) || is(end, bidi.EN)) {
			for i := n; i < end; i++ {
				s.set(i, bidi.EN)
			}
		}
		n = max(n, end-1)
	}
}

func either(yes bool, a, b bidi.Class) bidi.Class {
	if yes {
		return a
	}
	return b
}
