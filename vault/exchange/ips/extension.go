package ips

// Extensions of FHIR R4, and our own below ownExtension.
const (
	dataAbsentURL   = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
	originalTextURL = "http://hl7.org/fhir/StructureDefinition/originalText"
	noteURL         = "http://hl7.org/fhir/StructureDefinition/note"
	religionURL     = "http://hl7.org/fhir/StructureDefinition/patient-religion"

	allergyAbatementURL = "http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement"

	ownExtension = "https://github.com/carnet-phr/carnet/fhir/"
	heldURL      = ownExtension + "held"         // a modifier: what the source carries that nobody understood
	hashURL      = ownExtension + "sha256"       // of a file's bytes, in hexadecimal
	negatedURL   = ownExtension + "negated"      // what the words of an entry say is not so
	notToDoURL   = ownExtension + "doNotPerform" // what they say must not be done
	rowURL       = ownExtension + "row"          // label and value of an entry of a type of its own
	dateURL      = ownExtension + "date"         // the time of such an entry
	missingURL   = ownExtension + "missing"
)

// absent is the extension that says why there is no value.
func absent(code string) *element {
	e := obj("url", dataAbsentURL)
	e.token("valueCode", code)
	return e
}

// original is the extension that holds what the source wrote.
func original(s string) *element {
	if s == "" {
		return nil
	}
	return obj("url", originalTextURL, "valueString", s)
}

// extend puts the extensions of a primitive element beside it.
func (e *element) extend(name string, extensions ...*element) {
	x := new(element)
	x.list("extension", extensions...)
	e.put("_"+name, x)
}

// missing puts an element that FHIR requires and the source does not give.
func (e *element) missing(name string) { e.extend(name, absent("unknown")) }
