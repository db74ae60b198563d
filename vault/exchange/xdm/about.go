package xdm

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
	"github.com/carnet-phr/carnet/vault/record"
)

// The classification schemes of a document entry that are read (IHE ITI TF-3,
// table 4.2.3.1-2).
const (
	authorScheme          = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
	classScheme           = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
	typeScheme            = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"
	confidentialityScheme = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"
)

// Code systems by the names that lists give them.
const (
	loincOID           = "2.16.840.1.113883.6.1"
	snomedOID          = "2.16.840.1.113883.6.96"
	confidentialityOID = "2.16.840.1.113883.5.25"
	v3Confidentiality  = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
)

// classify reads one Classification of an entry.
func (e *entry) classify(n *strictxml.Element) {
	switch n.Get("classificationScheme") {
	case authorScheme:
		e.author(n)
	case classScheme:
		e.class = concept(n)
	case typeScheme:
		e.typ = concept(n)
	case confidentialityScheme:
		c := coding(n)
		if c.System == "" || c.System == "urn:oid:"+confidentialityOID {
			c.System = v3Confidentiality
		}
		// N, normal, and what is below it restrict nothing.
		if c.System != v3Confidentiality || c.Code == "R" || c.Code == "V" {
			e.security = append(e.security, c)
		}
	}
}

// author reads authorPerson, of the data type XCN of HL7 v2, and
// authorInstitution, of XON (IHE ITI TF-3, 4.2.3.2.1).
func (e *entry) author(n *strictxml.Element) {
	var people, places []string
	for s := range n.Children() {
		for _, v := range slotValues(s) {
			parts := strings.Split(v, "^")
			switch s.Get("name") {
			case "authorPerson":
				if len(parts) == 1 {
					people = append(people, v) // writers that give a name alone
				} else if h := name(parts[1:]); h.String() != "" {
					people = append(people, h.String())
				}
			case "authorInstitution":
				if where := strings.TrimSpace(parts[0]); where != "" {
					places = append(places, where)
				}
			}
		}
	}
	if len(people) == 0 {
		people = places
	}
	for _, p := range people {
		if !slices.Contains(e.authors, p) {
			e.authors = append(e.authors, p)
		}
	}
	if e.custodian == "" {
		e.custodian = first(places)
	}
}

func slotValues(n *strictxml.Element) []string {
	if n.Local != "Slot" {
		return nil
	}
	return values(n)
}

// concept is a code with its name in words.
func concept(n *strictxml.Element) record.Concept {
	c := coding(n)
	if c.Code == "" && c.Display == "" {
		return record.Concept{}
	}
	return record.Concept{Text: c.Display, Coding: []record.Coding{c}}
}

func coding(n *strictxml.Element) record.Coding {
	c := record.Coding{Code: strings.TrimSpace(n.Get("nodeRepresentation")), Display: localized(child(n, "Name"))}
	for s := range n.Children() {
		if s.Local == "Slot" && s.Get("name") == "codingScheme" {
			c.System = system(first(values(s)))
		}
	}
	return c
}

// system is the name of a code system as the record spells it.
func system(scheme string) string {
	oid := strings.TrimPrefix(scheme, "urn:oid:")
	switch {
	case oid == loincOID || strings.EqualFold(scheme, "LOINC"):
		return record.LOINC
	case oid == snomedOID:
		return record.SNOMED
	case oid != "" && strings.Trim(oid, "0123456789.") == "":
		return "urn:oid:" + oid
	}
	return scheme
}
