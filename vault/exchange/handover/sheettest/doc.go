// Package sheettest makes selections of made-up people for the tests of
// everything that leaves: a realistic one, one with every hazard of
// CLINICAL-SAFETY in it, a hostile one and a large one. They pass through
// [exchange.Select] over a library in memory, as in the program.
package sheettest
