package ips_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard01EnteredInError(t *testing.T) {
	for _, f := range allFormats {
		mustLack(t, string(export(t, f, selection(everything()...))), "WITHDRAWN", "entered-in-error")
	}
}

func TestHazard02RefutedProblem(t *testing.T) {
	b := summary(t, problems()...)
	_, words, entries := section(t, b, "11450-4")
	mustLack(t, words, "REFUTED-PROBLEM", "NEGATED-PROBLEM")
	if got := ids(entries); got != "co5 co1 co7 co8" {
		t.Errorf("problems: got %s", got)
	}
	_, words, entries = section(t, b, "11348-0")
	mustLack(t, words, "REFUTED-PROBLEM", "NEGATED-PROBLEM")
	if got := ids(entries); got != "co2 co6" {
		t.Errorf("past problems: got %s", got)
	}
}

func TestHazard03RefutedAllergyIsShownAsRuledOut(t *testing.T) {
	b := summary(t, rec("a", &record.AllergyIntolerance{ClinicalStatus: "inactive", VerificationStatus: "refuted", Code: text("Aspirin")}))
	_, words, entries := section(t, b, "48765-2")
	mustHold(t, words, "Ruled out: NOT an allergy", "Aspirin")
	if got := at(entries[0], "verificationStatus", "coding", 0, "code"); got != "refuted" {
		t.Errorf("got %q", got)
	}
}

func TestHazard04NoneKnownIsNoAllergen(t *testing.T) {
	b := summary(t, rec("a", &record.AllergyIntolerance{Absent: true, ClinicalStatus: "active", Code: coded("Allergy to substance", record.SNOMED, "419199007")}))
	_, words, entries := section(t, b, "48765-2")
	if got := at(entries[0], "code", "coding", 0, "code"); got != "no-known-allergies" || len(entries[0]["code"].(object)["coding"].([]any)) != 1 {
		t.Errorf("code: got %v", entries[0]["code"])
	}
	mustLack(t, fmt.Sprint(entries[0]["code"]), "419199007", "Allergy to substance")
	mustHold(t, words, "Stated as absent", "No known allergy")
	if v := entries[0]["verificationStatus"]; v != nil {
		t.Errorf("a denial must not be refuted itself: %v", v)
	}
}

func TestHazard04WordsNarrowTheDenial(t *testing.T) {
	for said, want := range map[string]string{"NKDA": "no-known-medication-allergies", "No known food allergies": "no-known-food-allergies", "NKA": "no-known-allergies"} {
		_, _, entries := section(t, summary(t, rec("a", &record.AllergyIntolerance{Code: text(said)})), "48765-2")
		if got := at(entries[0], "code", "coding", 0, "code"); got != want || at(entries[0], "code", "text") != said {
			t.Errorf("%s: got %v", said, entries[0]["code"])
		}
	}
}

func TestHazard05ThreeStatesOfNone(t *testing.T) {
	none := rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: coded("No known allergy", record.SNOMED, "716186003"), RecordedDate: "2026-02-03"})
	asked := func(reason string) record.Record {
		return rec("d", &record.DocumentReference{Status: "current", Title: "Visit note", Date: "2026-01-05", Section: []record.Section{{Title: "Allergies", Code: coded("Allergies", record.LOINC, "48765-2"), EmptyReason: reason}}})
	}
	tests := map[string]struct {
		records []record.Record
		code    string // of the emptyReason; "" for entries
		words   string
	}{
		"stated":         {[]record.Record{none}, "", "No known allergy, said by Dr. Example on 3 February 2026."},
		"nobody said":    {nil, "unavailable", "Nobody has said anything about"},
		"not asked":      {[]record.Record{asked("notasked")}, "notasked", "it was not asked"},
		"CDA NI":         {[]record.Record{asked("NI")}, "unavailable", "not the same as none"},
		"nil known":      {[]record.Record{asked("nilknown")}, "nilknown", "says that none are known"},
		"withheld":       {[]record.Record{asked("MSK")}, "withheld", "was withheld"},
		"only held ones": {[]record.Record{held("h", &record.AllergyIntolerance{Code: text("X")})}, "unavailable", "not understood"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, words, entries := section(t, summary(t, test.records...), "48765-2")
			if got := at(s, "emptyReason", "coding", 0, "code"); got != test.code || (test.code == "") != (len(entries) > 0) {
				t.Errorf("emptyReason %q with %d entries, want %q", got, len(entries), test.code)
			}
			mustHold(t, words, test.words)
		})
	}
}

