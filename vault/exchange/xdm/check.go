package xdm

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the standard's own checksum; it finds a changed file, it proves nothing
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// What is told of a document whose file is not what its list says.
const (
	differs   = "the file differs from what its list of documents says of it: it was changed after the list was made, or it is another file; if in doubt get it anew from the sender"
	otherKind = "the file is of another kind than its list of documents says"
	leadsOut  = "the list names a document outside of what was brought in; no such place is ever looked at"
	absent    = "the list names a document that is not among the files; ask the sender for it"
	unnamed   = "the list has a document without a file name"
	noSum     = "its list of documents gives no checksum that can be compared"
	newer     = "its list of documents says that a newer document has taken its place"
	twice     = "its list of documents names it twice"
	unlisted  = "it is not in the list of documents beside it, so it could not be checked against it"
)

// document finds the file of an entry and holds it against it.
func (x *indexer) document(list string, e entry, of int) {
	name, why := x.find(list, e, of)
	if why != "" {
		x.told(e.place, record.Warning, why)
		return
	}
	m, known := x.out.Members[name]
	if known && m.Skip != "" {
		x.told(e.place, record.Warning, twice)
		return
	}
	if known {
		x.remark(name, record.Warning, twice)
		return
	}
	x.out.Members[name] = exchange.Member{
		Title: e.title, Date: e.created, Patient: e.patient, Identifiers: e.identifiers,
		Author: e.authors, Custodian: e.custodian, Type: e.typ, Class: e.class, Security: e.security,
	}
	x.about, x.listed[name] = append(x.about, e), true
	x.verify(name, e)
	if e.replaced {
		x.remark(name, record.Warning, newer)
	}
}

// find gives the file that an entry means: its URI counts from the folder of the
// list (IHE ITI TF-2, 3.32.4.1.2.2). why is told where there is none.
func (x *indexer) find(list string, e entry, of int) (name, why string) {
	if e.uri == "" {
		if only := x.others(list); of == 1 && len(only) == 1 {
			return only[0], ""
		}
		return "", unnamed
	}
	dir := strings.TrimSuffix(folder(list), "/")
	for _, uri := range []string{e.uri, unescaped(e.uri)} {
		uri = strings.ToLower(strings.ReplaceAll(uri, `\`, "/"))
		if uri == "" || uri[0] == '/' || strings.Contains(uri, ":") {
			return "", leadsOut
		}
		at := path.Join(dir, uri)
		if at == ".." || strings.HasPrefix(at, "../") {
			return "", leadsOut
		}
		if name, ok := x.byFold[at]; ok {
			return name, ""
		}
	}
	return "", absent
}

func unescaped(uri string) string {
	if s, err := url.PathUnescape(uri); err == nil {
		return s
	}
	return uri
}

// others are the files beside a list that may be documents.
func (x *indexer) others(list string) []string {
	var out []string
	beside := folder(list)
	for n, name := range x.tree.Names {
		if strings.HasPrefix(x.folded[n], beside) && name != list && noDocument(name) == "" {
			out = append(out, name)
		}
	}
	return out
}

// unlisted tells of files beside a list that it does not name.
func (x *indexer) unlisted(list string) {
	for _, name := range x.others(list) {
		if _, known := x.out.Members[name]; !known {
			x.remark(name, record.Information, unlisted)
		}
	}
}

// verify holds size, checksum and kind of a file against its entry.
func (x *indexer) verify(name string, e entry) {
	seen, err := x.read(name)
	if err != nil {
		return // whoever reads the file says what is wrong with it
	}
	size, sizeErr := strconv.ParseInt(e.size, 10, 64)
	want, hashErr := hex.DecodeString(e.hash)
	usable := hashErr == nil && len(want) == sha1.Size
	switch {
	case e.size != "" && (sizeErr != nil || size != seen.size), usable && !bytes.Equal(want, seen.sum):
		x.remark(name, record.Warning, differs)
	case !usable:
		x.remark(name, record.Information, noSum)
	}
	if !fitsKind(e.mimeType, seen.head) {
		x.remark(name, record.Warning, otherKind)
	}
}

// reading is what one reading of a file tells.
type reading struct {
	size int64
	sum  []byte
	head []byte
}

func (x *indexer) read(name string) (reading, error) {
	f, err := x.tree.FS.Open(name)
	if err != nil {
		return reading{}, err
	}
	defer f.Close()
	h := sha1.New()
	var r reading
	buf := make([]byte, 64<<10)
	for {
		if err := x.ctx.Err(); err != nil {
			return r, err
		}
		n, err := f.Read(buf)
		if r.head == nil {
			r.head = bytes.Clone(buf[:min(n, 512)])
		}
		h.Write(buf[:n])
		r.size += int64(n)
		if errors.Is(err, io.EOF) {
			r.sum = h.Sum(nil)
			return r, nil
		}
		if err != nil {
			return r, err
		}
	}
}

// fitsKind says whether the first bytes of a file can be of the media type that
// its entry states. Only types that are known by their bytes are compared; the
// type never decides how a file is read.
func fitsKind(mimeType string, head []byte) bool {
	base, _, _ := strings.Cut(mimeType, ";")
	got := exchange.MediaType(head)
	switch strings.TrimSpace(base) {
	case "application/pdf", "image/png", "image/jpeg", "image/gif", "image/tiff", "image/bmp":
		return got == strings.TrimSpace(base)
	case "text/xml", "application/xml", "text/plain", "text/html", "application/hl7-v3+xml":
		return got == "text/plain" || got == "application/octet-stream"
	}
	return true
}

// reason is an error without the path that it may hold.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
