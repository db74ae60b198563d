package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// firstByte is the first byte that is neither white space nor a byte-order mark.
func firstByte(b []byte) byte {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func identifyMarkup(h exchange.Head) exchange.Match {
	if firstByte(h.Bytes) == '<' && identifyPage(h) == exchange.No {
		return exchange.Maybe
	}
	return exchange.No
}

// importMarkup keeps a well-formed XML document with its words. One that is not
// well-formed, or asks for other files, is refused: a reader that is less strict
// might see something else in it.
func importMarkup(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	d, err := strictxml.NewDecoder(f, strictxml.Limits{})
	if err != nil {
		return fmt.Errorf("not a well-formed XML document: %w", err)
	}
	var t tidy
	for ctx.Err() == nil {
		token, err := d.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("not a well-formed XML document: %w", err)
		}
		switch {
		case t.full():
		case token.Kind == strictxml.Text:
			t.words(token.Text)
		default:
			t.line()
		}
	}
	remark(sink, "kept as a document: it is XML of a kind that Carnet does not know")
	return keep(src, sink, whole{mediaType: "text/plain", text: t.b.String()})
}
