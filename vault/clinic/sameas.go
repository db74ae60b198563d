package clinic

import (
	"slices"
	"strings"
)

type level uint8

const (
	byCode level = iota
	byWords
	byClass
)

// name is one name of one level.
type name struct {
	level level
	code
	apart string
}

// shared names the codes of a system that all have who use a name and that system.
type shared struct {
	user   int32
	system string
}

// sameAs numbers the things that statements speak of: two statements of one thing
// have the same number.
func sameAs(all []naming) []int32 {
	s := sorter{all: all, known: map[name]int32{}, common: map[shared][]string{}, of: make([]int32, len(all))}
	for n := range all {
		s.of[n] = int32(n)
		s.add(int32(n))
	}
	s.confine()
	for n := range all {
		s.join(int32(n))
	}
	return s.parted()
}

type sorter struct {
	all    []naming
	known  map[name]int32
	users  []users
	common map[shared][]string
	uses   [][]int32 // the names of each statement, by index in users
	of     []int32
}

func (s *sorter) add(n int32) {
	x := &s.all[n]
	var uses []int32
	for _, apart := range x.aparts() {
		for _, c := range x.codes {
			uses = append(uses, s.use(name{byCode, c, apart}, n))
		}
		if x.words != "" {
			uses = append(uses, s.use(name{byWords, code{code: x.words}, apart}, n))
		}
		for _, c := range x.classes {
			uses = append(uses, s.use(name{byClass, c, apart}, n))
		}
	}
	s.uses = append(s.uses, uses)
}

// aparts are what a name holds within: all who use it, and, where parts are stated,
// those with the same parts, who may be one thing although others are another.
func (x *naming) aparts() []string {
	if x.parts == "" {
		return []string{x.apart}
	}
	return []string{x.apart, x.apart + "\x00" + x.parts}
}

// use notes that a statement uses a name.
func (s *sorter) use(by name, n int32) int32 {
	i, ok := s.known[by]
	if !ok {
		i = int32(len(s.users))
		s.known[by] = i
		s.users = append(s.users, users{first: n})
	} else {
		s.users[i].several = true
	}
	s.users[i].note(by, &s.all[n])
	s.share(i, by, &s.all[n])
	return i
}

// share keeps of the further codes of each system what all users of a name have.
func (s *sorter) share(user int32, by name, x *naming) {
	for n, c := range x.codes {
		if slices.ContainsFunc(x.codes[:n], func(d code) bool { return d.system == c.system }) || by.level == byCode && c.system != by.system {
			continue
		}
		further := others(x.codes, c.system, by)
		if len(further) == 0 {
			continue
		}
		k := shared{user, c.system}
		if have, ok := s.common[k]; ok {
			further = slices.DeleteFunc(further, func(c string) bool { return !slices.Contains(have, c) })
		}
		s.common[k] = further
		s.users[user].differs = s.users[user].differs || len(further) == 0
	}
}

// others are the codes of a system besides the name itself.
func others(codes []code, system string, by name) []string {
	var out []string
	for _, c := range codes {
		if c.system == system && (by.level != byCode || c != by.code) {
			out = append(out, c.code)
		}
	}
	return out
}

// level of the i-th name that a statement uses.
func (x *naming) level(i int) level {
	round := len(x.codes) + len(x.classes)
	if x.words != "" {
		round++
	}
	i %= round
	switch {
	case i < len(x.codes):
		return byCode
	case i == len(x.codes) && x.words != "":
		return byWords
	}
	return byClass
}

// confine finds the classes whose users do not all use the words of one of them.
func (s *sorter) confine() {
	longest := map[int32]map[string]bool{}
	for n := range s.all {
		x := &s.all[n]
		for i, at := range s.uses[n] {
			u := &s.users[at]
			if x.level(i) != byClass || !u.within || u.outside || x.words == u.longest {
				continue
			}
			if longest[at] == nil {
				longest[at] = map[string]bool{}
				for w := range strings.FieldsSeq(u.longest) {
					longest[at][w] = true
				}
			}
			for w := range strings.FieldsSeq(x.words) {
				u.outside = u.outside || !longest[at][w]
			}
		}
	}
}

// join puts a statement to the first one of each name that counts.
func (s *sorter) join(n int32) {
	x := &s.all[n]
	for i, at := range s.uses[n] {
		if u := &s.users[at]; u.first != n && u.counts(x.level(i)) {
			a, b := s.root(u.first), s.root(n)
			s.of[max(a, b)] = min(a, b)
		}
	}
}

func (s *sorter) root(n int32) int32 {
	for s.of[n] != n {
		s.of[n] = s.of[s.of[n]]
		n = s.of[n]
	}
	return n
}

// parted gives the things, those apart again that differ in parts: what states no
// parts then stays with those of its own words alone.
func (s *sorter) parted() []int32 {
	parts, mixed := map[int32]string{}, map[int32]bool{}
	for n := range s.all {
		root, p := s.root(int32(n)), s.all[n].parts
		if p == "" {
			continue
		}
		if have := parts[root]; have == "" {
			parts[root] = p
		} else if have != p {
			mixed[root] = true
		}
	}
	type piece struct {
		root         int32
		parts, words string
	}
	first := map[piece]int32{}
	out := make([]int32, len(s.all))
	for n := range s.all {
		out[n] = s.root(int32(n))
		if !mixed[out[n]] {
			continue
		}
		p := piece{out[n], s.all[n].parts, ""}
		if p.parts == "" {
			p.words = s.all[n].words
		}
		at, ok := first[p]
		if !ok || p.parts == "" && p.words == "" {
			at = int32(n)
			first[p] = at
		}
		out[n] = at
	}
	return out
}
