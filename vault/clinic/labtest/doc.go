// Package labtest is a table of the laboratory tests and vital signs that are used
// most: their codes, names, units, and how a mass of what was measured is told as
// an amount of substance.
//
//	t, ok := labtest.ByLOINC("14682-9") // creatinine, as is 2160-0
//	code, ok := labtest.Unit("mcg/L", "2276-4") // "ug/L"
//	mg, umol := …
//	v, err := t.Convert(big.NewRat(1, 1), mg, umol)
//
// # What is one test
//
// The codes of one [Test] may stand on one curve. They are of one analyte in one
// system at one time, and differ at most in two things:
//
//   - mass or amount of substance, where the molar mass of the analyte is known
//     (creatinine 2160-0 and 14682-9);
//   - for what is counted by machines, the automated and the method-less code of
//     LOINC (6690-2 and 26464-8), and of thyrotropin its detection limits.
//
// Everything else is another test: serum and whole blood, fasting and any glucose,
// LDL cholesterol measured and calculated, each formula of the filtration rate, an
// enzyme with and without its cofactor, D-dimer in either of its units. So are urea
// nitrogen, hemoglobin and lipoprotein (a) in moles: what is a mole of them is not
// said by the code, and no conversion is better than a doubtful one.
//
// A name is less than a code: [ByName] suggests a test, for somebody to confirm.
package labtest
