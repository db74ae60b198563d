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
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// Format reads FHIR DSTU2, STU3, R4 and R4B in JSON and XML. It does not write.
func Format() exchange.Format {
	return exchange.Format{
		Name:       "fhir",
		Title:      "FHIR (JSON or XML)",
		MediaTypes: []string{"application/fhir+json", "application/fhir+ndjson", "application/fhir+xml", "application/json"},
		Extensions: []string{".json", ".ndjson", ".phr", ".xml"},
		Identify:   identify,
		Import:     importSource,
	}
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// identify is sure when the first object names its resourceType, or is a list
// of entries with resources, or when the root of an XML document is a resource;
// other JSON may turn out to be FHIR further down.
func identify(head exchange.Head) exchange.Match {
	if m := rootsResource(head.Bytes); m != exchange.No {
		return m
	}
	b := bytes.TrimLeft(bytes.TrimPrefix(head.Bytes, byteOrderMark), " \t\r\n")
	if len(b) == 0 || b[0] != '{' && b[0] != '[' {
		return exchange.No
	}
	if namesResource(b) && !bytes.Contains(b, []byte(`"verifiableCredential"`)) && !bytes.Contains(b, []byte(`"urn:carnet:kind"`)) {
		return exchange.Yes
	}
	return exchange.Maybe // signed cards in Parameters and answers have formats of their own
}

// rootsResource says whether b begins an XML document of FHIR. One that cannot
// be read as far as its root, but names FHIR, is a Maybe: it is refused with the
// reason rather than kept as a mere file.
func rootsResource(b []byte) exchange.Match {
	if len(b) == 0 || b[0] == '{' || b[0] == '[' || bytes.IndexByte(b, '<') < 0 {
		return exchange.No
	}
	d, err := strictxml.NewDecoder(bytes.NewReader(b), xmlLimits)
	if err == nil {
		var root strictxml.Token
		if root, err = d.Next(); err == nil {
			if root.Kind == strictxml.Start && root.Name.Space == fhirSpace && typeName(root.Name.Local) {
				return exchange.Yes
			}
			return exchange.No
		}
	}
	if t := bytes.TrimLeft(bytes.TrimPrefix(b, byteOrderMark), " \t\r\n"); bytes.HasPrefix(t, []byte("<")) && bytes.Contains(t, []byte(`"`+fhirSpace+`"`)) {
		return exchange.Maybe
	}
	return exchange.No
}

func namesResource(b []byte) bool {
	dec := jsontext.NewDecoder(bytes.NewReader(b))
	w := wrapper{dec: dec}
	for {
		token, err := dec.ReadToken()
		if err != nil {
			return false
		}
		depth := dec.StackDepth()
		if depth == 0 || depth > 7 {
			if depth == 0 {
				return false
			}
			continue
		}
		kind, n := dec.StackIndex(depth)
		isName := kind == '{' && n%2 == 1 && token.Kind() == '"'
		if !isName || !w.tells(token.String()) {
			continue
		}
		if w.wraps(dec.StackPointer()) {
			return true
		}
		switch string(dec.StackPointer()) {
		case "/resourceType", "/0/resourceType", "/entry/0/resource/resourceType":
			return dec.PeekKind() == '"'
		}
	}
}

// importSource reads a whole source into the sink.
func importSource(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	xml, err := isXML(src)
	if err != nil {
		return err
	}
	im := newImporter(sink)
	if xml {
		err = readXML(ctx, src, im)
	} else {
		err = readDocuments(ctx, src, im)
	}
	var fault *strictjson.Fault
	if errors.As(err, &fault) {
		if xml {
			return refusalXML(src, fault, im.transcoded)
		}
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

// isXML looks at the beginning of a source.
func isXML(src exchange.Source) (bool, error) {
	f, err := src.Open()
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, head)
	return rootsResource(head[:n]) != exchange.No, nil
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
