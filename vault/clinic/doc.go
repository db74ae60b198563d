// Package clinic is what a record means: pure functions over records that the
// window, the command line, the PDF, the page and the patient summary all use,
// so that no two of them can disagree.
//
// [Summarise] sorts a person's records into sections. On that stand [Missing],
// what nobody stated anything about, and [Disagreements], what sources state
// differently. [ChangesSince] tells what became different since a time, an import
// or a visit, and [TimelineOf] puts everything under its years, months and days.
// All take records in any order and give the same for each; all are linear but
// for sorting by time.
//
// It gives no advice and no diagnosis. It sorts, groups and says what is not
// known. It imports package record and the packages below it alone.
package clinic
