package clinic

import (
	"math/big"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic/labtest"
	"github.com/carnet-phr/carnet/vault/clinic/ucum"
	"github.com/carnet-phr/carnet/vault/record"
)

// written is a unit as a source states it, for a test.
type written struct{ unit, system, code, loinc string }

func writtenOf(q record.Quantity, loinc string) written {
	return written{q.Unit, q.System, q.Code, loinc}
}

// words is what the reader sees of it.
func (w written) words() string {
	return record.Quantity{Unit: w.unit, System: w.system, Code: w.code, Value: "1"}.UnitWords()
}

// scale is a unit that was understood, or the words of one that was not.
type scale struct {
	unit  ucum.Unit // the zero Unit: not understood
	words string    // of a unit that was not understood; "" where the source gave none
}

// units understands units, each once.
type units map[written]scale

// of understands a unit where that is certain: as package labtest reads it for the
// test, else as the source itself codes it in UCUM, unless it then measures what the
// test does not ("K/uL" is kelvin in UCUM, CLINICAL-SAFETY hazard 21).
func (u units) of(w written) scale {
	if s, ok := u[w]; ok {
		return s
	}
	s := scale{words: w.words()}
	if code, ok := w.certain(); ok {
		if unit, err := ucum.Parse(code); err == nil {
			s = scale{unit: unit}
		}
	}
	u[w] = s
	return s
}

func (w written) certain() (code string, ok bool) {
	for _, text := range []string{w.unit, w.code} {
		if code, ok := labtest.Unit(text, w.loinc); ok && w.fits(code) {
			return code, true
		}
	}
	return w.code, w.system == record.UCUM && w.code != "" && w.fits(w.code)
}

// fits says whether results of the test can be in a unit.
func (w written) fits(code string) bool {
	t, ok := labtest.ByLOINC(w.loinc)
	if !ok || t.Unit == "" {
		return true
	}
	own, err := ucum.Parse(code)
	usual, err2 := ucum.Parse(t.Unit)
	return err == nil && err2 == nil && (own.Comparable(usual) || t.Comparable(own, usual))
}

// axis is a group of units whose values convert into each other.
type axis struct {
	scale
	test *labtest.Test // nil for one that is not known
}

// takes says whether values of a unit may stand on the axis. Of units that are mere
// numbers, and of logarithms, the annotation tells what is counted, which UCUM does
// not: "{copies}/mL" and "{Log_copies}/mL" are one unit there.
func (a axis) takes(s scale) bool {
	if a.unit.String() == "" || s.unit.String() == "" {
		return a.unit.String() == s.unit.String() && a.words == s.words
	}
	if counted(a.unit) != counted(s.unit) {
		return false
	}
	if a.test != nil {
		return a.test.Comparable(a.unit, s.unit)
	}
	return a.unit.Comparable(s.unit)
}

func counted(u ucum.Unit) string {
	var notes []string
	for _, n := range u.Annotations() {
		if n = strings.ToLower(n); u.One() || strings.HasPrefix(n, "log") || strings.HasPrefix(n, "ln") {
			notes = append(notes, n)
		}
	}
	slices.Sort(notes)
	return strings.Join(notes, "\x00")
}

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
