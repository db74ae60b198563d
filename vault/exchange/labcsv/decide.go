package labcsv

import (
	"errors"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// facts are what the whole table shows before any row is filed.
type facts struct {
	order order
	signs signs
	loinc codes
	who   map[string]bool // what the columns of the patient say, two at most
}

// survey looks at every row.
func (r *reader) survey() error {
	c := r.dialect.columns
	r.facts.who = map[string]bool{}
	return r.each(func(one row) error {
		if who := r.who(one); who != "" && len(r.facts.who) < 2 {
			r.facts.who[who] = true
		}
		for i, s := range one.cells {
			if i >= len(c) || s == "" {
				continue
			}
			switch c[i].role {
			case date, issued, birth:
				r.facts.order.see(s)
			case value:
				if cleanNumber.MatchString(s) {
					r.facts.signs.see(s)
				}
			case rangeText, low, high, systolic, diastolic, pulse, weight, glucose, heat, oxygen, height:
				r.facts.signs.see(s)
			case code:
				r.facts.loinc.see(s)
			}
		}
		return nil
	})
}

// decide settles how the file writes days and numbers, or asks.
func (r *reader) decide() error {
	var open []exchange.Question
	if !r.dialect.columns.results() {
		open = append(open, r.askColumns())
	}
	ask, err := r.decideDates()
	if err != nil {
		return err
	}
	open = append(open, ask...)
	ask, err = r.decideDecimal()
	if err != nil {
		return err
	}
	if open = append(open, ask...); len(open) > 0 {
		return exchange.Ask(open...)
	}
	return nil
}

// errDates is a column that no one order explains.
var errDates = errors.New("some dates can only be read day first and some only month first; the table is put together from different files: bring those in one by one")

func (r *reader) decideDates() ([]exchange.Question, error) {
	o := r.facts.order
	switch {
	case o.dayFirst > 0 && o.monthFirst > 0:
		return nil, errDates
	case o.dayFirst > 0:
		r.dayFirst = true
	case o.monthFirst == 0 && o.either > 0:
		switch r.src.Answer(AskDates) {
		case "day-first":
			r.dayFirst = true
		case "month-first":
		case "":
			return []exchange.Question{{
				Name: AskDates, Text: "no date in the table tells whether the day or the month comes first; answer day-first or month-first (" + AskDates + ")",
				Choices: []exchange.Choice{{Answer: "day-first", Words: "the day comes first"}, {Answer: "month-first", Words: "the month comes first"}},
			}}, nil
		default:
			return nil, errors.New("the order of dates is day-first or month-first (" + AskDates + ")")
		}
		return nil, nil
	}
	if said := r.src.Answer(AskDates); said == "month-first" && o.dayFirst > 0 || said == "day-first" && o.monthFirst > 0 {
		return nil, errors.New("the dates of the table contradict the order that you gave (" + AskDates + ")")
	}
	return nil, nil
}

func (r *reader) decideDecimal() ([]exchange.Question, error) {
	switch r.src.Answer(AskDecimal) {
	case "comma":
		r.comma = true
		return nil, nil
	case "point":
		return nil, nil
	case "":
	default:
		return nil, errors.New("the decimal sign is comma or point (" + AskDecimal + ")")
	}
	comma, ok := r.facts.signs.decided(r.dialect.separator)
	if ok {
		r.comma = comma
		return nil, nil
	}
	return []exchange.Question{{
		Name: AskDecimal, Text: "the numbers in the table do not tell whether a comma or a point is the decimal sign; answer comma or point (" + AskDecimal + ")",
		Choices: []exchange.Choice{{Answer: "comma", Words: "a comma is the decimal sign"}, {Answer: "point", Words: "a point is the decimal sign"}},
	}}, nil
}

// askColumns asks which column holds what is missing. The choices show the
// table's own headings; the words of the question do not.
func (r *reader) askColumns() exchange.Question {
	missing := value
	if r.dialect.columns.has(value) {
		missing = test
	}
	q := exchange.Question{Name: AskColumns, Text: "which column of the table holds the " + map[role]string{value: "results", test: "names of the tests"}[missing] + "? Answer " + string(missing) + "=the column's heading (" + AskColumns + ")"}
	for _, c := range r.dialect.columns {
		if c.role == "" && c.heading != "" {
			q.Choices = append(q.Choices, exchange.Choice{Answer: string(missing) + "=" + c.heading, Words: c.heading})
		}
	}
	return q
}

// codes are what a column of codes shows.
type codes struct{ loinc, other int }

// loincEnough is how many codes must carry LOINC's check digit, and none lack
// it, before a column that does not say so is taken for LOINC.
const loincEnough = 5

func (c *codes) see(s string) {
	if isLOINC(s) {
		c.loinc++
	} else {
		c.other++
	}
}

func (c *codes) sure() bool { return c.other == 0 && c.loinc >= loincEnough }

// isLOINC checks the form of a LOINC code, "2345-7", and its check digit (LOINC
// Users' Guide, appendix "Calculating mod 10 check digits").
func isLOINC(s string) bool {
	n := len(s)
	if n < 3 || n > 9 || s[n-2] != '-' {
		return false
	}
	sum := 0
	for i := range n {
		if i == n-2 {
			continue
		}
		d := int(s[i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if i < n-2 && (n-3-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
