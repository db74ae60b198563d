package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// nameUses are the FHIR uses for the name types of HL7 table 0200.
var nameUses = map[string]string{
	"L": "official", "D": "usual", "M": "maiden", "N": "nickname", "C": "old", "B": "old", "S": "anonymous", "T": "", "BAD": "old", "NB": "old", "TEMP": "temp", "R": "official",
}

// humanName reads an XPN (or PN, without a type).
func (f field) humanName() record.HumanName {
	n := record.HumanName{Use: nameUses[f.comp(7).String()]}
	n.Family = f.comp(1).surname()
	for _, i := range []int{2, 3} {
		if g := f.comp(i).String(); g != "" {
			n.Given = append(n.Given, g)
		}
	}
	for _, i := range []int{4, 6} {
		if s := f.comp(i).String(); s != "" {
			n.Suffix = append(n.Suffix, s)
		}
	}
	if p := f.comp(5).String(); p != "" {
		n.Prefix = []string{p}
	}
	return n
}

// surname is the family name as it is used: FN.1. Its own and the partner's
// parts (FN.2 to FN.5) say it again in pieces.
func (f field) surname() string {
	if s := f.sub(1).String(); s != "" {
		return s
	}
	return joined(" ", f.sub(2).String(), f.sub(3).String())
}

// personName is an XCN, XPN or CN in words: a name, else the number.
func (f field) personName() string {
	if f.empty() {
		return ""
	}
	if s, ok := f.seg.m.names[f.text]; ok {
		return s
	}
	s := f.nameWords()
	f.seg.m.names[f.text] = s
	return s
}

func (f field) nameWords() string {
	if strings.IndexByte(f.text, f.seg.delimiters().component) < 0 {
		return f.sub(1).String()
	}
	family, given := f.comp(2).surname(), f.comp(3).String()
	s := joined(" ", f.comp(6).String(), given, f.comp(4).String(), family, f.comp(5).String())
	if degree := f.comp(7).String(); degree != "" && s != "" {
		s += ", " + degree
	}
	if s == "" {
		s = f.comp(1).String()
	}
	return s
}

// people are all names of a repeated XCN, each once.
func (f field) people() []string {
	var list []string
	for _, x := range f.all() {
		if s := x.personName(); s != "" && !contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// allPeople are the names of several fields, each once.
func (s *segment) allPeople(fields ...int) []string {
	var list []string
	for _, n := range fields {
		for _, name := range s.field(n).people() {
			if !contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// organisation is an XON in words.
func (f field) organisation() string {
	if s := f.comp(1).String(); s != "" {
		return s
	}
	return f.comp(10).String()
}

// location is a PL in words: building, floor, ward, room and bed, facility.
func (f field) location() string {
	if s := f.comp(9).String(); s != "" {
		return s
	}
	room, bed := f.comp(2).sub(1).String(), f.comp(3).sub(1).String()
	if room != "" {
		room = "room " + strings.TrimPrefix(strings.TrimPrefix(room, "room "), "Room ")
	}
	if bed != "" {
		bed = "bed " + strings.TrimPrefix(strings.TrimPrefix(bed, "bed "), "Bed ")
	}
	return joined(", ", f.comp(1).sub(1).String(), room, bed, f.comp(4).sub(1).String(), f.comp(7).sub(1).String())
}

var addressUses = map[string]string{"H": "home", "O": "work", "B": "work", "C": "temp", "BA": "old"}

// address reads an XAD (or AD).
func (f field) address() record.Address {
	a := record.Address{
		City: f.comp(3).String(), State: f.comp(4).String(), PostalCode: f.comp(5).String(), Country: f.comp(6).String(), Use: addressUses[f.comp(7).String()],
	}
	street := f.comp(1)
	for _, line := range []string{joined(" ", street.sub(3).String(), street.sub(1).String(), street.sub(2).String()), f.comp(2).String(), f.comp(8).String()} {
		if line != "" {
			a.Line = append(a.Line, line)
		}
	}
	return a
}

// contact reads an XTN (or TN).
func (f field) contact(use string) record.ContactPoint {
	c := record.ContactPoint{System: "phone", Use: use}
	switch f.comp(2).String() {
	case "WPN":
		c.Use = "work"
	case "PRN", "ORN", "VHN":
		c.Use = "home"
	}
	if f.comp(3).String() == "FX" {
		c.System = "fax"
	}
	if f.comp(3).String() == "CP" {
		c.Use = "mobile"
	}
	mail := f.comp(4).String()
	number := joined(" ", plus(f.comp(5).String()), f.comp(6).String(), f.comp(7).String())
	if ext := f.comp(8).String(); ext != "" && number != "" {
		number += " ext. " + ext
	}
	for _, s := range []string{f.comp(1).String(), number, f.comp(12).String()} {
		if c.Value == "" {
			c.Value = s
		}
	}
	if mail != "" && (c.Value == "" || f.comp(2).String() == "NET") {
		c.System, c.Value = "email", mail
	}
	return c
}

func plus(country string) string {
	if country == "" || strings.HasPrefix(country, "+") {
		return country
	}
	return "+" + country
}

// contacts reads every repetition.
func (f field) contacts(use string) []record.ContactPoint {
	var list []record.ContactPoint
	for _, x := range f.all() {
		if c := x.contact(use); c.Value != "" {
			list = append(list, c)
		}
	}
	return list
}
