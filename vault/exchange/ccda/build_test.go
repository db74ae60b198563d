package ccda_test

import (
	"fmt"
	"strings"
	"testing"
)

// The synthetic documents of the tests: own work, no real person.

const head = `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">
<templateId root="2.16.840.1.113883.10.20.22.1.1"/><id root="1.2.3.4" extension="doc-1"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>
<title>Made-up summary</title><effectiveTime value="202103041030-0500"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<recordTarget><patientRole><id root="1.2.3.4.5" extension="MRN1"/><patient><name use="L"><given>Ada</given><family>Testperson</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19610403000000+0000"/></patient></patientRole></recordTarget>
<author><time value="20210304"/><assignedAuthor><id root="1.2.3.4.6" extension="a1"/><assignedPerson><name><prefix>Dr.</prefix><given>Ann</given><family>Author</family></name></assignedPerson><representedOrganization><name>Example Clinic</name></representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.3.4"/><name>Example Hospital</name></representedCustodianOrganization></assignedCustodian></custodian>
`

// document puts sections into a document.
func document(sections ...string) []byte {
	return []byte(head + "<component><structuredBody>" + strings.Join(sections, "") + "</structuredBody></component></ClinicalDocument>")
}

// sec is a section by its LOINC code.
func sec(code, text string, entries ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<component><section><code code="%s" codeSystem="2.16.840.1.113883.6.1"/><title>T</title><text>%s</text>`, code, text)
	for _, e := range entries {
		b.WriteString("<entry>" + e + "</entry>")
	}
	b.WriteString("</section></component>")
	return b.String()
}

// concernOf wraps observations in a concern act.
func concernOf(status string, observations ...string) string {
	s := `<act classCode="ACT" moodCode="EVN"><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><statusCode code="` + status + `"/>`
	for _, o := range observations {
		s += `<entryRelationship typeCode="SUBJ">` + o + `</entryRelationship>`
	}
	return s + `</act>`
}

// status is a status observation.
func status(code string) string {
	return `<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN"><code code="33999-4" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="completed"/><value xsi:type="CD" code="` + code + `" codeSystem="2.16.840.1.113883.6.96"/></observation></entryRelationship>`
}

// allergyOf is an allergy observation; more goes in at its end.
func allergyOf(attrs, more string) string {
	return `<observation classCode="OBS" moodCode="EVN" ` + attrs + `><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/><value xsi:type="CD" code="416098002" codeSystem="2.16.840.1.113883.6.96" displayName="Drug allergy"/>
<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT"><code code="70618" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin"/></playingEntity></participantRole></participant>` + more + `</observation>`
}

// problemOf is a problem observation.
func problemOf(attrs, time, more string) string {
	return `<observation classCode="OBS" moodCode="EVN" ` + attrs + `><templateId root="2.16.840.1.113883.10.20.22.4.4"/><code code="55607006" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime>` + time + `</effectiveTime><value xsi:type="CD" code="233604007" codeSystem="2.16.840.1.113883.6.96" displayName="Pneumonia"/>` + more + `</observation>`
}

// medicationOf is a medication activity; inside goes before the consumable.
func medicationOf(attrs, status, inside, after string) string {
	return `<substanceAdministration classCode="SBADM" ` + attrs + `><id root="1.2.3" extension="m1"/><statusCode code="` + status + `"/>` + inside +
		`<consumable><manufacturedProduct><manufacturedMaterial><code code="197361" codeSystem="2.16.840.1.113883.6.88" displayName="Amlodipine 5 MG Oral Tablet"><translation code="0069-1530" codeSystem="2.16.840.1.113883.6.69"/></code></manufacturedMaterial></manufacturedProduct></consumable>` + after + `</substanceAdministration>`
}

// resultOf is an observation with a value and what follows it.
func resultOf(value, after string) string {
	return `<observation classCode="OBS" moodCode="EVN"><code code="2823-3" codeSystem="2.16.840.1.113883.6.1" displayName="Potassium"/><statusCode code="completed"/><effectiveTime value="20210304"/>` + value + after + `</observation>`
}

func batteryOf(observations ...string) string {
	s := `<organizer classCode="BATTERY" moodCode="EVN"><id root="1.2.3" extension="b1"/><code code="24323-8" codeSystem="2.16.840.1.113883.6.1" displayName="Metabolic panel"/><statusCode code="completed"/>`
	for _, o := range observations {
		s += "<component>" + o + "</component>"
	}
	return s + "</organizer>"
}

func bringDoc(t testing.TB, sections ...string) imported {
	t.Helper()
	i := bring(t, "made-up.xml", document(sections...))
	if i.report.Refused > 0 {
		t.Fatalf("refused: %v", i.report.Issues)
	}
	return i
}
