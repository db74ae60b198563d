package plain

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic/labtest"
	"github.com/carnet-phr/carnet/vault/record"
)

// Name is Carnet's name for a code of a system, by the URI that FHIR has for it. It
// is for concepts without any words of their source, and whoever shows it says that
// it is Carnet's. Of ICD-10 and ATC a code that is not in the table is named by its
// group, and the name says so.
func Name(system, code string) (string, bool) {
	switch system {
	case record.LOINC:
		return loincName(code)
	case record.RxNorm:
		return loaded().of("rxnorm", code)
	case record.CVX:
		return loaded().of("cvx", code)
	case record.ATC:
		return atcName(code)
	case record.ICD10, record.ICD10CM:
		return icd10Name(code)
	}
	return "", false
}

func loincName(code string) (string, bool) {
	if t, ok := labtest.ByLOINC(code); ok {
		return t.Name, true
	}
	for _, group := range []string{"document", "section"} {
		if s, ok := loaded().of(group, code); ok {
			return s, true
		}
	}
	return "", false
}

// atcGroup is how long the code of a therapeutic group is (ATC level 2), and
// atcMedicine that of a substance (level 5).
const (
	atcGroup    = 3
	atcMedicine = 7
)

func atcName(code string) (string, bool) {
	if s, ok := loaded().of("atc", code); ok {
		return s, true
	}
	if len(code) <= atcGroup || len(code) > atcMedicine {
		return "", false
	}
	return inGroup(loaded().of("atc", code[:atcGroup]))
}

// icd10Category is how long the code of a category is, "E11" of "E11.65".
const icd10Category = 3

// icd10Longest is the longest code of ICD-10-CM without its point.
const icd10Longest = 7

// icd10Name names a category by its name, and everything below by that of the
// category or the chapter it is in.
func icd10Name(code string) (string, bool) {
	bare := strings.ReplaceAll(code, ".", "")
	if len(bare) < icd10Category || len(bare) > icd10Longest || bare[0] < 'A' || bare[0] > 'Z' || bare[1] < '0' || bare[1] > '9' {
		return "", false
	}
	category := bare[:icd10Category]
	if s, ok := loaded().of("icd10", category); ok {
		if bare == category {
			return s, true
		}
		return inGroup(s, true)
	}
	for _, chapter := range icd10Chapters() {
		from, to, _ := strings.Cut(chapter, "-")
		if from <= category && category <= to {
			return inGroup(loaded().of("icd10", chapter))
		}
	}
	return "", false
}

// icd10Chapters are the chapters of ICD-10 by their first and last category. Where
// ICD-10-CM draws a line elsewhere than ICD-10 (D49, E89), the code is in the
// chapter of both. U codes have no chapter that says what they are.
func icd10Chapters() []string {
	return []string{
		"A00-B99", "C00-D48", "D50-D89", "E00-E90", "F00-F99", "G00-G99", "H00-H59", "H60-H95", "I00-I99", "J00-J99", "K00-K93", "L00-L99", "M00-M99",
		"N00-N99", "O00-O99", "P00-P96", "Q00-Q99", "R00-R99", "S00-T98", "V01-Y98", "Z00-Z99",
	}
}

func inGroup(words string, ok bool) (string, bool) {
	if !ok {
		return "", false
	}
	return "in the group: " + words, true
}
