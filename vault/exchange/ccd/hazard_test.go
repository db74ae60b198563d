package ccd_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// holding are the entries of the whole document that hold a word.
func holding(t testing.TB, b []byte, word string) []node {
	t.Helper()
	var out []node
	for _, e := range parse(t, b).all("entry") {
		if strings.Contains(e.Inner, word) {
			out = append(out, e)
		}
	}
	return out
}

func TestHazard01EnteredInError(t *testing.T) {
	mustLack(t, string(export(t, selection(everything()...))), "WITHDRAWN", "entered-in-error", "nullified")
}

// TestHazard02And07: what is refuted or denied is negated, and under its own title.
func TestHazard02And07RefutedAndDeniedProblems(t *testing.T) {
	b := export(t, selection(problems()...))
	for _, word := range []string{"REFUTED-PROBLEM", "NEGATED-PROBLEM"} {
		entries := holding(t, b, word)
		if len(entries) != 1 || entries[0].all("observation")[0].attr("negationInd") != "true" {
			t.Errorf("%s: got %d entries, or one without its negation", word, len(entries))
		}
	}
	_, words, _ := section(t, b, "11450-4")
	positive, _, _ := strings.Cut(words, "Ruled out or denied: NOT a problem")
	mustLack(t, positive, "REFUTED-PROBLEM", "NEGATED-PROBLEM")
	_, words, _ = section(t, b, "11348-0")
	mustLack(t, words, "REFUTED-PROBLEM", "NEGATED-PROBLEM")
}

func TestUncertainProblemHasNoCodeOfItsOwn(t *testing.T) {
	b := export(t, selection(problems()...))
	for _, e := range holding(t, b, "55464009") {
		v := e.all("observation")[0].at("value")
		if v.attr("code") != "" || v.attr("nullFlavor") != "OTH" || v.at("translation").attr("code") != "55464009" || v.at("originalText").Text != "Lupus (provisional, not confirmed)" {
			t.Errorf("got %s", v.Inner)
		}
	}
	for _, r := range reread(t, b) {
		if c, ok := r.Resource.(*record.Condition); ok && c.Code.Has(record.SNOMED, "55464009") && (c.VerificationStatus != "provisional" || c.Code.Text != "Lupus") {
			t.Errorf("read again: %+v", c)
		}
	}
}

func TestHazard03And06RuledOutAllergies(t *testing.T) {
	b := export(t, selection(allergies()...))
	_, words, _ := section(t, b, "48765-2")
	positive, negative, _ := strings.Cut(words, "Ruled out: NOT an allergy")
	mustLack(t, positive, "REFUTED-ALLERGEN", "Mango")
	mustHold(t, negative, "REFUTED-ALLERGEN", "Not allergic to Mango")
	for _, word := range []string{"REFUTED-ALLERGEN", "Mango"} {
		for _, e := range holding(t, b, word) {
			if e.all("observation")[0].attr("negationInd") != "true" {
				t.Errorf("%s without its negation", word)
			}
		}
	}
}

// TestHazard04: no allergen is named where none is known.
func TestHazard04NoneKnownIsNoAllergen(t *testing.T) {
	for said, want := range map[string]string{"No known allergy": "419199007", "NKDA": "416098002", "No known food allergies": "414285001"} {
		b := export(t, selection(rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: coded(said, record.SNOMED, "716186003")})))
		o := parse(t, b).all("observation")[0]
		if o.attr("negationInd") != "true" || o.at("value").attr("code") != want {
			t.Errorf("%s: got %s", said, o.Inner)
		}
		if c := o.at("participant", "participantRole", "playingEntity", "code"); c.attr("nullFlavor") != "NA" || c.attr("code") != "" {
			t.Errorf("%s: an allergen %s", said, c.Inner)
		}
		mustLack(t, string(b), `code="716186003"`)
	}
}

// TestHazard05: stated, not asked, withheld and never spoken of are four things.
func TestHazard05ThreeStatesOfNone(t *testing.T) {
	asked := func(reason string) record.Record {
		return rec("d", &record.DocumentReference{Status: "current", Title: "Visit note", Date: "2026-01-05", Section: []record.Section{{Title: "Allergies", Code: coded("Allergies", record.LOINC, "48765-2"), EmptyReason: reason}}})
	}
	for name, test := range map[string]struct {
		records []record.Record
		flavor  string
		words   string
	}{
		"stated":         {[]record.Record{rec("a", &record.AllergyIntolerance{Code: text("No known allergies")})}, "", "No known allergies, said by Dr. Example"},
		"nobody said":    {nil, "NI", "Nobody has said anything about"},
		"not asked":      {[]record.Record{asked("notasked")}, "NASK", "it was not asked"},
		"CDA NI":         {[]record.Record{asked("NI")}, "NI", "not the same as none"},
		"withheld":       {[]record.Record{asked("MSK")}, "MSK", "was withheld"},
		"only held ones": {[]record.Record{held("h", &record.AllergyIntolerance{Code: text("X")})}, "NI", "not understood"},
	} {
		t.Run(name, func(t *testing.T) {
			s, words, entries := section(t, export(t, selection(test.records...)), "48765-2")
			if got := s.attr("nullFlavor"); got != test.flavor || (test.flavor == "") != (entries != "") {
				t.Errorf("nullFlavor %q, want %q; entries %q", got, test.flavor, entries)
			}
			mustHold(t, words, test.words)
		})
	}
}

