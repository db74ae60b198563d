package record

import (
	"net/url"
	"strings"
)

// noneKnownWords says what words deny, in the few spellings that leave no doubt.
func noneKnownWords(s string) NoneKnown {
	s = strings.TrimSuffix(strings.Trim(strings.ToLower(s), " ."), " (situation)")
	switch s {
	case "no known allergies", "no known allergy", "nka":
		return NoKnownAllergy
	case "no known drug allergies", "no known drug allergy", "nkda", "no known medication allergies", "no known medication allergy":
		return NoKnownDrug
	case "no known food allergy", "no known food allergies":
		return NoKnownFood
	}
	return NotNoneKnown
}

func joinStatus(words ...string) string {
	var s []string
	for _, w := range words {
		if w != "" {
			s = append(s, w)
		}
	}
	return strings.Join(s, ", ")
}

// systemNames are short names for people.
var systemNames = map[string]string{
	LOINC: "LOINC", SNOMED: "SNOMED CT", RxNorm: "RxNorm", NDC: "NDC", CVX: "CVX", ICD9CM: "ICD-9-CM",
	ICD10CM: "ICD-10-CM", ICD10: "ICD-10", CPT: "CPT", ATC: "ATC", UNII: "UNII", UCUM: "UCUM",
}

// SystemName is the short name of a code system, else its URI. A sender's own
// system (urn:hl7v2:SENDER:NAME) is called by its name, and whose it is.
func SystemName(uri string) string {
	if n, ok := systemNames[uri]; ok {
		return n
	}
	if table, ok := strings.CutPrefix(uri, "http://terminology.hl7.org/CodeSystem/v2-"); ok {
		return "HL7 table " + table
	}
	if own, ok := strings.CutPrefix(uri, "urn:hl7v2:"); ok {
		sender, name, _ := strings.Cut(own, ":")
		sender, err1 := url.PathUnescape(sender)
		name, err2 := url.PathUnescape(name)
		if err1 == nil && err2 == nil && sender != "" && name != "" {
			return name + " of " + sender
		}
	}
	return uri
}

// codeRows lists a concept's codes, each with the source's display for it.
func codeRows(r *rows, c Concept) {
	for _, k := range c.Coding {
		if k.Code == "" {
			continue
		}
		line := k.Code
		if k.System != "" {
			line = SystemName(k.System) + " " + k.Code
		}
		if k.Display != "" && k.Display != c.Text {
			line += " (" + k.Display + ")"
		}
		r.add("Code", line)
	}
}
