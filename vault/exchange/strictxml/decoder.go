package strictxml

import (
	"errors"
	"io"
	"strings"
)

// Kind tells tokens apart.
type Kind int

// The kinds of token.
const (
	Start Kind = iota // a start tag; an empty-element tag gives Start and End
	End
	Text // character data or a CDATA section; one run may come in several tokens
)

// Token is one piece of a document.
type Token struct {
	Kind        Kind
	Name        Name   // Start and End
	Attr        []Attr // Start
	Type        Name   // Start: the resolved xsi:type; zero without one
	Text        string // Text
	Offset, End int64  // bytes in the UTF-8 text, see Decoder.Transcoded
}

// Decoder reads tokens. It is not safe for concurrent use.
type Decoder struct {
	src  io.Reader
	win  string
	pos  int
	base int64  // offset of win[0] in the file
	buf  []byte // what is read into
	eof  bool
	size int64 // that the file says it has, 0 for unknown

	lines     int   // line feeds before base
	lineStart int64 // offset of the line that base is in

	lim        Limits
	stack      []frame
	bindings   []binding
	raw        []rawAttr
	slab       []Attr
	last       *sibling // of the start tag read last
	pendingEnd bool

	tree     *tree  // that is being put together; nil between two
	attrs    uint32 // of the start tag read last, in the tree
	count    int
	prefixed []Name // attributes with a prefix of one tag

	rootSeen    bool
	doctypeSeen bool
	transcoded  bool

	severalRoots    bool
	replaceControls bool
	replaced        int
}

// NewDecoder starts reading a document. The error tells of a character encoding
// that is not accepted.
func NewDecoder(r io.Reader, lim Limits) (*Decoder, error) {
	text, skipped, transcoded, err := utf8Text(r)
	if err != nil {
		return nil, err
	}
	return &Decoder{src: text, size: sized(r), base: int64(skipped), lineStart: int64(skipped), transcoded: transcoded, lim: lim.withDefaults()}, nil
}

// Transcoded says that the file is not UTF-8, so that offsets are not those of
// its bytes.
func (d *Decoder) Transcoded() bool { return d.transcoded }

// Next gives the next token. At the proper end of the document it gives io.EOF;
// a second root element, or text behind the root, is an [Error].
func (d *Decoder) Next() (Token, error) {
	for {
		tok, found, err := d.step()
		switch {
		case errors.Is(err, errMore):
			if err := d.fill(); err != nil {
				return Token{}, err
			}
		case err != nil:
			return Token{}, err
		case found:
			return tok, nil
		}
	}
}

// Recycle says that the Attr of no token read so far is looked at again: its
// memory is used for the next ones. The strings stay.
func (d *Decoder) Recycle() { d.slab = d.slab[:0] }

// step reads one token, or passes over something that is none.
func (d *Decoder) step() (tok Token, found bool, err error) {
	if d.pendingEnd {
		d.pendingEnd = false
		return d.pop(), true, nil
	}
	if d.pos >= len(d.win) {
		if !d.eof {
			return Token{}, false, errMore
		}
		return Token{}, false, d.end()
	}
	if d.win[d.pos] != '<' {
		tok, err = d.text()
		return tok, err == nil && len(d.stack) > 0, err
	}
	if d.pos+1 >= len(d.win) {
		return Token{}, false, errMore
	}
	switch d.win[d.pos+1] {
	case '/':
		tok, err = d.endTag()
		return tok, err == nil, err
	case '?':
		return Token{}, false, d.instruction()
	case '!':
		return d.declaration()
	}
	if d.rootSeen && len(d.stack) == 0 && !d.severalRoots {
		return Token{}, false, d.fail(d.pos, "a second root element: the file holds more than one document"+askAgain)
	}
	tok, err = d.startTag()
	return tok, err == nil, err
}

// end is what the end of the file means.
func (d *Decoder) end() error {
	if len(d.stack) > 0 || !d.rootSeen {
		return d.fail(len(d.win), "the file ends in the middle"+askAgain)
	}
	return io.EOF
}

// text reads character data up to the next tag.
func (d *Decoder) text() (Token, error) {
	n := strings.IndexByte(d.win[d.pos:], '<')
	if n < 0 {
		if !d.eof {
			if len(d.win)-d.pos > d.lim.Token && !isBase64(d.win[d.pos:]) {
				return Token{}, d.fail(d.pos, "one piece of the file is too large"+notSafe)
			}
			return Token{}, errMore
		}
		n = len(d.win) - d.pos
	}
	raw := d.win[d.pos : d.pos+n]
	if n > d.lim.Token && !isBase64(raw) {
		return Token{}, d.fail(d.pos, "one piece of the file is too large"+notSafe)
	}
	if len(d.stack) == 0 {
		if i := skipSpace(raw, 0); i < len(raw) {
			return Token{}, d.fail(d.pos+i, "text outside the document"+askAgain)
		}
	}
	s, err := d.clean(raw, d.pos, false)
	if err != nil {
		return Token{}, err
	}
	tok := Token{Kind: Text, Text: s, Offset: d.base + int64(d.pos), End: d.base + int64(d.pos+n)}
	d.pos += n
	return tok, nil
}

