package bluebutton

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
)

// layout is how the blocks of a section are written.
type layout struct {
	starts []string // keys that begin a block, in lower case
	keys   []string // the other keys
	prose  []string // keys whose value runs on over lines with colons in them
	blocks []string // keys whose value is a list below, over rules and blank lines, up to the next key
	ruled  bool     // a block begins only below a rule of "=": its free text may look like keys
	body   bool     // below the keys of a block and a rule comes free text
	closes bool     // a rule ends a block
	bullet bool     // keys may stand behind "- "
}

// field is one "Key: value".
type field struct {
	key   string // as written
	name  string // in lower case
	value []string
	used  bool
}

// item is one block. Lines are numbered from 0, last is inclusive.
type item struct {
	fields      []*field
	first, last int
	body        []string // free text
	bodyFirst   int
}

// keyed is a line that begins with a key.
var keyed = regexp.MustCompile(`^\s*([A-Za-z][^:]{0,59}?)\s*:\*?(.*)$`)

// further is another key on the same line, set off by a gap.
var further = regexp.MustCompile(`\s{2,}([A-Z][A-Za-z/#-]*(?: [A-Za-z/#-]+){0,4})\s*:(?:\s|$)`)

// parser reads the blocks of some lines.
type parser struct {
	layout
	known   map[string]bool
	lines   []plaintext.Line
	items   []*item
	loose   []*field // keys outside of any block
	cur     *item
	field   *field // that the next line may continue
	open    bool   // no blank line or rule since
	ruled   bool   // a rule of "=" stands right above
	running bool   // in free text
}

// parse reads the blocks between two lines, both inclusive.
func (l layout) parse(lines []plaintext.Line, first, last int) (items []*item, loose []*field) {
	p := &parser{layout: l, lines: lines, known: map[string]bool{}}
	for _, list := range [][]string{l.starts, l.keys, l.prose, l.blocks} {
		for _, k := range list {
			p.known[k] = true
		}
	}
	for i := first; i <= last; i++ {
		p.line(i, strings.TrimRight(lines[i].Text, " \t"))
	}
	for _, it := range p.items {
		it.trim()
	}
	return p.items, p.loose
}

func (p *parser) line(i int, s string) {
	if p.bullet {
		s = strings.TrimPrefix(s, "- ")
	}
	switch {
	case s == "":
		p.open = false
		if p.running {
			p.cur.body = append(p.cur.body, "")
		}
		return
	case isRule(s):
		p.rule(i, s)
		return
	}
	key, rest, isKey := p.key(s)
	starts := isKey && in(p.starts, key) && (!p.layout.ruled || p.ruled || len(p.items) == 0)
	p.ruled = false
	switch {
	case starts:
		p.cur = &item{first: i, last: i}
		p.items, p.running = append(p.items, p.cur), false
		p.add(i, s, rest)
	case p.running:
		p.text(i, s)
	case isKey:
		p.add(i, s, rest)
	default:
		p.continued(i, s)
	}
}

// rule is a line between things.
func (p *parser) rule(i int, s string) {
	p.open = false
	p.ruled = p.ruled || strings.Contains(s, "=")
	switch {
	case p.running:
		p.text(i, s)
	case p.layout.body && p.cur != nil:
		p.running = true
	case p.closes, p.ruled:
		p.cur, p.field = nil, nil
	}
}

// text is a line of free text.
func (p *parser) text(i int, s string) {
	if len(p.cur.body) == 0 {
		p.cur.bodyFirst = i
	}
	p.cur.body = append(p.cur.body, s)
	if !isRule(s) {
		p.cur.last = i
	}
}

// key tells whether a line begins with a key. One that the layout does not name
// must look like one, and counts as words inside a value that runs on.
func (p *parser) key(s string) (name, rest string, ok bool) {
	m := keyed.FindStringSubmatch(s)
	if m == nil {
		return "", "", false
	}
	name = fieldName(m[1])
	if p.known[name] {
		return name, m[2], true
	}
	inValue := p.field != nil && (p.open && in(p.prose, p.field.name) || in(p.blocks, p.field.name))
	if inValue || len(strings.Fields(m[1])) > 5 || m[1][0] < 'A' || m[1][0] > 'Z' || m[2] != "" && m[2][0] != ' ' && m[2][0] != '\t' {
		return "", "", false
	}
	return name, m[2], true
}

// add reads the keys of one line.
func (p *parser) add(i int, s, rest string) {
	key := strings.TrimSpace(s[:strings.IndexByte(s, ':')])
	at := 0
	for _, next := range further.FindAllStringSubmatchIndex(rest, -1) {
		if name := rest[next[2]:next[3]]; p.known[fieldName(name)] {
			p.put(i, key, rest[at:next[0]])
			key, at = name, next[1]
		}
	}
	p.put(i, key, rest[at:])
}

func (p *parser) put(i int, key, value string) {
	f := &field{key: strings.Trim(key, " *"), name: fieldName(key)}
	if value = strings.TrimSpace(value); value != "" {
		f.value = []string{value}
	}
	p.field, p.open = f, true
	if p.cur == nil {
		p.loose = append(p.loose, f)
		return
	}
	p.cur.fields, p.cur.last = append(p.cur.fields, f), i
}

// continued is a line without a key: the rest of a value that was wrapped, or
// words between the blocks.
func (p *parser) continued(i int, s string) {
	if p.field == nil || !p.open && !in(p.blocks, p.field.name) {
		return
	}
	p.field.value = append(p.field.value, strings.TrimSpace(s))
	if p.cur != nil {
		p.cur.last = i
	}
}

// trim drops rules and blank lines around free text.
func (it *item) trim() {
	for len(it.body) > 0 && (it.body[len(it.body)-1] == "" || isRule(it.body[len(it.body)-1])) {
		it.body = it.body[:len(it.body)-1]
	}
}

// fieldName is a key as layouts have it.
func fieldName(key string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(key, " *")), " "))
}

func in(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// get gives the value of the first of some keys that has one, as one line.
func (it *item) get(names ...string) string { return strings.Join(it.list(names...), " ") }

// list is get line by line.
func (it *item) list(names ...string) []string {
	for _, name := range names {
		for _, f := range it.fields {
			if f.name == name && !f.used {
				f.used = true
				if len(f.value) > 0 {
					return f.value
				}
			}
		}
	}
	return nil
}

// rest gives what no one asked for, as notes.
func (it *item) rest() []string { return notes(it.fields) }

func notes(fields []*field) []string {
	var out []string
	for _, f := range fields {
		if v := strings.Join(f.value, "\n"); !f.used && v != "" {
			out = append(out, f.key+": "+v)
		}
		f.used = true
	}
	return out
}
