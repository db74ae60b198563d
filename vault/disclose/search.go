package disclose

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"regexp"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// searching looks for what is held back, in a file as it stands and in what our
// own importer makes of it: the words of a PDF, of a letter in base64, of an
// archive in an archive.
type searching struct {
	secrets  exchange.Secrets
	formats  []exchange.Format
	children exchange.Children
}

// file says whether a file tells of what is held back.
func (s searching) file(ctx context.Context, at fs.FS, name string) (bool, error) {
	if s.secrets.In(name) {
		return true, nil
	}
	found, err := s.plain(ctx, at, name)
	if found || err != nil {
		return found, err
	}
	return s.imported(ctx, at, name, 0)
}

// A file is searched in windows that overlap by more than any secret has, with
// marks between its words.
const (
	window  = 1 << 20
	overlap = 8 << 10
)

// plain searches the file's own bytes, as the texts that they may be.
func (s searching) plain(ctx context.Context, at fs.FS, name string) (bool, error) {
	f, err := at.Open(name)
	if err != nil {
		return false, fmt.Errorf("search %s: %w", name, cause(err))
	}
	defer f.Close()
	b := make([]byte, 0, window+overlap)
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n, err := io.ReadFull(f, b[len(b):window+overlap])
		b = b[:len(b)+n]
		for text := range texts(b) {
			if s.secrets.In(text) {
				return true, nil
			}
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return false, nil
		case err != nil:
			return false, fmt.Errorf("search %s: %w", name, cause(err))
		}
		b = append(b[:0], b[len(b)-overlap:]...)
	}
}

var (
	tags    = regexp.MustCompile(`<[^<>]{0,1000}>`)
	escapes = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\[nrt"/\\]`)
)

// texts are what bytes may say: as UTF-8 or Latin-1, with what HTML, XML and JSON
// write otherwise, and as UTF-16 where every other byte is zero.
func texts(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		text := utf8Of(b)
		if !yield(text) {
			return
		}
		if bytes.IndexByte(b, '&') >= 0 || bytes.IndexByte(b, '<') >= 0 {
			if t := html.UnescapeString(text); t != text && !yield(t) {
				return
			}
			if !yield(html.UnescapeString(tags.ReplaceAllString(text, ""))) {
				return
			}
		}
		if bytes.IndexByte(b, '\\') >= 0 && !yield(escapes.ReplaceAllStringFunc(text, unescaped)) {
			return
		}
		for _, swap := range []bool{false, true} {
			if t, ok := utf16Of(b, swap); ok && !yield(t) {
				return
			}
		}
	}
}

// unescaped is one escape of JSON.
func unescaped(s string) string {
	if len(s) == 6 {
		var n uint16
		if _, err := fmt.Sscanf(s[2:], "%04x", &n); err == nil {
			return string(rune(n))
		}
	}
	return " "
}

// utf8Of is text as UTF-8, else as Latin-1.
func utf8Of(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]rune, 0, len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = rune(b[0])
		}
		out = append(out, r)
		b = b[n:]
	}
	return string(out)
}

// utf16Of is text as UTF-16, where it may be.
func utf16Of(b []byte, bigEndian bool) (string, bool) {
	zero := 1
	if bigEndian {
		zero = 0
	}
	zeros := 0
	for i := zero; i < len(b); i += 2 {
		if b[i] == 0 {
			zeros++
		}
	}
	if len(b) < 8 || zeros*4 < len(b)/2 {
		return "", false
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		if bigEndian {
			units[i] = units[i]<<8 | units[i]>>8
		}
	}
	return string(utf16.Decode(units)), true
}

// deepest is how far archives in archives are opened.
const deepest = 4

// imported searches what our own importer reads in a file.
func (s searching) imported(ctx context.Context, at fs.FS, name string, depth int) (bool, error) {
	empty := &emptyVault{}
	b, err := exchange.Import(ctx, empty, s.formats, []exchange.Source{{Name: name, FS: at, Path: name}}, exchange.Options{Person: exchange.NewPerson, Children: s.children})
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil || b.Empty() || b.Held() {
		return false, nil //nolint:nilerr // what no importer reads was searched as it stands
	}
	if _, err := b.Commit(ctx); err != nil {
		return false, fmt.Errorf("read %s again: %w", name, err)
	}
	for _, r := range empty.read {
		if s.secrets.In(exchange.Words(r)) {
			return true, nil
		}
	}
	for _, o := range empty.files {
		found, err := s.carried(ctx, o, depth)
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// carriedLimit is how much of a file inside a file is searched as it stands.
const carriedLimit = 64 << 20

// carried searches a file that a file carries. An import opens one archive, and
// keeps those in it as they are; here they are opened too.
func (s searching) carried(ctx context.Context, o record.Incoming, depth int) (bool, error) {
	r, err := o.Open()
	if err != nil {
		return false, nil //nolint:nilerr // its container is the file that was searched
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, carriedLimit))
	if err != nil {
		return false, nil //nolint:nilerr // the same
	}
	for text := range texts(b) {
		if s.secrets.In(text) {
			return true, nil
		}
	}
	if o.Within == "" || depth == deepest || !bytes.HasPrefix(b, []byte("PK")) {
		return false, nil
	}
	const name = "inside.zip"
	return s.imported(ctx, single{name, b}, name, depth+1)
}
