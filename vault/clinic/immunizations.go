package clinic

import (
	"cmp"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// doseKind puts statements of one dose together: of the same vaccine, on the same
// day. What has no day stays alone, and another lot or number of the dose is
// another dose.
var doseKind = kindOf{
	name: func(l *Line) naming {
		v, ok := l.Resource.(*record.Immunization)
		if !ok {
			return naming{}
		}
		day := v.Occurrence.Start.Day()
		if day.Precision() < record.Day {
			return naming{}
		}
		n := vaccineNaming(v)
		n.apart = string(day)
		for _, x := range []string{v.LotNumber, v.DoseNumber} {
			if x = folded(x); x != "" {
				n.parts += x + "\x00"
			}
		}
		return n
	},
	said: func(l *Line) record.Date {
		if v, ok := l.Resource.(*record.Immunization); ok {
			return latest(v.Recorded, v.Occurrence.Start)
		}
		return ""
	},
	grave:       func(l *Line) bool { return l.Interpretation != "" }, // subpotent (hazard 43)
	denies:      func(*Line) bool { return true },
	contradicts: always,
}

func vaccineNaming(v *record.Immunization) naming {
	return naming{codes: codesOf(v.VaccineCode), words: wordsOf(v.VaccineCode)}
}

// Vaccine is all doses of one vaccine that were given, oldest first. How many a person needs, and
// whether some are missing, is not said here.
type Vaccine struct {
	Title string // as the source of the newest dose calls it
	Doses []Line
}

// Vaccines are the doses of the immunization section by vaccine, the one with the
// newest dose first. Doses belong together that share a code or exactly the same
// words; a vaccine against several diseases is a vaccine of its own, and doses that
// do not count in full stand apart.
func (s *Summary) Vaccines() []Vaccine {
	doses := slices.Clone(s.Immunizations.Current)
	slices.SortStableFunc(doses, func(a, b Line) int {
		return cmp.Or(b.When.Sort().Compare(a.When.Sort()), cmp.Compare(a.ID, b.ID))
	})
	names := make([]naming, len(doses))
	for n, l := range doses {
		if v, ok := l.Resource.(*record.Immunization); ok {
			names[n] = vaccineNaming(v)
			names[n].apart = l.Interpretation
		}
	}
	at := map[int32]int{}
	var out []Vaccine
	for n, thing := range sameAs(names) {
		i, ok := at[thing]
		if !ok {
			i = len(out)
			at[thing] = i
			out = append(out, Vaccine{Title: doses[n].Title})
		}
		out[i].Doses = append(out[i].Doses, doses[n])
	}
	for _, v := range out {
		slices.Reverse(v.Doses)
	}
	return out
}
