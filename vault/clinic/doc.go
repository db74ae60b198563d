// Package clinic is what a record means: pure functions over records that the
// window, the command line, the PDF, the page and the patient summary all use,
// so that no two of them can disagree.
//
// It gives no advice and no diagnosis. It sorts, groups and says what is not
// known. It imports package record alone.
package clinic
