package ccda

import (
	"bytes"
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// hl7 is the namespace of CDA Release 2.
const hl7 = "urn:hl7-org:v3"

// ownDocument is the template id that package ccd gives to what it writes.
const ownDocument = "0c9d1f0e-6c1b-5a5e-9d52-3a1c55f7a2b4"

// sdtc is the namespace of HL7's extensions to CDA.
const sdtc = "urn:hl7-org:sdtc"

// Format reads CDA documents; package ccd writes them.
var Format = exchange.Format{
	Name:       "ccda",
	Title:      "C-CDA document (XML)",
	MediaTypes: []string{"application/hl7-sda+xml", "application/xml", "text/xml"},
	Extensions: []string{".xml", ".ccd", ".cda"},
	Identify:   identify,
	Import:     importDocument,
}

// identify looks for a ClinicalDocument as the root element. What calls itself
// one but stands in another namespace, or cannot be read that far, is a Maybe:
// it is refused with the reason rather than kept as a mere file.
func identify(h exchange.Head) exchange.Match {
	d, err := strictxml.NewDecoder(bytes.NewReader(h.Bytes), strictxml.Limits{})
	if err == nil {
		var tok strictxml.Token
		if tok, err = d.Next(); err == nil {
			switch {
			case tok.Name == strictxml.Name{Space: hl7, Local: "ClinicalDocument"}:
				return exchange.Yes
			case tok.Name.Local == "ClinicalDocument":
				return exchange.Maybe
			}
			return exchange.No
		}
	}
	if bytes.Contains(h.Bytes, []byte("<ClinicalDocument")) || bytes.Contains(h.Bytes, []byte(":ClinicalDocument")) {
		return exchange.Maybe
	}
	return exchange.No
}

// importDocument reads one document.
func importDocument(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	tree, err := strictxml.ParseLoose(f, strictxml.Limits{})
	if err != nil {
		return fmt.Errorf("not a well-formed XML document: %w", err)
	}
	root := tree.Root
	line, column := tree.Position(root.Start)
	switch {
	case root.Local != "ClinicalDocument":
		return exchange.ErrNotThisFormat
	case root.Space != hl7:
		return fmt.Errorf("line %d, column %d (/ClinicalDocument): the root element is not in the namespace of HL7 (urn:hl7-org:v3), so its meaning is not known; ask the sender for a proper clinical document", line, column)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return documents(ctx, src, tree, sink)
}
