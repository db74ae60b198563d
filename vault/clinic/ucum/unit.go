package ucum

import (
	"cmp"
	"math/big"
	"slices"
)

// Unit is a unit that was read; the zero Unit is no unit. It is never changed, and
// may be used by several goroutines.
type Unit struct {
	code        string
	factor      *big.Rat // of the units of dims
	offset      *big.Rat // of a temperature scale, else nil
	special     bool
	dims        dims
	annotations []string
}

// String is the code as it was written.
func (u Unit) String() string { return u.code }

// Annotations are the texts in braces, as they were written and in that order:
// "cells" of "10*3{cells}/uL". Nobody but the caller gives them a meaning.
func (u Unit) Annotations() []string { return slices.Clone(u.annotations) }

// Comparable says whether a value of u can be told in v. No unit is comparable to
// the zero Unit.
func (u Unit) Comparable(v Unit) bool {
	return u.factor != nil && v.factor != nil && slices.Equal(u.dims, v.dims)
}

// One says that the unit is the number 1: "1", "{score}".
func (u Unit) One() bool {
	return u.factor != nil && len(u.dims) == 0 && u.offset == nil && u.factor.Cmp(one) == 0
}

// Number says that the unit is a mere number, of any size: "%", "mmol/mol", "10*3".
func (u Unit) Number() bool { return u.factor != nil && len(u.dims) == 0 }

// Same says whether u and v are the same unit, however it is written: "mg/dL",
// "mg.dL-1" and "cg/L".
func (u Unit) Same(v Unit) bool {
	if !u.Comparable(v) || u.factor.Cmp(v.factor) != 0 || (u.offset == nil) != (v.offset == nil) {
		return false
	}
	return u.offset == nil || u.offset.Cmp(v.offset) == 0
}

// dim is a power of a base unit, or of a unit that converts to nothing else.
type dim struct {
	unit string
	exp  int
}

// dims are sorted by unit, and no exponent is 0.
type dims []dim

// times is d with another's exponents, times n, added.
func (d dims) times(e dims, n int) dims {
	out := make(dims, 0, len(d)+len(e))
	i := 0
	for _, x := range e {
		for ; i < len(d) && d[i].unit < x.unit; i++ {
			out = append(out, d[i])
		}
		x.exp *= n
		if i < len(d) && d[i].unit == x.unit {
			x.exp += d[i].exp
			i++
		}
		if x.exp != 0 {
			out = append(out, x)
		}
	}
	return append(out, d[i:]...)
}

// of is the exponent of a unit.
func (d dims) of(unit string) int {
	if i, ok := slices.BinarySearchFunc(d, unit, func(x dim, s string) int { return cmp.Compare(x.unit, s) }); ok {
		return d[i].exp
	}
	return 0
}
