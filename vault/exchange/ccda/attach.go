package ccda

import (
	"encoding/base64"
	"path"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// What stands in place of content that the document does not hold.
const (
	elsewhere   = "content not included: the document only names a place on another computer, which is never opened"
	besideIt    = "content not included: the document refers to a separate file; bring that file in as well"
	notBase64   = "content not readable: the embedded file is damaged; ask the sender for a new copy"
	compressedF = "content not readable here: the embedded file is compressed inside the document; it is kept in the original"
	nothing     = "content not included: the document has none"
)

// extensions by media type, for the name of an embedded file. The type comes
// from the sender and is only a name; nothing is opened by it.
var extensions = map[string]string{
	"application/pdf": ".pdf", "text/plain": ".txt", "text/rtf": ".rtf", "application/rtf": ".rtf", "text/html": ".html",
	"image/gif": ".gif", "image/tiff": ".tif", "image/jpeg": ".jpg", "image/png": ".png", "application/msword": ".doc",
}

// attachment keeps the file that an ED carries (nonXMLBody/text,
// observationMedia/value): base64 is decoded, plain content is kept as it is,
// and a reference is followed only to a file beside the document that came with it.
func (r *reader) attachment(n *node, title string) (record.Attachment, error) {
	mediaType := attr(n, "mediaType")
	a := record.Attachment{ContentType: mediaType, Title: title, Language: attr(n, "language")}
	if ref := child(n, "reference"); ref != nil && attr(n, "representation") != "B64" && strings.TrimSpace(n.Text()) == "" {
		return r.referenced(a, attr(ref, "value"))
	}
	if attr(n, "compression") != "" {
		a.Missing = compressedF
		return a, nil
	}
	var file string
	if attr(n, "representation") == "B64" {
		decoded, ok := unbase64(content(n))
		if !ok {
			r.remark(record.Error, n, notBase64)
			a.Missing = notBase64
			return a, nil
		}
		file = decoded
	} else if file = content(n); mediaType == "" && strings.TrimSpace(file) != "" {
		mediaType = "text/plain"
	}
	if strings.TrimSpace(file) == "" {
		a.Missing = nothing
		return a, nil
	}
	if mediaType == "" {
		mediaType = exchange.MediaType([]byte(file[:min(len(file), headSize)]))
	}
	stored, err := r.sink.Attach(fileName(title, mediaType), mediaType, strings.NewReader(file))
	stored.Language = a.Language
	return stored, err
}

// referenced keeps the file that the document names, where it lies beside it in
// what the user gave; else it is said to be missing.
func (r *reader) referenced(a record.Attachment, name string) (record.Attachment, error) {
	a.Missing = elsewhere
	if !beside(name) {
		return a, nil
	}
	a.Missing, a.Title = besideIt, path.Base(name)
	src, ok := r.src.Beside(strings.TrimPrefix(name, "./"))
	if !ok {
		return a, nil
	}
	f, err := src.Open()
	if err != nil {
		return a, nil // it is told as missing here, and as unreadable by itself
	}
	defer f.Close()
	stored, err := r.sink.Attach(a.Title, a.ContentType, f)
	if err != nil {
		r.remark(record.Warning, r.root, "the file that the document refers to could not be kept with it: "+err.Error())
		return a, nil
	}
	stored.Language = a.Language
	return stored, nil
}

// beside says whether a reference is the plain name of a file that lies beside
// the document.
func beside(name string) bool {
	const longestName = 120 // bytes
	return name != "" && len(name) <= longestName && !strings.ContainsAny(name, ":\\?#<>\"'%") && !strings.HasPrefix(name, "/") && !strings.Contains(name, "..")
}

// headSize is how much of an embedded file tells its type, in bytes.
const headSize = 512

func unbase64(s string) (string, bool) {
	s = strings.Map(func(c rune) rune {
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			return -1
		}
		return c
	}, s)
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		b, err = base64.RawStdEncoding.DecodeString(s)
	}
	return string(b), err == nil
}

// fileName makes a harmless file name of a title.
func fileName(title, mediaType string) string {
	const longestTitle = 80 // characters
	name := strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`/\:*?"<>|`, c) {
			return ' '
		}
		return c
	}, title)
	name = oneLine(name)
	if n := []rune(name); len(n) > longestTitle {
		name = string(n[:longestTitle])
	}
	name = strings.Trim(name, ". ")
	if name == "" {
		name = "document"
	}
	base, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
	return name + extensions[base]
}

// attachedValue is a result that is a file: plain text is the value, anything
// else becomes a document of its own.
func (r *reader) attachedValue(n *node) record.Value {
	decoded, ok := unbase64(content(n))
	if base, _, _ := strings.Cut(attr(n, "mediaType"), ";"); ok && (base == "text/plain" || base == "") {
		return record.Value{Text: strings.ToValidUTF8(decoded, "\uFFFD")}
	}
	if a, ok := r.carried[n]; ok { // met before, on another way to it
		return givenAs(a)
	}
	a, err := r.attachment(n, r.concept(child(n.Parent, "code")).String())
	if err != nil {
		r.err = err
		return record.Value{}
	}
	r.carried[n] = a
	r.files = append(r.files, n)
	return givenAs(a)
}

func givenAs(a record.Attachment) record.Value {
	if a.Missing != "" {
		return record.Value{Text: a.Missing}
	}
	return record.Value{Text: "given as a file; see the document"}
}
