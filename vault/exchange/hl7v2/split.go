package hl7v2

import (
	"bytes"
	"fmt"
)

// file is what one file holds.
type file struct {
	bytes     []byte
	moved     bool // bytes are not those of the original: spans would lie
	messages  []rawMessage
	envelope  []rawSegment // FHS, BHS, BTS, FTS
	enveloped bool
	stray     []rawSegment // segments outside any message
	unclosed  bool         // an MLLP frame has no end
}

// rawMessage is the segments from one MSH to the next.
type rawMessage struct {
	segments []rawSegment
}

// rawSegment is the range of a segment's bytes, without what ends it.
type rawSegment struct {
	start, end int
	broken     bool // further lines were joined to it
	ordinal    int  // among the segments of its name in the message, from 1
}

// split parts the file into messages and segments. Segments end with CR by the
// standard; LF and CRLF are met everywhere. The bytes of an MLLP frame (0x0B,
// 0x1C) never occur in text, so they part lines too.
func (f *file) split() error {
	b := f.bytes
	at := 0
	if bytes.HasPrefix(b, []byte(utf8Mark)) {
		at = len(utf8Mark)
	}
	segments := 0
	open := false
	for at < len(b) {
		end := at
		for end < len(b) && !endsLine(b[end]) {
			end++
		}
		if end > at && f.line(at, end) {
			if segments++; segments > segmentLimit {
				return fmt.Errorf("more than %d segments; ask the sender for the messages in several files", segmentLimit)
			}
		}
		if end < len(b) {
			switch b[end] {
			case '\v':
				open = true
			case 0x1c:
				open = false
			}
		}
		at = end + 1
	}
	f.unclosed = open
	return nil
}

func endsLine(c byte) bool { return c == '\r' || c == '\n' || c == '\v' || c == 0x1c }

// line takes one line and says whether it begins a segment.
func (f *file) line(start, end int) bool {
	for start < end && (f.bytes[start] == ' ' || f.bytes[start] == '\t') && f.opens(f.bytes[start+1:end]) {
		start++ // an indented segment
	}
	line := f.bytes[start:end]
	s := rawSegment{start: start, end: end}
	switch {
	case len(line) > 3 && string(line[:3]) == "MSH" && canPart(line[3]):
		f.messages = append(f.messages, rawMessage{segments: []rawSegment{s}})
	case isEnvelope(line):
		f.envelope, f.enveloped = append(f.envelope, s), true
	case len(f.messages) == 0 || len(f.envelope) > 0 && f.envelope[len(f.envelope)-1].start > f.messages[len(f.messages)-1].segments[0].start:
		if len(bytes.TrimSpace(line)) == 0 {
			return false
		}
		f.stray = append(f.stray, s)
	default:
		m := &f.messages[len(f.messages)-1]
		if f.begins(line, f.bytes[m.segments[0].start+3]) {
			m.segments = append(m.segments, s)
			return true
		}
		if len(bytes.TrimSpace(line)) > 0 {
			last := &m.segments[len(m.segments)-1]
			last.end, last.broken = end, true
		}
		return false
	}
	return true
}

// opens says whether what follows an indentation begins a segment.
func (f *file) opens(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) > 3 && isName(line) && canPart(line[3]) && !alphanumeric(line[3])
}

// begins says whether a line of a message begins a segment: a name, and then
// the field separator or nothing.
func (f *file) begins(line []byte, separator byte) bool {
	if !isName(line) {
		return false
	}
	return len(line) > 3 && line[3] == separator || len(line) == 3 && known(string(line))
}

// isName looks for a segment's name: three capital letters or digits, the first
// a letter.
func isName(line []byte) bool {
	if len(line) < 3 || line[0] < 'A' || line[0] > 'Z' {
		return false
	}
	for _, c := range line[1:3] {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func isEnvelope(line []byte) bool {
	if len(line) < 3 || len(line) > 3 && !canPart(line[3]) {
		return false
	}
	switch string(line[:3]) {
	case "FHS", "BHS", "BTS", "FTS":
		return true
	}
	return false
}
