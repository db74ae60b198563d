package wrap

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/seal"
)

// The content of a page, before it is compressed and sealed in chunks:
//
//	u32 big-endian   length of the list
//	list             JSON: [{"name", "what", "size"}], first the record's own page
//	files            one after the other
const (
	startName = "START-HERE.html"
	pageLimit = 96 << 20 // bytes of all files: a browser holds them several times over
	listLimit = 4 << 20  // bytes
)

// The reasons not to make a page.
var (
	ErrPageSize = errors.New("the package is too large for one page in a browser: choose a zip archive, or leave pictures and original files out")
	errNoStart  = errors.New("the package has no " + startName + ", which the page would show")
	errPolicy   = errors.New("the record's page does not state its policy as expected")
)

// pageFile is one line of the list.
type pageFile struct {
	Name string `json:"name"`
	What string `json:"what"`
	Size int64  `json:"size"`
}

// pageLock is what the page must know to ask for the passphrase.
type pageLock struct {
	Salt   []byte `json:"salt"`
	Rounds int    `json:"rounds"`
	Chunks int    `json:"chunks"`
}

// writePage writes the package as one HTML file.
func writePage(ctx context.Context, w io.Writer, p Protection, j Job) error {
	content, start, err := j.content(ctx)
	if err != nil {
		return err
	}
	styles, scripts, err := policyOf(start)
	if err != nil {
		return err
	}
	count := (len(content) + seal.PageChunk - 1) / seal.PageChunk
	lock, err := seal.NewPageLock(p.Passphrase, count)
	if err != nil {
		return err
	}
	words, err := json.Marshal(pageLock{lock.Salt[:], lock.Rounds, count})
	if err != nil {
		return err
	}
	head, foot, _ := strings.Cut(assets.LockedTemplate, "{{CHUNKS}}")
	fill := strings.NewReplacer(
		"{{STYLES}}", strings.TrimSpace(source(assets.LockedStyle)+" "+styles), "{{SCRIPTS}}", strings.TrimSpace(source(assets.LockedScript)+" "+scripts),
		"{{STYLE}}", assets.LockedStyle, "{{SCRIPT}}", assets.LockedScript, "{{LOCK}}", string(words),
	)
	if _, err := fill.WriteString(w, head); err != nil {
		return err
	}
	for i := range count {
		if err := ctx.Err(); err != nil {
			return err
		}
		plain := content[i*seal.PageChunk : min(len(content), (i+1)*seal.PageChunk)]
		if _, err := io.WriteString(w, chunkStart+base64.StdEncoding.EncodeToString(lock.Seal(i, plain))+chunkEnd); err != nil {
			return err
		}
	}
	_, err = fill.WriteString(w, foot)
	return err
}

// A sealed chunk is text that no browser runs: a data block, by its type
// (HTML, 4.12.1). None is longer than 1 MiB, so that no parser chokes on it.
const (
	chunkStart = `<script type="application/octet-stream" class="sealed">`
	chunkEnd   = "</script>\n"
)

// content is what is sealed, and the record's own page.
func (j Job) content(ctx context.Context) (packed, start []byte, err error) {
	at := slices.IndexFunc(j.Files, func(f handover.File) bool { return f.Name == startName })
	if at < 0 {
		return nil, nil, errNoStart
	}
	files := append([]handover.File{j.Files[at]}, slices.Delete(slices.Clone(j.Files), at, at+1)...)
	var list []pageFile
	var total int64
	for _, f := range files {
		list = append(list, pageFile{f.Name, f.What, f.Size})
		total += f.Size
	}
	if total > pageLimit {
		return nil, nil, ErrPageSize
	}
	head, err := json.Marshal(list)
	if err != nil {
		return nil, nil, err
	}
	var out, first bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...)); err != nil {
		return nil, nil, err
	}
	for i, f := range files {
		to := io.Writer(z)
		if i == 0 {
			to = io.MultiWriter(z, &first)
		}
		if err := j.copy(ctx, to, f.Name); err != nil {
			return nil, nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, nil, err
	}
	return out.Bytes(), first.Bytes(), nil
}

// policy finds the sources that the record's page allows itself. The page that
// decrypts it becomes its document and keeps its own policy, so that one must
// allow them too; and nothing else.
var policy = regexp.MustCompile(`http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ([^;"]*); script-src ([^;"]*); img-src data:; base-uri 'none'; form-action 'none'"`)

var hashes = regexp.MustCompile(`^('sha256-[A-Za-z0-9+/]{43}='( |$))+$`)

func policyOf(page []byte) (styles, scripts string, err error) {
	m := policy.FindStringSubmatch(unescape(page[:min(len(page), 16<<10)]))
	if m == nil {
		return "", "", errPolicy
	}
	styles, scripts = m[1], m[2]
	if !hashes.MatchString(styles) || !hashes.MatchString(scripts) {
		return "", "", errPolicy
	}
	return styles, scripts, nil
}

// unescape undoes how html/template writes the signs of a hash in an attribute.
func unescape(b []byte) string {
	return strings.NewReplacer("&#43;", "+", "&#39;", "'").Replace(string(b))
}

// source names a style or script by its hash (CSP3, hash-source).
func source(text string) string {
	sum := sha256.Sum256([]byte(text))
	return fmt.Sprintf("'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:]))
}
