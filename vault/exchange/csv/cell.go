package csv

import (
	"regexp"
	"strings"
)

// number is what a spreadsheet takes for a number and nothing else.
var number = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// cell makes text safe for a spreadsheet: what begins like a formula gets an
// apostrophe before it (OWASP, CSV Injection; Symfony CVE-2021-41270), the forms
// of full width, which some programs fold, like the others.
func cell(s string) string {
	if s == "" || number.MatchString(s) {
		return s
	}
	if strings.ContainsAny(s[:1], "=+-@\t\r\n") || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠") {
		return "'" + s
	}
	return s
}
