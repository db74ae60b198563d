package hl7v2

import "strings"

// The parts of UCUM (https://ucum.org/ucum) that results use. Units whose
// spelling means something else in UCUM than in the mouth of a laboratory are
// left out: K (kelvin, met for "thousand"), M and G as prefixes ("ML"), lb, in.
var (
	ucumAtoms = map[string]bool{
		"g": true, "L": true, "l": true, "mol": true, "eq": true, "U": true, "m": true, "s": true, "min": true, "h": true, "d": true, "wk": true, "mo": true, "osm": true, "kat": true, "Pa": true, "J": true, "cal": true, "Hz": true, "bar": true, "V": true, "Bq": true, "Gy": true, "Sv": true,
		"[IU]": true, "[iU]": true, "m[Hg]": true, "m[H2O]": true,
	}
	ucumPlain = map[string]bool{ // atoms that take no prefix
		"%": true, "Cel": true, "[degF]": true, "[pH]": true, "[CFU]": true, "[arb'U]": true, "[HPF]": true, "[LPF]": true, "[lb_av]": true, "[oz_av]": true, "[in_i]": true, "[ft_i]": true, "[ppm]": true, "[ppb]": true, "[ppth]": true, "[drp]": true, "deg": true, "10*": true, "10^": true, "1": true, "a": true,
	}
	ucumPrefixes = []string{"da", "k", "h", "d", "c", "m", "u", "n", "p", "f"}
)

// certainUCUM says whether a unit is written as UCUM writes it and can mean
// nothing else. A sender that declares UCUM may also use an annotation alone.
func certainUCUM(unit string, declared bool) bool {
	const longestUnit = 40 // bytes
	if unit == "" || len(unit) > longestUnit {
		return false
	}
	start, inside := 0, false
	for i := 0; i <= len(unit); i++ {
		switch {
		case i == len(unit) || (unit[i] == '/' || unit[i] == '.') && !inside:
			if i > 0 && !ucumTerm(unit[start:i], declared) || i == len(unit) && start == i {
				return false
			}
			start = i + 1
		case unit[i] == '{':
			inside = true
		case unit[i] == '}':
			inside = false
		}
	}
	return unit[0] != '.'
}

// ucumTerm knows one atom with prefix, exponent and annotation: "10*3", "{cells}",
// "m2", "mm[Hg]".
func ucumTerm(t string, declared bool) bool {
	t, note, ok := cutAnnotation(t)
	if !ok || t == "" {
		return ok && note && declared
	}
	for _, ten := range []string{"10*", "10^"} {
		if rest, ok := strings.CutPrefix(t, ten); ok {
			return exponent(rest)
		}
	}
	if n := len(t); n > 1 && t[n-1] >= '2' && t[n-1] <= '3' {
		t = t[:n-1]
	}
	return ucumAtoms[t] || ucumPlain[t] || prefixed(t)
}

func prefixed(t string) bool {
	for _, p := range ucumPrefixes {
		if rest, ok := strings.CutPrefix(t, p); ok && ucumAtoms[rest] && !notPrefixed[rest] {
			return true
		}
	}
	return false
}

// cutAnnotation cuts "{cells}" off the end.
func cutAnnotation(t string) (unit string, note, ok bool) {
	i := strings.IndexByte(t, '{')
	if i < 0 {
		return t, false, true
	}
	inside := strings.TrimSuffix(t[i+1:], "}")
	return t[:i], true, strings.HasSuffix(t, "}") && !strings.ContainsAny(inside, "{}")
}

// notPrefixed are units of time that nobody divides by ten.
var notPrefixed = map[string]bool{"min": true, "h": true, "d": true, "wk": true, "mo": true}

func exponent(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return s == "" || len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}
