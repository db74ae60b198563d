package ccd_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestRandomRecordsKeepTheirFacts: whatever the combination, what our own reader
// finds is what was declared.
func TestRandomRecordsKeepTheirFacts(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 8
	}
	for round := range rounds {
		d := exchangetest.Dice{Rand: rand.New(rand.NewPCG(uint64(round), 11))}
		var all []record.Record
		for i := range 60 {
			res := d.Resource()
			id := fmt.Sprintf("x%d", i)
			if d.IntN(5) == 0 {
				all = append(all, own(id, res))
			} else {
				all = append(all, rec(id, res))
			}
		}
		sel := selection(all...)
		sameFacts(t, fmt.Sprintf("round %d", round), sel)
		if round < 3 {
			schema(t, export(t, sel))
		}
		if t.Failed() {
			return
		}
	}
}
