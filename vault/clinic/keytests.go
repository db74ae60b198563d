package clinic

import (
	"cmp"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// keyTests are what most doctors ask for first, by LOINC code, those that measure
// one thing together and in the order in which they are shown.
var keyTests = [][]string{
	{"4548-4", "17856-6", "59261-8"}, {"2339-0", "2345-7", "1558-6", "14749-6"}, // HbA1c, glucose
	{"2160-0", "38483-4", "14682-9"}, {"33914-3", "48642-3", "62238-1", "98979-8"}, {"14959-1", "9318-7"}, // creatinine, eGFR, albumin/creatinine
	{"718-7"}, {"4544-3"}, {"6690-2"}, {"777-3"}, // haemoglobin, haematocrit, leucocytes, platelets
	{"2823-3", "6298-4"}, {"2951-2"}, {"17861-6"}, // potassium, sodium, calcium
	{"2089-1", "18262-6", "13457-7"}, {"2093-3"}, {"2085-9"}, {"2571-8"}, // lipids
	{"1742-6"}, {"1920-8"}, {"1975-2"}, // liver
	{"3016-3", "11580-8"}, {"6301-6", "34714-6"}, {"2857-1"}, {"1988-5", "30522-7"}, // TSH, INR, PSA, CRP
}

// keyRank is the place of each code among [keyTests].
var keyRank = func() map[string]int {
	ranks := map[string]int{}
	for i, codes := range keyTests {
		for _, c := range codes {
			ranks[c] = i
		}
	}
	return ranks
}()

// KeyRank says where among the tests that most doctors ask for first one stands;
// false for any other.
func (t Test) KeyRank() (int, bool) {
	for _, c := range t.Last().Codes {
		if rank, ok := keyRank[c.Code]; ok && c.System == record.LOINC {
			return rank, true
		}
	}
	return 0, false
}

// Counts says that the newest result of the test is one: not withdrawn, not planned,
// and no other person's.
func (t Test) Counts() bool {
	s := t.Last().Standing
	return s == record.Current || s == record.Unstated
}

// Laboratory says that the test is one of a laboratory, and its newest result has a
// value.
func (t Test) Laboratory() bool {
	l := t.Last()
	return t.Counts() && l.Value != "" && (l.Category == "" || l.Category == record.Laboratory)
}

// KeyResults chooses at most so many tests for a first look, always in the same
// order: of each thing that most doctors ask for first the test with the newest
// result, then what its sender flagged, then the newest.
func (s Summary) KeyResults(most int) []Test {
	last := len(keyTests)
	rank := func(t Test) int {
		if r, ok := t.KeyRank(); ok {
			return r
		}
		if l := t.Last(); l.Flagged() {
			return last
		}
		return last + 1
	}
	var list []Test
	seen := map[int]bool{}
	for _, t := range s.Results { // newest first
		r := rank(t)
		if !t.Laboratory() || r < last && seen[r] {
			continue
		}
		seen[r] = true
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b Test) int { return cmp.Compare(rank(a), rank(b)) })
	return list[:min(most, len(list))]
}
