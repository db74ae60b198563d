package hl7v2

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// What stands in place of content that the message does not hold.
const (
	elsewhere = "content not included: the message only names a place on another computer, which is never opened"
	nothing   = "content not included: the message has none"
)

// enclosed files an OBX that is a file (ED) or points at one (RP) as a document
// of its own.
func (b *builder) enclosed(c *reportContext, r *result) {
	s := r.seg
	a, ok := b.attachment(s)
	if !ok {
		return
	}
	d := &record.DocumentReference{
		Status: documentStatus(s.field(11)), DocStatus: documentState(s.field(11)), Type: b.observed(s.field(3)), Date: s.moment(14), Encounter: b.encounter, Author: s.producers(), Content: []record.Attachment{a},
	}
	if d.Date == "" {
		d.Date = c.report.Effective.Start
	}
	if d.Title = d.Type.Words(); d.Title == "" {
		d.Title = c.report.Code.Words()
	}
	d.Description = strings.Join(r.notes, "\n")
	p := b.resultProvenance(c, r, &record.Observation{Performer: d.Author})
	c.report.PresentedForm = append(c.report.PresentedForm, a)
	c.made = append(c.made, b.record(d, p))
}

// documentStatus is the DocumentReference status for OBX-11.
func documentStatus(f field) string {
	if status(f, resultStatuses) == "entered-in-error" {
		return "entered-in-error"
	}
	return "current"
}

// documentState is its docStatus.
func documentState(f field) string {
	switch s := status(f, resultStatuses); s {
	case "final", "preliminary", "amended", "entered-in-error":
		return s
	case "corrected":
		return "amended"
	}
	return ""
}

// attachment reads OBX-5 of type ED or RP. ok is false for a file that is
// damaged: then the item is refused.
func (b *builder) attachment(s *segment) (a record.Attachment, ok bool) {
	f := s.field(5).first()
	title := b.observed(s.field(3)).Words()
	if s.field(2).String() == "RP" {
		return record.Attachment{Title: title, Missing: elsewhere}, true
	}
	encoding, data := f.comp(4).String(), s.field(5).data()
	if strings.TrimSpace(data) == "" {
		return record.Attachment{Title: title, ContentType: declaredType(f), Missing: nothing}, true
	}
	content, ok := decode(encoding, field{data, s, 5})
	if !ok {
		b.refuse(s.field(5), "the enclosed file is damaged: its content does not agree with the encoding it is said to have; ask the sender for a new copy")
		return a, false
	}
	mediaType := exchange.MediaType(content)
	a, err := b.sink.Attach(fileName(title, mediaType), mediaType, bytes.NewReader(content))
	if err != nil && b.err == nil {
		b.err = err
	}
	exchange.Offer(b.sink, a)
	if inner := xmlOfMIME(content); err == nil && inner != nil {
		if one, err := b.sink.Attach(fileName(title, "text/xml"), "text/xml", bytes.NewReader(inner)); err == nil {
			exchange.Offer(b.sink, one)
		}
	}
	return a, err == nil
}

// data is the fifth component of an ED with whatever stands behind it: text that
// is not encoded may hold separators that were not escaped.
func (f field) data() string {
	rest := f.text
	for n := 1; n < 5; n++ {
		i := strings.IndexByte(rest, f.seg.delimiters().component)
		if i < 0 {
			return ""
		}
		rest = rest[i+1:]
	}
	return rest
}

// decode undoes the encoding of HL7 table 0299. Without one the data are text.
func decode(encoding string, f field) ([]byte, bool) {
	switch strings.ToLower(encoding) {
	case "base64":
		packed := strings.Map(dropBlanks, f.unescaped())
		b, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			b, err = base64.RawStdEncoding.DecodeString(packed)
		}
		return b, err == nil && len(b) > 0
	case "hex":
		b, err := hex.DecodeString(strings.Map(dropBlanks, f.unescaped()))
		return b, err == nil && len(b) > 0
	case "a", "":
		return []byte(f.unescaped()), true
	}
	return nil, false
}

func dropBlanks(c rune) rune {
	if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
		return -1
	}
	return c
}

// declaredType is what the sender calls the content, for a file that is not
// there to look at (HL7 tables 0191 and 0291).
func declaredType(f field) string {
	kind, sub := strings.ToLower(f.comp(2).String()), strings.ToLower(f.comp(3).String())
	switch {
	case kind == "application" && sub == "pdf", sub == "pdf":
		return "application/pdf"
	case kind == "im" || kind == "image":
		return joined("/", "image", sub)
	case kind == "text" || kind == "tx" || kind == "ft":
		return "text/plain"
	}
	return ""
}

var extensions = map[string]string{
	"application/pdf": ".pdf", "text/plain": ".txt", "text/rtf": ".rtf", "image/gif": ".gif", "image/tiff": ".tif", "image/jpeg": ".jpg", "image/png": ".png",
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
	name = strings.Join(strings.Fields(name), " ")
	if n := []rune(name); len(n) > longestTitle {
		name = string(n[:longestTitle])
	}
	if name = strings.Trim(name, ". "); name == "" {
		name = "document"
	}
	return name + extensions[mediaType]
}
