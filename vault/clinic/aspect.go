package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// aspect is one fact of a resource that two sources can state differently. How
// something is called, by which code, who wrote it and in which words is none.
type aspect struct {
	about string
	words string // for people; "" where nothing is stated

	when     record.When
	quantity record.Quantity
	concepts []record.Concept
}

func (a aspect) silent() bool { return strings.TrimSpace(a.words) == "" }

// precision is how much was written of a date; 0 of everything else.
func (a aspect) precision() int { return len(a.when.Start) + len(a.when.End) }

// differs says whether two statements contradict each other: a date that is
// written less precisely does not, nor do numbers in different units, which this
// is no place to convert.
func (a aspect) differs(b aspect) bool {
	switch {
	case a.when != record.When{} && b.when != record.When{}:
		return !a.when.Start.Near(b.when.Start) || !a.when.End.Near(b.when.End)
	case !a.quantity.Empty() && !b.quantity.Empty():
		return sameUnits(a.quantity, b.quantity) && (a.quantity.Comparator != b.quantity.Comparator || plainNumber(a.quantity.Value) != plainNumber(b.quantity.Value))
	case len(a.concepts) > 0 && len(b.concepts) > 0:
		return !alike(a.concepts, b.concepts)
	}
	return !strings.EqualFold(strings.Join(strings.Fields(a.words), " "), strings.Join(strings.Fields(b.words), " "))
}

func sameUnits(a, b record.Quantity) bool {
	if a.System == record.UCUM && b.System == record.UCUM && a.Code == b.Code {
		return true
	}
	return a.UnitWords() == b.UnitWords()
}

// plainNumber is a decimal without the zeros that only say how exact it is.
func plainNumber(s string) string {
	if !strings.Contains(s, ".") || strings.ContainsAny(s, "eE") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// alike says that one names nothing, or that a code or the words of some concept
// are in both.
func alike(a, b []record.Concept) bool {
	var names []string
	for _, c := range a {
		names = append(names, namesOf(c)...)
	}
	silent := true
	for _, c := range b {
		for _, name := range namesOf(c) {
			silent = false
			for _, n := range names {
				if n == name {
					return true
				}
			}
		}
	}
	return silent || len(names) == 0
}

func namesOf(c record.Concept) []string {
	var out []string
	if c.Text != "" {
		out = append(out, strings.ToLower(strings.Join(strings.Fields(c.Text), " ")))
	}
	for _, k := range c.Coding {
		if k.Code != "" {
			out = append(out, k.System+"\x00"+k.Code)
		}
		if k.Display != "" {
			out = append(out, strings.ToLower(strings.Join(strings.Fields(k.Display), " ")))
		}
	}
	return out
}

func timeAspect(about string, w record.When) aspect {
	if w.Start == "" && w.End == "" {
		return aspect{}
	}
	w = record.When{Start: w.Start, End: w.End}
	return aspect{about: about, words: w.Human(), when: w}
}

func dayAspect(about string, d record.Date) aspect { return timeAspect(about, record.At(d)) }

func amountAspect(about string, q record.Quantity) aspect {
	return aspect{about: about, words: q.String(), quantity: q}
}

func conceptAspect(about string, list ...record.Concept) aspect {
	var words []string
	for _, c := range list {
		if w := c.String(); w != "" {
			words = append(words, w)
		}
	}
	return aspect{about: about, words: strings.Join(words, ", "), concepts: list}
}

func textAspect(about, words string) aspect { return aspect{about: about, words: words} }
