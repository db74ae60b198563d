package sheet

import (
	"sort"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Key is one test on the front page.
type Key struct {
	Title  string
	Last   Point
	Before string        // the value before, with its date
	Trend  clinic.Series // numbers in the unit of the last one; no dots when there is no trend
}

// keys chooses the results of the front page: those that the sender flagged,
// then common tests, then the others, each newest first.
func (b *builder) keys() ([]Key, string) {
	type ranked struct {
		rank int
		test clinic.Test
	}
	var list []ranked
	for _, t := range b.sum.Results {
		if t.Laboratory() {
			list = append(list, ranked{rank(t), t})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].rank < list[j].rank })
	keys := make([]Key, 0, len(list))
	for _, r := range list {
		keys = append(keys, b.key(r.test))
	}
	return keys, "Chosen by a fixed rule: flagged by the sender, then common tests, then the newest."
}

func rank(t clinic.Test) int {
	if last := t.Last(); last.Flagged() {
		return 0
	}
	if _, ok := t.KeyRank(); ok {
		return 1
	}
	return 2
}

func (b *builder) key(t clinic.Test) Key {
	k := Key{Title: record.Visible(t.Title), Last: b.point(t.Points[0])}
	k.Last.Date = record.Visible(date(dayOf(t.Points[0].When)))
	for _, l := range t.Points[1:] {
		if l.Standing == record.Current || l.Standing == record.Unstated {
			k.Before = record.Visible(previous(l, t.Points[0]))
			break
		}
	}
	for _, s := range b.sum.Series(t) {
		if record.Visible(s.Unit) == k.Last.Unit && !s.Second() && len(s.Points) > 1 {
			k.Trend = s
			break
		}
	}
	return k
}

// previous is an earlier value with its day, and with its unit where that is
// another one.
func previous(l, last clinic.Line) string {
	value := l.Value
	if l.Unit != last.Unit {
		value = l.Result()
	}
	return or(value, "no value") + ", " + date(dayOf(l.When))
}
