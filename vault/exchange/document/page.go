package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/carnet-phr/carnet/vault/exchange"
)

const (
	pageLimit = 64 << 20 // bytes of one page
	pageWords = 200      // bytes of text below which a page holds no record
)

var errPage = errors.New("this is a web page, not a record: sign in to the portal and download the record itself")

func identifyPage(h exchange.Head) exchange.Match {
	b := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(h.Bytes[:min(len(h.Bytes), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n"))
	for bytes.HasPrefix(b, []byte("<!--")) {
		_, rest, ok := bytes.Cut(b, []byte("-->"))
		if !ok {
			return exchange.No
		}
		b = bytes.TrimLeft(rest, " \t\r\n")
	}
	if bytes.HasPrefix(b, []byte("<?xml")) {
		if _, rest, ok := bytes.Cut(b, []byte("?>")); ok {
			b = bytes.TrimLeft(rest, " \t\r\n")
		}
	}
	if bytes.HasPrefix(b, []byte("<!doctype html")) || bytes.HasPrefix(b, []byte("<html")) {
		return exchange.Maybe
	}
	return exchange.No
}

// importPage keeps a page that holds text; one that asks for a password, or
// says next to nothing, is what a portal shows in place of the record.
func importPage(_ context.Context, src exchange.Source, sink exchange.Sink) error {
	b, err := src.ReadAll(pageLimit)
	if err != nil {
		return err
	}
	p := page{z: html.NewTokenizer(bytes.NewReader(b))}
	p.z.SetMaxBuf(pageLimit)
	for p.next() {
	}
	if err := p.z.Err(); err != nil && !errors.Is(err, io.EOF) {
		return errors.New("this web page cannot be read")
	}
	if p.login || p.text.b.Len() < pageWords {
		return errPage
	}
	return keep(src, sink, whole{mediaType: "text/plain", title: strings.TrimSpace(p.title.b.String()), text: p.text.b.String()})
}

// page gathers the words of a web page.
type page struct {
	z           *html.Tokenizer
	text, title tidy
	hidden      int // open elements whose content is no text
	inTitle     bool
	login       bool // it asks for a password
}

func (p *page) next() bool {
	switch kind := p.z.Next(); kind {
	case html.ErrorToken:
		return false
	case html.TextToken:
		switch {
		case p.inTitle:
			p.title.words(string(p.z.Text()))
		case p.hidden == 0 && !p.text.full():
			p.text.inline(string(p.z.Text()))
		}
	case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		p.tag(kind)
	}
	return true
}

func (p *page) tag(kind html.TokenType) {
	token := p.z.Token()
	step := map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
	switch token.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript:
		p.hidden = max(0, p.hidden+step)
	case atom.Title:
		p.inTitle = step > 0
	case atom.Sup:
		if step > 0 {
			p.text.raised()
		}
	case atom.Td, atom.Th:
		if step > 0 {
			p.text.inline(" ")
		}
	case atom.Input:
		for _, a := range token.Attr {
			p.login = p.login || a.Key == "type" && strings.EqualFold(a.Val, "password")
		}
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.Table, atom.Section:
		p.text.line()
	}
}
