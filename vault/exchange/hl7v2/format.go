package hl7v2

import (
	"bytes"
	"context"
	"errors"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// Format reads HL7 version 2 messages. It writes none.
var Format = exchange.Format{
	Name:       "hl7v2",
	Title:      "HL7 version 2 messages",
	MediaTypes: []string{"x-application/hl7-v2+er7", "text/plain"},
	Extensions: []string{".hl7", ".er7", ".txt"},
	Identify:   identify,
	Import:     importFile,
}

// identify looks for the header of a message, batch or file at the very start,
// behind a byte order mark, blanks and the first byte of an MLLP frame. What
// follows the three letters must be able to part fields.
func identify(h exchange.Head) exchange.Match {
	b := h.Bytes
	if len(b) >= 132 && string(b[128:132]) == "DICM" {
		return exchange.No // the preamble before that may hold anything (DICOM PS3.10, 7.1)
	}
	if utf16(b) != nil {
		text, err := fromUTF16(b[:len(b)&^1])
		if err != nil {
			return exchange.No
		}
		b = text
	}
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte(utf8Mark)), " \t\r\n\v\x1c")
	if len(b) < 4 || !isHeader(b[:3]) || !canPart(b[3]) {
		return exchange.No
	}
	return exchange.Yes
}

func isHeader(name []byte) bool {
	switch string(name) {
	case "MSH", "FHS", "BHS":
		return true
	}
	return false
}

// importFile reads all messages of one file.
func importFile(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	content, err := src.ReadAll(fileLimit)
	if err != nil {
		return err
	}
	f := &file{bytes: content}
	if utf16(content) != nil {
		if content, err = fromUTF16(content); err != nil {
			return err
		}
		f.bytes, f.moved = content, true
	}
	if err := f.split(); err != nil {
		return err
	}
	if len(f.messages) == 0 {
		if f.enveloped {
			return errors.New("the batch holds no message (no segment MSH)")
		}
		return exchange.ErrNotThisFormat
	}
	return newReader(ctx, f, sink).messages()
}
