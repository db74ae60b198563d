package exchange

import (
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// unpaired takes back what the patient said of two records of which one goes: that
// they speak of one thing, or do not.
func (w *withdrawal) unpaired(puts []record.Record, at time.Time) []record.Record {
	if len(w.overlaid) == 0 {
		return puts
	}
	goes := make(map[record.ID]bool, len(w.vanished))
	for _, id := range w.vanished {
		goes[id] = true
	}
	places := make(map[record.ID]int, len(puts))
	for n, r := range puts {
		places[r.ID] = n
	}
	for _, r := range w.overlaid {
		n, put := places[r.ID]
		if put {
			r = puts[n]
		}
		o := r.Overlay
		if goes[r.ID] || o == nil {
			continue
		}
		before := len(o.Joined) + len(o.Parted)
		for _, id := range o.Joined {
			if goes[id] {
				o = o.Without(record.SayJoin, id, at)
			}
		}
		for _, id := range o.Parted {
			if goes[id] {
				o = o.Without(record.SayPart, id, at)
			}
		}
		if len(o.Joined)+len(o.Parted) == before {
			continue
		}
		if r.Overlay = o; put {
			puts[n] = r
		} else {
			puts = append(puts, r)
		}
	}
	return puts
}
