package office

import (
	"io"
	"path"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// officeOpen reads a package of ECMA-376: the main part that its relationships
// name, and the parts around it that hold words.
func (p *pack) officeOpen() error {
	main := ""
	for _, r := range p.relations("_rels/.rels") {
		if r.is("officeDocument") && p.parts[r.target] {
			main = r.target
		}
	}
	if main == "" {
		for _, usual := range usualParts {
			if p.parts[usual] {
				main = usual
			}
		}
	}
	if main == "" {
		return exchange.ErrNotThisFormat
	}
	folder := path.Dir(main)
	p.about("docProps/core.xml")
	switch {
	case strings.HasPrefix(path.Base(main), "presentation"):
		p.result.Kind = "slides"
		p.each(append(p.inFolder(folder+"/slides", "slide"), p.inFolder(folder+"/notesSlides", "notesSlide")...)...)
	case strings.HasPrefix(path.Base(main), "workbook"):
		p.result.Kind = "sheet"
		p.each(append([]string{folder + "/sharedStrings.xml"}, p.inFolder(folder+"/worksheets", "")...)...)
		p.each(p.inFolder(folder, "comments")...)
	default:
		p.result.Kind = "word"
		p.each(p.inFolder(folder, "header")...)
		p.each(main)
		for _, name := range []string{"footnotes", "endnotes", "footer", "comments"} {
			p.each(p.inFolder(folder, name)...)
		}
	}
	p.dangers()
	return nil
}

func (p *pack) each(names ...string) {
	for _, name := range names {
		p.part(name, func(r io.Reader) error {
			w := walker{out: &p.prose}
			err := w.walk(r)
			p.result.Deleted = p.result.Deleted || w.deleted
			return err
		})
	}
}

// dangers finds what the file could do when it is opened elsewhere.
func (p *pack) dangers() {
	for _, n := range p.names {
		base := path.Base(n)
		switch {
		case strings.EqualFold(base, "vbaProject.bin"):
			p.result.Macros = true
		case strings.Contains(n, "/embeddings/") || strings.Contains(n, "/activeX/") && strings.HasSuffix(n, ".bin"):
			p.result.Files++
		case strings.HasSuffix(n, ".rels"):
			for _, r := range p.relations(n) {
				p.result.Fetches = p.result.Fetches || r.external && !r.is("hyperlink")
				p.result.Broken = p.result.Broken || r.is("aFChunk") // text in another format
			}
		}
	}
}

// about reads what the file says of itself: title and day (ECMA-376 part 2,
// clause 11; OpenDocument part 3, 4.3).
func (p *pack) about(name string) {
	if !p.parts[name] {
		return
	}
	f, err := p.open(name)
	if err != nil {
		return
	}
	defer f.Close()
	doc, err := strictxml.Parse(f, strictxml.Limits{Size: 4 << 20})
	if err != nil {
		return
	}
	var look func(*strictxml.Element, int)
	look = func(e *strictxml.Element, depth int) {
		for c := range e.Children() {
			switch c.Local {
			case "title":
				p.result.Title = short(c.Content())
			case "created", "creation-date":
				if s := strings.TrimSpace(c.Content()); len(s) >= len("2006-01-02") {
					p.result.Made = s[:len("2006-01-02")]
				}
			case "meta":
				if depth == 0 {
					look(c, 1)
				}
			}
		}
	}
	look(doc.Root, 0)
}

// relation points from one part to another (ECMA-376 part 2, clause 8).
type relation struct {
	kind, target string
	external     bool
}

// is compares the last part of the type: the address before it differs between
// the transitional and the strict form.
func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/"+kind) }

// relations reads a part of relationships.
func (p *pack) relations(name string) []relation {
	if !p.parts[name] {
		return nil
	}
	f, err := p.open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	doc, err := strictxml.Parse(f, strictxml.Limits{Size: 4 << 20})
	if err != nil {
		p.result.Broken = true
		return nil
	}
	var all []relation
	for e := range doc.Root.Children() {
		target := e.Get("Target")
		if abs, ok := strings.CutPrefix(target, "/"); ok {
			target = abs
		} else {
			target = path.Join(path.Dir(path.Dir(name)), target)
		}
		all = append(all, relation{e.Get("Type"), target, e.Get("TargetMode") == "External"})
	}
	return all
}