func TestHazard40WordsWithoutEntries(t *testing.T) {
	var w record.NarrativeWriter
	w.Text("PENICILLINS")
	d := rec("d", &record.DocumentReference{Status: "current", Title: "Visit note", Section: []record.Section{{Title: "Allergies", Code: coded("Allergies", record.LOINC, "48765-2"), Text: w.Narrative()}}})
	s, words, entries := section(t, summary(t, d), "48765-2")
	if len(entries) != 0 || at(s, "emptyReason", "coding", 0, "code") != "unavailable" {
		t.Errorf("got %d entries, %v", len(entries), s["emptyReason"])
	}
	mustHold(t, words, "PENICILLINS", "Visit note")
	mustLack(t, words, "Nobody has said")
}

func TestHazard05NoInformationIsNoProblem(t *testing.T) {
	b := summary(t, rec("p", &record.Condition{ClinicalStatus: "active", Code: coded("No information about problems", record.AbsentUnknownSystem, "no-problem-info")}))
	_, words, entries := section(t, b, "11450-4")
	if len(entries) != 1 || at(entries[0], "code", "coding", 0, "code") != "no-problem-info" {
		t.Errorf("got %v", entries)
	}
	mustHold(t, words, "Not known to the source", "has no information about problems")
}

func TestHazard05RefutedOrPastDenialIsNoDenial(t *testing.T) {
	for _, a := range []*record.AllergyIntolerance{
		{VerificationStatus: "refuted", Code: coded("No known allergy", record.SNOMED, "716186003")},
		{ClinicalStatus: "resolved", Code: coded("No known allergy", record.SNOMED, "716186003")},
	} {
		s, words, entries := section(t, summary(t, rec("a", a)), "48765-2")
		if len(entries) != 0 || at(s, "emptyReason", "coding", 0, "code") != "unavailable" {
			t.Errorf("got %d entries, %v", len(entries), s["emptyReason"])
		}
		mustHold(t, words, "hold no longer")
	}
}

func TestHazard06NegatedSubstance(t *testing.T) {
	_, words, entries := section(t, summary(t, rec("a", &record.AllergyIntolerance{Absent: true, Code: coded("Penicillin", record.SNOMED, "764146007")})), "48765-2")
	mustHold(t, words, "Not allergic to Penicillin", "Ruled out")
	if at(entries[0], "verificationStatus", "coding", 0, "code") != "refuted" || at(entries[0], "clinicalStatus", "coding", 0, "code") != "" {
		t.Errorf("got %v", entries[0])
	}
}

func TestHazard07NegatedProblemIsRefuted(t *testing.T) {
	b := resources(decode(t, export(t, ips.Bundle, selection(problems()...))))
	if got := at(b["co4"], "verificationStatus", "coding", 0, "code"); got != "refuted" {
		t.Errorf("got %q", got)
	}
	if _, there := resources(summary(t, problems()...))["co4"]; there {
		t.Error("a denied problem is in the summary")
	}
}

