package ucum

import (
	"errors"
	"math/big"
)

// ErrIncomparable is returned where a value cannot be told in the other unit.
var ErrIncomparable = errors.New("the units measure different things, or convert to nothing but themselves")

// ErrMolarMass is returned for a molar mass that is not more than 0.
var ErrMolarMass = errors.New("the molar mass is not more than 0")

// Convert tells a value in another unit, exactly. The value is not changed.
func Convert(value *big.Rat, from, to Unit) (*big.Rat, error) {
	if !from.Comparable(to) {
		return nil, ErrIncomparable
	}
	v := new(big.Rat).Set(value)
	if from.offset != nil {
		v.Add(v, from.offset)
	}
	v.Mul(v, from.factor).Quo(v, to.factor)
	if to.offset != nil {
		v.Sub(v, to.offset)
	}
	return v, nil
}

// MassComparable says whether one of the units holds a mass where the other holds
// an amount of substance, "mg/dL" and "mmol/L", and they are alike otherwise.
func MassComparable(from, to Unit) bool {
	if from.factor == nil || to.factor == nil || from.offset != nil || to.offset != nil {
		return false
	}
	const gram, mole = "g", "mol"
	rest := func(d dims) dims { return d.times(dims{{gram, 1}}, -d.of(gram)).times(dims{{mole, 1}}, -d.of(mole)) }
	f, t := from.dims, to.dims
	moved := f.of(mole) - t.of(mole)
	return (moved == 1 || moved == -1) && t.of(gram)-f.of(gram) == moved && equal(rest(f), rest(t))
}

func equal(a, b dims) bool { return Unit{factor: one, dims: a}.Comparable(Unit{factor: one, dims: b}) }

var one = big.NewRat(1, 1)

// ConvertMass tells a mass as an amount of substance or the reverse, exactly, by
// the molar mass of what was measured in grams per mole.
func ConvertMass(value *big.Rat, from, to Unit, molar *big.Rat) (*big.Rat, error) {
	if !MassComparable(from, to) {
		return nil, ErrIncomparable
	}
	if molar == nil || molar.Sign() <= 0 {
		return nil, ErrMolarMass
	}
	v := new(big.Rat).Mul(value, from.factor)
	v.Quo(v, to.factor)
	if from.dims.of("mol")-to.dims.of("mol") == 1 { // a mole less, a gram more
		return v.Mul(v, molar), nil
	}
	return v.Quo(v, molar), nil
}
