package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// nameUses gives the FHIR use of a PN's use (EntityNameUse).
var nameUses = map[string]string{"L": "official", "OR": "official", "C": "official", "P": "nickname", "A": "nickname", "ASGN": "usual"}

// readName reads a PN. Text holds the name only where it is not in parts.
func readName(n *node) record.HumanName {
	h := record.HumanName{}
	for use := range strings.FieldsSeq(attr(n, "use")) {
		if h.Use == "" {
			h.Use = nameUses[use]
		}
	}
	for c := n.First; c != nil; c = c.Next {
		s := oneLine(c.Content())
		if s == "" || c.Space != hl7 {
			continue
		}
		switch c.Local {
		case "given":
			h.Given = append(h.Given, s)
		case "family":
			h.Family = joinWords(" ", h.Family, s)
		case "prefix":
			h.Prefix = append(h.Prefix, s)
		case "suffix":
			h.Suffix = append(h.Suffix, s)
		}
	}
	if h.Family == "" && len(h.Given) == 0 {
		h.Text = oneLine(n.Content())
	}
	return h
}

// names reads the names of a patient; a family name marked as the birth name
// (qualifier BR) beside another one is a maiden name of its own.
func names(patient *node) []record.HumanName {
	var out []record.HumanName
	for n := range children(patient, "name") {
		h := readName(n)
		if h.String() == "" {
			continue
		}
		var birth, other []string
		for f := range children(n, "family") {
			s := oneLine(f.Content())
			if strings.Contains(" "+attr(f, "qualifier")+" ", " BR ") {
				birth = append(birth, s)
			} else if s != "" {
				other = append(other, s)
			}
		}
		if len(birth) > 0 && len(other) > 0 {
			h.Family = strings.Join(other, " ")
			out = append(out, h, record.HumanName{Family: strings.Join(birth, " "), Given: h.Given, Use: "maiden"})
			continue
		}
		out = append(out, h)
	}
	return out
}

var telecomUses = map[string]string{"HP": "home", "H": "home", "HV": "home", "WP": "work", "DIR": "work", "PUB": "work", "MC": "mobile", "TMP": "temp"}

// telecoms reads the TEL elements of n.
func telecoms(n *node) []record.ContactPoint {
	var out []record.ContactPoint
	for t := range children(n, "telecom") {
		v := attr(t, "value")
		if v == "" {
			continue
		}
		c := record.ContactPoint{System: "phone", Value: v}
		if scheme, rest, ok := strings.Cut(v, ":"); ok {
			switch strings.ToLower(scheme) {
			case "tel":
				c.Value = rest
			case "mailto":
				c.System, c.Value = "email", rest
			case "fax", "x-text-fax":
				c.System, c.Value = "fax", rest
			case "http", "https":
				c.System = "url"
			default:
				c.System = ""
			}
		} else if strings.Contains(v, "@") {
			c.System = "email"
		}
		c.Use = firstUse(attr(t, "use"), telecomUses)
		if c.Value = strings.TrimSpace(c.Value); c.Value != "" {
			out = append(out, c)
		}
	}
	return out
}

func firstUse(words string, table map[string]string) string {
	for w := range strings.FieldsSeq(words) {
		if u := table[w]; u != "" {
			return u
		}
	}
	return ""
}

var addressUses = map[string]string{"H": "home", "HP": "home", "HV": "home", "WP": "work", "DIR": "work", "PUB": "work", "TMP": "temp", "BAD": "old", "OLD": "old"}

// addresses reads the AD elements of n.
func addresses(n *node) []record.Address {
	var out []record.Address
	for a := range children(n, "addr") {
		if x := readAddress(a); x.String() != "" {
			out = append(out, x)
		}
	}
	return out
}

func readAddress(n *node) record.Address {
	a := record.Address{Use: firstUse(attr(n, "use"), addressUses)}
	for c := n.First; c != nil; c = c.Next {
		s := oneLine(c.Content())
		if s == "" {
			continue
		}
		switch c.Local {
		case "city":
			a.City = s
		case "state":
			a.State = s
		case "postalCode":
			a.PostalCode = s
		case "country":
			a.Country = s
		case "county", "useablePeriod":
		default:
			a.Line = append(a.Line, s)
		}
	}
	if n.First == nil {
		a.Text = oneLine(n.Text())
	}
	return a
}
