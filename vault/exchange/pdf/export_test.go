package pdf_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/pdf"
)

// TestRealistic keeps the print for a look when CARNET_LOOK names a folder.
func TestRealistic(t *testing.T) {
	var b bytes.Buffer
	sel := sheettest.Realistic().Select(t, exchange.Scope{For: "Dr Leila Haddad, Nephrology"})
	if err := pdf.Format.Export(context.Background(), &b, sel); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("CARNET_LOOK"); dir != "" {
		if err := os.WriteFile(dir+"/Summary.pdf", b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
