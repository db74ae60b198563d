package exchange

import (
	"errors"

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
	c := compare(file, person, fileIDs, personIDs)
	return c.likeness(), c.reasons()
}

// comparison is what two descriptions of a patient have in common.
type comparison struct{ name, birth, sex, id agreement }

func compare(file, person *record.Patient, fileIDs, personIDs []record.Identifier) comparison {
	return comparison{
		name: nameAgreement(file, person), birth: dateAgreement(file.BirthDate, person.BirthDate),
		sex: sexAgreement(file.Gender, person.Gender), id: identifierAgreement(fileIDs, personIDs),
	}
}

func (c comparison) reasons() []string {
	var reasons []string
	for _, x := range []struct {
		what string
		a    agreement
	}{{"name", c.name}, {"birth date", c.birth}, {"sex", c.sex}, {"identifier", c.id}} {
		if x.a != silent {
			reasons = append(reasons, x.what+" "+x.a.words())
		}
	}
	return reasons
}

func (c comparison) likeness() Likeness {
	switch {
	case c.name == doubtful && c.birth != contradicts:
		return Unsure
	case c.birth == contradicts && c.name != agrees, c.name == contradicts && c.birth != agrees:
		return Different
	case c.birth == contradicts || c.name == contradicts || c.sex == contradicts:
		return Unsure
	case c.name == agrees && c.birth == agrees, c.id == agrees:
		return Same
	}
	return Unsure
}

// objects says that something contradicts.
func (c comparison) objects() bool {
	return c.name == contradicts || c.name == doubtful || c.birth == contradicts || c.sex == contradicts
}

// likest is the best of what several descriptions of one person give: a former
// name is as good as today's. But a number alone does not prove it where another
// description contradicts: two patients may share a number that was never theirs,
// and one file that gives it without a name fits both.
func likest(n int, of func(int) comparison) (Likeness, []string) {
	best, objection := -1, -1
	all := make([]comparison, n)
	for i := range all {
		all[i] = of(i)
		if best < 0 || all[i].likeness() > all[best].likeness() || all[i].likeness() == all[best].likeness() && all[best].name != agrees && all[i].name == agrees {
			best = i
		}
		if all[i].objects() {
			objection = i
		}
	}
	switch {
	case n == 0:
		return Different, nil
	case objection >= 0 && all[best].likeness() == Same && all[best].name != agrees:
		return Unsure, all[objection].reasons()
	}
	return all[best].likeness(), all[best].reasons()
}

type agreement int

const (
	silent agreement = iota // one side does not say
	agrees
	contradicts
	doubtful // alike, and yet not the same
)

func (a agreement) words() string {
	switch a {
	case agrees:
		return "agrees"
	case doubtful:
		return "is alike, but not the same"
	}
	return "differs"
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
	for _, x := range a {
		for _, y := range b {
			if t := x.Token(); t != "" && t == y.Token() {
				return agrees
			}
		}
	}
	return silent // one issuer may give several numbers; a different one alone proves nothing
}
