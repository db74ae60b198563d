package clinic

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// unit is a unit of strength as the names of medicines write it, with what makes
// amounts of one dimension comparable exactly.
type unit struct {
	dimension string
	scale     *big.Rat
}

var strengthUnits = func() map[string]unit {
	all := map[string]unit{}
	for _, row := range []struct {
		dimension   string
		up, down    int64
		spellings   string
		plainPlural bool
	}{
		{"mg", 1000, 1, "g gm gram", true},
		{"mg", 1, 1, "mg milligram", true},
		{"mg", 1, 1000, "mcg ug µg μg microgram", true},
		{"mg", 1, 1_000_000, "ng nanogram", true},
		{"ml", 1, 1, "ml milliliter millilitre", true},
		{"ml", 1000, 1, "l liter litre", true},
		{"unit", 1, 1, "unit unt u iu ie ut", true},
		{"%", 1, 1, "%", false},
		{"meq", 1, 1, "meq", false},
		{"mmol", 1, 1, "mmol", false},
		{"h", 1, 1, "h hr hour", true},
	} {
		for s := range strings.FieldsSeq(row.spellings) {
			all[s] = unit{row.dimension, big.NewRat(row.up, row.down)}
			if row.plainPlural && len(s) > 1 {
				all[s+"s"] = all[s]
			}
		}
	}
	return all
}()

// strengths are the amounts that the name of a medicine states, in one spelling
// and order, "" for none: "Metformin 0.5 g" and "metFORMIN 500 MG Oral Tablet" both
// state "500 mg". They only ever keep medicines apart; nothing is joined because
// of them, and no dose is read from them.
func strengths(words string) string {
	s := amounts{text: strings.ToLower(words)}
	for s.at < len(s.text) {
		s.next()
	}
	slices.Sort(s.found)
	return strings.Join(slices.Compact(s.found), " + ")
}

// amounts reads amounts in a text.
type amounts struct {
	text    string
	at      int
	pending []*big.Rat // numbers that wait for their unit: "5-325 mg", "10/20 mg"
	found   []string
}

// next reads a number with its unit, or steps over what is none.
func (a *amounts) next() {
	start := a.at
	value := a.number()
	if value == nil {
		a.pending = nil
		a.word(start)
		return
	}
	u, ok := a.unit()
	switch {
	case ok:
		per := a.per(u)
		for _, v := range append(a.pending, value) {
			a.found = append(a.found, spelled(v, u, per))
		}
		a.pending = nil
	case a.at < len(a.text) && (a.text[a.at] == '-' || a.text[a.at] == '/'):
		a.pending = append(a.pending, value)
		a.at++
	default:
		a.pending = nil
	}
}

// word steps over a word; a number inside of it is none: "b12".
func (a *amounts) word(start int) {
	a.at = start
	for a.at < len(a.text) {
		r, size := utf8.DecodeRuneInString(a.text[a.at:])
		if !letter(r) && (r < '0' || r > '9') {
			break
		}
		a.at += size
	}
	if a.at == start {
		_, size := utf8.DecodeRuneInString(a.text[start:])
		a.at += size
	}
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= utf8.RuneSelf || r == '%' }

// longestNumber is the length in bytes beyond which digits are no strength.
const longestNumber = 12

// number reads decimal digits: "1,000" and "0,5" too. nil where there are none.
func (a *amounts) number() *big.Rat {
	n := a.at
	for a.digit(n) || n > a.at && n < len(a.text) && (a.text[n] == '.' || a.text[n] == ',') && a.digit(n+1) {
		n++
	}
	digits := a.text[a.at:n]
	if digits == "" || len(digits) > longestNumber {
		return nil
	}
	if whole, rest, comma := strings.Cut(digits, ","); comma {
		if len(rest) == 3 && whole != "0" {
			digits = whole + rest // thousands
		} else {
			digits = whole + "." + rest
		}
	}
	v, ok := new(big.Rat).SetString(digits)
	if !ok {
		return nil
	}
	a.at = n
	return v
}

func (a *amounts) digit(n int) bool {
	return n < len(a.text) && a.text[n] >= '0' && a.text[n] <= '9'
}

// unit reads a unit, after spaces; it stays where it is where there is none.
func (a *amounts) unit() (unit, bool) {
	n := a.at
	for n < len(a.text) && a.text[n] == ' ' {
		n++
	}
	end := n
	for end < len(a.text) {
		r, size := utf8.DecodeRuneInString(a.text[end:])
		if !letter(r) {
			break
		}
		end += size
	}
	u, ok := strengthUnits[a.text[n:end]]
	if ok {
		a.at = end
	}
	return u, ok
}

// measure is what a strength is in: so many millilitres, grams or hours.
type measure struct {
	amount    *big.Rat
	dimension string
}

// per reads what an amount is in: "/ML", "/5 mL", "/hr". What is in a puff or a
// tablet needs no mention, and "50 mg/12.5 mg" are two amounts.
func (a *amounts) per(of unit) measure {
	back := a.at
	if !a.slash() {
		return measure{}
	}
	value := a.number()
	u, ok := a.unit()
	if !ok || u.dimension == of.dimension && value != nil {
		a.at = back
		if ok {
			a.slash()
		}
		return measure{}
	}
	if value == nil {
		value = big.NewRat(1, 1)
	}
	return measure{new(big.Rat).Mul(value, u.scale), u.dimension}
}

// slash steps over a slash with the spaces around it.
func (a *amounts) slash() bool {
	n := a.at
	for n < len(a.text) && a.text[n] == ' ' {
		n++
	}
	if n >= len(a.text) || a.text[n] != '/' {
		return false
	}
	a.at = n + 1
	for a.at < len(a.text) && a.text[a.at] == ' ' {
		a.at++
	}
	return true
}

func spelled(value *big.Rat, u unit, per measure) string {
	v := new(big.Rat).Mul(value, u.scale)
	s := " " + u.dimension
	if per.amount != nil && per.amount.Sign() != 0 {
		v.Quo(v, per.amount)
		s += "/" + per.dimension
	}
	return v.RatString() + s
}
