package labtest

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// Unit is the UCUM code of a unit as a laboratory wrote it, for a result with a
// LOINC code or none (""). It is to be asked before UCUM is: "K/uL" is thousands
// here, and kelvin there.
//
// Some texts mean one thing in one test and another elsewhere, and are told only
// where the code says which: "G/L" is 10*9/L of cells, "mU/L" of a hormone is of
// international units while that of an enzyme is not, "IU/L" of an enzyme is U/L,
// for the international unit of an enzyme is the one that UCUM calls U. Where
// nothing is certain, ok is false, and the unit stands as it was written.
func Unit(written, loinc string) (code string, ok bool) {
	s := spelled.Replace(strings.TrimSpace(written))
	if s == "" {
		return "", false
	}
	t := loaded().byCode[loinc]
	if code, ok := ofKind(s, t); ok {
		return code, true
	}
	if traps[s] {
		return "", false
	}
	if code, ok := whole[strings.ToLower(s)]; ok {
		return code, true
	}
	if _, err := ucum.Parse(s); err == nil {
		return s, true
	}
	parts := strings.Split(s, "/")
	table := tokens
	if s == strings.ToUpper(s) {
		table = capitals
	}
	for i, p := range parts {
		if parts[i] = token(p, table); i > 0 && parts[i] == "" {
			return "", false
		}
	}
	code = strings.Join(parts, "/")
	if _, err := ucum.Parse(code); err != nil {
		return "", false
	}
	return code, true
}

// spelled makes characters one that are written in several ways.
var spelled = strings.NewReplacer(
	"\u00b5", "u", "\u03bc", "u", "\u00d7", "x", "\u00b2", "2", "\u00b3", "^3", "\u2076", "^6", "\u2079", "^9", "\u00b9\u00b2", "^12", "\u00b0", "deg", " ", "", "\u00a0", "", "**", "*", "1,73", "1.73",
)

// ofKind are the texts whose meaning the test decides.
func ofKind(s string, t *Test) (string, bool) {
	if t == nil {
		return "", false
	}
	var code string
	switch {
	case t.is("NCnc"):
		code = counts[s]
	case t.is("CCnc"):
		code = catalytic[s]
	case t.is("ACnc") && strings.Contains(t.Unit, "[IU]"):
		code = international[s]
	case t.is("Temp"):
		code = temperatures[s]
	case t.is("LsCnc"):
		code = acidity[s]
	case t.is("Len"):
		code = lengths[s]
	case t.is("MCnc"):
		code = masses[s]
	}
	return code, code != ""
}

// traps are units of UCUM that nobody means in a medical record, or that two
// laboratories mean differently.
var traps = map[string]bool{
	"G/L": true, "T/L": true, "G/l": true, "T/l": true, "pH": true, "PH": true, "F": true, "C": true, "K": true, "M": true, "U": true, "in": true, "L/uL": true, "MU/L": true,
}

var (
	counts = map[string]string{
		"G/L": "10*9/L", "G/l": "10*9/L", "Gpt/L": "10*9/L", "Gpt/l": "10*9/L", "GPt/L": "10*9/L", "GPt/l": "10*9/L", "T/L": "10*12/L", "T/l": "10*12/L",
		"Tpt/L": "10*12/L", "Tpt/l": "10*12/L", "TPt/L": "10*12/L", "TPt/l": "10*12/L", "M/uL": "10*6/uL", "M/mcL": "10*6/uL", "M/mm3": "10*6/uL", "M/mm^3": "10*6/uL", "M/cumm": "10*6/uL", "M/UL": "10*6/uL",
	}
	catalytic     = map[string]string{"IU/L": "U/L", "IU/l": "U/L", "[IU]/L": "U/L", "[iU]/L": "U/L", "iU/L": "U/L", "UI/L": "U/L", "UI/l": "U/L", "E/L": "U/L", "E/l": "U/L", "U/l": "U/L", "u/L": "U/L", "u/l": "U/L"}
	international = map[string]string{
		"U/L": "[IU]/L", "U/l": "[IU]/L", "U/mL": "[IU]/mL", "U/ml": "[IU]/mL", "kU/L": "k[IU]/L", "kU/l": "k[IU]/L", "mU/L": "m[IU]/L", "mU/l": "m[IU]/L", "MU/L": "m[IU]/L", "mU/mL": "m[IU]/mL", "mU/ml": "m[IU]/mL",
		"uU/mL": "u[IU]/mL", "uU/ml": "u[IU]/mL", "mE/L": "m[IU]/L", "mE/l": "m[IU]/L", "uE/mL": "u[IU]/mL", "uE/ml": "u[IU]/mL", "MIU/L": "m[IU]/L", "MIU/ML": "m[IU]/mL", "UIU/ML": "u[IU]/mL",
	}
	temperatures = map[string]string{"C": "Cel", "F": "[degF]"}
	acidity      = map[string]string{"pH": "[pH]", "PH": "[pH]", "1": "[pH]"}
	lengths      = map[string]string{"in": "[in_i]", "\"": "[in_i]", "ft": "[ft_i]"}
	masses       = map[string]string{"G/L": "g/L"}
)

// whole are texts that are no products of known parts, in small letters.
var whole = map[string]string{
	"k/ul": "10*3/uL", "k/mcl": "10*3/uL", "k/mm3": "10*3/uL", "k/mm^3": "10*3/uL", "k/cumm": "10*3/uL", "bpm": "/min", "beatsperminute": "{beats}/min", "breathsperminute": "{breaths}/min", "percent": "%", "%o2": "%",
	"mmhg": "mm[Hg]", "mm(hg)": "mm[Hg]", "torr": "mm[Hg]", "degc": "Cel", "degreesc": "Cel", "degreescelsius": "Cel", "celsius": "Cel", "degf": "[degF]", "degreesf": "[degF]", "degreesfahrenheit": "[degF]", "fahrenheit": "[degF]",
	"kg/m^2": "kg/m2", "kg/m*2": "kg/m2", "kg/sqm": "kg/m2", "inches": "[in_i]", "inch": "[in_i]", "feet": "[ft_i]", "pounds": "[lb_av]", "lbs": "[lb_av]", "lb": "[lb_av]", "ounces": "[oz_av]", "oz": "[oz_av]",
	"iu": "[IU]", "ratio": "{ratio}", "score": "{score}", "s/co": "{s_co_ratio}", "index": "{index}", "titer": "{titer}", "inr": "{INR}",
}
