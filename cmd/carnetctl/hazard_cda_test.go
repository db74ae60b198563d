package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// document is a C-CDA of one section with entries.
func document(code, text string, entries ...string) string {
	for i, e := range entries {
		entries[i] = "<entry>" + e + "</entry>"
	}
	return `<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id root="4d1c7a4e-6c1f-4c57-9d0e-0d5f1f9a7c01"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title><effectiveTime value="20240214"/>
<recordTarget><patientRole><id root="2.25.1" extension="1"/><patient><name><given>Hanna</given><family>Hazard</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19500203"/></patient></patientRole></recordTarget>
<component><structuredBody><component><section><code code="` + code + `" codeSystem="2.16.840.1.113883.6.1"/><title>Section</title>
<text>` + text + `</text>` + strings.Join(entries, "\n") + `</section></component></structuredBody></component></ClinicalDocument>`
}

func concern(observation string) string {
	return `<act classCode="ACT" moodCode="EVN"><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><statusCode code="active"/><entryRelationship typeCode="SUBJ">` + observation + `</entryRelationship></act>`
}

func TestHazard06DeniedAllergyIsNoAllergy(t *testing.T) {
	allergy := func(negated string) string {
		return document("48765-2", "see below", concern(`<observation classCode="OBS" moodCode="EVN"`+negated+`><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
<statusCode code="completed"/><effectiveTime><low value="20200102"/></effectiveTime><value xsi:type="CD" code="419511003" codeSystem="2.16.840.1.113883.6.96"/>
<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT"><code code="764146007" codeSystem="2.16.840.1.113883.6.96" displayName="ZPENICILLIN"/></playingEntity></participantRole></participant></observation>`))
	}
	f := show(t, map[string]string{"denied.xml": allergy(` negationInd="true"`)})
	if e := f.one(t, "ZPENICILLIN"); e.Current || !strings.HasPrefix(e.Title, "Not allergic to") {
		t.Errorf("got %+v", e)
	}
	for _, face := range []string{"list", "search", "html", "pdf"} {
		for _, l := range f.lines(face, "ZPENICILLIN") {
			if strings.Contains(l, "(ZPENICILLIN)") {
				continue // the display of its code, below the entry
			}
			if !strings.Contains(strings.ToLower(l), "not ") && !strings.Contains(l, "ruled out") && !strings.Contains(l, "denied") {
				t.Errorf("%s shows without its denial: %q", face, l)
			}
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZPENICILLIN") {
		if b, _ := json.Marshal(r["verificationStatus"]); r["resourceType"] == "AllergyIntolerance" && !strings.Contains(string(b), "refuted") {
			t.Errorf("exported without its denial: %s", b)
		}
	}
	if g := show(t, map[string]string{"stated.xml": allergy("")}); !g.current("allergies", "ZPENICILLIN") {
		t.Error("the same allergy, not denied, is not listed")
	}
}

func TestHazard07DeniedProblemIsNoProblem(t *testing.T) {
	f := show(t, map[string]string{"a.xml": document("11450-4", "see below", concern(`<observation classCode="OBS" moodCode="EVN" negationInd="true">
<code code="64572001" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="20200102"/></effectiveTime>
<value xsi:type="CD" code="195967001" codeSystem="2.16.840.1.113883.6.96" displayName="ZASTHMA"/></observation>`))})
	if e := f.one(t, "ZASTHMA"); e.Current || f.current("problems", "ZASTHMA") {
		t.Errorf("got %+v", e)
	}
	f.never(t, "ZASTHMA", "list", "search", "html", "pdf", "ccda", "fhir", "ndjson", "ips")
	for _, o := range statements(t, f.text["ccda"], "ZASTHMA") {
		if !strings.Contains(o, `negationInd="true"`) {
			t.Errorf("coded without its negation: %s", o)
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZASTHMA") {
		if b, _ := json.Marshal(r["verificationStatus"]); r["resourceType"] == "Condition" && !strings.Contains(string(b), "refuted") {
			t.Errorf("exported without its denial: %s", b)
		}
	}
}

func TestHazard11EndUnknownIsNotOngoing(t *testing.T) {
	f := show(t, map[string]string{"a.xml": document("11450-4", "see below", `<observation classCode="OBS" moodCode="EVN">
<code code="64572001" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="20200102"/><high nullFlavor="UNK"/></effectiveTime>
<value xsi:type="CD" code="233604007" codeSystem="2.16.840.1.113883.6.96" displayName="ZPNEUMONIA"/></observation>`)})
	if e := f.one(t, "ZPNEUMONIA"); e.Current || e.Standing != "past" {
		t.Errorf("got %+v", e)
	}
}

func TestHazard12PrescribedIsNotStopped(t *testing.T) {
	f := show(t, map[string]string{"a.xml": document("10160-0", "see below", `<substanceAdministration classCode="SBADM" moodCode="INT"><statusCode code="completed"/>
<effectiveTime xsi:type="IVL_TS"><low value="20240101"/></effectiveTime><consumable><manufacturedProduct><manufacturedMaterial>
<code code="861007" codeSystem="2.16.840.1.113883.6.88" displayName="ZMETFORMIN"/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>`)})
	e := f.one(t, "ZMETFORMIN")
	if e.Current || e.Standing != "not stated" || !strings.Contains(e.Status, "completed") {
		t.Errorf("got %+v", e)
	}
	for _, face := range []string{"summary", "html", "pdf"} {
		if text := f.text[face]; text != "" && !strings.Contains(text, "ZMETFORMIN") {
			t.Errorf("%s does not show a medicine whose status is not clear", face)
		}
	}
}

func TestHazard40NarrativeIsAlwaysShown(t *testing.T) {
	f := show(t, map[string]string{"a.xml": document("51848-0", "<paragraph>ZATTESTED words of the doctor</paragraph>")})
	for _, face := range []string{"html", "pdf"} {
		if text := f.text[face]; text != "" && !strings.Contains(text, "ZATTESTED") {
			t.Errorf("%s leaves the narrative out", face)
		}
	}
	if hits := f.text["search"]; !strings.Contains(hits, "Summary") {
		t.Errorf("the narrative is not found: %s", hits)
	}
}
