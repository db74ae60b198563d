package entry

import (
	"math/big"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// words is a text as a concept; nothing where it is empty.
func (v values) words(name string) record.Concept { return record.Concept{Text: v.text[name]} }

func (v values) list(name string) []record.Concept {
	if v.text[name] == "" {
		return nil
	}
	return []record.Concept{v.words(name)}
}

func (v values) names(name string) []string {
	if v.text[name] == "" {
		return nil
	}
	return []string{v.text[name]}
}

func (v values) notes() []string { return v.names("note") }

func (v values) date(name string) record.Date { return record.Date(v.text[name]) }

// span is the time from one field to another.
func (v values) span(from, to string) record.When {
	w := record.When{Start: v.date(from), End: v.date(to)}
	w.Period = w.Start != "" || w.End != ""
	return w
}

// today is the present day.
func (v values) today() record.Date { return record.Date(v.now.Format("2006-01-02")) }

// amount is a checked amount.
func (v values) amount(name string) record.Quantity {
	f, _ := v.kind.Field(name)
	q, _ := f.amount(v.text[name])
	return q
}

// chosen is what a choice is stored as.
func (v values) chosen(name string) string {
	f, _ := v.kind.Field(name)
	return f.code(v.text[name])
}

// order finds the fields that contradict each other.
func (v values) order() []Problem {
	var problems []Problem
	from, to := v.date("since"), v.date("until")
	if n := min(len(from), len(to)); n > 0 && from[:n] > to[:n] {
		problems = append(problems, Problem{"until", v.label("until") + ": write a date that is not before the beginning"})
	}
	for _, goesOn := range []string{"taking", "still", "inside"} {
		if v.text[goesOn] == "yes" && to != "" && over(to, v.today()) {
			problems = append(problems, Problem{goesOn, v.label(goesOn) + ": choose no, or leave the end out"})
		}
	}
	if low, high := v.number("diastolic"), v.number("systolic"); low != nil && high != nil && low.Cmp(high) >= 0 {
		problems = append(problems, Problem{"diastolic", v.label("diastolic") + ": the upper value comes first, and must be the larger one"})
	}
	return append(problems, v.unnamed()...)
}

// unnamed finds forms without a name, and words that mean "none" where one is
// asked for: they would stand in a list as if they were one (CLINICAL-SAFETY
// hazard 4).
func (v values) unnamed() []Problem {
	switch v.kind.Name {
	case allergyForm:
		if a := (&record.AllergyIntolerance{Code: v.words("substance")}); a.NoneKnown() != "" || a.NoInformation() || denies(a.Code.Text) {
			return []Problem{{"substance", v.label("substance") + ": write what you are allergic to; if it is nothing, use the form “I have no known allergies”"}}
		}
	case medicineForm, overTheCounterForm:
		if m := (&record.MedicationStatement{Medication: v.words("name")}); m.NoneKnown() || m.NoInformation() || denies(m.Medication.Text) {
			return []Problem{{"name", v.label("name") + ": write what you take; if it is nothing, use the form “I take no medicines”"}}
		}
	case PersonForm:
		if v.text["given"]+v.text["family"] == "" {
			return []Problem{{"family", v.label("family") + ": write a name"}}
		}
	case problemForm:
		if denies(v.text["name"]) {
			return []Problem{{"name", v.label("name") + ": write the problem; where there is none, leave the form out"}}
		}
	}
	return nil
}

// denies says that a text is nothing but a word for none.
func denies(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .-–—/")) {
	case "", "no", "none", "nothing", "nil", "no known", "nka", "nkda", "n/a", "na", "not applicable", "not known", "unknown":
		return len(s) > 0
	}
	return false
}

// over says that all of a date lies before a day: "2021" is over in 2022.
func over(d, today record.Date) bool {
	n := min(len(d), len(today))
	return d[:n] < today[:n]
}

func (v values) label(name string) string {
	f, _ := v.kind.Field(name)
	return f.Label
}

func (v values) number(name string) *big.Rat {
	n, _, _ := strings.Cut(strings.TrimLeft(v.text[name], "<>="), " ")
	if n == "" {
		return nil
	}
	r, _ := new(big.Rat).SetString(n)
	return r
}

// The other way: what a resource holds, as fields.

func first[T any](list []T) (one T) {
	if len(list) > 0 {
		one = list[0]
	}
	return one
}

func amountOf(q record.Quantity) string { return strings.TrimSpace(q.Number() + " " + q.Code) }

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
