package clinic

import (
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

func knownTest(loinc string) *labtest.Test {
	t, _ := labtest.ByLOINC(loinc)
	return t
}

// takes says whether values of a unit may stand on the axis. Of a test that is not
// known, mere numbers of different size do not: whether 4.8 % and 48 mmol/mol are one
// scale, the units do not tell.
func (a axis) takes(s scale) bool {
	switch {
	case a.unit.String() == "" || s.unit.String() == "":
		return a.unit.String() == s.unit.String() && a.words == s.words
	case a.noted(a.unit) != a.noted(s.unit):
		return false
	case a.unit.Same(s.unit):
		return true
	case a.test != nil:
		return a.test.Comparable(a.unit, s.unit)
	}
	return !a.unit.Number() && a.unit.Comparable(s.unit)
}

// why says why values of a unit do not stand on the axis.
func (a axis) why(s scale, test *labtest.Test) string {
	switch {
	case s.unit.String() == "" && s.words == "":
		return "no unit given"
	case s.unit.String() == "":
		return "a unit that is not understood"
	case a.unit.String() == "" && a.words == "":
		return "the other gives no unit"
	case a.unit.String() == "":
		return "the unit of the other is not understood"
	case a.test != test:
		return "another test"
	}
	return "a unit that does not convert into the other"
}

// noted is what a unit says in braces. UCUM gives it no meaning, and people do:
// "ng/mL{FEU}" and "ng/mL{DDU}", "mL/min" and "mL/min/{1.73_m2}", "{copies}/mL" and
// "{Log_copies}/mL" are one unit there. Only words for what is counted by the unit
// alone, and those of the usual unit of the test, say nothing besides.
func (a axis) noted(u ucum.Unit) string {
	var notes []string
	for _, n := range u.Annotations() {
		n = noteSpelling.Replace(strings.ToLower(n))
		if !u.One() && countWords[n] || a.test != nil && a.usually(n) {
			continue
		}
		notes = append(notes, n)
	}
	slices.Sort(notes)
	return strings.Join(notes, "\x00")
}

// usually says that the usual unit of the test has the note.
func (a axis) usually(note string) bool {
	_, rest, _ := strings.Cut(noteSpelling.Replace(strings.ToLower(a.test.Unit)), "{")
	return strings.Contains("{"+rest, "{"+note+"}")
}

var noteSpelling = strings.NewReplacer("_", "", " ", "", "-", "")

// countWords are notes for what is counted, which the test says already.
var countWords = map[string]bool{
	"cells": true, "cell": true, "beats": true, "breaths": true, "count": true, "rbc": true, "rbcs": true, "wbc": true, "wbcs": true, "platelets": true, "events": true, "steps": true, "resp": true, "pulse": true,
}
