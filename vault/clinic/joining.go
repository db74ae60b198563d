package clinic

import (
	"maps"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic/labtest"
	"github.com/carnet-phr/carnet/vault/record"
)

// Joining is what lets the results of different laboratories stand as one test:
// their LOINC codes, where package labtest knows which of them are one, else the
// code itself, else exactly the same words, and the words that the patient confirmed.
// Nothing is ever joined by words that merely look alike.
type Joining struct {
	// Alias holds the words of tests without a LOINC code, as [AliasWords] gives
	// them, and the code that the patient confirmed for each.
	Alias map[string]string
}

// AliasWords is how the words of a test stand in Joining.Alias: in small letters,
// with single spaces.
func AliasWords(title string) string {
	return strings.Join(strings.Fields(strings.ToLower(title)), " ")
}

// loinc is the code that a result is joined by: its own, else the one confirmed
// for its words.
func (j Joining) loinc(l Line) string {
	for _, c := range l.Codes {
		if c.System == record.LOINC && isLOINC(c.Code) {
			return c.Code
		}
	}
	if len(j.Alias) == 0 {
		return ""
	}
	return j.Alias[AliasWords(l.Title)]
}

// isLOINC says whether a code can be one of LOINC: digits, a hyphen and a check
// digit. Sources also write "UNK" and codes of their own under its name.
func isLOINC(code string) bool {
	number, check, ok := strings.Cut(code, "-")
	return ok && len(check) == 1 && number != "" && strings.Trim(number+check, "0123456789") == ""
}

// With adds the aliases that the patient confirmed: a result without a code that is
// said to be the same as one with a code gives its words to that code.
func (j Joining) With(records []record.Record) Joining {
	var asked []record.Record
	for _, r := range records {
		if r.Overlay != nil && len(r.Overlay.Joined) > 0 && r.Resource.Kind() == record.KindObservation {
			asked = append(asked, r)
		}
	}
	if len(asked) == 0 {
		return j
	}
	byID := make(map[record.ID]record.Record, len(records))
	for _, r := range records {
		byID[r.ID] = r
	}
	alias := maps.Clone(j.Alias)
	if alias == nil {
		alias = map[string]string{}
	}
	for _, r := range asked {
		for _, id := range r.Overlay.Joined {
			if other, ok := byID[id]; ok && other.Resource.Kind() == record.KindObservation {
				confirm(alias, line(r), line(other))
			}
		}
	}
	j.Alias = alias
	return j
}

// confirm gives the words of the one without a code to the code of the other; of
// two codes for the same words the lesser, so that no order of records matters.
func confirm(alias map[string]string, a, b Line) {
	plain := Joining{}
	if plain.loinc(a) == "" {
		a, b = b, a
	}
	code := plain.loinc(a)
	if code == "" || plain.loinc(b) != "" {
		return
	}
	if words := AliasWords(b.Title); alias[words] == "" || code < alias[words] {
		alias[words] = code
	}
}

// key is under which a result is filed. Results that are negated, held or about
// someone else stay apart, by their own title.
func (j Joining) key(l Line) string {
	if l.Standing != record.Current && l.Standing != record.Unstated {
		return string(l.Standing) + "\x00" + strings.ToLower(l.Title)
	}
	loinc := j.loinc(l)
	if loinc == "" {
		return strings.ToLower(l.Title)
	}
	if t, ok := labtest.ByLOINC(loinc); ok {
		return "known\x00" + t.Name + finding(l)
	}
	return loinc + finding(l)
}

// Tests groups results into tests, as [Summarise] does: newest first. Records that
// are no results, and what was replaced or withdrawn, are left out. The order of
// the records changes nothing.
func (j Joining) Tests(records []record.Record) []Test {
	records = append([]record.Record(nil), records...)
	record.ByTime(records)
	t := newTests(j)
	for _, r := range records {
		if r.Resource.Kind() != record.KindObservation {
			continue
		}
		if l := line(r); !l.Standing.History() {
			t.add(l)
		}
	}
	return t.list()
}
