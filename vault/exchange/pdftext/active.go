package pdftext

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"regexp"
	"strconv"
)

// Limits of looking for what a file could do.
const (
	dictionaryLimit = 4 << 10  // bytes before the word stream in which its dictionary is looked for
	objectsLimit    = 16 << 20 // bytes of one unpacked object stream
	stackLimit      = 2000     // times its size to which a stream of several filters may unpack; one filter alone packs at most 1,032 times
	stackFree       = 16 << 20 // bytes that are no harm
)

var errBomb = errors.New("this PDF unpacks to thousands of times its size, as only made-up files do")

// deeds are what a file could do when another program opens it, by the names of
// its actions (ISO 32000-1, 12.6.4; 13).
var deeds = []struct {
	name  *regexp.Regexp
	words string
}{
	{regexp.MustCompile(`/(JavaScript|JS)\b`), "run a script"},
	{regexp.MustCompile(`/Launch\b`), "start a program"},
	{regexp.MustCompile(`/(SubmitForm|ImportData)\b`), "send a form"},
	{regexp.MustCompile(`/(RichMedia|Rendition)\b`), "play media"},
}

var (
	escaped  = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)
	flate    = regexp.MustCompile(`/(FlateDecode|Fl)\b`)
	packed   = regexp.MustCompile(`/ObjStm\b`)
	streamAt = []byte("stream")
)

// active looks for deeds in a file and in its packed objects. It is a look at
// the bytes, not a reading of the document: it finds more rather than less.
func active(b []byte) ([]string, error) {
	found := map[string]bool{}
	search(b, found)
	for at := 0; ; {
		n := bytes.Index(b[at:], streamAt)
		if n < 0 {
			break
		}
		start := at + n + len(streamAt)
		dictionary := b[max(0, at+n-dictionaryLimit) : at+n]
		if i := bytes.LastIndex(dictionary, []byte("obj")); i >= 0 {
			dictionary = dictionary[i:]
		}
		filters := len(flate.FindAll(names(dictionary), -1))
		if filters > 1 || filters == 1 && packed.Match(names(dictionary)) {
			objects, err := unpack(bytes.TrimLeft(b[start:], "\r\n"), filters)
			if err != nil {
				return nil, err
			}
			search(objects, found)
		}
		at = start
	}
	var words []string
	for _, d := range deeds {
		if found[d.words] {
			words = append(words, d.words)
		}
	}
	return words, nil
}

func search(b []byte, found map[string]bool) {
	for _, d := range deeds {
		if !found[d.words] && d.name.Match(b) {
			found[d.words] = true
		}
	}
	if bytes.IndexByte(b, '#') >= 0 && len(b) <= objectsLimit {
		plain := names(b)
		for _, d := range deeds {
			if !found[d.words] && d.name.Match(plain) {
				found[d.words] = true
			}
		}
	}
}

// names writes #xx in names as the characters they stand for (ISO 32000-1,
// 7.3.5): /J#61vaScript is /JavaScript.
func names(b []byte) []byte {
	return escaped.ReplaceAllFunc(b, func(x []byte) []byte {
		n, err := strconv.ParseUint(string(x[1:]), 16, 8)
		if err != nil {
			return x
		}
		return []byte{byte(n)}
	})
}

// unpack inflates a stream through one or more filters, as far as it goes.
func unpack(b []byte, filters int) ([]byte, error) {
	source := &counted{r: bytes.NewReader(b)}
	var r io.Reader = source
	for range filters {
		z, err := zlib.NewReader(r)
		if err != nil {
			return nil, nil // not packed so, or damaged: nothing to be seen
		}
		r = z
	}
	var objects bytes.Buffer
	n, _ := io.Copy(&objects, io.LimitReader(r, objectsLimit))
	if n < objectsLimit || filters == 1 {
		return objects.Bytes(), nil
	}
	for n < 1<<40 {
		more, err := io.CopyN(io.Discard, r, 1<<20)
		n += more
		if n > stackFree && n/stackLimit > max(source.n, 1) {
			return nil, errBomb
		}
		if err != nil {
			break
		}
	}
	return objects.Bytes(), nil
}

// counted counts what is read.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
