package ucum

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// ErrUnit is returned for text that is no unit of UCUM. It is wrapped with what is
// wrong and at which character, without the text.
var ErrUnit = errors.New("not a UCUM unit")

// Limits on what is read: far beyond any unit of measure.
const (
	longestCode    = 128 // characters
	deepestNesting = 16  // parentheses in one another
	largestExp     = 99  // of a unit, as 10*99
	longestFactor  = 18  // digits
)

// Parse reads a unit, case sensitive. The empty text is none: the unit of a mere
// number is "1".
func Parse(code string) (Unit, error) {
	u, err := parse(code, func(s string) (atom, bool) {
		a, ok := atoms()[s]
		return a, ok
	})
	if err != nil {
		return Unit{}, err
	}
	u.code = code
	return u, nil
}

// parser reads by the grammar of UCUM section 2.1, Exhibit 1.
type parser struct {
	s     string
	at    int
	depth int
	table func(string) (atom, bool)
	notes []string
}

func parse(code string, table func(string) (atom, bool)) (Unit, error) {
	p := parser{s: code, table: table}
	if code == "" || len(code) > longestCode {
		return Unit{}, p.wrong("empty, or too long")
	}
	for i := range len(code) {
		if code[i] < '!' || code[i] > '~' {
			p.at = i
			return Unit{}, p.wrong("a character outside of printable ASCII")
		}
	}
	u, err := p.main()
	if err == nil && p.at < len(p.s) {
		err = p.wrong("something follows the unit")
	}
	u.annotations = p.notes
	return u, err
}

func (p *parser) wrong(what string) error {
	return fmt.Errorf("%w: %s, at character %d", ErrUnit, what, p.at+1)
}

// next takes c, if it comes next.
func (p *parser) next(c byte) bool {
	if p.at < len(p.s) && p.s[p.at] == c {
		p.at++
		return true
	}
	return false
}

// main reads "/" term | term.
func (p *parser) main() (Unit, error) {
	u := Unit{factor: big.NewRat(1, 1)}
	if p.next('/') {
		v, err := p.component()
		if err != nil {
			return u, err
		}
		if u, err = p.join(u, v, -1); err != nil {
			return u, err
		}
		return p.rest(u)
	}
	return p.term()
}

func (p *parser) term() (Unit, error) {
	u, err := p.component()
	if err != nil {
		return u, err
	}
	return p.rest(u)
}

// rest reads the further components of a term, from left to right: "mg/kg/d",
// "mg/kg.d" is (mg/kg).d.
func (p *parser) rest(u Unit) (Unit, error) {
	for p.at < len(p.s) {
		exp := 1
		switch {
		case p.next('.'):
		case p.next('/'):
			exp = -1
		default:
			return u, nil
		}
		v, err := p.component()
		if err != nil {
			return u, err
		}
		if u, err = p.join(u, v, exp); err != nil {
			return u, err
		}
	}
	return u, nil
}

func (p *parser) join(u, v Unit, exp int) (Unit, error) {
	if u.special || v.special {
		return u, p.wrong("a unit on a scale of its own does not stand with others")
	}
	f := power(v.factor, exp)
	return Unit{factor: f.Mul(f, u.factor), dims: u.dims.times(v.dims, exp)}, nil
}

// component reads a unit or number with its annotation, an annotation alone, or a
// term in parentheses.
func (p *parser) component() (Unit, error) {
	if p.at == len(p.s) {
		return Unit{}, p.wrong("a unit is missing")
	}
	if p.next('(') {
		return p.nested()
	}
	u := Unit{factor: big.NewRat(1, 1)}
	if p.s[p.at] != '{' {
		var err error
		if u, err = p.annotatable(); err != nil {
			return u, err
		}
	}
	if p.next('{') {
		end := strings.IndexByte(p.s[p.at:], '}')
		if end < 0 || strings.IndexByte(p.s[p.at:p.at+end], '{') >= 0 {
			return u, p.wrong("an annotation does not end")
		}
		p.notes = append(p.notes, p.s[p.at:p.at+end])
		p.at += end + 1
	}
	return u, nil
}

func (p *parser) nested() (Unit, error) {
	if p.depth++; p.depth > deepestNesting {
		return Unit{}, p.wrong("too many parentheses")
	}
	u, err := p.term()
	if err == nil && !p.next(')') {
		err = p.wrong("a parenthesis does not end")
	}
	p.depth--
	return u, err
}
