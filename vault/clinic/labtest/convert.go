package labtest

import (
	"math/big"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// sourceNGSP: NGSP = 0.09148 × IFCC + 2.152 (Hoelzel W et al., Clin Chem 2004; 50:
// 166-174; https://ngsp.org/ifcc.asp). It is taken in this direction both ways, so
// that there and back is exact; "10.93 × NGSP − 23.5" is the same line, rounded.
const sourceNGSP = "master equation between NGSP and IFCC: NGSP = 0.09148 × IFCC + 2.152"

var (
	ngspSlope     = big.NewRat(9148, 100000)
	ngspIntercept = big.NewRat(2152, 1000)
)

// Convert tells a result of the test in another unit, exactly: 1 mg/dL of
// creatinine in umol/L. It is the way to convert a result, for it knows what the
// units alone do not: that a percentage of hemoglobin A1c is no mmol/mol times ten.
// The value is not changed.
func (t *Test) Convert(value *big.Rat, from, to ucum.Unit) (*big.Rat, error) {
	if t.ngsp {
		return convertNGSP(value, from, to)
	}
	if from.Comparable(to) {
		return ucum.Convert(value, from, to)
	}
	v := new(big.Rat).Set(value)
	if t.charge != 0 {
		if u, ok := moles(from); ok {
			v.Quo(v, big.NewRat(t.charge, 1))
			from = u
		}
		if u, ok := moles(to); ok {
			v.Mul(v, big.NewRat(t.charge, 1))
			to = u
		}
		if from.Comparable(to) {
			return ucum.Convert(v, from, to)
		}
	}
	if t.MolarMass == nil {
		return nil, ucum.ErrIncomparable
	}
	return ucum.ConvertMass(v, from, to, t.MolarMass)
}

// Comparable says whether a result in one unit can be told in the other.
func (t *Test) Comparable(from, to ucum.Unit) bool {
	_, err := t.Convert(new(big.Rat), from, to)
	return err == nil
}

// moles is the unit of the moles in which u has equivalents: "mmol/L" of "meq/L".
func moles(u ucum.Unit) (ucum.Unit, bool) {
	code := u.String()
	numerator, rest, _ := strings.Cut(code, "/")
	prefix, ok := strings.CutSuffix(numerator, "eq")
	if !ok {
		return ucum.Unit{}, false
	}
	m, err := ucum.Parse(prefix + "mol" + strings.TrimPrefix(code, numerator))
	return m, err == nil && rest != ""
}

// convertNGSP: only "%" is of NGSP and only mmol/mol of IFCC. A fraction, "1", could
// be of either.
func convertNGSP(value *big.Rat, from, to ucum.Unit) (*big.Rat, error) {
	v := new(big.Rat)
	switch f, t := scaleA1c(from), scaleA1c(to); {
	case f == "" || t == "":
		return nil, ucum.ErrIncomparable
	case f == t:
		return v.Set(value), nil
	case f == "%":
		return v.Quo(v.Sub(value, ngspIntercept), ngspSlope), nil
	}
	return v.Add(v.Mul(value, ngspSlope), ngspIntercept), nil
}

func scaleA1c(u ucum.Unit) string {
	code, note, _ := strings.Cut(u.String(), "{")
	switch {
	case note != "" && !strings.HasSuffix(note, "}"):
	case code == "%", code == "mmol/mol":
		return code
	}
	return ""
}
