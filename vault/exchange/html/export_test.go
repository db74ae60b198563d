package html_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
)

// export writes a library's page.
func export(t testing.TB, l *sheettest.Library, scope exchange.Scope) string {
	t.Helper()
	var b bytes.Buffer
	if err := html.Format.Export(context.Background(), &b, l.Select(t, scope)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestRealistic keeps the page for a look when CARNET_LOOK names a folder.
func TestRealistic(t *testing.T) {
	page := export(t, sheettest.Realistic(), exchange.Scope{For: "Dr Leila Haddad, Nephrology"})
	if dir := os.Getenv("CARNET_LOOK"); dir != "" {
		if err := os.WriteFile(dir+"/START-HERE.html", []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
