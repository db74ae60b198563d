package exchange_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestSecretsAreFound(t *testing.T) {
	l := sheettest.New(&record.Patient{Name: []record.HumanName{{Text: "Ada Made-Up"}}})
	held := l.Add(&record.Condition{Code: record.Concept{Text: "HIV infection", Coding: []record.Coding{{Display: "Dépression sévère"}}}}, sheettest.Self()).ID
	glucose := l.Add(sheettest.Lab("Glucose", "2345-7", "2024-01-01", "5.1", "mmol/L"), sheettest.Self()).ID
	l.Add(sheettest.Lab("Glucose", "2345-7", "2025-01-01", "5.3", "mmol/L"), sheettest.Self())
	note := l.Add(sheettest.Note("Letter", "2025-01-01", "Dr Haddad", "Assessment", "Known HIV-\ninfection since long."), sheettest.Self()).ID
	sel := l.Select(t, exchange.Scope{Exclude: []record.ID{held, glucose}})
	s := sel.Secrets()
	for text, want := range map[string]bool{
		"has a hiv  infection, treated":          true,
		"HIV-INFECTION":                          true,
		"depression severe":                      true,
		"\u0044e\u0301pression s\u00e9v\u00e8re": true,
		"no HIV infections are known":            false,
		"glucose 5.3":                            false, // another glucose leaves
		"":                                       false,
	} {
		if got := s.In(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	if m := sel.Mentions(); len(m) != 1 || m[0].ID != note {
		t.Errorf("got %d that mention it, want the letter", len(m))
	}
	if n := l.Select(t, exchange.Scope{}).Secrets().Len(); n != 0 {
		t.Errorf("nothing held back: got %d phrases, want none", n)
	}
}
