package html_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
)

// read exports a selection and reads the page's words as a reader sees them.
func read(t *testing.T) sheettest.Export {
	return func(sel exchange.Selection) sheettest.Face {
		t.Helper()
		var b bytes.Buffer
		if err := html.Format.Export(context.Background(), &b, sel); err != nil {
			t.Fatal(err)
		}
		return sheettest.Page(t, b.String())
	}
}