// declaration reads what starts with "<!".
func (d *Decoder) declaration() (tok Token, found bool, err error) {
	for _, x := range []struct {
		mark string
		read func() error
	}{{"<!--", d.comment}, {"<!DOCTYPE", d.doctype}} {
		is, err := d.ahead(x.mark)
		if err != nil {
			return Token{}, false, err
		}
		if is {
			return Token{}, false, x.read()
		}
	}
	is, err := d.ahead("<![CDATA[")
	switch {
	case err != nil:
		return Token{}, false, err
	case !is || len(d.stack) == 0:
		return Token{}, false, d.fail(d.pos, "a declaration that is not well-formed"+askAgain)
	}
	from := d.pos + len("<![CDATA[")
	raw, next, err := d.until(from, "]]>")
	if err != nil {
		return Token{}, false, err
	}
	if i := indexClass(raw, banned); i >= 0 {
		return Token{}, false, d.fail(from+i, "a control character that XML does not allow"+askAgain)
	}
	if i := badRune(raw); i >= 0 {
		return Token{}, false, d.fail(from+i, "a byte that is not valid in the file's character encoding"+askAgain)
	}
	if d.tree == nil {
		raw = lineEnds(raw)
	}
	tok = Token{Kind: Text, Text: raw, Offset: d.base + int64(d.pos), End: d.base + int64(next)}
	d.pos = next
	return tok, true, nil
}

func lineEnds(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func (d *Decoder) comment() error {
	text, next, err := d.until(d.pos+len("<!--"), "-->")
	if err != nil {
		return err
	}
	if strings.Contains(text, "--") || strings.HasSuffix(text, "-") {
		return d.fail(d.pos, "a comment that is not well-formed"+askAgain)
	}
	return d.passOver(text, d.pos+len("<!--"), next)
}

// passOver checks the characters of what is not looked at and goes on behind it.
func (d *Decoder) passOver(text string, at, next int) error {
	if i := indexClass(text, banned); i >= 0 {
		return d.fail(at+i, "a control character that XML does not allow"+askAgain)
	}
	if i := badRune(text); i >= 0 {
		return d.fail(at+i, "a byte that is not valid in the file's character encoding"+askAgain)
	}
	d.pos = next
	return nil
}

// instruction passes over "<?…?>": the declaration, whose encoding was seen
// already, and processing instructions, which are never carried out.
func (d *Decoder) instruction() error {
	from := d.pos + 2
	text, next, err := d.until(from, "?>")
	if err != nil {
		return err
	}
	n := nameLength(text)
	if n == 0 || n < len(text) && skipSpace(text, n) == n {
		return d.fail(d.pos, "a processing instruction that is not well-formed"+askAgain)
	}
	if strings.EqualFold(text[:n], "xml") {
		if d.base+int64(d.pos) > 3 || d.rootSeen || d.doctypeSeen {
			return d.fail(d.pos, "an XML declaration in the wrong place"+askAgain)
		}
		if v := version(text); v != "1.0" {
			return d.fail(d.pos, "a version of XML that is not accepted"+askAgain)
		}
	}
	return d.passOver(text, from, next)
}

// version is the version that an XML declaration states; "1.0" without one.
func version(declaration string) string {
	_, rest, found := strings.Cut(declaration, "version")
	if !found {
		return "1.0"
	}
	rest = strings.TrimLeft(strings.TrimLeft(rest, " \t\r\n="), " \t\r\n")
	if rest == "" {
		return ""
	}
	v, _, _ := strings.Cut(rest[1:], rest[:1])
	return v
}

// endTag reads "</name>".
func (d *Decoder) endTag() (Token, error) {
	i := d.pos + 2
	n := nameLength(d.win[i:])
	end := skipSpace(d.win, i+n)
	if end >= len(d.win) {
		return Token{}, d.tooLong(end)
	}
	if n == 0 || d.win[end] != '>' {
		return Token{}, d.fail(d.pos, "an end tag that is not well-formed"+askAgain)
	}
	if len(d.stack) == 0 || d.stack[len(d.stack)-1].raw != d.win[i:i+n] {
		return Token{}, d.fail(d.pos, "an end tag that closes no open element"+askAgain)
	}
	d.pos = end + 1
	return d.pop(), nil
}

// push opens an element.
func (d *Decoder) push(raw string, name Name, bindings int) {
	f := frame{raw: raw, name: name, index: 1, bindings: bindings, inner: len(d.bindings)}
	d.last = nil
	if n := len(d.stack); n > 0 {
		d.last = d.stack[n-1].children.next(name.Local)
		f.index = d.last.count
	}
	d.rootSeen = true
	if n := len(d.stack); n < cap(d.stack) {
		f.children = d.stack[:n+1][n].children // the memory of a closed element
		f.children.reset()
	}
	d.stack = append(d.stack, f)
}

// pop closes the innermost element.
func (d *Decoder) pop() Token {
	top := len(d.stack) - 1
	f := d.stack[top]
	d.bindings = d.bindings[:f.bindings]
	d.stack = d.stack[:top]
	at := d.base + int64(d.pos)
	return Token{Kind: End, Name: f.name, Offset: at, End: at}
}
