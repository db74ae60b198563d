package fhir

import "bytes"

// A modifier that is not known may turn the meaning of a record around
// (https://hl7.org/fhir/R4/extensibility.html#modifierExtension). No
// modifierExtension is known to be harmless, so the list of those is empty.

// heldReasonsOf says why a resource must not be taken at face value.
func heldReasonsOf(v value) []string {
	var reasons []string
	if v.TextOf("implicitRules") != "" {
		reasons = append(reasons, "implicitRules: follows rules that are not known")
	}
	if bytes.Contains(v.Raw(), []byte(`odifierExtension`)) || bytes.Contains(v.Raw(), []byte(`\u`)) {
		reasons = append(reasons, heldReasons(v, "")...)
	}
	return reasons
}

// heldReasons walks all of v for modifier extensions.
func heldReasons(v value, name string) []string {
	if name == "modifierExtension" || name == "_modifierExtension" {
		var reasons []string
		for _, e := range v.Items() {
			reasons = append(reasons, "modifierExtension "+e.TextOf("url"))
		}
		return reasons
	}
	var reasons []string
	switch v.Kind() {
	case '{':
		for n, m := range v.Members() {
			reasons = append(reasons, heldReasons(m, n)...)
		}
	case '[':
		for _, m := range v.Items() {
			reasons = append(reasons, heldReasons(m, "")...)
		}
	}
	return reasons
}
