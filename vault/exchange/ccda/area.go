package ccda

import "strings"

// area is what a section is about, as far as that decides how its entries are
// read.
type area int

const (
	otherArea area = iota
	allergyArea
	medicationArea
	problemArea
	immunizationArea
	resultArea
	vitalArea
	procedureArea
	encounterArea
	socialArea
	familyArea
	planArea
	goalArea
	findingArea // functional and mental status, nutrition, physical findings
	equipmentArea
	payerArea
	concernArea
	imagingArea
)

// sectionCodes are the LOINC codes (and those of DICOM) of sections.
var sectionCodes = map[string]area{
	"48765-2": allergyArea,
	"10160-0": medicationArea, "57828-6": medicationArea, "60590-7": medicationArea, "42346-7": medicationArea, "10183-2": medicationArea, "75311-1": medicationArea, "29549-3": medicationArea, "42346-0": medicationArea, "66149-6": medicationArea,
	"11450-4": problemArea, "29548-5": problemArea, "11348-0": problemArea, "46241-6": problemArea, "42347-5": problemArea, "11535-2": problemArea, "78375-3": problemArea, "29308-4": problemArea, "55109-3": problemArea, "10219-4": problemArea, "59776-5": problemArea, "C-CDAV2-DDN": problemArea,
	"11369-6": immunizationArea,
	"30954-2": resultArea, "26436-6": resultArea, "18725-2": resultArea, "18719-5": resultArea, "18723-7": resultArea, "11493-4": resultArea, "18716-1": resultArea, "18717-9": resultArea, "18718-7": resultArea, "18720-3": resultArea, "18721-1": resultArea, "18722-9": resultArea, "18724-5": resultArea, "18727-8": resultArea, "18728-6": resultArea, "18729-4": resultArea,
	"18767-4": resultArea, "18768-2": resultArea, "18769-0": resultArea, "26435-8": resultArea, "26437-4": resultArea, "26438-2": resultArea, "11502-2": resultArea,
	"8716-3":  vitalArea,
	"47519-4": procedureArea, "29554-3": procedureArea,
	"46240-8": encounterArea,
	"29762-2": socialArea,
	"10157-6": familyArea,
	"18776-5": planArea, "51847-2": planArea, "62387-6": planArea, "59772-4": planArea,
	"61146-7": goalArea,
	"47420-5": findingArea, "10190-7": findingArea, "61144-2": findingArea, "29545-1": findingArea, "8709-8": findingArea, "11383-7": findingArea, "61149-1": findingArea, "10162-6": findingArea,
	"46264-8": equipmentArea,
	"48768-6": payerArea,
	"75310-3": concernArea,
	"121181":  imagingArea, "121070": imagingArea, "11329-0": imagingArea, "121072": imagingArea,
}

// sectionTemplates are the template ids of C-CDA sections without the root
// 2.16.840.1.113883.10.20.22.2, for sections whose code is missing or foreign.
var sectionTemplates = map[string]area{
	"6": allergyArea, "6.1": allergyArea,
	"1": medicationArea, "1.1": medicationArea, "44": medicationArea, "11": medicationArea, "11.1": medicationArea, "38": medicationArea,
	"5": problemArea, "5.1": problemArea, "20": problemArea, "24": problemArea, "43": problemArea, "35": problemArea, "36": problemArea, "37": problemArea,
	"2": immunizationArea, "2.1": immunizationArea,
	"3": resultArea, "3.1": resultArea,
	"4": vitalArea, "4.1": vitalArea,
	"7": procedureArea, "7.1": procedureArea,
	"22": encounterArea, "22.1": encounterArea,
	"17": socialArea,
	"15": familyArea,
	"10": planArea,
	"60": goalArea,
	"14": findingArea, "56": findingArea, "57": findingArea,
	"23": equipmentArea,
	"18": payerArea,
	"58": concernArea,
}

const sectionTemplateRoot = "2.16.840.1.113883.10.20.22.2."

// areaOf knows a section by its code, else by its template.
func areaOf(n *node) area {
	code := child(n, "code")
	if a, ok := sectionCodes[attr(code, "code")]; ok {
		return a
	}
	for t := range children(code, "translation") {
		if a, ok := sectionCodes[attr(t, "code")]; ok {
			return a
		}
	}
	for t := range children(n, "templateId") {
		if a, ok := sectionsByTemplate[attr(t, "root")]; ok {
			return a
		}
		if id, ok := strings.CutPrefix(attr(t, "root"), sectionTemplateRoot); ok {
			if a, ok := sectionTemplates[id]; ok {
				return a
			}
		}
	}
	return otherArea
}
