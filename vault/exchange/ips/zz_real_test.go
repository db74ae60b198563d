package ips_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
)

func TestReal(t *testing.T) {
	for _, g := range strings.Split(os.Getenv("REAL_IN"), ":") {
		m, _ := filepath.Glob(g)
		for _, f := range m {
			st := exchangetest.NewMemory()
			src, _ := exchange.Paths(f)
			b, err := exchange.Import(t.Context(), st, formats.All(), src, exchange.Options{})
			if err != nil {
				continue
			}
			if b.Held() {
				b.Assign(t.Context(), exchange.NewPerson)
			}
			b.Commit(t.Context())
			people, _ := st.People(t.Context())
			if len(people) == 0 {
				continue
			}
			sel, err := exchange.Select(t.Context(), st, exchange.Scope{Person: people[0].ID}, time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC), "1.0")
			if err != nil {
				t.Fatal(err)
			}
			base := filepath.Join("/tmp/real", strings.ReplaceAll(strings.TrimPrefix(f, "/work/shared/data/"), "/", "_"))
			for i, x := range allFormats {
				out := export(t, x, sel)
				os.WriteFile(base+[]string{".ips.json", ".fhir.json", ".ndjson"}[i], out, 0o644)
				if i == 0 {
					os.WriteFile(base+".ipsl.ndjson", entryLines(t, out), 0o644)
				}
			}
		}
	}
}
