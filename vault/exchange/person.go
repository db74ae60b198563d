package exchange

import (
	"errors"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/record"
)

// PersonChoice says under whom to file: the ID of a person of the vault,
// [NewPerson] for one new person for each patient in the files that is not
// already in the vault, or "" to file only where the match leaves no doubt.
type PersonChoice string

// NewPerson files under a new person.
const NewPerson PersonChoice = "new"

// ErrPerson says that a batch is held: whose record it is must be told first.
var ErrPerson = errors.New("these files need your word on whose record they are")

// Likeness is how a patient in a file compares with a person of the vault.
type Likeness int

// The likenesses, from worst to best.
const (
	Different Likeness = iota // a birth date, sex or the whole name contradicts
	Unsure                    // not enough to tell, or one thing contradicts
	Same                      // name and birth date agree and nothing contradicts, or the issuer's identifier agrees
)

// Words is the likeness for people.
func (l Likeness) Words() string {
	return [...]string{"another person", "perhaps the same person", "the same person"}[l]
}

// Compare holds a patient of a file against a person. reasons says in plain
// words what agrees and what does not; it holds no names.
func Compare(file, person *record.Patient, fileIDs, personIDs []record.Identifier) (l Likeness, reasons []string) {
	name := nameAgreement(file, person)
	birth := dateAgreement(file.BirthDate, person.BirthDate)
	sex := sexAgreement(file.Gender, person.Gender)
	id := identifierAgreement(fileIDs, personIDs)
	for _, x := range []struct {
		what string
		a    agreement
	}{{"name", name}, {"birth date", birth}, {"sex", sex}, {"identifier", id}} {
		if x.a != silent {
			reasons = append(reasons, x.what+" "+x.a.words())
		}
	}
	switch {
	case birth == contradicts && name != agrees, name == contradicts && birth != agrees:
		return Different, reasons
	case name == agrees && birth == agrees && sex != contradicts && id != contradicts:
		return Same, reasons
	case id == agrees && birth != contradicts && name != contradicts && sex != contradicts:
		return Same, reasons
	}
	return Unsure, reasons
}

type agreement int

const (
	silent agreement = iota // one side does not say
	agrees
	contradicts
)

func (a agreement) words() string {
	if a == agrees {
		return "agrees"
	}
	return "differs"
}

// nameAgreement compares all names of both, old ones too: a family name and a
// given name in common agree. Two people of one family do not.
func nameAgreement(a, b *record.Patient) agreement {
	result := silent
	for _, x := range a.Name {
		for _, y := range b.Name {
			xw, yw := nameWords(x), nameWords(y)
			if len(xw) == 0 || len(yw) == 0 {
				continue
			}
			if sameName(x, y, xw, yw) {
				return agrees
			}
			result = contradicts
		}
	}
	return result
}

func sameName(x, y record.HumanName, xw, yw []string) bool {
	if x.Family != "" && y.Family != "" && len(x.Given) > 0 && len(y.Given) > 0 {
		return fold(x.Family) == fold(y.Family) && firstWord(x.Given[0]) == firstWord(y.Given[0])
	}
	short, long := xw, yw
	if len(short) > len(long) {
		short, long = long, short
	}
	return len(short) >= 2 && subset(short, long)
}

// nameWords are the folded words of a name without titles.
func nameWords(n record.HumanName) []string {
	var words []string
	if n.Family != "" || len(n.Given) > 0 {
		words = strings.Fields(fold(strings.Join(append(append([]string{}, n.Given...), n.Family), " ")))
	} else {
		words = strings.Fields(fold(n.Text))
	}
	kept := words[:0]
	for _, w := range words {
		switch strings.Trim(w, ".,") {
		case "mr", "mrs", "ms", "miss", "dr", "prof", "jr", "sr", "null", "":
		default:
			kept = append(kept, strings.Trim(w, ".,"))
		}
	}
	return kept
}

func firstWord(s string) string {
	w := strings.Fields(fold(s))
	if len(w) == 0 {
		return ""
	}
	return w[0]
}

func subset(short, long []string) bool {
	for _, w := range short {
		found := false
		for _, v := range long {
			found = found || w == v
		}
		if !found {
			return false
		}
	}
	return true
}

// fold makes spellings of one name equal: compatibility form, no case, no
// marks, no invisible characters. For comparison only, never for display.
func fold(s string) string {
	s = cases.Fold().String(norm.NFKD.String(s))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		if r == ',' {
			return ' '
		}
		return r
	}, s)
}

// dateAgreement compares only the digits that both sides wrote.
func dateAgreement(a, b record.Date) agreement {
	x, y := string(a.Day()), string(b.Day())
	if x == "" || y == "" {
		return silent
	}
	n := min(len(x), len(y))
	if x[:n] != y[:n] {
		return contradicts
	}
	if n < len("2006-01-02") {
		return silent // the year alone proves nothing
	}
	return agrees
}

func sexAgreement(a, b string) agreement {
	if a == "" || b == "" || a == "unknown" || b == "unknown" || a == "other" || b == "other" {
		return silent
	}
	if a == b {
		return agrees
	}
	return contradicts
}

// identifierAgreement holds for each issuer that both sides name.
func identifierAgreement(a, b []record.Identifier) agreement {
	result := silent
	for _, x := range a {
		for _, y := range b {
			if x.System == "" || x.System != y.System || x.Value == "" || y.Value == "" {
				continue
			}
			if x.Value == y.Value {
				return agrees
			}
			result = contradicts
		}
	}
	if result == contradicts {
		return silent // one issuer may give several numbers; a different one alone proves nothing
	}
	return result
}
