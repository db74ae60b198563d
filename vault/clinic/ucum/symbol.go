package ucum

import (
	"math/big"
	"strconv"
	"strings"
)

// annotatable reads a number, or a unit with its exponent.
func (p *parser) annotatable() (Unit, error) {
	if p.ten(p.at) {
		return p.power(p.s[p.at : p.at+3])
	}
	if digits := p.digits(p.at); digits != "" {
		if after := p.at + len(digits); after+1 < len(p.s) && p.s[after] == '.' && p.digits(after+1) != "" && !p.ten(after+1) {
			return Unit{}, p.wrong("a decimal number") // the grammar reads 1.73 as 1 times 73, and nobody means that
		}
		p.at += len(digits)
		v, ok := new(big.Int).SetString(digits, 10)
		if !ok || v.Sign() == 0 || len(digits) > longestFactor {
			return Unit{}, p.wrong("a number that is 0 or too long")
		}
		return Unit{factor: new(big.Rat).SetInt(v)}, nil
	}
	symbol := p.symbol()
	if symbol == "" {
		return Unit{}, p.wrong("a unit is missing")
	}
	return p.power(symbol)
}

// ten says that the unit 10* or 10^ stands at a place.
func (p *parser) ten(at int) bool {
	return strings.HasPrefix(p.s[at:], "10*") || strings.HasPrefix(p.s[at:], "10^")
}

// symbol is the text of a unit up to its exponent or what comes after it. Within
// brackets every character is of it: "B[10.nV]", "m[H2O]".
func (p *parser) symbol() string {
	within := false
	for i := p.at; i < len(p.s); i++ {
		switch c := p.s[i]; {
		case c == '[':
			within = true
		case c == ']':
			within = false
		case !within && (strings.IndexByte("./(){}+-=\"", c) >= 0 || c >= '0' && c <= '9'):
			return p.s[p.at:i]
		}
	}
	return p.s[p.at:]
}

func (p *parser) digits(from int) string {
	i := from
	for i < len(p.s) && p.s[i] >= '0' && p.s[i] <= '9' {
		i++
	}
	return p.s[from:i]
}

// power reads the exponent of a symbol and gives the unit.
func (p *parser) power(symbol string) (Unit, error) {
	a, prefix, ok := prefixed(symbol, p.table)
	if !ok {
		return Unit{}, p.wrong("no unit of that name")
	}
	p.at += len(symbol)
	u := Unit{factor: a.factor, offset: a.offset, special: a.special, dims: a.dims}
	if prefix != nil {
		u.factor = prefix.Mul(prefix, a.factor)
		if a.offset != nil { // 1 mCel is 0.001 Cel: the zero stays where it is
			u.offset = new(big.Rat).Quo(new(big.Rat).Mul(a.offset, a.factor), u.factor)
		}
	}
	exp, stated, err := p.exponent()
	if err != nil || !stated {
		return u, err
	}
	if a.special {
		return u, p.wrong("a unit on a scale of its own has no exponent")
	}
	u.factor, u.dims = power(u.factor, exp), dims(nil).times(u.dims, exp)
	return u, nil
}

func (p *parser) exponent() (exp int, stated bool, err error) {
	sign := 1
	switch {
	case p.next('-'):
		sign = -1
		stated = true
	case p.next('+'):
		stated = true
	}
	digits := p.digits(p.at)
	if digits == "" && !stated {
		return 0, false, nil
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > largestExp {
		return 0, true, p.wrong("an exponent that is no number or too large")
	}
	p.at += len(digits)
	return sign * n, true, nil
}
