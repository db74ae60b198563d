package office

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// look is what the look of words says about them.
type look struct{ raised, struck, hidden bool }

// prose makes running text of what a file holds.
type prose struct {
	b       strings.Builder
	now     look
	struck  bool // ever
	hidden  bool
	strange bool
}

// full says that more would not be kept.
func (p *prose) full() bool { return p.b.Len() >= textLimit }

// words adds text with its look.
func (p *prose) words(s string, l look) {
	if s == "" || p.full() {
		return
	}
	p.turn(l, s)
	if visible := strings.TrimSpace(s) != ""; visible {
		p.struck = p.struck || l.struck
		p.hidden = p.hidden || l.hidden
	}
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r':
			r = ' '
		case r == utf8.RuneError:
			p.strange = true
		case unicode.IsControl(r) && r != '\t':
			continue
		}
		p.b.WriteRune(r)
	}
}

// turn marks where the look changes, before the next words.
func (p *prose) turn(l look, next string) {
	if p.now.struck != l.struck {
		p.b.WriteString("~~")
	}
	if l.raised && !p.now.raised && isPower(next) {
		r, _ := utf8.DecodeLastRuneInString(p.b.String())
		if unicode.IsDigit(r) || unicode.IsLetter(r) {
			p.b.WriteByte('^')
		}
	}
	p.now = l
}

// isPower says whether raised words would be read as part of the number or unit
// before them: a figure or a sign, not the st of 1st.
func isPower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= '0' && r <= '9' || r == '+' || r == '-' || r == '−' || r == '–'
}

// cell ends a cell of a table.
func (p *prose) cell() { p.turn(look{}, ""); p.b.WriteByte('\t') }

// line ends a line; there are no empty ones.
func (p *prose) line() {
	p.turn(look{}, "")
	if s := p.b.String(); s != "" && s[len(s)-1] != '\n' {
		p.b.WriteByte('\n')
	}
}

// into puts the text into a result.
func (p *prose) into(r *result) {
	p.turn(look{}, "")
	text := p.b.String()
	if len(text) > textLimit {
		text = strings.ToValidUTF8(text[:textLimit], "")
	}
	r.Cut = r.Cut || p.full()
	r.Text, r.Struck, r.Hidden, r.Strange = text, p.struck, p.hidden, p.strange
}

// short bounds a title.
func short(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, string(utf8.RuneError))), " ")
	if len(s) > titleLimit {
		s = strings.ToValidUTF8(s[:titleLimit], "")
	}
	return s
}
