package clinic

import (
	"regexp"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// bloodGroupCodes are the LOINC codes of ABO and Rh group (882-1), ABO group
// (883-9) and Rh group (10331-7).
var bloodGroupCodes = []string{"882-1", "883-9", "10331-7"}

// bloodGroups finds two blood groups of one person, whenever they were tested.
func (s *Summary) bloodGroups() []Disagreement {
	facts := map[string][]stated{}
	for _, t := range s.Results {
		for n := range t.Points {
			l := &t.Points[n]
			if !counts(l) || !isBloodGroup(l) {
				continue
			}
			for _, said := range l.Testimonies() {
				for _, a := range bloodAspects(said.Resource) {
					facts[a.about] = append(facts[a.about], stated{Statement{l.ID, *said.Provenance}, a})
				}
			}
		}
	}
	var out []Disagreement
	for _, about := range []string{aboGroup, rhGroup} {
		if sides := sidesOf(facts[about]); len(sides) > 1 {
			out = append(out, Disagreement{Section: SectionPerson, Title: "Blood group", About: about, Sides: sides})
		}
	}
	return out
}

func isBloodGroup(l *Line) bool {
	return slices.ContainsFunc(l.Codes, func(c record.Coding) bool {
		return c.System == record.LOINC && slices.Contains(bloodGroupCodes, c.Code)
	})
}

const (
	aboGroup = "ABO group"
	rhGroup  = "Rh group"
)

// bloodGroupText are the spellings that leave no doubt: "A", "AB Rh(D) positive",
// "0 neg", "Group O", "Rh positive", "B+".
var bloodGroupText = regexp.MustCompile(`(?i)^(?:blood )?(?:group |type )?(ab|a|b|o|0)?[ ,]*(?:rh *\(?d?\)?)? *(\+|-|pos|positive|neg|negative)?\.?$`)

// bloodAspects reads ABO and Rh group out of a result; what is written in any
// other way is compared with nothing.
func bloodAspects(r record.Resource) []aspect {
	o, ok := r.(*record.Observation)
	if !ok {
		return nil
	}
	m := bloodGroupText.FindStringSubmatch(strings.TrimSpace(o.Value.String()))
	if m == nil {
		return nil
	}
	var out []aspect
	if abo := strings.ToUpper(m[1]); abo != "" {
		out = append(out, textAspect(aboGroup, strings.Replace(abo, "0", "O", 1)))
	}
	switch {
	case m[2] == "":
	case m[2] == "+" || m[2][0]|0x20 == 'p':
		out = append(out, textAspect(rhGroup, "positive"))
	default:
		out = append(out, textAspect(rhGroup, "negative"))
	}
	return out
}
