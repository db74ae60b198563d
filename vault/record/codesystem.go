package record

import "strings"

// systemURIs gives the URI of a code system by other names that formats have
// for it: its OID (https://terminology.hl7.org) and HL7 table 0396.
var systemURIs = map[string]string{
	"2.16.840.1.113883.6.1": LOINC, "LN": LOINC,
	"2.16.840.1.113883.6.96": SNOMED, "SCT": SNOMED, "https://snomed.info/sct": SNOMED,
	"2.16.840.1.113883.6.88": RxNorm, "RXNORM": RxNorm,
	"2.16.840.1.113883.6.69": NDC, "NDC": NDC,
	"2.16.840.1.113883.12.292": CVX, "2.16.840.1.113883.6.59": CVX, "CVX": CVX,
	"2.16.840.1.113883.6.103": ICD9CM, "2.16.840.1.113883.6.2": ICD9CM, "I9C": ICD9CM,
	"2.16.840.1.113883.6.90": ICD10CM, "I10C": ICD10CM,
	"2.16.840.1.113883.6.3": ICD10, "I10": ICD10,
	"2.16.840.1.113883.6.12": CPT, "C4": CPT,
	"2.16.840.1.113883.6.73": ATC,
	"2.16.840.1.113883.4.9":  UNII,
	"2.16.840.1.113883.6.8":  UCUM,
	"https://loinc.org":      LOINC,
}

// canonicalSystem names a code system or an issuer of identifiers in one way.
// Two names for which nothing is known stay two.
func canonicalSystem(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(s), "/")
	bare := strings.TrimPrefix(s, "urn:oid:")
	if uri, ok := systemURIs[bare]; ok {
		return uri
	}
	switch {
	case strings.HasPrefix(s, "urn:uuid:"):
		return strings.ToLower(s)
	case bare == s && len(s) > 0 && strings.Contains(s, ".") && strings.Trim(s, "0123456789.") == "":
		return "urn:oid:" + s
	}
	return s
}

// ofNobody are systems whose codes name no fact: reasons for having none.
var ofNobody = map[string]bool{
	"http://terminology.hl7.org/CodeSystem/v3-NullFlavor":        true,
	"urn:oid:2.16.840.1.113883.5.1008":                           true,
	"http://terminology.hl7.org/CodeSystem/data-absent-reason":   true,
	"http://terminology.hl7.org/CodeSystem/observation-category": true,
}

// codeToken names a code of one system in every format; "" for one that names
// nothing outside of its file. A code of a system without a name of its own
// (HL7 v2 "L") means something only within its issuer.
func codeToken(c Coding, issuer string) string {
	system := canonicalSystem(c.System)
	switch {
	case c.Code == "" || ofNobody[system]:
		return ""
	case strings.Contains(system, ":"):
		return system + "|" + strings.TrimSpace(c.Code)
	case issuer == "":
		return ""
	}
	return issuer + "\x00" + system + "|" + strings.TrimSpace(c.Code)
}

// Canonical names the system of a code in one way for all formats. ok is false
// for a code that names nothing outside of its file: of a system without a name of
// its own, or one that only says why there is none.
func (c Coding) Canonical() (system, code string, ok bool) {
	system, code = canonicalSystem(c.System), strings.TrimSpace(c.Code)
	return system, code, code != "" && !ofNobody[system] && strings.Contains(system, ":")
}

// Token names what an identifier identifies in every format: FHIR Identifier,
// CDA II with or without an extension, HL7 v2 EI. "" for one without an issuer.
func (id Identifier) Token() string {
	system, value := canonicalSystem(id.System), strings.TrimSpace(id.Value)
	lower := strings.ToLower(value)
	switch {
	case value == "":
		return ""
	case strings.HasPrefix(lower, "urn:uuid:"), strings.HasPrefix(lower, "urn:oid:"):
		if system == "" || system == "urn:ietf:rfc:3986" || system == "urn:ietf:rfc3986" {
			return lower
		}
	case system == "":
		return ""
	}
	return system + "\x00" + value
}

// namedDocument is the token of a document that another one names: CDA
// "root^extension" or a URN.
func namedDocument(name string) string {
	root, extension, parts := strings.Cut(name, "^")
	switch {
	case parts && extension != "":
		if isUUIDText(root) {
			root = "urn:uuid:" + root
		}
		return Identifier{System: root, Value: extension}.Token()
	case isUUIDText(root):
		return "urn:uuid:" + strings.ToLower(root)
	case strings.HasPrefix(root, "urn:"):
		return Identifier{Value: root}.Token()
	case strings.Contains(root, ".") && strings.Trim(root, "0123456789.") == "":
		return "urn:oid:" + root
	}
	return ""
}

func isUUIDText(s string) bool {
	return len(s) == 36 && strings.Count(s, "-") == 4 && strings.Trim(strings.ToLower(s), "0123456789abcdef-") == ""
}

// issuerWords makes spellings of one source system equal: case and spaces only.
func issuerWords(s string) string { return strings.ToLower(spaced(s)) }
