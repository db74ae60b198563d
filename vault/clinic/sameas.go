package clinic

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// naming is by what a statement names its subject. Two statements speak of one
// thing when they share a name of a level, and nothing at that level says that the
// name stands for several things. The levels, in this order:
//
//  1. codes: a code of the thing itself (product, finding, substance). It does not
//     count where those who share it differ in parts, or give further codes of the
//     same system that none but they have: then it names what both contain, as an
//     ingredient beside two products. Those who state the same parts are looked at
//     by themselves as well.
//  2. words: exactly the same words, but for case and spaces. They do not count
//     where the codes of those who use them contradict each other ("PCV" of one
//     file is CVX 133 and CVX 33), unless the words are exact.
//  3. classes: a code of a class of things (ATC, ICD). It does not count where any
//     codes or parts of those who share it contradict each other.
//
// Whether a name counts is decided by looking at all who use it, so that the order
// of the statements never matters; and no two that differ in parts stand together,
// whoever else would join them.
type naming struct {
	codes   []code
	classes []code
	words   string
	exact   bool   // the words leave no doubt about what is meant: they state a strength
	within  bool   // a class joins only what uses the same words, but for further ones
	parts   string // what tells things of one code apart: strengths, numbers, sides; "" for none stated
	apart   string // what must be equal whatever else is: body site, day of a dose
}

type code struct{ system, code string }

// codesNamed is how many codes of one statement are looked at.
const codesNamed = 8

// codesOf are the codes by which a thing can be known in another file. A code that
// names no thing ("other", "drug") is none.
func codesOf(c record.Concept) []code {
	var out []code
	for _, k := range c.Coding {
		system, value, ok := k.Canonical()
		if !ok || system == record.SNOMED && record.NamesNothing(value) {
			continue
		}
		if one := (code{system, value}); !slices.Contains(out, one) {
			out = append(out, one)
		}
		if len(out) == codesNamed {
			break
		}
	}
	return out
}

// noNames are words that many things are called.
var noNames = map[string]bool{
	"": true, "other": true, "others": true, "unknown": true, "none": true, "no data": true, "n/a": true, "na": true, "misc": true, "miscellaneous": true, "unspecified": true,
	"not specified": true, "see comment": true, "see comments": true, "see notes": true, "other (see comments)": true, "other - see comments": true, "not on file": true,
}

// wordsOf are the words of a concept in one spelling of case and spaces.
func wordsOf(c record.Concept) string {
	w := folded(c.Words())
	if noNames[w] {
		return ""
	}
	return w
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

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

// users are those who use a name.
type users struct {
	first   int32
	several bool
	parts   string // of those who state some
	differ  bool   // in parts
	silent  bool   // some state no parts
	inexact bool   // the words of some
	common  []shared
	longest string // of the words, for a class that joins within words alone
	within  bool
	outside bool // some use other words than the longest
}

// shared are the codes of a system that all have who use that system.
type shared struct {
	system string
	codes  []string
}

// sameAs numbers the things that statements speak of: two statements of one thing
// have the same number.
func sameAs(all []naming) []int32 {
	s := sorter{all: all, known: map[name]int32{}, of: make([]int32, len(all))}
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
	all   []naming
	known map[name]int32
	users []users
	uses  [][]int32 // the names of each statement, by index in users
	of    []int32
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
	return i
}

func (u *users) note(by name, x *naming) {
	switch {
	case x.parts == "":
		u.silent = true
	case u.parts == "":
		u.parts = x.parts
	case u.parts != x.parts:
		u.differ = true
	}
	u.inexact = u.inexact || !x.exact
	if by.level == byClass && x.within {
		u.within = true
		if len(x.words) > len(u.longest) || len(x.words) == len(u.longest) && x.words < u.longest {
			u.longest = x.words
		}
	}
	for n, c := range x.codes {
		if slices.ContainsFunc(x.codes[:n], func(d code) bool { return d.system == c.system }) || by.level == byCode && c.system != by.system {
			continue
		}
		u.share(c.system, others(x.codes, c.system, by))
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

// share keeps of the codes of a system what all have.
func (u *users) share(system string, codes []string) {
	if len(codes) == 0 {
		return
	}
	for n := range u.common {
		if x := &u.common[n]; x.system == system {
			x.codes = slices.DeleteFunc(x.codes, func(c string) bool { return !slices.Contains(codes, c) })
			return
		}
	}
	u.common = append(u.common, shared{system, codes})
}

// counts says whether a name stands for one thing.
func (u *users) counts(l level) bool {
	contradict := slices.ContainsFunc(u.common, func(x shared) bool { return len(x.codes) == 0 })
	switch {
	case !u.several || u.differ || u.outside:
		return false
	case l == byWords && contradict:
		return !u.inexact
	}
	return !contradict
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
	for n := range s.all {
		x := &s.all[n]
		for i, at := range s.uses[n] {
			if u := &s.users[at]; x.level(i) == byClass && u.within && !u.outside && !wordsWithin(x.words, u.longest) {
				u.outside = true
			}
		}
	}
}

func wordsWithin(a, b string) bool {
	if a == b {
		return true
	}
	all := strings.Fields(b)
	for w := range strings.FieldsSeq(a) {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return true
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
