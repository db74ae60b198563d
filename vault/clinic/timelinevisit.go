package clinic

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// visits finds the visit that a record names.
type visits struct {
	shown map[record.ID]record.Date // those of the timeline, with their dates
	next  map[record.ID]record.ID   // of those that were replaced: by which
}

func shownVisits(records []record.Record, f TimelineFilter) visits {
	v := visits{shown: map[record.ID]record.Date{}, next: map[record.ID]record.ID{}}
	for _, r := range records {
		if r.Resource.Kind() != record.KindEncounter {
			continue
		}
		switch s := r.Summary(); {
		case r.Superseded != nil && s.Standing == record.Replaced:
			v.next[r.ID] = r.Superseded.By
		case !s.Standing.History() && f.Match(r):
			v.shown[r.ID] = dated(s.When)
		}
	}
	return v
}

// replacedLimit is how often in a row a visit was replaced, at most.
const replacedLimit = 64

// of is the shown visit that a record stands in; "" for none.
func (v visits) of(l Line) record.ID {
	id := encounterOf(l.Resource).ID
	for range replacedLimit {
		next, ok := v.next[id]
		if !ok {
			break
		}
		id = next
	}
	at, ok := v.shown[id]
	if id == l.ID || !ok || at == "" && dated(l.When) != "" {
		return ""
	}
	return id
}
