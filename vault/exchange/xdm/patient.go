package xdm

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// identify adds an identifier of the patient in the data type CX of HL7 v2, as
// XDS restricts it: "id^^^&oid&ISO" (IHE ITI TF-3, table 4.2.3.1.7-2).
func (e *entry) identify(cx string) {
	value, rest, _ := strings.Cut(cx, "^")
	parts := strings.Split(rest, "^")
	if len(parts) < 3 {
		return
	}
	authority := strings.Split(parts[2], "&")
	if len(authority) < 2 || value == "" || authority[1] == "" {
		return // without its issuer a number names nobody
	}
	id := record.Identifier{System: "urn:oid:" + authority[1], Value: value}
	if !slices.Contains(e.identifiers, id) {
		e.identifiers = append(e.identifiers, id)
	}
}

// describe reads sourcePatientInfo: the segment PID of HL7 v2, one field to a
// value, "PID-5|Family^Given" (IHE ITI TF-3, 4.2.3.2.23).
func (e *entry) describe(info []string) {
	p := &record.Patient{}
	for _, v := range info {
		field, text, _ := strings.Cut(v, "|")
		for one := range strings.SplitSeq(text, "~") {
			e.field(p, field, strings.TrimSpace(one))
		}
	}
	if len(p.Name) > 0 || p.BirthDate != "" {
		e.patient = p
	}
}

func (e *entry) field(p *record.Patient, field, text string) {
	parts := strings.Split(text, "^")
	switch field {
	case "PID-3":
		e.identify(text)
	case "PID-5":
		if n := name(parts); n.String() != "" {
			p.Name = append(p.Name, n)
		}
	case "PID-7":
		const day = 8 // digits; a birth date has no time of day and no zone
		p.BirthDate = utc(text[:min(len(text), day)])
	case "PID-8":
		p.Gender = map[string]string{"F": "female", "M": "male", "O": "other", "A": "other", "U": "unknown"}[text]
	case "PID-11":
		if a := address(parts); a.String() != "" {
			p.Address = append(p.Address, a)
		}
	}
}

// name reads the data type XPN.
func name(parts []string) record.HumanName {
	family, _, _ := strings.Cut(part(parts, 0), "&")
	n := record.HumanName{Family: family}
	for _, x := range []struct {
		at int
		to *[]string
	}{{1, &n.Given}, {2, &n.Given}, {3, &n.Suffix}, {4, &n.Prefix}} {
		if s := part(parts, x.at); s != "" {
			*x.to = append(*x.to, s)
		}
	}
	return n
}

// address reads the data type XAD.
func address(parts []string) record.Address {
	a := record.Address{City: part(parts, 2), State: part(parts, 3), PostalCode: part(parts, 4), Country: part(parts, 5)}
	for _, at := range []int{0, 1} {
		if s := part(parts, at); s != "" {
			a.Line = append(a.Line, s)
		}
	}
	return a
}

func part(parts []string, at int) string {
	if at >= len(parts) {
		return ""
	}
	return strings.TrimSpace(parts[at])
}
