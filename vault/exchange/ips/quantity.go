package ips

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// decimal brings a decimal text into the form that JSON and FHIR R4 have
// (-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?) and changes nothing else: the
// digits behind the point stay. It is "" for what is no decimal.
func decimal(s string) number {
	s, ok := record.DecimalText(s)
	if !ok {
		return ""
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	mantissa, exponent := s, ""
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent = s[:i], s[i:]
		if strings.ContainsAny(exponent[2:], "+-") {
			return ""
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return number(sign + whole + fraction + exponent)
}

// whole is a number without a sign that fits FHIR's 32 bits, else "".
func wholeNumber(s string) number {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 32)
	if err != nil || n < 0 {
		return ""
	}
	return number(strconv.FormatInt(n, 10))
}

// quantity is a Quantity, or nil where the value is no decimal. A unit code
// without its system is not written (qty-3); the unit's words stay.
func quantity(q record.Quantity) *element {
	n := decimal(q.Value)
	if n == "" {
		return nil
	}
	e := new(element)
	e.number("value", n)
	switch q.Comparator {
	case record.Less, record.LessOrEqual, record.Greater, record.GreaterOrEqual:
		e.token("comparator", string(q.Comparator))
	case "":
	default:
		return nil // a comparator that FHIR lacks: words are safer than a bare number
	}
	unit := q.Unit
	if unit == "" && q.System == "" {
		unit = q.Code
	}
	e.text("unit", unit)
	if q.System != "" {
		e.text("system", uri(q.System))
		e.token("code", strings.TrimSpace(q.Code))
	}
	return e
}

// simpleQuantity is a quantity for an element that takes no comparator.
func simpleQuantity(q record.Quantity) *element {
	if q.Comparator != "" {
		return nil
	}
	return quantity(q)
}

// rangeOf is a Range, or nil where FHIR has none for it: an end with a
// comparator or without a number, or ends that cross (rng-2).
func rangeOf(r record.Range) *element {
	low, high := simpleQuantity(r.Low), simpleQuantity(r.High)
	if low == nil && !r.Low.Empty() || high == nil && !r.High.Empty() {
		return nil
	}
	if low != nil && high != nil && r.Low.UnitWords() == r.High.UnitWords() && greater(r.Low.Value, r.High.Value) {
		return nil
	}
	e := new(element)
	e.put("low", low)
	e.put("high", high)
	return e
}

// ratioOf is a Ratio, or nil where a side is missing (rat-1).
func ratioOf(r record.Ratio) *element {
	n, d := quantity(r.Numerator), quantity(r.Denominator)
	if n == nil || d == nil {
		return nil
	}
	e := new(element)
	e.put("numerator", n)
	e.put("denominator", d)
	return e
}

// longestExponent, in digits, is how far two numbers are compared; what is
// beyond counts as not greater.
const longestExponent = 3

func greater(a, b string) bool {
	x, y := rational(a), rational(b)
	return x != nil && y != nil && x.Cmp(y) > 0
}

func rational(s string) *big.Rat {
	n := string(decimal(s))
	if i := strings.IndexAny(n, "eE"); i >= 0 && len(strings.TrimLeft(n[i+1:], "+-")) > longestExponent {
		return nil
	}
	r, _ := new(big.Rat).SetString(n)
	return r
}

func decimalOf(n int64) number { return number(strconv.FormatInt(n, 10)) }
