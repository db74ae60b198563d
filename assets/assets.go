// Package assets holds what is built into the program: the made-up record, the
// page of the doctor's package, fonts, icon and translations.
package assets
