package hl7v2

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// Messages carry a CDA document as a MIME package in one OBX (CDA R2, 3.1: MIME
// multipart/related with the document as its first part). The standard library's
// readers bring the network with them; little of MIME (RFC 2045, 2046) is needed.

// partsLimit is how many parts of a package are looked at.
const partsLimit = 100

// xmlOfMIME is the first part of a MIME package that is XML; nil for none.
func xmlOfMIME(b []byte) []byte {
	head, body, ok := mimeHead(b)
	boundary := parameter(head["content-type"], "boundary")
	if !ok || !strings.HasPrefix(strings.ToLower(head["content-type"]), "multipart/") || boundary == "" {
		return nil
	}
	parts := bytes.Split(append([]byte("\n"), body...), []byte("\n--"+boundary))
	for n, p := range parts {
		if n == 0 || n > partsLimit || bytes.HasPrefix(p, []byte("--")) {
			continue
		}
		_, p, _ = bytes.Cut(p, []byte("\n"))
		head, content, ok := mimeHead(p)
		kind, _, _ := strings.Cut(strings.ToLower(head["content-type"]), ";")
		if kind = strings.TrimSpace(kind); !ok || kind != "text/xml" && kind != "application/xml" && !strings.HasSuffix(kind, "+xml") {
			continue
		}
		if strings.EqualFold(head["content-transfer-encoding"], "base64") {
			content, _ = base64.StdEncoding.DecodeString(strings.Map(dropBlanks, string(content)))
		}
		return bytes.TrimSpace(content)
	}
	return nil
}

// mimeHead parts the header fields, with their names in small letters, from what
// follows the empty line. ok is false where there are none.
func mimeHead(b []byte) (head map[string]string, body []byte, ok bool) {
	head = map[string]string{}
	last := ""
	for {
		line, rest, more := bytes.Cut(b, []byte("\n"))
		text := strings.TrimRight(string(line[:min(len(line), 1000)]), "\r")
		b = rest
		name, value, field := strings.Cut(text, ":")
		switch {
		case text == "":
			return head, b, len(head) > 0
		case last != "" && strings.TrimLeft(text, " \t") != text:
			head[last] += " " + strings.TrimSpace(text)
		case !field || !more || strings.ContainsAny(name, " \t<"):
			return nil, nil, false
		default:
			last = strings.ToLower(name)
			head[last] = strings.TrimSpace(value)
		}
	}
}

// parameter is a parameter of a header field.
func parameter(value, name string) string {
	for _, p := range strings.Split(value, ";")[1:] {
		if k, v, ok := strings.Cut(p, "="); ok && strings.EqualFold(strings.TrimSpace(k), name) {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}
