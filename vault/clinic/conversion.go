package clinic

import (
	"math/big"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// conversion tells values of a unit that the axis takes in that of the axis, exactly:
// v·factor + offset, as all conversions between units are that UCUM and package
// labtest have. nil where there is nothing to convert.
type conversion struct{ factor, offset *big.Rat }

func (a axis) from(s scale) (c *conversion, ok bool) {
	if s.unit.String() == "" || s.unit.Same(a.unit) {
		return nil, true
	}
	var at [3]*big.Rat // of 0, 1 and 2
	for n := range at {
		v, err := a.tell(big.NewRat(int64(n), 1), s.unit)
		if err != nil {
			return nil, false
		}
		at[n] = v
	}
	c = &conversion{factor: new(big.Rat).Sub(at[1], at[0]), offset: at[0]}
	return c, c.of(big.NewRat(2, 1)).Cmp(at[2]) == 0
}

func (c *conversion) of(v *big.Rat) *big.Rat {
	v = new(big.Rat).Mul(v, c.factor)
	if c.moved() {
		v.Add(v, c.offset)
	}
	return v
}

// moved says that the zero of the unit is not that of the axis.
func (c *conversion) moved() bool { return c.offset.Sign() != 0 }

func (a axis) tell(v *big.Rat, from ucum.Unit) (*big.Rat, error) {
	if a.test != nil {
		return a.test.Convert(v, from, a.unit)
	}
	return ucum.Convert(v, from, a.unit)
}