func TestHazard05EverySectionThatNobodySpokeOf(t *testing.T) {
	n := 0
	for _, s := range parse(t, export(t, selection())).all("section") {
		if s.attr("nullFlavor") == "" {
			continue
		}
		n++
		mustHold(t, s.at("text").Inner, "That does not mean that")
		mustLack(t, strings.ToLower(s.at("text").Inner), "no known", "none known", "is taken.")
	}
	if n < 13 {
		t.Errorf("got %d sections with a nullFlavor", n)
	}
}

// TestHazard08: what was not done stands in no entry but with a negation.
func TestHazard08NotDone(t *testing.T) {
	b := export(t, selection(everything()...))
	for _, word := range []string{"FORBIDDEN-MEDICINE", "UNTAKEN-MEDICINE", "NEGATED-PROCEDURE", "NEGATED-FINDING", "ABSENT-DEVICE", "REMOVED-PUMP", "FORBIDDEN-ACTIVITY", "STATUSLESS-VACCINE", "SUBPOTENT-VACCINE", "STATUSLESS-PLAN"} {
		if n := len(holding(t, b, word)); n > 0 {
			t.Errorf("%s is an entry", word)
		}
		mustHold(t, string(b), word)
	}
	entries := holding(t, b, "REFUSED-VACCINE")
	if len(entries) != 1 || entries[0].all("substanceAdministration")[0].attr("negationInd") != "true" {
		t.Error("a refused vaccine without its negation")
	}
	_, words, _ := section(t, b, "10160-0")
	positive, _, _ := strings.Cut(words, "Do NOT take, or not taken")
	mustLack(t, positive, "FORBIDDEN-MEDICINE", "UNTAKEN-MEDICINE")
}

