package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// ucum gives the UCUM code of units whose HealthKit spelling is certain
// (https://developer.apple.com/documentation/healthkit/hkunit/init(from:)).
var ucum = map[string]string{
	"%": "%", "count/min": "/min", "ms": "ms", "s": "s", "min": "min", "hr": "h",
	"mmHg": "mm[Hg]", "cmAq": "cm[H2O]", "degC": "Cel", "degF": "[degF]",
	"g": "g", "kg": "kg", "mg": "mg", "mcg": "ug", "oz": "[oz_av]", "lb": "[lb_av]", "st": "[stone_av]",
	"m": "m", "cm": "cm", "mm": "mm", "km": "km", "in": "[in_i]", "ft": "[ft_i]", "yd": "[yd_i]", "mi": "[mi_i]",
	"L": "L", "mL": "mL", "dL": "dL", "L/min": "L/min", "fl_oz_us": "[foz_us]", "cup_us": "[cup_us]",
	"mg/dL": "mg/dL", "mmol/L": "mmol/L", "kcal": "kcal", "Cal": "[Cal]", "cal": "cal", "kJ": "kJ", "J": "J",
	"mL/min·kg": "mL/min/kg", "IU": "[iU]", "m/s": "m/s", "km/hr": "km/h", "mi/hr": "[mi_i]/h", "W": "W", "mcS": "uS", "Hz": "Hz",
}

// amount is a value with its unit. The molar mass that HealthKit writes into a
// unit ("mmol<180.15…>/L") is no part of the unit. note tells what is not as
// written; ok is false when the value is no number.
func amount(value, unit string) (q record.Quantity, note string, ok bool) {
	text, ok := record.DecimalText(value)
	if !ok {
		return record.Quantity{}, "", false
	}
	if i := strings.IndexByte(unit, '<'); i >= 0 {
		if j := strings.IndexByte(unit[i:], '>'); j > 0 {
			unit = unit[:i] + unit[i+j+1:]
		}
	}
	q = record.Quantity{Value: text, Unit: unit}
	if code := ucum[unit]; code != "" {
		q.System, q.Code = record.UCUM, code
	}
	if unit != "%" {
		return q, "", true
	}
	if shifted, is := percentage(text); is {
		note = "written as " + text + " with the unit %: HealthKit writes a percentage as a share of one"
		q.Value = shifted
	}
	return q, note, true
}

// percentage moves the point of a share of one two places to the right, digit
// by digit. A number beyond one is left as it is: what it means is not certain.
func percentage(s string) (shifted string, ok bool) {
	if strings.ContainsAny(s, "eE") {
		return "", false
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	whole = strings.TrimLeft(whole, "0")
	if whole != "" && (whole != "1" || strings.Trim(fraction, "0") != "") {
		return "", false
	}
	for len(fraction) < 2 {
		fraction += "0"
	}
	whole = strings.TrimLeft(whole+fraction[:2], "0")
	if whole == "" {
		whole = "0"
	}
	if strings.HasPrefix(s, "-") {
		whole = "-" + whole
	}
	if fraction = fraction[2:]; fraction != "" {
		whole += "." + fraction
	}
	return whole, true
}
