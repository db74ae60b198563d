package labtest

import "strings"

// tokens are the parts of units, between strokes, by other spellings.
var tokens = map[string]string{
	"mcg": "ug", "gm": "g", "gms": "g", "gr": "g", "grams": "g", "Kg": "kg", "KG": "kg", "cc": "mL", "mcL": "uL", "mcl": "uL", "cumm": "mm3", "cmm": "mm3", "mm^3": "mm3", "mcmol": "umol", "mEq": "meq", "mEQ": "meq",
	"IU": "[IU]", "mIU": "m[IU]", "uIU": "u[IU]", "kIU": "k[IU]", "mcIU": "u[IU]", "UI": "[IU]", "mUI": "m[IU]", "uUI": "u[IU]", "IE": "[IU]", "mIE": "m[IU]", "uIE": "u[IU]", "kIE": "k[IU]",
	"hr": "h", "hrs": "h", "hour": "h", "Std": "h", "24h": "(24.h)", "24hr": "(24.h)", "24hrs": "(24.h)", "24hours": "(24.h)", "day": "d", "sec": "s", "secs": "s", "sec.": "s", "seconds": "s", "Sek": "s", "mins": "min",
	"hpf": "[HPF]", "HPF": "[HPF]", "lpf": "[LPF]", "LPF": "[LPF]", "mOsm": "mosm", "mOsmol": "mosm", "mosmol": "mosm", "mmHg": "mm[Hg]",
	"cells": "{cells}", "Cells": "{cells}", "copies": "{copies}", "beats": "{beats}", "breaths": "{breaths}", "ratio": "{ratio}", "gcreat": "g", "gCreat": "g", "gcr": "g", "gKrea": "g", "mmolKrea": "mmol",
	"1.73m2": "{1.73_m2}", "1.73m^2": "{1.73_m2}", "1.73": "{1.73_m2}", "1.73sqm": "{1.73_m2}", "1.73.m2": "{1.73_m2}", "1.73_m2": "{1.73_m2}",
	"Thousand": "10*3", "thousand": "10*3", "Thous": "10*3", "thous": "10*3", "thou": "10*3", "Tsd": "10*3", "Tsd.": "10*3", "Million": "10*6", "million": "10*6", "Mill": "10*6", "mill": "10*6", "Mil": "10*6", "mil": "10*6", "Mio": "10*6", "Mio.": "10*6",
}

// capitals are the parts of units that have no small letter at all, as systems write
// them that know none. There M is milli, and U before grams and moles micro.
var capitals = map[string]string{
	"MG": "mg", "UG": "ug", "MCG": "ug", "NG": "ng", "PG": "pg", "G": "g", "GM": "g", "KG": "kg", "DL": "dL", "ML": "mL", "UL": "uL", "MCL": "uL", "L": "L", "FL": "fL", "MMOL": "mmol", "UMOL": "umol", "NMOL": "nmol", "PMOL": "pmol",
	"MEQ": "meq", "IU": "[IU]", "MIU": "m[IU]", "UIU": "u[IU]", "U": "U", "MIN": "min", "HR": "h", "H": "h", "MM": "mm", "CM": "cm", "SEC": "s", "HPF": "[HPF]", "LPF": "[LPF]", "CUMM": "mm3", "MM3": "mm3", "MM^3": "mm3", "MMHG": "mm[Hg]",
	"1.73M2": "{1.73_m2}", "24H": "(24.h)", "24HR": "(24.h)", "%": "%", "": "", "MOSM": "mosm", "THOUSAND": "10*3", "THOUS": "10*3", "MILLION": "10*6", "MILL": "10*6", "M2": "m2", "K": "10*3",
}

// token is a part of a unit in UCUM: by the table, a power of ten by other
// spellings ("x10E3", "x10(3)", "10^3"), or as it stands.
func token(s string, table map[string]string) string {
	if code, ok := table[s]; ok {
		return code
	}
	p := strings.TrimLeft(s, "xX*")
	if rest, ok := strings.CutPrefix(p, "10"); ok {
		n := strings.Trim(rest, "^*Ee()")
		if n != rest && n != "" && len(n) <= 2 && strings.Trim(n, "0123456789") == "" {
			return "10*" + n
		}
	}
	return s
}
