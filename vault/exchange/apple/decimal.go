package apple

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// decimal is a number that is never rounded: n / 10^scale.
type decimal struct {
	n     *big.Int
	scale int
}

// exponentLimit bounds the exponents of numbers that are added up; a phone
// writes none beyond.
const exponentLimit = 30

// parseDecimal reads the decimal text of a value.
func parseDecimal(s string) (decimal, bool) {
	s, ok := record.DecimalText(s)
	if !ok {
		return decimal{}, false
	}
	exponent := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil || e < -exponentLimit || e > exponentLimit {
			return decimal{}, false
		}
		s, exponent = s[:i], e
	}
	whole, fraction, _ := strings.Cut(s, ".")
	d := decimal{n: new(big.Int), scale: len(fraction) - exponent}
	if digits := whole + fraction; len(digits) < 18 {
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return decimal{}, false
		}
		d.n.SetInt64(n)
	} else if _, ok := d.n.SetString(digits, 10); !ok {
		return decimal{}, false
	}
	if d.scale < 0 {
		d = d.to(0)
	}
	return d, true
}

// to gives d with more digits behind the point.
func (d decimal) to(scale int) decimal {
	if scale <= d.scale {
		return d
	}
	factor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-d.scale)), nil)
	return decimal{new(big.Int).Mul(d.n, factor), scale}
}

// cmp compares two numbers.
func (d decimal) cmp(e decimal) int {
	scale := max(d.scale, e.scale)
	return d.to(scale).n.Cmp(e.to(scale).n)
}

// add adds e to d; d itself may change.
func (d decimal) add(e decimal) decimal {
	if d.n == nil {
		return decimal{new(big.Int).Set(e.n), e.scale}
	}
	scale := max(d.scale, e.scale)
	d = d.to(scale)
	d.n.Add(d.n, e.to(scale).n)
	return d
}

// over divides by a count and rounds half away from zero to the given digits
// behind the point.
func (d decimal) over(count, scale int) decimal {
	num := new(big.Int).Set(d.to(scale).n)
	den := big.NewInt(int64(count))
	if d.scale > scale {
		den.Mul(den, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.scale-scale)), nil))
	}
	half := new(big.Int).Quo(den, big.NewInt(2))
	if num.Sign() < 0 {
		half.Neg(half)
	}
	return decimal{num.Add(num, half).Quo(num, den), scale}
}

// String is the decimal text.
func (d decimal) String() string {
	s := d.n.String()
	if d.scale <= 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if len(s) <= d.scale {
		s = strings.Repeat("0", d.scale-len(s)+1) + s
	}
	return sign + s[:len(s)-d.scale] + "." + s[len(s)-d.scale:]
}
