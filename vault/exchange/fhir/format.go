package fhir

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

// Format reads FHIR R4 JSON. It does not write.
func Format() exchange.Format {
	return exchange.Format{
		Name:       "fhir",
		Title:      "FHIR R4 (JSON)",
		MediaTypes: []string{"application/fhir+json", "application/fhir+ndjson", "application/json"},
		Extensions: []string{".json", ".ndjson", ".phr"},
		Identify:   identify,
		Import:     importSource,
	}
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// identify is sure when the first object names its resourceType, or is a list
// of entries with resources; other JSON may turn out to be FHIR further down.
func identify(head exchange.Head) exchange.Match {
	b := bytes.TrimLeft(bytes.TrimPrefix(head.Bytes, byteOrderMark), " \t\r\n")
	if len(b) == 0 || b[0] != '{' && b[0] != '[' {
		return exchange.No
	}
	if namesResource(b) {
		return exchange.Yes
	}
	return exchange.Maybe
}

func namesResource(b []byte) bool {
	dec := jsontext.NewDecoder(bytes.NewReader(b))
	for {
		token, err := dec.ReadToken()
		if err != nil {
			return false
		}
		depth := dec.StackDepth()
		if depth == 0 || depth > 4 {
			if depth == 0 {
				return false
			}
			continue
		}
		kind, n := dec.StackIndex(depth)
		isName := kind == '{' && n%2 == 1 && token.Kind() == '"'
		if !isName || token.String() != "resourceType" {
			continue
		}
		switch string(dec.StackPointer()) {
		case "/resourceType", "/0/resourceType", "/entry/0/resource/resourceType":
			return dec.PeekKind() == '"'
		}
	}
}

// importSource reads a whole source into the sink.
func importSource(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	im := newImporter(sink)
	err := readDocuments(ctx, src, im)
	var fault *strictjson.Fault
	if errors.As(err, &fault) {
		return refusal(src, fault, im.seen)
	}
	if err != nil {
		return err
	}
	if !im.seen {
		return exchange.ErrNotThisFormat
	}
	labels, err := im.labels(src)
	if err != nil {
		return err
	}
	return im.finish(ctx, labels)
}

// refusal puts a fault into words. A file that breaks off being JSON before
// anything in it looked like FHIR is no broken FHIR file.
func refusal(src exchange.Source, fault *strictjson.Fault, seen bool) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, head)
	fault.Locate(io.MultiReader(bytes.NewReader(head[:n]), f), rules)
	if !fault.Limit && !seen && identify(exchange.Head{Bytes: head[:n]}) != exchange.Yes {
		return exchange.ErrNotThisFormat
	}
	return fmt.Errorf("cannot be read safely, %w", fault)
}