func TestHazard08NotDone(t *testing.T) {
	all := append(append(medicines(), events()...), rest()...)
	b := summary(t, all...)
	_, words, entries := section(t, b, "10160-0")
	positive, _, _ := strings.Cut(words, "Do NOT take, or not taken")
	mustLack(t, positive, "Ibuprofen", "Warfarin", "Codeine", "Morphine")
	mustHold(t, words, "Do NOT take: Ibuprofen", "Not taken: Warfarin")
	if got := ids(entries); got != "me9 me1 me10 me2" && got != "me1 me9 me10 me2" {
		t.Errorf("medicines: got %s", got)
	}
	_, words, entries = section(t, b, "11369-6")
	positive, _, _ = strings.Cut(words, "NOT given")
	mustLack(t, positive, "MMR")
	mustHold(t, words, "Not given: MMR")
	for _, e := range entries {
		if at(e, "id") == "im2" && at(e, "status") != "not-done" {
			t.Errorf("im2: %v", e["status"])
		}
	}
	_, words, entries = section(t, b, "47519-4")
	positive, _, _ = strings.Cut(words, "<b>Not done</b>")
	mustLack(t, positive, "NEGATED-PROCEDURE")
	if strings.Contains(ids(entries), "pr2") {
		t.Error("a procedure that was not done is an entry")
	}
	plain := resources(decode(t, export(t, ips.Bundle, selection(all...))))
	for id, want := range map[string]string{"me5": "MedicationRequest active true", "me8": "MedicationStatement not-taken ", "me12": "MedicationDispense declined ", "me13": "MedicationAdministration not-done ", "pr2": "Procedure not-done ", "im2": "Immunization not-done "} {
		r := plain[id]
		if got := at(r, "resourceType") + " " + at(r, "status") + " " + at(r, "doNotPerform"); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	mustLack(t, fmt.Sprint(plain["de3"]["code"]), "coding")
	mustHold(t, fmt.Sprint(plain["ot3"]["code"]), "Do NOT: resuscitate")
}

func TestHazard09NamedAllergyWins(t *testing.T) {
	b := summary(t, rec("a", &record.AllergyIntolerance{Code: text("NKA")}), rec("b", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Nuts")}))
	_, words, entries := section(t, b, "48765-2")
	mustHold(t, words, "Sources disagree")
	if got := ids(entries); got != "b" {
		t.Errorf("got %s", got)
	}
}

func TestHazard13And14OnlyCurrentMedicines(t *testing.T) {
	b := summary(t, medicines()...)
	_, words, _ := section(t, b, "10160-0")
	mustLack(t, words, "STOPPED-MEDICINE", "PROPOSED-MEDICINE", "Amoxicillin", "Ondansetron")
	mustHold(t, words, "Not listed here: 3 entries, past.", "Not listed here: 1 entry, planned or ordered.", "as of January 2026")
	for _, id := range []string{"me3", "me4", "me6", "me7"} {
		if _, there := resources(b)[id]; there {
			t.Errorf("%s is in the summary", id)
		}
	}
	if got := at(resources(b)["me2"], "status"); got != "unknown" {
		t.Errorf("a CDA statement that is only 'completed': got %q", got)
	}
	if r := resources(b)["me9"]; r["intent"] != nil || r["_intent"] == nil {
		t.Errorf("an intent that nobody stated: got %v", r["intent"])
	}
}

func TestHazard18Comparators(t *testing.T) {
	for _, c := range []record.Comparator{record.Less, record.LessOrEqual, record.Greater, record.GreaterOrEqual} {
		o := lab("Troponin", "6598-7", "0.5", "ng/mL", "2026-01-02")
		o.Value.Quantity.Comparator = c
		r := resources(summary(t, rec("o", o)))["o"]
		if got := at(r, "valueQuantity", "comparator"); got != string(c) {
			t.Errorf("got %q, want %q", got, c)
		}
	}
	o := lab("Odd", "1-8", "0.5", "ng/mL", "2026-01-02")
	o.Value.Quantity.Comparator = "~"
	r := resources(summary(t, rec("o", o)))["o"]
	if r["valueQuantity"] != nil || at(r, "valueString") != "~0.5 ng/mL" {
		t.Errorf("an unknown comparator must not leave a bare number: %v", r)
	}
}

func TestHazard23AbsentValue(t *testing.T) {
	o := lab("Potassium", "2823-3", "", "", "2026-01-02")
	o.Value, o.DataAbsentReason = record.Value{}, text("specimen broken")
	r := resources(summary(t, rec("o", o)))["o"]
	if at(r, "dataAbsentReason", "text") != "specimen broken" || r["valueQuantity"] != nil {
		t.Errorf("got %v", r)
	}
}

func TestHazard30AboutSomeoneElse(t *testing.T) {
	focus := lab("Fetal heart rate", "55283-6", "140", "/min", "2026-01-02")
	focus.Focus, focus.Status = []string{"fetus"}, ""
	b := summary(t, rec("f", focus))
	if _, there := resources(b)["f"]; there {
		t.Error("a finding about the fetus is in the patient's summary")
	}
	r := resources(decode(t, export(t, ips.Bundle, selection(rec("f", focus)))))["f"]
	if got := at(r, "focus", 0, "display"); got != "fetus" {
		t.Errorf("focus: got %q", got)
	}
}

func TestHazard31FamilyHistoryApart(t *testing.T) {
	b := summary(t, everything()...)
	for _, code := range []string{"11450-4", "11348-0", "30954-2"} {
		_, words, _ := section(t, b, code)
		mustLack(t, words, "RELATIVES-DISEASE")
	}
	_, words, entries := section(t, b, "10157-6")
	mustHold(t, words, "RELATIVES-DISEASE", "mother")
	for _, e := range entries {
		if at(e, "resourceType") != "FamilyMemberHistory" {
			t.Errorf("got %s", at(e, "resourceType"))
		}
	}
	c := array(resources(b)["fa1"]["condition"])[1]
	if c["code"].(object)["coding"] != nil || at(c, "code", "text") != "does not have: Diabetes" {
		t.Errorf("a denied problem of a relative: %v", c["code"])
	}
}

func TestHazard35PrecisionIsKept(t *testing.T) {
	for written, want := range map[string]string{
		"2021": "2021", "2021-03": "2021-03", "2021-03-05": "2021-03-05", "2021-03-05T10:30": "2021-03-05",
		"2021-03-05T10:30-08:00": "2021-03-05T10:30:00-08:00", "2021-03-05T10:30Z": "2021-03-05T10:30:00Z",
		"2021-03-05T23:30:15.250-05:00": "2021-03-05T23:30:15.250-05:00", "2021-03-05T10:30:00": "2021-03-05",
	} {
		r := resources(summary(t, rec("o", lab("X", "1-8", "1", "mg", written))))["o"]
		if got := at(r, "effectiveDateTime"); got != want {
			t.Errorf("%s: got %q, want %q", written, got, want)
		}
		kept := at(r, "_effectiveDateTime", "extension", 0, "valueString")
		if strings.Contains(written, "T") && !strings.Contains(want, "T") && kept != written {
			t.Errorf("%s: what was written is not kept: %q", written, kept)
		}
	}
}

func TestHazard37MonthNames(t *testing.T) {
	div := regexp.MustCompile(`"div":"((?:[^"\\]|\\.)*)"`)
	numeric := regexp.MustCompile(`\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b`)
	for _, f := range allFormats {
		for _, m := range div.FindAllSubmatch(export(t, f, selection(everything()...)), -1) {
			if found := numeric.Find(m[1]); found != nil {
				t.Errorf("%s: a date in digits, %s, in %s", f.Name, found, m[1])
			}
		}
	}
}

func TestHazard38EffectiveIsNotIssued(t *testing.T) {
	o := lab("Potassium", "2823-3", "4.1", "mmol/L", "")
	o.Issued = "2026-01-03T08:00:00Z"
	b := summary(t, rec("o", o))
	r := resources(b)["o"]
	if r["effectiveDateTime"] != nil || at(r, "_effectiveDateTime", "extension", 0, "valueCode") != "unknown" || at(r, "issued") == "" {
		t.Errorf("got %v", r)
	}
	_, words, _ := section(t, b, "30954-2")
	mustHold(t, words, "date unknown (released 3 January 2026")
	open := resources(summary(t, rec("m", &record.MedicationStatement{Status: "active", Medication: text("X"), Effective: record.When{Start: "2025", Period: true}})))["m"]
	if at(open, "effectivePeriod", "start") != "2025" || at(open, "effectivePeriod", "end") != "" {
		t.Errorf("an open end: %v", open["effectivePeriod"])
	}
}

func TestHazard39HeldIsNoFact(t *testing.T) {
	for name, code := range map[string]string{"HELD-ALLERGEN": "48765-2", "HELD-MEDICINE": "10160-0", "HELD-RESULT": "30954-2"} {
		out := export(t, ips.Document, selection(everything()...))
		mustLack(t, string(out), name)
		_, words, _ := section(t, decode(t, out), code)
		mustHold(t, words, "1 entry carries something that is not understood and is not in this summary.")
	}
	r := resources(decode(t, export(t, ips.Bundle, selection(everything()...))))["al7"]
	if at(r, "modifierExtension", 0, "valueString") == "" {
		t.Error("a held record goes out without its modifier")
	}
}

func TestHazard41CriticalityIsNeverInvented(t *testing.T) {
	for stated, want := range map[string]string{"": "", "high": "high", "severe": ""} {
		r := resources(summary(t, rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Criticality: stated, Code: text("Nuts"), Reaction: []record.Reaction{{Severity: "severe", Manifestation: []record.Concept{text("shock")}}}})))["a"]
		if got := at(r, "criticality"); got != want {
			t.Errorf("%q: got %q", stated, got)
		}
	}
}

func TestHazard43SubpotentAndDoses(t *testing.T) {
	b := summary(t, events()...)
	r := resources(b)["im1"]
	if at(r, "isSubpotent") != "true" || at(r, "protocolApplied", 0, "doseNumberPositiveInt") != "1" {
		t.Errorf("got %v", r)
	}
	_, words, entries := section(t, b, "11369-6")
	mustHold(t, words, "subpotent", "STATUSLESS-VACCINE", "does not say whether these were given")
	if strings.Contains(ids(entries), "im3") {
		t.Error("a vaccine without a status is an entry")
	}
}

func TestHazard44WordsFirst(t *testing.T) {
	c := record.Concept{Text: "sugar", Coding: []record.Coding{{System: "urn:oid:1.2.3", Code: "x"}, {System: record.SNOMED, Code: "73211009", Display: "Diabetes mellitus"}}}
	r := resources(summary(t, rec("c", &record.Condition{ClinicalStatus: "active", Code: c})))["c"]
	if at(r, "code", "text") != "sugar" || at(r, "code", "coding", 0, "system") != "urn:oid:1.2.3" || at(r, "code", "coding", 1, "display") != "Diabetes mellitus" {
		t.Errorf("got %v", r["code"])
	}
}
