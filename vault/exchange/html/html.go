// Package html writes START-HERE.html: the selection as one page that any
// browser opens from a disk. Its words and order are package sheet's; its look
// is assets/page.
//
// The laws of the page:
//
//   - It asks for nothing: no address in it leaves the file. Its policy
//     (Content-Security-Policy) allows nothing but its own style and script, by
//     their hashes, and pictures inside the page.
//   - Everything is in the page without the script, which adds search, the
//     values of charts and the form that answers alone.
//   - Text reaches it through html/template; formatted notes through a closed
//     list of elements besides.
package html

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// Format writes the page. It imports nothing.
var Format = exchange.Format{
	Name:       "html",
	Title:      "One page for any browser (HTML)",
	MediaTypes: []string{"text/html"},
	Extensions: []string{".html"},
	Export:     Export,
}

// page is what the template sees.
type page struct {
	*sheet.Sheet
	Whose      whose // for the form that answers
	Style      template.CSS
	StyleHash  string
	Script     template.JS
	ScriptHash string
}

// Export writes the page of a selection.
func Export(ctx context.Context, w io.Writer, sel exchange.Selection) error {
	return write(ctx, w, sheet.Of(sel), whoseOf(sel), newAlbum(sel))
}

func write(ctx context.Context, w io.Writer, s *sheet.Sheet, of whose, pictures *album) error {
	list := functions(newCleaner())
	list["pictures"] = func(n sheet.Note) []picture { return pictures.of(ctx, n) }
	list["scans"] = func(s sheet.Section) []scan { return pictures.scans(ctx, s.Studies) }
	t, err := template.New("page").Funcs(list).Parse(assets.PageTemplate)
	if err != nil {
		return fmt.Errorf("read the page's template: %w", err)
	}
	b := bufio.NewWriterSize(contextWriter{ctx, w}, bufferSize)
	if err := t.Execute(b, page{
		Sheet:     s,
		Whose:     of,
		Style:     template.CSS(assets.PageStyle), // our own files, and the policy's hashes are of these bytes
		Script:    template.JS(assets.PageScript),
		StyleHash: sourceHash(assets.PageStyle), ScriptHash: sourceHash(assets.PageScript),
	}); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return b.Flush()
}

const bufferSize = 64 << 10 // bytes

// sourceHash is a hash source of Content Security Policy Level 3
// (https://www.w3.org/TR/CSP3/#grammardef-hash-source).
func sourceHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// contextWriter stops writing when its context ends.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c contextWriter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}
