// Package ucum reads units of the Unified Code for Units of Measure
// (https://ucum.org/ucum), case sensitive, and converts between them exactly: all
// arithmetic is of rational numbers, and nothing is rounded.
//
//	mg, _ := ucum.Parse("mg/dL")
//	g, _ := ucum.Parse("g/L")
//	v, err := ucum.Convert(big.NewRat(95, 1), mg, g) // 19/20
//
// It is strict: what the grammar or the table of units does not have is an error,
// and no spelling is guessed. "K/uL" is kelvin per microlitre here, as in UCUM;
// who means thousands must say so before. A decimal number is refused although the
// grammar has it: "mL/min/1.73.m2" would be 73 mL.m2/min.
//
// # Narrower than UCUM
//
// UCUM takes some units for mere numbers that must not turn into each other in a
// medical record. They convert to nothing but themselves here:
//
//   - the mole, equivalent and osmole: UCUM defines each as 6.02214076 × 10²³, so
//     that 1 mmol/L would be as much as 602 214 076 × 10⁹ {cells}/L, and 1 meq/L of
//     calcium as much as 1 mmol/L. [ConvertMass] joins mass and substance by the
//     molar mass of what was measured;
//   - the fields of a microscope [HPF] and [LPF], and turbidity [NTU], [FNU];
//   - arbitrary units ([iU], [arb'U], …), as UCUM itself has it (section 24).
//
// Of the special units (UCUM section 21) the temperatures Cel, [degF] and [degRe]
// convert. The logarithmic ones and the like (B, [pH], Np, …) convert to nothing but
// themselves and their decimal multiples: the number would not be rational. A
// special unit stands alone, without other units or an exponent.
//
// An annotation ("{creat}") has no meaning in UCUM, and none for [Convert]; callers
// for whom "{copies}/mL" is not "{Log_copies}/mL" ask [Unit.Annotations].
package ucum
