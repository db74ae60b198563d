package labtest

import (
	"math/big"
	"slices"
)

// Test is one test or reading. It is never changed, and may be used by several
// goroutines.
type Test struct {
	Name     string // Carnet's own, for people
	Analyte  string // what is measured, wherever and however
	System   string // what it is measured in, as LOINC abbreviates it: "Ser/Plas", "Bld"
	Property string // LOINC's kinds of property, the usual one first: "MCnc SCnc"
	Scale    string // LOINC's scale: "Qn", "Ord", "Nom"
	LOINC    []string
	Aliases  []string
	Unit     string   // UCUM, the usual one; "" of a test without numbers
	Units    []string // UCUM, those in use, the usual one first
	// MolarMass is in g/mol; nil where mass and amount of substance are not joined.
	MolarMass *big.Rat
	// Source says where the conversion comes from.
	Source string
	Plain  string // one sentence on what it is

	charge int64 // of the ion: equivalents in a mole; 0 for none
	ngsp   bool  // hemoglobin A1c
}

// Numeric says that results are numbers.
func (t *Test) Numeric() bool { return t.Scale == "Qn" }

// is says whether the test has one of LOINC's properties.
func (t *Test) is(properties ...string) bool {
	for _, p := range t.properties() {
		if slices.Contains(properties, p) {
			return true
		}
	}
	return false
}
