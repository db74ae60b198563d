package clinic

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// decimal is the exact value of a decimal as it is written; no number of medicine
// is beyond the limits.
func decimal(s string) (*big.Rat, bool) {
	text, ok := decimalText(s)
	if !ok {
		return nil, false
	}
	if v := short(text); v != nil {
		return v, true
	}
	return new(big.Rat).SetString(text)
}

// short is the value of a decimal of so few digits that a word holds it, which
// nearly all are; nil for any other.
func short(s string) *big.Rat {
	const longest = 18
	digits, negative := strings.CutPrefix(s, "-")
	if len(digits) > longest || digits == "" {
		return nil
	}
	n, scale := int64(0), int64(0)
	for _, c := range []byte(digits) {
		switch {
		case c >= '0' && c <= '9':
			n, scale = n*10+int64(c-'0'), scale*10
		case c == '.' && scale == 0:
			scale = 1
		default:
			return nil
		}
	}
	if negative {
		n = -n
	}
	if scale <= 1 {
		return new(big.Rat).SetInt64(n)
	}
	return big.NewRat(n, scale)
}

// float is decimal for drawing.
func float(s string) (float64, bool) {
	text, ok := decimalText(s)
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil
}

func decimalText(s string) (string, bool) {
	const longestExponent = 3 // characters, with its sign
	text, ok := record.DecimalText(s)
	if !ok {
		return "", false
	}
	if i := strings.IndexAny(text, "eE"); i >= 0 && len(text)-i-1 > longestExponent {
		return "", false
	}
	return text, true
}

// fewestDigits are shown of a calculated value however few its source has: 7 mmol/L
// of glucose in mg/dL is no better told as 100 than as 126.
const fewestDigits = 2

// calculated is a converted value for people, rounded to as many digits as the
// source wrote of the value it came from, but never within the whole number
// (CLINICAL-SAFETY hazards 19 and 20). On a scale with another zero, as of
// temperatures, it has the power of ten that comes nearest to the last digit that was
// written: steps of 0.1 °F are of 0.1 °C, those of 0.1 % of hemoglobin A1c of 1
// mmol/mol. step is how long one unit is there; nil on a scale with the same zero.
func calculated(v *big.Rat, written string, step *big.Rat) string {
	digits, after := significant(written)
	if step != nil {
		f, _ := step.Float64()
		return v.FloatString(max(0, after-int(math.Round(math.Log10(math.Abs(f))))))
	}
	if v.Sign() == 0 {
		return v.FloatString(after)
	}
	digits = max(digits, fewestDigits)
	before := whole(v)
	places := max(0, digits-before)
	text := v.FloatString(places)
	if rounded, err := strconv.ParseFloat(text, 64); err == nil && places > 0 && math.Abs(rounded) >= math.Pow10(before) {
		text = v.FloatString(places - 1) // 9.96 became 10.0
	}
	return text
}

// significant counts the digits of a decimal from its first that is not 0, and
// those after the point.
func significant(written string) (digits, after int) {
	mantissa, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(written, "+-")), "e")
	before, fraction, _ := strings.Cut(mantissa, ".")
	return len(strings.TrimLeft(before+fraction, "0")), len(fraction)
}

// whole is how many digits stand before the point, and for 0.05 how many zeros
// after it, negative: -1.
func whole(v *big.Rat) int {
	f, _ := v.Float64()
	l := math.Log10(math.Abs(f))
	const near = 1e-9 // to a power of ten, where only the exact value tells
	if math.Abs(l-math.Round(l)) > near && !math.IsInf(l, 0) {
		return int(math.Floor(l)) + 1
	}
	a := new(big.Rat).Abs(v)
	if n := new(big.Int).Quo(a.Num(), a.Denom()); n.Sign() != 0 {
		return len(n.String())
	}
	n, ten, one := 0, big.NewRat(10, 1), big.NewRat(1, 1)
	for a.Mul(a, ten); a.Cmp(one) < 0; a.Mul(a, ten) {
		n--
	}
	return n
}
