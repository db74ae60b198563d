package document

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
)

var errNothing = errors.New("there is nothing in this file that can be read")

func identifyText(h exchange.Head) exchange.Match {
	if h.Members != nil || isDICOM(h.Bytes) {
		return exchange.No
	}
	lines := plaintext.HeadLines(h.Bytes)
	if enc, err := plaintext.DetectHead(h.Bytes); err != nil || len(lines) == 0 || enc == plaintext.Windows1252 && !mostlyWords(h.Bytes) {
		return exchange.No
	}
	return exchange.Maybe
}

// mostlyWords tells text in a one-byte encoding from a file of another kind, of
// which nearly every byte stands for some character too.
func mostlyWords(b []byte) bool {
	plain := 0
	for _, c := range b {
		switch {
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f':
			return false
		case c < 0x7f:
			plain++
		}
	}
	return plain*10 >= len(b)*6
}

// importText keeps a text file. Of a very long one the first part is read.
func importText(_ context.Context, src exchange.Source, sink exchange.Sink) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 4*textLimit))
	if err != nil {
		return err
	}
	enc, err := plaintext.DetectHead(head)
	if err != nil {
		return exchange.ErrNotThisFormat
	}
	var b strings.Builder
	r := plaintext.NewReader(bufio.NewReader(bytes.NewReader(head)), enc)
	for b.Len() <= textLimit {
		c, err := r.Rune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return exchange.ErrNotThisFormat
		}
		b.WriteRune(c)
	}
	text := b.String()
	if empty(text) {
		return errNothing
	}
	return keep(src, sink, whole{mediaType: "text/plain", text: text})
}
