package ips

import (
	"context"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// Document writes an International Patient Summary: a FHIR document Bundle.
var Document = exchange.Format{
	Name: "ips", Title: "International Patient Summary (FHIR R4, JSON)",
	MediaTypes: []string{fhirJSON}, Extensions: []string{".json"},
	Export: writeDocument,
}

// Bundle writes every selected record into one FHIR collection Bundle.
var Bundle = exchange.Format{
	Name: "fhir", Title: "All records (FHIR R4, JSON)",
	MediaTypes: []string{fhirJSON}, Extensions: []string{".json"},
	Export: writeBundle,
}

// NDJSON writes every selected record as a FHIR resource on a line of its own.
var NDJSON = exchange.Format{
	Name: "ndjson", Title: "All records, one a line (FHIR R4, NDJSON)",
	MediaTypes: []string{"application/fhir+ndjson"}, Extensions: []string{".ndjson"},
	Export: writeNDJSON,
}

const fhirJSON = "application/fhir+json"

func writeDocument(ctx context.Context, out io.Writer, sel exchange.Selection) error {
	w := newWriter(sel, byURL)
	d := newDocument(w)
	return w.bundle(ctx, out, "document", d.entries())
}

func writeBundle(ctx context.Context, out io.Writer, sel exchange.Selection) error {
	w := newWriter(sel, byURL)
	return w.bundle(ctx, out, "collection", w.collection())
}

func writeNDJSON(ctx context.Context, out io.Writer, sel exchange.Selection) error {
	w := newWriter(sel, byType)
	return w.lines(ctx, out, w.collection())
}
