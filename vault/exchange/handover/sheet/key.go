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

// commonTests are what most doctors ask for first, by LOINC code.
var commonTests = map[string]bool{
	"4548-4": true, "17856-6": true, "2339-0": true, "2345-7": true, "1558-6": true, // HbA1c, glucose
	"2160-0": true, "38483-4": true, "33914-3": true, "48642-3": true, "62238-1": true, "98979-8": true, // creatinine, eGFR
	"718-7": true, "4544-3": true, "6690-2": true, "777-3": true, // haemoglobin, haematocrit, leucocytes, platelets
	"2951-2": true, "2823-3": true, "6298-4": true, "17861-6": true, // sodium, potassium, calcium
	"2093-3": true, "2089-1": true, "18262-6": true, "2085-9": true, "2571-8": true, // lipids
	"1742-6": true, "1920-8": true, "1975-2": true, // liver
	"3016-3": true, "11580-8": true, "6301-6": true, "34714-6": true, // TSH, INR
	"14959-1": true, "9318-7": true, "2857-1": true, "1988-5": true, "30522-7": true, // albumin/creatinine, PSA, CRP
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
		last := t.Last()
		if last.Standing != record.Current && last.Standing != record.Unstated || last.Value == "" || last.Category != "" && last.Category != record.Laboratory {
			continue
		}
		list = append(list, ranked{rank(last), t})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].rank < list[j].rank })
	keys := make([]Key, 0, len(list))
	for _, r := range list {
		keys = append(keys, b.key(r.test))
	}
	return keys, "Chosen by a fixed rule: flagged by the sender, then common tests, then the newest."
}

func rank(l clinic.Line) int {
	if l.Flagged() {
		return 0
	}
	for _, c := range l.Codes {
		if c.System == record.LOINC && commonTests[c.Code] {
			return 1
		}
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
