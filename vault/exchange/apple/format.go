package apple

import (
	"bytes"
	"context"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// Format reads Apple Health exports. It writes none.
var Format = exchange.Format{
	Name:       "apple",
	Title:      "Apple Health export",
	MediaTypes: []string{"application/xml", "text/csv"},
	Extensions: []string{".xml", ".csv"},
	Identify:   identify,
	Index:      index,
	Import:     importSource,
}

// identify looks for HealthData as the root element, or for the head of an
// electrocardiogram.
func identify(h exchange.Head) exchange.Match {
	switch {
	case isHealthData(h.Bytes), isElectrocardiogram(h.Bytes):
		return exchange.Yes
	case bytes.Contains(h.Bytes, []byte("<HealthData")):
		return exchange.Maybe
	}
	return exchange.No
}

// isHealthData says whether the root element is HealthData.
func isHealthData(head []byte) bool {
	return rootOf(head) == "HealthData"
}

// rootOf is the local name of the root element, "" when the bytes do not show
// one.
func rootOf(head []byte) string {
	if !bytes.Contains(head, []byte("<")) {
		return ""
	}
	d, err := strictxml.NewDecoder(bytes.NewReader(head), strictxml.Limits{})
	if err != nil {
		return ""
	}
	d.ReplaceControls()
	tok, err := d.Next()
	if err != nil {
		return ""
	}
	return tok.Name.Local
}

// importSource reads an export.xml or an electrocardiogram.
func importSource(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	head, rest, err := peek(f)
	if err != nil {
		return err
	}
	if isElectrocardiogram(head) {
		return importElectrocardiogram(rest, sink)
	}
	return newReader(ctx, src, sink).read(rest)
}
