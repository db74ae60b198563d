package phr

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

// sizeLimit is how large an export may be, in bytes: it is read at once. The
// files that were attached to entries are not part of it.
const sizeLimit = 64 << 20

// Format reads the JSON export of MediKeep. It does not write.
func Format() exchange.Format {
	return exchange.Format{
		Name:       "medikeep",
		Title:      "MediKeep export (JSON)",
		MediaTypes: []string{"application/json"},
		Extensions: []string{".json"},
		Identify:   identify,
		Import:     importSource,
	}
}

// identify is sure when the first member is export_metadata with MediKeep's own
// members.
func identify(head exchange.Head) exchange.Match {
	dec := jsontext.NewDecoder(bytes.NewReader(bytes.TrimPrefix(head.Bytes, []byte("\xef\xbb\xbf"))))
	found := map[string]bool{}
	for {
		if _, err := dec.ReadToken(); err != nil {
			return exchange.No
		}
		switch p := dec.StackPointer(); p {
		case "/export_metadata/generated_at", "/export_metadata/scope", "/export_metadata/include_files":
			if found[string(p)] = true; len(found) == 3 {
				return exchange.Yes
			}
		}
		if dec.StackDepth() == 0 {
			return exchange.No
		}
	}
}

// importSource reads a whole export into the sink.
func importSource(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	content, err := src.ReadAll(sizeLimit)
	if err != nil {
		return err
	}
	skip := len(content) - len(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")))
	v, err := parse(content[skip:], int64(skip))
	if err != nil {
		var fault *strictjson.Fault
		if errors.As(err, &fault) {
			fault.Locate(bytes.NewReader(content), rules)
			return fmt.Errorf("cannot be read safely, %w", fault)
		}
		return err
	}
	if !v.Path("export_metadata", "scope").Exists() {
		return exchange.ErrNotThisFormat
	}
	return newReader(sink).all(ctx, v)
}

// parse reads one JSON document and nothing behind it.
func parse(content []byte, offset int64) (strictjson.Value, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(content))
	raw, err := dec.ReadValue()
	if err != nil {
		return strictjson.Value{}, strictjson.FromSyntax(err, offset, "", rules)
	}
	start := int(dec.InputOffset()) - len(raw)
	tree := &strictjson.Tree{Rules: rules, Words: strictjson.NewWords()}
	v, err := tree.Parse(content[start:start+len(raw)], strictjson.Origin{Offset: offset + int64(start)})
	if err != nil {
		return v, err
	}
	if dec.PeekKind() != 0 {
		return v, &strictjson.Fault{Offset: offset + dec.InputOffset(), Reason: "something stands behind the end of the export", Limit: true}
	}
	return v, nil
}
