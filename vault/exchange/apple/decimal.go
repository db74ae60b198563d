package apple

import (
	"cmp"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// decimal is a number that is never rounded: small / 10^scale, or big / 10^scale
// where that does not fit.
type decimal struct {
	small int64
	big   *big.Int
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
	d := decimal{scale: len(fraction) - exponent}
	if digits := whole + fraction; len(digits) < 18 {
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return decimal{}, false
		}
		d.small = n
	} else if n, ok := new(big.Int).SetString(digits, 10); ok {
		d.big = n
	} else {
		return decimal{}, false
	}
	if d.scale < 0 {
		d = d.to(0)
	}
	return d, true
}

// n is the number without its point.
func (d decimal) n() *big.Int {
	if d.big != nil {
		return d.big
	}
	return big.NewInt(d.small)
}

// to gives d with more digits behind the point.
func (d decimal) to(scale int) decimal {
	for d.big == nil && scale > d.scale && d.small > -math.MaxInt64/10 && d.small < math.MaxInt64/10 {
		d.small *= 10
		d.scale++
	}
	if scale <= d.scale {
		return d
	}
	factor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-d.scale)), nil)
	return decimal{big: factor.Mul(d.n(), factor), scale: scale}
}

// cmp compares two numbers.
func (d decimal) cmp(e decimal) int {
	scale := max(d.scale, e.scale)
	d, e = d.to(scale), e.to(scale)
	if d.big == nil && e.big == nil {
		return cmp.Compare(d.small, e.small)
	}
	return d.n().Cmp(e.n())
}

// add adds e to d.
func (d decimal) add(e decimal) decimal {
	scale := max(d.scale, e.scale)
	d, e = d.to(scale), e.to(scale)
	const half = math.MaxInt64 / 2
	if d.big == nil && e.big == nil && max(d.small, e.small) < half && min(d.small, e.small) > -half {
		return decimal{small: d.small + e.small, scale: scale}
	}
	return decimal{big: new(big.Int).Add(d.n(), e.n()), scale: scale}
}

// over divides by a count and rounds half away from zero to the given digits
// behind the point.
func (d decimal) over(count, scale int) decimal {
	num := new(big.Int).Set(d.to(scale).n())
	den := big.NewInt(int64(count))
	if d.scale > scale {
		den.Mul(den, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.scale-scale)), nil))
	}
	half := new(big.Int).Quo(den, big.NewInt(2))
	if num.Sign() < 0 {
		half.Neg(half)
	}
	return decimal{big: num.Add(num, half).Quo(num, den), scale: scale}
}

// String is the decimal text.
func (d decimal) String() string {
	s := d.n().String()
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
