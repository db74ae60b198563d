// Package sheet puts a selection into the words and the order in which a doctor
// reads it: who, a front page, sections of tables, tests over time, notes and
// the list of sources. The page (package html) and the print (package pdf) draw
// a [Sheet] and add no facts of their own, so that they cannot disagree.
//
// The laws of this package:
//
//   - What means what is clinic's business: a list shows exactly one group of a
//     [clinic.Summary]. Entries made in error are nowhere.
//   - Every row names its sources by number and says when the patient entered it.
//   - Every string has passed [Visible]: what could hide or turn text around is
//     spelled out.
//   - No value is ever blank: where the source gives none, its reason stands, or
//     that it gives no reason.
package sheet
