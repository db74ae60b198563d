package clinic

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Allergies is the allergy section, one line an allergen. The three states of "none" are kept apart
// (CLINICAL-SAFETY hazard 5): somebody said that none are known (NoneKnown),
// somebody said that it was not asked (see the documents' empty sections), or
// nobody said anything.
type Allergies struct {
	Group                // without the statements of NoneKnown and NoInformation
	NoneKnown     []Line // statements that no allergy of some scope is known
	NoInformation []Line // statements that nothing is known either way
	Told          []Told // what documents say in words alone
}

// none takes the statements that name no allergen.
func (a *Allergies) none(l Line, x *record.AllergyIntolerance) bool {
	switch {
	case x.NoneKnown() != "" && l.Standing == record.NotSo && x.VerificationStatus != "refuted" && !over(x.ClinicalStatus):
		a.NoneKnown = append(a.NoneKnown, l)
	case x.NoInformation() && l.Standing == record.Uncertain:
		a.NoInformation = append(a.NoInformation, l)
	default:
		return false
	}
	return true
}

// allergyKind puts allergies together that share a code of the substance (RxNorm,
// SNOMED CT, UNII, or any other) or exactly the same words.
var allergyKind = kindOf{
	name: func(l *Line) naming {
		a, ok := l.Resource.(*record.AllergyIntolerance)
		if !ok || a.NoneKnown() != "" {
			return naming{}
		}
		return naming{codes: codesOf(a.Code), words: wordsOf(a.Code), parts: numbersAndSides(a.Code.Words())}
	},
	said: func(l *Line) record.Date {
		if a, ok := l.Resource.(*record.AllergyIntolerance); ok {
			return latest(a.RecordedDate, a.LastOccurrence, a.Onset.Start)
		}
		return ""
	},
	grave:       func(l *Line) bool { return criticality(*l) == "high" },
	denies:      func(*Line) bool { return true },
	contradicts: always,
}

// Listed are the allergies a reader must know: current ones and those whose
// status nobody stated.
func (a Allergies) Listed() []Line {
	return append(append([]Line(nil), a.Current...), a.Uncertain...)
}

// Disagree says that one source denies any allergy while another names one:
// the named one wins and the reader is told (hazard 9). "No known drug allergy"
// beside an allergy to a food is no disagreement.
func (a Allergies) Disagree() bool {
	for _, none := range a.NoneKnown {
		for _, named := range a.Listed() {
			if denies(none, named) {
				return true
			}
		}
	}
	return false
}

// scopeCategory is the FHIR category that a narrow denial speaks of.
var scopeCategory = map[record.NoneKnown]string{
	record.NoKnownDrug: "medication", record.NoKnownFood: "food", record.NoKnownEnvironmt: "environment",
}

// denies says whether a statement of absence speaks of the named allergy. Only
// a stated category tells them apart; in doubt it does.
func denies(none, named Line) bool {
	n, ok := none.Resource.(*record.AllergyIntolerance)
	x, is := named.Resource.(*record.AllergyIntolerance)
	if !ok || !is {
		return true
	}
	want := scopeCategory[n.NoneKnown()]
	if want == "" || len(x.Category) == 0 {
		return true
	}
	for _, c := range x.Category {
		if c == want {
			return true
		}
	}
	return false
}

// Banner is what stands above the allergy list; "" when allergies are listed,
// nothing denies them and no document tells more.
func (a Allergies) Banner() string { return and(a.banner(), ToldWords(a.Told)) }

func (a Allergies) banner() string {
	switch {
	case a.Disagree():
		return "Sources disagree: one says that there are none, another names those below. " + a.noneWords()
	case len(a.NoneKnown) > 0:
		return a.noneWords()
	case len(a.Listed()) > 0:
		return ""
	case a.Empty() && len(a.NoInformation) > 0:
		return "The source says that it has no information about allergies" + saidOn(a.NoInformation[0]) + ". That does not mean that there are none."
	case a.Empty() && len(a.Told) > 0:
		return "No allergy, and no statement that there is none, stands in a list."
	case a.Empty():
		return "Nobody has said anything about allergies in these files. That does not mean that there are none."
	}
	return "No current allergy is listed. What was ruled out or is past stands below."
}

func (a Allergies) noneWords() string {
	var words []string
	seen := map[string]bool{}
	for _, l := range a.NoneKnown {
		s := l.Title
		if by := sayer(l); by != "" {
			s += ", said by " + by
		}
		if at := l.When.Human(); at != "" {
			s += " on " + at
		}
		if !seen[s] {
			seen[s] = true
			words = append(words, s)
		}
	}
	return fmt.Sprintf("%s.", strings.Join(words, "; "))
}
