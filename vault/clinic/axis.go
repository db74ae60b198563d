package clinic

import (
	"math/big"
	"slices"
	"strings"

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
type units struct {
	joining Joining
	seen    map[written]scale
}

// of understands a unit where that is certain: as the table of units has it for the
// test, else as the source itself codes it in UCUM, unless it then measures what the
// test does not ("K/uL" is kelvin in UCUM, CLINICAL-SAFETY hazard 21).
func (u *units) of(w written) scale {
	if s, ok := u.seen[w]; ok {
		return s
	}
	s := scale{words: w.words()}
	if code, ok := u.certain(w); ok {
		if unit, err := ucum.Parse(code); err == nil {
			s = scale{unit: unit}
		}
	}
	u.seen[w] = s
	return s
}

func (u *units) certain(w written) (code string, ok bool) {
	if u.joining.Unit != nil {
		for _, text := range []string{w.unit, w.code} {
			if text == "" {
				continue
			}
			if code, ok := u.joining.Unit(text, w.loinc); ok {
				return code, true
			}
		}
	}
	if w.system != record.UCUM || w.code == "" {
		return "", false
	}
	if k, ok := u.joining.known(w.loinc); ok && k.Unit != "" {
		own, err := ucum.Parse(w.code)
		usual, err2 := ucum.Parse(k.Unit)
		if err != nil || err2 == nil && !own.Comparable(usual) && !ucum.MassComparable(own, usual) {
			return "", false
		}
	}
	return w.code, true
}

// axis is a group of units whose values convert into each other.
type axis struct {
	scale
	molar *big.Rat
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
	return a.unit.Comparable(s.unit) || a.molar != nil && ucum.MassComparable(a.unit, s.unit)
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

// convert tells a value of a unit that the axis takes in that of the axis, exactly.
func (a axis) convert(v *big.Rat, from scale) (got *big.Rat, converted bool) {
	if from.unit.String() == "" || from.unit.Same(a.unit) {
		return v, false
	}
	got, err := ucum.Convert(v, from.unit, a.unit)
	if err != nil {
		got, err = ucum.ConvertMass(v, from.unit, a.unit, a.molar)
	}
	if err != nil {
		return nil, false
	}
	return got, true
}

// moved says that the zero of a unit is not that of the axis.
func (a axis) moved(from scale) bool {
	zero, err := ucum.Convert(new(big.Rat), from.unit, a.unit)
	return err == nil && zero.Sign() != 0
}
