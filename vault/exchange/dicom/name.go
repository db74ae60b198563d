package dicom

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// names reads a person's name (PS3.5, 6.2.1): up to three ways of writing it,
// each of five components.
func names(pn, use string) []record.HumanName {
	var out []record.HumanName
	for _, group := range strings.SplitN(pn, "=", 3) {
		part := strings.SplitN(group, "^", 5)
		for len(part) < 5 {
			part = append(part, "")
		}
		n := record.HumanName{Family: clip(strings.TrimSpace(part[0])), Use: use}
		for _, given := range part[1:3] {
			if given = strings.TrimSpace(given); given != "" {
				n.Given = append(n.Given, clip(given))
			}
		}
		n.Prefix, n.Suffix = one(part[3]), one(part[4])
		if n.String() != "" {
			out = append(out, n)
		}
	}
	return out
}

func one(s string) []string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return []string{clip(s)}
}

// person is a name in one line.
func person(pn string) string {
	for _, n := range names(pn, "") {
		return n.String()
	}
	return ""
}

// people are several names.
func people(values []string) []string {
	var out []string
	for _, pn := range values {
		if s := person(pn); s != "" {
			out = append(out, s)
		}
	}
	return out
}
