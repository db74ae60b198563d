package exchange_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestDerivedOnce(t *testing.T) {
	made := 0
	count := func(s exchange.Selection) int { made++; return len(s.Records) }
	sel := exchange.Selection{Records: make([]record.Record, 3)}
	for range 2 {
		exchange.Derive(sel, count)
	}
	if made != 2 {
		t.Errorf("got %d made of a plain selection, want one each time", made)
	}
	made, sel = 0, sel.Sharing()
	for range 2 {
		if got := exchange.Derive(sel, count); got != 3 {
			t.Errorf("got %d, want 3", got)
		}
	}
	if made != 1 {
		t.Errorf("got %d made of a sharing selection, want 1", made)
	}
	sel.Records = sel.Records[1:]
	if got := exchange.Derive(sel, count); got != 2 {
		t.Errorf("got %d of other records, want what is made of those", got)
	}
}
