package clinic

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Called gives the results and readings of a LOINC code, or of exactly these words but
// for case and spaces, and with them what is the same test in the other section, and
// what their parts are elsewhere: of a blood pressure the systolic ones that stand
// alone. Where there are none it gives those
// whose title has the words in it, which are never taken for what was meant.
func (s *Summary) Called(words string) (found, alike []Test) {
	want := folded(words)
	all := slices.Concat(s.Results, s.Vitals)
	parts := map[string]bool{}
	for i := range all {
		t := &all[i]
		switch {
		case want == "":
		case t.called(want):
			found = append(found, *t)
			parts[s.joining.key(&t.Points[0])] = true
			t.partKeys(parts)
		case strings.Contains(folded(t.Title), want):
			alike = append(alike, *t)
		}
	}
	if len(found) == 0 {
		return nil, alike
	}
	for i := range all {
		if t := &all[i]; !t.called(want) && parts[s.joining.key(&t.Points[0])] {
			found = append(found, *t)
		}
	}
	return found, nil
}

// called says whether some result of a test has the words or the code.
func (t *Test) called(want string) bool {
	for i := range t.Points {
		l := &t.Points[i]
		if folded(l.Title) == want || has(l.Codes, want) {
			return true
		}
		o, ok := l.Resource.(*record.Observation)
		if !ok {
			continue
		}
		for n := range o.Component {
			if has(o.Component[n].Code.Coding, want) {
				return true
			}
		}
	}
	return false
}

func has(codes []record.Coding, loinc string) bool {
	return slices.ContainsFunc(codes, func(c record.Coding) bool { return c.System == record.LOINC && c.Code == loinc })
}

// partKeys notes what the parts of its results measure.
func (t *Test) partKeys(keys map[string]bool) {
	var parts []part
	for i := range t.Points {
		parts = partsOf(&t.Points[i], parts[:0])
		for n := range parts {
			if parts[n].loinc != "" {
				keys[parts[n].key] = true
			}
		}
	}
}
