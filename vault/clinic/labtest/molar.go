package labtest

import (
	"errors"
	"math/big"
	"strconv"
)

const sourceWeights = "the abridged standard atomic weights of IUPAC (2021)"

// weights are the standard atomic weights, abridged to five digits, of the elements
// in the table (IUPAC, Pure Appl. Chem. 2022; 94: 573, table 1; those with an
// interval by their single value).
var weights = map[string]string{
	"H": "1.0080", "Li": "6.94", "C": "12.011", "N": "14.007", "O": "15.999", "Na": "22.990", "Mg": "24.305", "Al": "26.982", "P": "30.974", "S": "32.06",
	"Cl": "35.45", "K": "39.098", "Ca": "40.078", "Fe": "55.845", "Co": "58.933", "Cu": "63.546", "Zn": "65.38", "As": "74.922", "Se": "78.971", "I": "126.90",
	"Hg": "200.59", "Pb": "207.2",
}

var errFormula = errors.New("not a chemical formula of known elements")

// molarMass is the mass of a mole of a formula without parentheses, in grams.
func molarMass(formula string) (*big.Rat, error) {
	sum := new(big.Rat)
	for i := 0; i < len(formula); {
		j := i + 1
		for j < len(formula) && formula[j] >= 'a' && formula[j] <= 'z' {
			j++
		}
		weight, ok := new(big.Rat).SetString(weights[formula[i:j]])
		if !ok {
			return nil, errFormula
		}
		k := j
		for k < len(formula) && formula[k] >= '0' && formula[k] <= '9' {
			k++
		}
		n := int64(1)
		if k > j {
			var err error
			if n, err = strconv.ParseInt(formula[j:k], 10, 16); err != nil || n == 0 {
				return nil, errFormula
			}
		}
		sum.Add(sum, weight.Mul(weight, big.NewRat(n, 1)))
		i = k
	}
	if sum.Sign() == 0 {
		return nil, errFormula
	}
	return sum, nil
}
