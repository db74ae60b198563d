package strictxml

import (
	"errors"
	"io"
	"strings"
)

// Document is a whole document as a tree.
type Document struct {
	Root *Element
	// Transcoded says that the file is not UTF-8, so that the offsets of
	// elements are not those of its bytes.
	Transcoded bool

	Further  []*Element // root elements behind Root, of [ParseLoose]
	Replaced int        // control characters that were replaced, of [ParseLoose]

	text string
	skip int64
}

// Position is line and column, from 1, of a byte offset, in characters.
func (d *Document) Position(offset int64) (line, column int) {
	at := int(min(max(offset-d.skip, 0), int64(len(d.text))))
	before := d.text[:at]
	return strings.Count(before, "\n") + 1, len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
}

// Parse reads a whole document, which must have one root element and nothing
// behind it. Strings of the tree share the document's memory.
func Parse(r io.Reader, lim Limits) (*Document, error) {
	d, err := NewDecoder(r, lim)
	if err != nil {
		return nil, err
	}
	return d.document()
}

// ParseLoose reads a whole document of a writer that is known to slip: there may
// be more root elements behind the first ([Document.Further]), and control
// characters are replaced as [Decoder.ReplaceControls] does. The caller says so
// to whoever reads the document.
func ParseLoose(r io.Reader, lim Limits) (*Document, error) {
	d, err := NewDecoder(r, lim)
	if err != nil {
		return nil, err
	}
	d.severalRoots = true
	d.ReplaceControls()
	doc, err := d.document()
	if err != nil {
		return nil, err
	}
	doc.Replaced = d.Replaced()
	doc.number()
	return doc, nil
}

// number tells root elements of one name apart, as siblings are.
func (d *Document) number() {
	first := map[string]*Element{d.Root.Local: d.Root}
	count := map[string]int32{d.Root.Local: 1}
	for _, e := range d.Further {
		count[e.Local]++
		e.Index = count[e.Local]
		if other := first[e.Local]; other != nil {
			other.many, e.many = true, true
		} else {
			first[e.Local] = e
		}
	}
}

func (d *Decoder) document() (*Document, error) {
	var err error
	if d.win, err = d.all(); err != nil {
		return nil, err
	}
	d.eof = true
	doc := &Document{Transcoded: d.transcoded, text: d.win, skip: d.base}
	tok, err := d.Next()
	if err != nil {
		return nil, ended(d, err)
	}
	shared := newTree(d.base)
	if doc.Root, err = d.element(tok, shared); err != nil {
		return nil, err
	}
	for {
		tok, err := d.Next()
		if errors.Is(err, io.EOF) {
			return doc, nil
		}
		if err != nil {
			return nil, err
		}
		if len(doc.Further) == furtherLimit {
			return nil, d.fail(d.pos, "the file holds too many documents"+notSafe)
		}
		e, err := d.element(tok, shared)
		if err != nil {
			return nil, err
		}
		doc.Further = append(doc.Further, e)
	}
}

// furtherLimit is how many root elements may follow the first.
const furtherLimit = 10_000

// ended turns an early end into an [Error].
func ended(d *Decoder, err error) error {
	if errors.Is(err, io.EOF) {
		return d.fail(len(d.win), "the file ends in the middle"+askAgain)
	}
	return err
}

// builder puts a tree together.
type builder struct {
	tree    *tree
	slab    []Element
	count   int
	open    *Element
	closed  *Element   // the last child closed in open, nil before the first
	closeds []*Element // closed of the ancestors
}

// Element builds the tree of the element whose start tag was read last, and
// reads on to its end tag.
func (d *Decoder) Element(start Token) (*Element, error) {
	return d.element(start, newTree(start.Offset))
}

func (d *Decoder) element(start Token, t *tree) (*Element, error) {
	if start.Kind != Start || start.End != d.base+int64(d.pos) || start.Offset < d.base {
		return nil, errors.New("strictxml: Element wants the start tag that was read last")
	}
	t.controls = d.replaceControls
	d.tree = t
	defer func() { d.tree = nil }()
	if _, _, err := d.resolveAttributes(); err != nil {
		return nil, err
	}
	b := &builder{tree: t}
	root := b.start(d, start, nil)
	root.flags |= alone
	for b.open != nil {
		tok, err := d.Next()
		if err != nil {
			return nil, ended(d, err)
		}
		switch tok.Kind {
		case End:
			b.end(tok)
		case Start:
			if b.count >= d.lim.Elements {
				return nil, d.fail(d.pos, "the document has too many elements"+notSafe)
			}
			b.start(d, tok, d.last)
		}
	}
	t.text = d.win[t.base-d.base : d.pos]
	return root, nil
}

func (b *builder) start(d *Decoder, tok Token, s *sibling) *Element {
	const fewest, most = 8, 1024 // elements asked for at once: trees of one record are small
	if len(b.slab) == cap(b.slab) {
		b.slab = make([]Element, 0, min(max(2*cap(b.slab), fewest), most))
	}
	b.slab = append(b.slab, Element{
		label: b.tree.label(tok.Name), Start: tok.Offset, Parent: b.open, Index: 1,
		open: uint32(tok.End - tok.Offset), attrs: d.attrs, count: uint16(d.count),
	})
	e := &b.slab[len(b.slab)-1]
	b.count++
	if tok.Type != (Name{}) {
		e.flags |= typed
		b.tree.put(attr{name: b.tree.id(tok.Type)})
	}
	if d.pendingEnd {
		e.flags |= empty
	}
	if b.open != nil {
		if b.closed != nil {
			b.closed.Next = e
		} else {
			b.open.First = e
		}
		b.closeds = append(b.closeds, b.closed)
	}
	if s != nil {
		e.Index = int32(min(s.count, 1<<31-1))
		if s.count == 1 {
			s.first = e
		} else {
			e.many = true
			if s.first != nil {
				s.first.many = true
			}
		}
	}
	b.open, b.closed = e, nil
	return e
}

func (b *builder) end(tok Token) {
	e := b.open
	e.End = tok.End
	b.open = e.Parent
	if n := len(b.closeds); n > 0 {
		b.closed, b.closeds = e, b.closeds[:n-1]
	}
}