func TestHazard09DenialBesideAnAllergy(t *testing.T) {
	b := export(t, selection(rec("a", &record.AllergyIntolerance{Code: text("No known allergies")}), rec("b", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Peanut")})))
	s, words, entries := section(t, b, "48765-2")
	mustHold(t, words, "Sources disagree", "Peanut")
	mustLack(t, entries, "negationInd")
	if s.attr("nullFlavor") != "" {
		t.Error("a section with an allergy has a nullFlavor")
	}
}

// TestHazard10And13: an unstated status stays so, and the act of concern does not
// stand in for it.
func TestHazard10And13StatusIsNotStrengthened(t *testing.T) {
	b := export(t, selection(rec("c", &record.Condition{Code: text("Unstated")}), rec("m", &record.MedicationStatement{Medication: text("Unstated")})))
	for _, r := range reread(t, b) {
		switch x := r.Resource.(type) {
		case *record.Condition:
			if x.ClinicalStatus != "" {
				t.Errorf("a problem became %s", x.ClinicalStatus)
			}
		case *record.MedicationStatement:
			if x.Status != "" || x.ActStatus != "" {
				t.Errorf("a medicine became %s %s", x.Status, x.ActStatus)
			}
		}
	}
	for _, r := range reread(t, export(t, selection(medicines()...))) {
		m, ok := r.Resource.(*record.MedicationStatement)
		if !ok {
			continue
		}
		current := map[string]bool{"Lisinopril 10 mg": true, "Simvastatin": true, "Vitamin D": true}
		if got := r.Summary().Standing == record.Current; got != current[m.Medication.Text] {
			t.Errorf("%s: current %v", m.Medication.Text, got)
		}
	}
}

func TestHazard14PlannedIsNotTaken(t *testing.T) {
	b := export(t, selection(everything()...))
	_, _, entries := section(t, b, "10160-0")
	mustLack(t, entries, "PROPOSED-MEDICINE")
	_, _, entries = section(t, b, "18776-5")
	mustHold(t, entries, "PROPOSED-MEDICINE", `moodCode="PRP"`)
	_, _, entries = section(t, b, "46240-8")
	mustLack(t, entries, "PLANNED-VISIT")
}

func TestQuestionsStandWithThePlan(t *testing.T) {
	b := export(t, selection(rest()...))
	_, words, entries := section(t, b, "18776-5")
	mustHold(t, words, "Questions of the patient for the visit", "Do I still need this?")
	mustLack(t, entries, "Do I still need this?")
	if n := strings.Count(string(b), "<td>Do I still need this?</td>"); n != 1 {
		t.Errorf("the question stands %d times", n)
	}
}

func TestHazard15RefillsAndFills(t *testing.T) {
	_, _, entries := section(t, export(t, selection(medicines()...)), "10160-0")
	mustHold(t, entries, `<repeatNumber value="4"/>`)
}

func TestHazard17And21UnitsAreNotGuessed(t *testing.T) {
	b := string(export(t, selection(everything()...)))
	mustHold(t, b, `<doseQuantity><low value="1"/><high value="2"/></doseQuantity>`, `<doseQuantity value="1"/>`)
	mustHold(t, b, `<value xsi:type="PQ" nullFlavor="OTH"><translation value="250" nullFlavor="OTH"><originalText>K/uL</originalText></translation></value>`)
	mustLack(t, b, `unit="K/uL"`, `unit="pounds"`, `unit="tablet"`, `unit="bottle"`)
}

func TestHazard18Comparators(t *testing.T) {
	for c, want := range map[record.Comparator]string{
		record.Less: `<high inclusive="false" value="5" unit="mg"/>`, record.LessOrEqual: `<high inclusive="true" value="5" unit="mg"/>`,
		record.Greater: `<low inclusive="false" value="5" unit="mg"/>`, record.GreaterOrEqual: `<low inclusive="true" value="5" unit="mg"/>`,
	} {
		v := amount("5", "mg")
		v.Quantity.Comparator = c
		b := export(t, selection(rec("o", lab("X", "1-8", v, "2026"))))
		mustHold(t, string(b), `<value xsi:type="IVL_PQ">`+want+`</value>`)
		for _, r := range reread(t, b) {
			if o, ok := r.Resource.(*record.Observation); ok && o.Value.Quantity.Comparator != c {
				t.Errorf("%s came back as %s", c, o.Value.Quantity.Comparator)
			}
		}
	}
}

func TestHazard23NoValueHasAReason(t *testing.T) {
	mustHold(t, string(export(t, selection(results()...))), `<value xsi:type="ST" nullFlavor="MSK"/>`)
}

func TestHazard24NotFinalIsNotCompleted(t *testing.T) {
	for status, want := range map[string]string{"final": "completed", "preliminary": "active", "": "active", "unknown": "active", "corrected": "completed"} {
		o := lab("X", "1-8", amount("1", "mg"), "2026")
		o.Status = status
		_, _, entries := section(t, export(t, selection(rec("o", o))), "30954-2")
		if got := regexp.MustCompile(`<statusCode code="([a-z]+)"`).FindStringSubmatch(entries); got == nil || got[1] != want {
			t.Errorf("%q: got %v, want %s", status, got, want)
		}
	}
}

func TestHazard29PartsStayTogether(t *testing.T) {
	_, _, entries := section(t, export(t, selection(results()...)), "8716-3")
	if strings.Count(entries, "<organizer ") != 1 || strings.Count(entries, "22.4.27\" extension") != 2 {
		t.Errorf("got %.500s", entries)
	}
}

func TestHazard30And31AboutOthers(t *testing.T) {
	b := export(t, selection(everything()...))
	if len(holding(t, b, "FETAL-RATE")) > 0 {
		t.Error("a result about someone else is an entry")
	}
	mustHold(t, string(b), "not the patient")
	for _, code := range []string{"11450-4", "11348-0", "30954-2"} {
		_, words, entries := section(t, b, code)
		mustLack(t, words+entries, "RELATIVES-DISEASE")
	}
	_, _, entries := section(t, b, "10157-6")
	mustHold(t, entries, "RELATIVES-DISEASE", "mother")
}

func TestHazard35And36PrecisionIsKept(t *testing.T) {
	for written, want := range map[string]string{
		"2021": "2021", "2021-03": "202103", "2021-03-05": "20210305", "2021-03-05T10:30": "202103051030", "2021-03-05T10:30-08:00": "202103051030-0800",
		"2021-03-05T23:30:15.250-05:00": "20210305233015.250-0500", "2021-03-05T10:30:00Z": "20210305103000+0000",
	} {
		_, _, entries := section(t, export(t, selection(rec("o", lab("X", "1-8", amount("1", "mg"), written)))), "30954-2")
		mustHold(t, entries, `<effectiveTime value="`+want+`"/>`)
	}
	mustHold(t, string(export(t, selection())), `<birthTime value="19800517"/>`)
}

func TestHazard37MonthNames(t *testing.T) {
	numeric := regexp.MustCompile(`\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b`)
	for _, s := range parse(t, export(t, selection(everything()...))).all("section") {
		if found := numeric.FindString(s.at("text").Inner); found != "" {
			t.Errorf("a date in digits: %s", found)
		}
	}
}

func TestHazard38ReleasedIsNotEffective(t *testing.T) {
	o := lab("Potassium", "2823-3", amount("4.1", "mmol/L"), "")
	o.Issued = "2026-01-03T08:00:00Z"
	_, words, entries := section(t, export(t, selection(rec("o", o))), "30954-2")
	mustHold(t, words, "date unknown (released 3 January 2026")
	mustHold(t, entries, `<effectiveTime nullFlavor="UNK"/>`)
}

func TestHazard39HeldIsNowhere(t *testing.T) {
	b := string(export(t, selection(everything()...)))
	mustLack(t, b, "HELD-ALLERGEN", "HELD-MEDICINE", "HELD-RESULT")
	mustHold(t, b, "3 entries carry something that is not understood")
}

func TestHazard41CriticalityIsNeverInvented(t *testing.T) {
	reaction := []record.Reaction{{Severity: "severe", Manifestation: []record.Concept{text("shock")}}}
	mustLack(t, string(export(t, selection(rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Nuts"), Reaction: reaction})))), "CRITH", "82606-5")
}

func TestHazard44WordsFirst(t *testing.T) {
	c := record.Concept{Text: "sugar", Coding: []record.Coding{{System: "urn:oid:1.2.3", Code: "x"}, {System: record.SNOMED, Code: "73211009", Display: "Diabetes mellitus"}}}
	mustHold(t, string(export(t, selection(rec("c", &record.Condition{ClinicalStatus: "active", Code: c})))),
		`codeSystem="1.2.3"`, `<originalText>sugar</originalText><translation code="73211009"`)
}

// TestHazard49: every entry says who stands behind it, and what nobody is named for
// is not the patient's.
func TestHazard49Authors(t *testing.T) {
	nobody := rec("n", &record.Condition{ClinicalStatus: "active", Code: text("Nobody's")})
	nobody.Provenance = []record.Provenance{{Original: fileA}}
	want := map[string]record.Asserter{"Nobody's": "", "Mine": record.ByPatient, "Theirs": record.ByOrganisation}
	b := export(t, selection(nobody, own("o", &record.Condition{ClinicalStatus: "active", Code: text("Mine")}), rec("t", &record.Condition{ClinicalStatus: "active", Code: text("Theirs")})))
	n := 0
	for _, r := range reread(t, b) {
		if c, ok := r.Resource.(*record.Condition); ok {
			n++
			if got := r.Source().Asserter; got != want[c.Code.Text] {
				t.Errorf("%s: got %q", c.Code.Text, got)
			}
		}
	}
	if n != len(want) {
		t.Errorf("got %d problems", n)
	}
	_, words, _ := section(t, b, "11450-4")
	mustHold(t, words, "entered by the patient")
	for _, e := range parse(t, export(t, selection(everything()...))).all("entry") {
		if len(e.all("author")) == 0 {
			t.Errorf("an entry without an author: %.300s", e.Inner)
		}
	}
}

func TestHazard49And51TheDocumentSaysWhatItIs(t *testing.T) {
	sel := selection(everything()...)
	sel.Withheld, sel.InError = 7, 3
	sel.Scope.From, sel.Scope.Kinds = "2020-01-01", []record.Kind{record.KindCondition}
	b := string(export(t, sel))
	mustHold(t, b, "Made on 22 November 2026, 18:30 (UTC+01:00) with Carnet 1.0.0", "No care provider has checked or signed it", "no organisation is its custodian",
		"Period: the dates of the entries run from", "Sources: visit.json; the patient", "Holds: allergies", "were entered by the patient", "Some items withheld by the patient.",
		"3 entries that the source itself withdrew", "Limited by the patient to: problems, dates from 1 January 2020")
	mustLack(t, b, "7 items", "legalAuthenticator")
	sel.Withheld = 0
	mustLack(t, string(export(t, sel)), "withheld by the patient")
}

func TestHazard50StrictestLabel(t *testing.T) {
	mustHold(t, string(export(t, selection(everything()...))), `<confidentialityCode code="R"`)
	mustHold(t, string(export(t, selection(problems()...))), `<confidentialityCode code="N"`)
}

// TestHazard50And51Withheld: what is not in the selection is nowhere in the document,
// and its identity is not either.
func TestHazard50And51Withheld(t *testing.T) {
	all := everything()
	whole := string(export(t, selection(all...)))
	for i, r := range all {
		if r.ID != "co2" {
			continue
		}
		mustHold(t, whole, "Pneumonia", `extension="co2"`)
		rest := append(append([]record.Record(nil), all[:i]...), all[i+1:]...)
		mustLack(t, string(export(t, selection(rest...))), "Pneumonia", `extension="co2"`)
	}
}
