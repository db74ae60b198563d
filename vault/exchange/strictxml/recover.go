package strictxml

import (
	"errors"
	"strings"
)

// ReplaceControls makes d put U+FFFD in the place of control characters that XML
// does not allow, and count them, instead of refusing the document. NUL is
// refused all the same. It is for writers that are known to let them slip
// (Apple's exports of 2022 hold U+000B in attributes), and must be called before
// the first [Decoder.Next].
func (d *Decoder) ReplaceControls() { d.replaceControls = true }

// Replaced is how many control characters were replaced so far.
func (d *Decoder) Replaced() int { return d.replaced }

// SkipTag passes over the start tag that [Decoder.Next] just refused with an
// [Error] whose Tag is set. It gives the tag without its attributes; the
// element's content and end follow as usual. The tag ends at the first ">" that
// only white space parts from the next "<": quotation marks tell nothing in a
// tag that is not well-formed.
func (d *Decoder) SkipTag() (Token, error) {
	for {
		tok, err := d.skipTag()
		if !errors.Is(err, errMore) {
			return tok, err
		}
		if err := d.fill(); err != nil {
			return Token{}, err
		}
	}
}

func (d *Decoder) skipTag() (Token, error) {
	if !strings.HasPrefix(d.win[d.pos:], "<") {
		return Token{}, d.fail(d.pos, "no tag to pass over"+askAgain)
	}
	at := d.pos + 1
	n := nameLength(d.win[at:])
	if n == 0 || len(d.stack) >= d.lim.Depth {
		return Token{}, d.fail(d.pos, `a "<" that starts no tag`+askAgain)
	}
	end, err := d.looseEnd(at + n)
	if err != nil {
		return Token{}, err
	}
	if len(d.stack) > 0 {
		d.bindings = d.bindings[:d.stack[len(d.stack)-1].inner]
	} else {
		d.bindings = d.bindings[:0]
	}
	raw := d.win[at : at+n]
	name, err := d.elementName(raw)
	if err != nil {
		return Token{}, err
	}
	tok := Token{Kind: Start, Name: name, Offset: d.base + int64(d.pos), End: d.base + int64(end)}
	d.raw = d.raw[:0]
	d.push(raw, name, len(d.bindings))
	d.pendingEnd = d.win[end-2] == '/'
	d.pos = end
	return tok, nil
}

// looseEnd is the offset behind the ">" that ends a tag which is not
// well-formed.
func (d *Decoder) looseEnd(i int) (int, error) {
	for {
		n := strings.IndexByte(d.win[i:], '>')
		if n < 0 {
			return 0, d.tooLong(len(d.win))
		}
		i += n + 1
		next := skipSpace(d.win, i)
		switch {
		case next >= len(d.win) && !d.eof:
			return 0, d.tooLong(next)
		case next >= len(d.win), d.win[next] == '<':
			return i, nil
		}
	}
}

// failTag is fail for a fault inside one start tag, which SkipTag can pass over.
func (d *Decoder) failTag(at int, what string) error {
	err := d.fail(at, what)
	var e *Error
	if errors.As(err, &e) {
		e.Tag = true
	}
	return err
}

// withoutControls replaces the control characters of s; ok is false when NUL is
// among them, or replacing was not asked for.
func (d *Decoder) withoutControls(s string) (clean string, ok bool) {
	if !d.replaceControls || strings.IndexByte(s, 0) >= 0 {
		return "", false
	}
	clean, n := replaceControls(s)
	d.replaced += n
	return clean, true
}

func replaceControls(s string) (clean string, replaced int) {
	if indexClass(s, banned) < 0 {
		return s, 0
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if byteClass[s[i]] == banned {
			replaced++
			b.WriteString("\uFFFD")
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String(), replaced
}
