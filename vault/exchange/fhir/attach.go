package fhir

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

const (
	missingURL     = "content not included: the file only names a place on another computer"
	missingNothing = "content not included: the file holds neither the content nor a place"
	missingBroken  = "content not included: it is not valid base64"
)

// attachment reads an Attachment; set is called with it, again when the file
// turns out to hold a Binary that it points to.
func (it *item) attachment(v value, element string, set func(record.Attachment)) {
	a := record.Attachment{ContentType: v.TextOf("contentType"), Title: v.TextOf("title"), Language: v.TextOf("language"), Creation: it.date(v.Get("creation"), element+"/creation")}
	data, url := v.Get("data"), v.TextOf("url")
	switch {
	case data.Exists():
		a = it.attach(a, data, element)
		it.check(a, v, element)
	case url == "":
		a.Missing = missingNothing
	case strings.HasPrefix(url, "data:"):
		a = it.attachDataURL(a, url, element)
	default:
		a.Missing = missingURL
		if c := it.containedBinary(url); c.Exists() {
			a = it.attach(a, binaryData(c), element)
		}
		r := reference{raw: unversioned(url)}
		it.fill(r, func(_ *index, t *target) {
			if t.file == nil {
				return
			}
			t.used = true
			a.Hash, a.Size, a.Text, a.Missing = t.file.Hash, t.file.Size, t.file.Text, t.file.Missing
			if a.ContentType == "" || t.file.Hash != "" {
				a.ContentType = t.file.ContentType
			}
			set(a)
		})
	}
	set(a)
}

func (it *item) containedBinary(url string) value {
	if c := it.contained(url); strings.HasPrefix(url, "#") && c.TextOf("resourceType") == "Binary" {
		return c
	}
	return value{}
}

// attach keeps base64 content. The type that the content shows counts, not the
// one that is claimed: nothing is ever shown by a claim alone.
func (it *item) attach(a record.Attachment, data value, element string) record.Attachment {
	return it.attachBase64(a, []byte(data.Text()), element)
}

func (it *item) attachDataURL(a record.Attachment, url, element string) record.Attachment {
	head, body, ok := strings.Cut(strings.TrimPrefix(url, "data:"), ",")
	if !ok || !strings.HasSuffix(head, ";base64") {
		a.Missing = missingURL
		return a
	}
	if a.ContentType == "" {
		a.ContentType = strings.TrimSuffix(head, ";base64")
	}
	return it.attachBase64(a, []byte(body), element)
}

func (it *item) attachBase64(a record.Attachment, text []byte, element string) record.Attachment {
	text = withoutSpace(text)
	content := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(content, text)
	if err != nil {
		it.warn(element+"/data", "the content is not valid base64; it cannot be shown")
		a.Missing = missingBroken
		return a
	}
	content = content[:n]
	kept, err := it.sink.Attach(a.Title, trusted(a.ContentType, content), bytes.NewReader(content))
	if err != nil {
		it.warn(element+"/data", "the content could not be kept")
		a.Missing = "content not included: it is too large"
		return a
	}
	if a.ContentType != "" && kept.ContentType != baseType(a.ContentType) {
		it.warn(element+"/contentType", "the content is not of the type that it claims; it is kept as it is and never shown as that type")
	}
	a.ContentType, a.Hash, a.Size, a.Text = kept.ContentType, kept.Hash, kept.Size, kept.Text
	return a
}

func withoutSpace(b []byte) []byte {
	if bytes.ContainsAny(b, " \t\r\n") {
		return bytes.Join(bytes.Fields(b), nil)
	}
	return b
}

// check compares with what the source says of size and SHA-1.
func (it *item) check(a record.Attachment, v value, element string) {
	if a.Hash == "" {
		return
	}
	if size := v.TextOf("size"); size != "" && size != strconv.FormatInt(a.Size, 10) {
		it.warn(element+"/size", "the size that the source states is not that of the content")
	}
	stated := v.TextOf("hash")
	if stated == "" {
		return
	}
	content, err := base64.StdEncoding.DecodeString(string(withoutSpace([]byte(v.TextOf("data")))))
	if err != nil {
		return
	}
	sum := sha1.Sum(content) // FHIR R4 Attachment.hash is a SHA-1: a checksum against damage, no proof
	if stated != base64.StdEncoding.EncodeToString(sum[:]) && !strings.EqualFold(stated, hex.EncodeToString(sum[:])) {
		it.warn(element+"/hash", "the checksum that the source states is not that of the content")
	}
}

func baseType(mediaType string) string {
	base, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// trusted is the type to keep content under: the claimed one unless the content
// contradicts it. A type that a viewer would act on must look like it.
func trusted(claimed string, content []byte) string {
	claim := baseType(claimed)
	seen := exchange.MediaType(content)
	if claim == seen || claim != "" && agrees(claim, seen, content) {
		return claim
	}
	return plainType(seen)
}

// agrees says whether content that looks like seen may be of the claimed type.
func agrees(claim, seen string, content []byte) bool {
	switch seen {
	case "application/zip":
		return strings.Contains(claim, "openxmlformats") || strings.Contains(claim, "opendocument")
	case "application/octet-stream":
		return !sniffable(claim)
	}
	return strings.HasPrefix(seen, "text/") && utf8.Valid(content) && textual(claim)
}

// textual are the claims that any readable text may make.
func textual(claim string) bool {
	return strings.HasPrefix(claim, "text/") || strings.HasSuffix(claim, "xml") || strings.HasSuffix(claim, "json") || claim == "application/rtf"
}

// sniffable are the types whose content always shows them.
func sniffable(claim string) bool {
	switch claim {
	case "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "application/zip":
		return true
	}
	return textual(claim)
}

// plainType is what was seen, if it is a type that may be shown.
func plainType(seen string) string {
	switch seen {
	case "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "application/zip", "text/plain":
		return seen
	}
	return "application/octet-stream"
}
