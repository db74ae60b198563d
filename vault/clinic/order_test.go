package clinic_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestOrderNeverMatters: what is missing, what disagrees and the timeline depend
// on the records, not on the order in which they come.
func TestOrderNeverMatters(t *testing.T) {
	all := many()
	look := func(records []record.Record) string {
		s := summarise(records...)
		b, err := json.Marshal([]any{
			clinic.Missing(s), clinic.Disagreements(s), clinic.TimelineOf(records, clinic.TimelineFilter{}), clinic.ChangesSince(records, clinic.Since{Import: "i"}),
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	want := look(all)
	rnd := rand.New(rand.NewPCG(5, 1))
	for range 10 {
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if look(all) != want {
			t.Fatal("another order, another result")
		}
	}
}
