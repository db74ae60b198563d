package dicom

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// dcm is the code system of DICOM's own terms (PS3.16, D).
const dcm = "http://dicom.nema.org/resources/ontology/DCM"

// schemes are the coding schemes of PS3.16, 8 that have another name elsewhere.
var schemes = map[string]string{
	"DCM": dcm, "LN": record.LOINC, "LOINC": record.LOINC, "SCT": record.SNOMED, "UCUM": record.UCUM, "I10": record.ICD10, "I10C": record.ICD10CM, "I9C": record.ICD9CM,
	"C4": record.CPT, "CD4": record.CPT, "RXNORM": record.RxNorm, "NDC": record.NDC, "RADLEX": "http://radlex.org", "SRT": "http://snomed.info/srt",
}

// concept reads an item of a code sequence (PS3.3, 8.8). The source's own words
// come first.
func concept(d dataset) record.Concept {
	code := d.text(tagCodeValue)
	for _, t := range []tag{tagLongCodeValue, tagURNCodeValue} {
		if code == "" {
			code = d.text(t)
		}
	}
	meaning := clip(d.text(tagCodeMeaning))
	c := record.Concept{Text: meaning}
	if code == "" {
		return c
	}
	system := d.text(tagCodingScheme)
	if known, ok := schemes[system]; ok {
		system = known
	}
	c.Coding = []record.Coding{{System: clip(system), Version: clip(d.text(tagCodingVersion)), Code: clip(code), Display: meaning}}
	return c
}

// concepts reads all items of a code sequence.
func (d dataset) concepts(t tag) []record.Concept {
	var out []record.Concept
	for _, i := range d.items(t) {
		if c := concept(i); !c.Empty() {
			out = append(out, c)
		}
	}
	return out
}

// concept reads the first item of a code sequence.
func (d dataset) concept(t tag) record.Concept { return concept(d.deep(t)) }
