// Package disclose plans how a record leaves, for the window and the command line
// alike:
//
//	p, err := disclose.New(ctx, lib, request, now, version)   what would leave
//	p.Preview()                                               told before it does
//	disclose.Log(ctx, lib, person)                            what left before
//
// The laws of this package:
//
//   - What Preview tells is the [Plan]'s own selection, the one that formats write.
//   - Sensitive entries are proposed to be held back, by category, and never held
//     back or handed over without a word (CLINICAL-SAFETY hazard 50).
package disclose
