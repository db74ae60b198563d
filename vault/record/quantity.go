package record

import "strings"

// Comparator says how an inexact value is to be read (FHIR Quantity.comparator,
// a modifier element: "<0.5" is not 0.5).
type Comparator string

// The comparators of FHIR R4; the empty Comparator means the value is exact.
const (
	Less           Comparator = "<"
	LessOrEqual    Comparator = "<="
	Greater        Comparator = ">"
	GreaterOrEqual Comparator = ">="
)

// Quantity is a measured amount. Value is the decimal text exactly as written:
// 0.010 and 0.01 are different statements (FHIR R4 datatypes, decimal). Unit is
// what the source wrote for people; Code is the unit in System (UCUM) and is
// filled only where the source says so or the spelling is certain.
type Quantity struct {
	Comparator Comparator `json:"comparator,omitempty"`
	Value      string     `json:"value,omitempty"`
	Unit       string     `json:"unit,omitempty"`
	System     string     `json:"system,omitempty"`
	Code       string     `json:"code,omitempty"`
}

// Empty says that no value is there.
func (q Quantity) Empty() bool { return q.Value == "" }

// UnitWords is the unit to show: as written, else its code; "" where the source
// gave none (it is never invented).
func (q Quantity) UnitWords() string {
	if q.Unit != "" {
		return q.Unit
	}
	if q.Code == "1" && q.System == UCUM {
		return ""
	}
	return q.Code
}

// Number is comparator and value without the unit: "<0.5".
func (q Quantity) Number() string { return string(q.Comparator) + q.Value }

// String is the whole amount: "<0.5 mg/dL".
func (q Quantity) String() string {
	if q.Empty() {
		return ""
	}
	if u := q.UnitWords(); u != "" {
		return q.Number() + " " + u
	}
	return q.Number()
}

// DecimalText checks that s is a decimal as FHIR R4 and CDA write it
// (-?digits[.digits][e±digits]) and returns it trimmed but otherwise as
// written. A leading "+" (legal in CDA REAL) is dropped. ok is false for
// anything else, among it NaN, "1,5" and text; limit: 64 characters.
func DecimalText(s string) (text string, ok bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "+")
	const longestDecimal = 64 // characters
	if s == "" || len(s) > longestDecimal {
		return "", false
	}
	rest := strings.TrimPrefix(s, "-")
	mantissa, exponent, hasExponent := cutExponent(rest)
	whole, fraction, hasFraction := strings.Cut(mantissa, ".")
	if !digits(whole) && (whole != "" || !hasFraction) {
		return "", false
	}
	if hasFraction && !digits(fraction) {
		return "", false
	}
	if hasExponent && !digits(strings.TrimLeft(exponent, "+-")) {
		return "", false
	}
	return s, true
}

func cutExponent(s string) (mantissa, exponent string, found bool) {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}
