package office

import (
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

const (
	stylesMost = 20_000 // styles that are remembered of one file
	spacesMost = 100    // that one element may stand for
)

// openDocument reads a package of OpenDocument: the text of content.xml, and
// that of the headers and footers in styles.xml.
func (p *pack) openDocument() error {
	kind, err := p.mimetype()
	if err != nil {
		return err
	}
	p.result.Kind = kind
	p.about("meta.xml")
	if p.locked() {
		p.result.Locked = true
		return nil
	}
	if !p.parts["content.xml"] {
		return exchange.ErrNotThisFormat
	}
	p.part("content.xml", p.odf)
	p.part("styles.xml", p.odf)
	for _, n := range p.names {
		switch dir, _, _ := strings.Cut(n, "/"); {
		case dir == "Basic" || dir == "Scripts":
			p.result.Macros = p.result.Macros || strings.HasSuffix(n, ".xml") && !strings.HasSuffix(n, "-lc.xml") || dir == "Scripts"
		case path.Base(n) == "content.xml" && n != "content.xml", strings.HasPrefix(path.Base(n), "Object ") && !strings.HasSuffix(n, ".xml"):
			p.result.Files++
		}
	}
	return nil
}

// mimetype tells the kind (OpenDocument part 2, 3.3). It should be there, and is
// not always: a text then, as most are.
func (p *pack) mimetype() (string, error) {
	if !p.parts["mimetype"] {
		return "odt", nil
	}
	f, err := p.open("mimetype")
	if err != nil {
		return "", exchange.ErrNotThisFormat
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 200))
	if err != nil {
		return "", exchange.ErrNotThisFormat
	}
	s := strings.TrimSuffix(strings.TrimSpace(string(b)), "-template")
	for _, k := range []string{"odt", "ods", "odp"} {
		if s == kinds[k].mediaType {
			return k, nil
		}
	}
	return "", exchange.ErrNotThisFormat
}

// locked says whether the parts are encrypted (part 2, 4.3).
func (p *pack) locked() bool {
	if !p.parts["META-INF/manifest.xml"] {
		return false
	}
	f, err := p.open("META-INF/manifest.xml")
	if err != nil {
		return false
	}
	defer f.Close()
	d, err := strictxml.NewDecoder(f, strictxml.Limits{})
	for err == nil {
		var t strictxml.Token
		if t, err = d.Next(); t.Name.Local == "encryption-data" || t.Name.Local == "encrypted-key" {
			return true
		}
	}
	return false
}

// odf takes the words out of a part.
func (p *pack) odf(r io.Reader) error {
	d, err := strictxml.NewDecoder(r, strictxml.Limits{})
	if err != nil {
		return err
	}
	w := odfWalker{out: &p.prose, result: &p.result, styles: map[string]look{}}
	for !p.prose.full() {
		t, err := d.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case w.skipped > 0:
			w.skipped += step(t.Kind)
		case t.Kind == strictxml.Start:
			w.start(t)
		case t.Kind == strictxml.End:
			w.end(t.Name.Local)
		case len(w.looks) > 0:
			w.out.words(t.Text, w.looks[len(w.looks)-1])
		}
	}
	return nil
}

// odfWalker follows one part.
type odfWalker struct {
	out     *prose
	result  *result
	styles  map[string]look // by name
	style   string          // that is being defined
	looks   []look          // of the open paragraphs and spans
	skipped int
	cells   int
}

func (w *odfWalker) start(t strictxml.Token) {
	switch local := t.Name.Local; local {
	case "tracked-changes":
		w.skipped, w.result.Deleted = 1, true
	case "style":
		w.style = attribute(t, "family") + " " + attribute(t, "name")
	case "text-properties":
		w.define(t)
	case "p", "h", "span":
		w.open(t)
	case "s":
		n, err := strconv.Atoi(attribute(t, "c"))
		if err != nil {
			n = 1
		}
		w.inline(strings.Repeat(" ", min(max(n, 1), spacesMost)))
	case "tab":
		w.inline("\t")
	case "line-break":
		w.inline(" ")
	case "table-cell", "covered-table-cell":
		w.cells++
	}
}

// define remembers what the look of a style says (OpenDocument part 3, 20.337
// and 20.391).
func (w *odfWalker) define(t strictxml.Token) {
	if len(w.styles) >= stylesMost || w.style == "" {
		return
	}
	var l look
	position, _, _ := strings.Cut(attribute(t, "text-position"), " ")
	percent, err := strconv.ParseFloat(strings.TrimSuffix(position, "%"), 32)
	l.raised = position == "super" || err == nil && percent > 0
	through := attribute(t, "text-line-through-style")
	l.struck = through != "" && through != "none" || attribute(t, "text-line-through-type") == "single"
	l.hidden = attribute(t, "display") == "none"
	w.styles[w.style] = l
}

func (w *odfWalker) open(t strictxml.Token) {
	family := "paragraph "
	l := look{}
	if t.Name.Local == "span" {
		family = "text "
		if n := len(w.looks); n > 0 {
			l = w.looks[n-1]
		}
	}
	s := w.styles[family+attribute(t, "style-name")]
	w.looks = append(w.looks, look{l.raised || s.raised, l.struck || s.struck, l.hidden || s.hidden})
}

func (w *odfWalker) inline(s string) {
	if n := len(w.looks); n > 0 {
		w.out.words(s, w.looks[n-1])
	}
}

func (w *odfWalker) end(local string) {
	switch local {
	case "style":
		w.style = ""
	case "p", "h", "span":
		w.looks = w.looks[:max(0, len(w.looks)-1)]
		switch {
		case local == "span":
		case w.cells > 0:
			w.out.words(" ", look{})
		default:
			w.out.line()
		}
	case "table-cell", "covered-table-cell":
		w.cells = max(0, w.cells-1)
		w.out.cell()
	case "table-row":
		w.out.line()
	}
}
