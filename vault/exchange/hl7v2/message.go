package hl7v2

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// message is one message, taken apart.
type message struct {
	number     int // in the file, from 1
	segments   []*segment
	ordinals   map[string]int // how often each segment's name occurs
	delimiters delimiters
	charset    charset
	text       string // the whole message, where it needs no decoding
	start      int    // where it begins in the file

	kind, event string // MSH-9: "ORU", "R01"
	id          string // tells this message from others: MSH-10 and MSH-7
	sender      string // MSH-4, else MSH-3, for people
	facility    string // the sender as a part of a namespace
	version     string // MSH-7
	test        string // MSH-11 where the message is none of production

	sink    exchange.Sink
	dates   map[string]record.Date // what was read before: senders repeat themselves
	systems map[string]string
	names   map[string]string
	remarks map[remarked]bool
}

// parse takes a raw message apart. The error names the place.
func (r *reader) parse(number int, raw rawMessage) (*message, error) {
	head := raw.segments[0]
	content := r.file.bytes[head.start:raw.segments[len(raw.segments)-1].end]
	m := &message{number: number, sink: r.sink, ordinals: map[string]int{}, dates: map[string]record.Date{}, systems: map[string]string{}, names: map[string]string{}}
	place := fmt.Sprintf("message %d, ", number)
	var err error
	if m.delimiters, err = readDelimiters(r.file.bytes[head.start:head.end]); err != nil {
		return nil, fmt.Errorf("%s%w", place, err)
	}
	if m.charset, err = charsetOf(r.charsetName(head, m.delimiters), content); err != nil {
		return nil, fmt.Errorf("%sMSH-18: %w", place, err)
	}
	if m.start = head.start; m.charset.plain {
		m.text = string(content)
	}
	m.segments = make([]*segment, 0, len(raw.segments))
	list := make([]segment, len(raw.segments))
	pool := make([]string, 0, bytes.Count(content, []byte{m.delimiters.field})+2*len(raw.segments)+2)
	for n, at := range raw.segments {
		s := &list[n]
		if pool, err = r.fields(m, s, at, pool); err != nil {
			return nil, err
		}
		m.segments = append(m.segments, s)
	}
	m.header(m.segments[0])
	return m, nil
}

// charsetName is the first repetition of MSH-18.
func (r *reader) charsetName(head rawSegment, d delimiters) string {
	fields := bytes.Split(r.file.bytes[head.start:head.end], []byte{d.field})
	if len(fields) < 18 {
		return ""
	}
	name, _, _ := bytes.Cut(fields[17], []byte{d.repetition})
	return strings.TrimSpace(string(name))
}

// textOf is a segment's text. One that needs no decoding is a part of the
// message's, without a copy of its own.
func (m *message) textOf(raw []byte, at rawSegment) string {
	text := ""
	if m.charset.plain {
		text = m.text[at.start-m.start : at.end-m.start]
	} else {
		text = m.charset.text(raw)
	}
	if at.broken {
		return newlines(text)
	}
	return text
}

// fields parts a segment into its fields.
func (r *reader) fields(m *message, s *segment, at rawSegment, pool []string) ([]string, error) {
	raw := r.file.bytes[at.start:at.end]
	name := string(raw[:min(3, len(raw))])
	m.ordinals[name]++
	at.ordinal = m.ordinals[name]
	s.name, s.m, s.raw = name, m, at
	text := m.textOf(raw, at)
	from := len(pool)
	pool = append(pool, name)
	if isHeader([]byte(name)) {
		pool = append(pool, string(m.delimiters.field))
	}
	for rest := text[3:]; rest != ""; {
		rest = rest[1:]
		i := strings.IndexByte(rest, m.delimiters.field)
		if i < 0 {
			i = len(rest)
		}
		pool = append(pool, rest[:i])
		rest = rest[i:]
	}
	s.fields = pool[from:len(pool):len(pool)]
	if r.fieldCount += len(s.fields); r.fieldCount > fieldLimit {
		return nil, errFields
	}
	return pool, m.checkParts(s)
}

var errFields = fmt.Errorf("more than %d fields; ask the sender for the messages in several files", fieldLimit)

var errParts = errors.New("has more parts than any message needs; the message is damaged or made to harm")

// checkParts refuses a field of absurdly many parts.
func (m *message) checkParts(s *segment) error {
	for n, f := range s.fields {
		if len(f) <= componentLimit {
			continue
		}
		d, parts := &m.delimiters, 0
		for i := 0; i < len(f); i++ {
			if c := f[i]; c == d.component || c == d.repetition || c == d.sub {
				parts++
			}
		}
		if parts > componentLimit {
			return fmt.Errorf("message %d, %s[%d]-%d: %w (limit: %d)", m.number, s.name, s.raw.ordinal, n, errParts, componentLimit)
		}
	}
	return nil
}

// header reads MSH.
func (m *message) header(msh *segment) {
	m.kind, m.event = msh.field(9).comp(1).String(), msh.field(9).comp(2).String()
	app, facility := msh.field(3), msh.field(4)
	m.sender = entity(facility)
	if m.sender == "" {
		m.sender = entity(app)
	}
	m.facility = m.sender
	if d := msh.moment(7); d != "" {
		m.version = string(d)
	}
	m.id = msh.field(10).String() + "@" + msh.field(7).String()
	if p := msh.field(11).comp(1).String(); p != "P" {
		m.test = p
	}
}

// entity is the name of an HD: its namespace, else its universal identifier.
func entity(f field) string {
	if name := f.comp(1).String(); name != "" {
		return name
	}
	return f.comp(2).String()
}

// remark tells something about a place that is no item of its own.
func (m *message) remark(place, text string) {
	m.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: place, Text: text}})
}
