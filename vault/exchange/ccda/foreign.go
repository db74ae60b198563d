package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// sectionsByTemplate are whole template ids of sections in older guides and in
// those that other countries build on: CCD 1.0 (2.16.840.1.113883.10.20.1), HITSP
// C83 (2.16.840.1.113883.3.88.11.83) and IHE PCC (1.3.6.1.4.1.19376.1.5.3.1), for
// sections whose code is missing or local.
var sectionsByTemplate = map[string]area{
	ccd + "2": allergyArea, ccd + "3": encounterArea, ccd + "4": familyArea, ccd + "5": findingArea, ccd + "6": immunizationArea, ccd + "7": equipmentArea,
	ccd + "8": medicationArea, ccd + "9": payerArea, ccd + "10": planArea, ccd + "11": problemArea, ccd + "12": procedureArea, ccd + "14": resultArea, ccd + "15": socialArea, ccd + "16": vitalArea,

	hitsp + "101": payerArea, hitsp + "102": allergyArea, hitsp + "103": problemArea, hitsp + "104": problemArea, hitsp + "108": procedureArea, hitsp + "111": problemArea, hitsp + "112": medicationArea,
	hitsp + "113": medicationArea, hitsp + "114": medicationArea, hitsp + "115": medicationArea, hitsp + "117": immunizationArea, hitsp + "119": vitalArea, hitsp + "122": resultArea,
	hitsp + "124": planArea, hitsp + "125": familyArea, hitsp + "126": socialArea, hitsp + "127": encounterArea, hitsp + "128": equipmentArea,

	pcc + "3.6": problemArea, pcc + "3.7": problemArea, pcc + "3.8": problemArea, pcc + "3.11": procedureArea, pcc + "3.12": procedureArea, pcc + "3.13": allergyArea, pcc + "3.14": familyArea, pcc + "3.15": familyArea,
	pcc + "3.16": socialArea, pcc + "3.19": medicationArea, pcc + "3.20": medicationArea, pcc + "3.21": medicationArea, pcc + "3.22": medicationArea, pcc + "3.23": immunizationArea, pcc + "3.25": vitalArea,
	pcc + "3.27": resultArea, pcc + "3.28": resultArea, pcc + "3.31": planArea, pcc + "1.5.3.2": vitalArea, pcc + "1.5.3.3": encounterArea, pcc + "1.5.3.5": equipmentArea,
	xdlab + "2.1": resultArea, xdlab + "2.2": resultArea, xdlab + "3.2.1": resultArea, xdlab + "3.2.2": resultArea,
}

// The roots of those guides. XD-LAB is the laboratory report of IHE (PaLM TF-3)
// that many countries use.
const (
	ccd   = "2.16.840.1.113883.10.20.1."
	hitsp = "2.16.840.1.113883.3.88.11.83."
	pcc   = "1.3.6.1.4.1.19376.1.5.3.1."
	xdlab = "1.3.6.1.4.1.19376.1.3.3."
)

// intoleranceTypes are the codes of ObservationIntoleranceType (HL7 v3 ActCode):
// where the code of an observation is one, the observation is an allergy,
// whatever section it stands in.
var intoleranceTypes = map[string]struct{ typ, category string }{
	"OINT": {"", ""}, "ALG": {"allergy", ""}, "DALG": {"allergy", "medication"}, "FALG": {"allergy", "food"}, "EALG": {"allergy", "environment"},
	"DINT": {"", "medication"}, "FINT": {"", "food"}, "EINT": {"", "environment"},
	"NAINT": {"intolerance", ""}, "DNAINT": {"intolerance", "medication"}, "FNAINT": {"intolerance", "food"}, "ENAINT": {"intolerance", "environment"},
}

// intolerance is the code of an observation where that is the type of an
// intolerance.
func intolerance(st *node) string {
	code := child(st, "code")
	if _, ok := intoleranceTypes[attr(code, "code")]; ok && oid.URI(attr(code, "codeSystem")) == v3ActCode {
		return attr(code, "code")
	}
	return ""
}

// vitalCodes are the LOINC codes of the vital signs that have a place of their
// own (FHIR R4 vital signs), for observations in a section that has none.
var vitalCodes = map[string]bool{
	"8480-6": true, "8462-4": true, "85354-9": true, "8867-4": true, "9279-1": true, "8310-5": true, "8302-2": true, "8306-3": true,
	"29463-7": true, "3141-9": true, "39156-5": true, "59408-5": true, "2708-6": true, "8287-5": true,
}

// diagnosisCodes are observation codes that make the value a diagnosis in any
// section.
var diagnosisCodes = []string{"282291009", "29308-4", "DX", "ADMDX", "DISDX", "INTDX"}

// byContent knows an observation in a section that we do not know by its own
// code and value.
func byContent(st *node) role {
	code, value := child(st, "code"), child(st, "value")
	switch {
	case intolerance(st) != "":
		return allergyRole
	case attr(value, "code") != "" && isCode(code, diagnosisCodes...):
		return problemRole
	case vitalCodes[attr(code, "code")] && attr(value, "value") != "":
		return vitalRole
	}
	switch dataType(value) {
	case "PQ", "INT", "REAL", "IVL_PQ", "RTO", "RTO_PQ_PQ", "RTO_QTY_QTY":
		return findingRole
	}
	return otherRole
}

// isVaccine says whether a substance is a vaccine by the code system of its code
// or the class it belongs to (ATC J07).
func isVaccine(st *node) bool {
	material := child(st, "consumable", "manufacturedProduct", "manufacturedMaterial")
	code := child(material, "code")
	return oid.URI(attr(code, "codeSystem")) == record.CVX || oid.URI(attr(code, "codeSystem")) == record.ATC && strings.HasPrefix(attr(code, "code"), "J07")
}

// holds says whether an act only holds the results that it is made of, as the
// entries of a laboratory report of IHE do (XD-LAB, Laboratory Report Data
// Processing Entry).
func holds(st *node) bool { return holdsWithin(st, 0) }

func holdsWithin(st *node, depth int) bool {
	const deepest = 6 // acts in acts
	if depth > deepest || st.Local != "act" || negated(st) {
		return false
	}
	for typ, s := range related(st) {
		if typ != "COMP" {
			continue
		}
		if s.Local == "organizer" || s.Local == "observation" && child(s, "value") != nil && !isDetail(s) || s.Local == "act" && holdsWithin(s, depth+1) {
			return true
		}
	}
	return false
}

// holder files what an act holds.
func (r *reader) holder(p place, st *node) {
	inner := p
	if name := r.concept(child(st, "code")).String(); name != "" && inner.panel.Local == "" {
		inner.panel = record.Reference{Display: name}
	}
	if s := r.specimen(st); s != "" {
		inner.specimen = s
	}
	for _, s := range related(st) {
		r.statement(inner, s)
	}
}
