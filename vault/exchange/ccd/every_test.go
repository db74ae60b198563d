package ccd_test

import "github.com/carnet-phr/carnet/vault/record"

// everything is one record and more of each kind, with the odd things that real
// files hold.
func everything() []record.Record {
	var all []record.Record
	for _, list := range [][]record.Record{allergies(), medicines(), problems(), results(), events(), rest()} {
		all = append(all, list...)
	}
	return all
}

func allergies() []record.Record {
	return []record.Record{
		rec("al1", &record.AllergyIntolerance{
			ClinicalStatus: "active", VerificationStatus: "confirmed", Type: "allergy", Category: []string{"medication"}, Criticality: "high",
			Code: coded("Penicillin", record.SNOMED, "764146007"), Onset: record.When{Text: "childhood"}, RecordedDate: "2019-03", Note: []string{"first\nsecond line"},
			Reaction: []record.Reaction{{Manifestation: []record.Concept{text("hives"), text("itch")}, Severity: "moderate", Onset: record.At("2001")}, {Description: "felt ill", Severity: "bad", Note: []string{"n"}}},
		}),
		rec("al2", &record.AllergyIntolerance{Absent: true, Code: coded("Mango", record.SNOMED, "227421003")}),
		rec("al3", &record.AllergyIntolerance{ClinicalStatus: "inactive", VerificationStatus: "refuted", Code: text("REFUTED-ALLERGEN"), Criticality: "weird"}),
		rec("al4", &record.AllergyIntolerance{ClinicalStatus: "resolved", Code: text("Milk"), Onset: record.When{Start: "1981", End: "1990", Period: true}, Abatement: record.At("1990")}),
		own("al5", &record.AllergyIntolerance{Code: text("Nickel")}),
		rec("al6", &record.AllergyIntolerance{VerificationStatus: "entered-in-error", Code: text("WITHDRAWN-ALLERGEN")}),
		held("al7", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("HELD-ALLERGEN")}),
		rec("al8", &record.AllergyIntolerance{ClinicalStatus: "odd", TypeConcept: coded("Food allergy", record.SNOMED, "414285001"), Code: record.Concept{Coding: []record.Coding{{System: "http://example.org/codes", Code: "X1"}, {System: record.RxNorm, Code: "7980", Display: "penicillin G"}}}, Abatement: record.When{Ended: true}}),
	}
}

func medicines() []record.Record {
	return []record.Record{
		rec("me1", &record.MedicationStatement{
			Origin: record.Request, Status: "active", Intent: "order", Medication: coded("Lisinopril 10 mg", record.RxNorm, "314076"),
			Dosage:     []record.Dosage{{Text: "1 tablet daily", Timing: "once a day", Dose: record.Quantity{Value: "1"}, Route: text("oral"), MaxDose: "2 a day", AsNeeded: "pain", Instructions: []string{"with food"}}},
			AuthoredOn: "2026-01-02T10:30-05:00", RepeatsAllowed: "3", Quantity: record.Quantity{Value: "30", Unit: "tablet"}, DaysSupply: record.Quantity{Value: "30"},
			Effective: record.When{Start: "2026-01-02", Period: true}, Form: text("tablet"), Requester: "Dr. Example", Reason: []record.Concept{coded("Hypertension", record.SNOMED, "38341003")},
		}),
		rec("me2", &record.MedicationStatement{Origin: record.Statement, ActStatus: "completed", Medication: text("Metformin"), Effective: record.When{Start: "2025-02", Period: true}, DateAsserted: "2026-01"}),
		rec("me3", &record.MedicationStatement{Origin: record.Dispense, Status: "completed", Medication: coded("Amoxicillin", record.NDC, "0093-4155"), AuthoredOn: "2024-05-05", Quantity: record.Quantity{Value: ".5", Unit: "bottle"}}),
		rec("me4", &record.MedicationStatement{Origin: record.Administration, Status: "completed", Medication: text("Ondansetron"), Dosage: []record.Dosage{{Text: "4 mg", Dose: record.Quantity{Value: "4", Unit: "mg"}}, {Rate: "1 ml/h"}}}),
		rec("me5", &record.MedicationStatement{Origin: record.Request, Status: "active", Intent: "order", DoNotPerform: true, Medication: text("FORBIDDEN-MEDICINE")}),
		rec("me6", &record.MedicationStatement{Origin: record.Request, Status: "active", Intent: "proposal", Medication: text("PROPOSED-MEDICINE")}),
		rec("me7", &record.MedicationStatement{Origin: record.Statement, Status: "stopped", Medication: text("STOPPED-MEDICINE")}),
		rec("me8", &record.MedicationStatement{Origin: record.Statement, Absent: true, ActStatus: "active", Medication: text("UNTAKEN-MEDICINE")}),
		rec("me9", &record.MedicationStatement{Origin: record.Request, ActStatus: "active", Medication: text("Simvastatin"), Effective: record.When{Start: "2026-01-01T08:00", End: "2027-01", Period: true}}),
		own("me10", &record.MedicationStatement{Medication: text("Vitamin D"), Status: "active", Origin: record.Statement, Dosage: []record.Dosage{{DoseRange: record.Range{Low: record.Quantity{Value: "1"}, High: record.Quantity{Value: "2"}}}}}),
		held("me11", &record.MedicationStatement{Status: "active", Medication: text("HELD-MEDICINE")}),
		rec("me12", &record.MedicationStatement{Medication: text("Statusless")}),
		rec("me13", &record.MedicationStatement{Origin: record.Statement, Status: "on-hold", Medication: text("Paused"), InformationFrom: "a neighbour"}),
		rec("me14", &record.MedicationStatement{Status: "entered-in-error", Medication: text("WITHDRAWN-MEDICINE")}),
	}
}

func problems() []record.Record {
	return []record.Record{
		rec("co1", &record.Condition{ClinicalStatus: "active", VerificationStatus: "confirmed", Code: coded("Hypertension", record.SNOMED, "38341003"), Onset: record.At("2015"), Severity: text("severe"), BodySite: []record.Concept{text("heart")}, Stage: []string{"I"}}),
		rec("co2", &record.Condition{ClinicalStatus: "resolved", Code: text("Pneumonia"), Onset: record.At("2019-01-05"), Abatement: record.When{Ended: true}}),
		rec("co3", &record.Condition{ClinicalStatus: "active", VerificationStatus: "refuted", Code: text("REFUTED-PROBLEM")}),
		rec("co4", &record.Condition{ClinicalStatus: "active", Absent: true, Code: text("NEGATED-PROBLEM")}),
		rec("co5", &record.Condition{ClinicalStatus: "active", Code: text("Asthma"), Abatement: record.At("2020-02-02")}),
		rec("co6", &record.Condition{Code: text("Migraine"), Abatement: record.When{End: "2018"}}),
		own("co7", &record.Condition{Code: text("Back pain"), Onset: record.At("2020-05-01")}),
		rec("co8", &record.Condition{ClinicalStatus: "odd", VerificationStatus: "maybe"}),
		rec("co9", &record.Condition{VerificationStatus: "entered-in-error", Code: text("WITHDRAWN-PROBLEM")}),
		rec("co10", &record.Condition{ClinicalStatus: "active", VerificationStatus: "provisional", Code: coded("Lupus", record.SNOMED, "55464009")}),
	}
}

func results() []record.Record {
	pressure := &record.Observation{Status: "final", Category: of(record.VitalSigns), Code: coded("Blood pressure", record.LOINC, "85354-9"), Effective: record.At("2026-01-02T10:30-08:00"), Component: []record.Component{
		{Code: coded("Systolic", record.LOINC, "8480-6"), Value: amount("120", "mm[Hg]")}, {Code: coded("Diastolic", record.LOINC, "8462-4"), Value: amount("80", "mm[Hg]")},
	}}
	low := lab("Troponin", "6598-7", amount("0.5", "ng/mL"), "2026-01-02T10:30:15.250-05:00")
	low.Value.Quantity.Comparator = record.Less
	low.Interpretation = []record.Concept{coded("Low", record.InterpretationSystem, "L")}
	low.ReferenceRange = []record.ReferenceRange{
		{Range: record.Range{Low: record.Quantity{Value: "0.010", Unit: "ng/mL"}, High: record.Quantity{Value: "0.04", Unit: "ng/mL"}}, Type: text("normal"), Age: "adults"}, {Text: "negative"}, {},
	}
	focus := lab("FETAL-RATE", "55283-6", amount("140", "/min"), "2026-01-02")
	focus.Focus = []string{"fetus"}
	smoking := &record.Observation{Status: "final", Category: of(record.SocialHistory), Code: coded("Tobacco smoking status", record.LOINC, "72166-2"), Value: record.Value{Concept: coded("Never smoker", record.SNOMED, "266919005")}, Effective: record.At("2026-01-02")}
	flagged := &record.Observation{Status: "final", Category: of(record.VitalSigns), Code: coded("Pulse", record.LOINC, "8867-4"), Effective: record.At("2026-01-02"), Value: amount("64", "/min"), Interpretation: []record.Concept{text("Normaal")}}
	weight := &record.Observation{Status: "preliminary", Category: of(record.VitalSigns), Code: coded("Weight", record.LOINC, "29463-7"), Value: record.Value{Quantity: record.Quantity{Value: "154", Unit: "pounds"}}}
	return []record.Record{
		rec("ob1", lab("Potassium", "2823-3", amount("4.10", "mmol/L"), "2026-01-02")), rec("ob2", low), rec("ob3", pressure), rec("ob4", focus), rec("ob5", smoking), own("ob6", weight), rec("ob18", flagged),
		rec("ob7", &record.Observation{Status: "final", Code: text("Titre"), Value: record.Value{Ratio: &record.Ratio{Numerator: record.Quantity{Value: "1"}, Denominator: record.Quantity{Value: "128"}}}}),
		rec("ob8", &record.Observation{Status: "preliminary", Code: text("Count"), Value: record.Value{Integer: "7"}, Effective: record.When{Text: "last spring"}, Issued: "2026-01-03T10:00:00Z"}),
		rec("ob9", &record.Observation{Status: "final", Absent: true, Code: coded("NEGATED-FINDING", record.SNOMED, "1"), Value: amount("3", "mg")}),
		rec("ob10", &record.Observation{Status: "final", Code: text("Range"), Value: record.Value{Range: &record.Range{Low: record.Quantity{Value: "3"}, High: record.Quantity{Value: "5"}}}}),
		rec("ob11", &record.Observation{Status: "entered-in-error", Code: text("WITHDRAWN-RESULT"), Value: amount("9", "mg")}),
		rec("ob12", &record.Observation{Status: "final", Code: text("Masked"), DataAbsentReason: coded("masked", "http://terminology.hl7.org/CodeSystem/data-absent-reason", "masked")}),
		rec("ob13", &record.Observation{Status: "final", Code: coded("Pregnancy status", record.LOINC, "82810-3"), Value: record.Value{Text: "not pregnant"}}),
		rec("ob14", &record.Observation{Status: "final", Category: []record.Concept{coded("Functional", "http://hl7.org/fhir/us/core/CodeSystem/us-core-category", "functional-status")}, Code: text("Walking"), Value: record.Value{Text: "unaided"}}),
		rec("ob15", &record.Observation{Code: text("Platelets"), Value: record.Value{Quantity: record.Quantity{Value: "250", Unit: "K/uL"}}}),
		held("ob16", lab("HELD-RESULT", "1-8", amount("1", "mg"), "2026")),
		rec("ob17", &record.Observation{Status: "final", Code: text("Culture"), Value: record.Value{Boolean: "false"}}),
		rec("re1", &record.DiagnosticReport{Status: "final", Code: text("Lab panel"), Result: []record.Reference{{ID: "ob1"}}, Conclusion: "fine", Text: "<table><tr><td>K</td><td>4.10 &lt; 5</td></tr></table>", Note: []string{"n"}}),
		rec("re2", &record.DiagnosticReport{Status: "final", Code: coded("Chest X-ray", record.LOINC, "36643-5"), Conclusion: "clear"}),
	}
}

func events() []record.Record {
	return []record.Record{
		rec("im1", &record.Immunization{Status: "completed", VaccineCode: coded("Influenza", record.CVX, "140"), Occurrence: record.At("2025-10-01"), DoseNumber: "1", Manufacturer: "M", LotNumber: "L1", Performer: "P", Location: "L", DoseQuantity: record.Quantity{Value: "0.50", Unit: "mL"}, Reaction: []record.Reaction{{Description: "sore arm", Onset: record.At("2025-10-02")}}}),
		rec("im2", &record.Immunization{Status: "not-done", StatusReason: text("refused"), VaccineCode: text("REFUSED-VACCINE")}),
		rec("im3", &record.Immunization{VaccineCode: text("STATUSLESS-VACCINE"), Occurrence: record.When{Start: "2001", End: "2002", Period: true}}),
		own("im4", &record.Immunization{Status: "completed", VaccineCode: text("Tetanus"), Series: "basic"}),
		rec("im5", &record.Immunization{Status: "completed", Subpotent: true, VaccineCode: text("SUBPOTENT-VACCINE")}),
		rec("im6", &record.Immunization{Status: "intended", VaccineCode: coded("Zoster", record.CVX, "187")}),
		rec("pr1", &record.Procedure{Status: "completed", Code: text("Appendectomy"), Performed: record.At("1999"), Performer: []string{"Dr. Cut"}, Device: []string{"stapler"}, Location: "Theatre"}),
		rec("pr2", &record.Procedure{Status: "completed", Absent: true, Code: text("NEGATED-PROCEDURE")}),
		own("pr3", &record.Procedure{Code: text("Cast"), Performed: record.When{Text: "as a child"}}),
		rec("pr4", &record.Procedure{Status: "stopped", Code: text("Colonoscopy")}),
		rec("pr5", &record.Procedure{Status: "completed", Code: text("Spirometry"), Value: amount("2", "L")}),
		rec("en1", &record.Encounter{Status: "finished", Type: []record.Concept{text("Office visit")}, Period: record.When{Start: "2026-01-02T10:00:00-05:00", End: "2026-01-02", Period: true}, Participant: []string{"Dr. Example", ""}, Location: []string{"Room 1"}, Diagnosis: []string{"Hypertension"}, Discharge: "home", Reason: []record.Concept{text("cough")}}),
		rec("en2", &record.Encounter{Status: "unknown", Class: coded("ambulatory", "http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB")}),
		rec("en3", &record.Encounter{Status: "planned", Type: []record.Concept{text("PLANNED-VISIT")}, Period: record.At("2027-02-01")}),
	}
}

func rest() []record.Record {
	disputed := rec("ot2", &record.Other{ResourceType: "Flag", Title: "Fall risk", Status: "active", Text: "<p>falls</p>"})
	disputed.Overlay = &record.Overlay{Note: "not mine", Disputed: true}
	restricted := rec("ot3", &record.Other{ResourceType: "Consent", DoNotPerform: true, Code: coded("resuscitate", record.SNOMED, "2")})
	restricted.Provenance[0].Security = []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: "R"}}
	return []record.Record{
		rec("fa1", &record.FamilyMemberHistory{Status: "completed", Relationship: text("mother"), Sex: "female", Born: record.At("1950-01"), Deceased: "2020-01-01", Date: "2026", Condition: []record.FamilyCondition{
			{Code: text("RELATIVES-DISEASE"), Onset: record.When{Text: "age 50 years"}, ContributedToDeath: true}, {Code: coded("Diabetes", record.SNOMED, "73211009"), Absent: true, Note: []string{"n"}},
		}}),
		rec("fa2", &record.FamilyMemberHistory{Name: "Uncle", Age: "40"}),
		rec("de1", &record.Device{Status: "active", Type: text("Pacemaker"), UDI: "(01)123", Manufacturer: "M", SerialNumber: "S", Used: record.When{Start: "2021-01-05", Period: true}}),
		rec("de2", &record.Device{Name: "Stent"}), rec("de3", &record.Device{Absent: true, Type: text("ABSENT-DEVICE")}), rec("de4", &record.Device{Status: "stopped", Type: text("REMOVED-PUMP")}),
		rec("ca1", &record.CarePlan{Status: "active", Intent: "plan", Title: "Blood pressure", Period: record.When{Start: "2026", Period: true}, Activity: []record.Activity{
			{Code: text("Weigh"), Status: "in-progress", When: record.At("2026-02-02")}, {Description: "FORBIDDEN-ACTIVITY", DoNotPerform: true}, {Code: text("WITHDRAWN-ACTIVITY"), Status: "entered-in-error"}, {Description: "salt"},
		}}),
		own("ca2", &record.CarePlan{Status: "accepted", Title: "Walk"}), rec("ca3", &record.CarePlan{Title: "STATUSLESS-PLAN"}),
		rec("go1", &record.Goal{LifecycleStatus: "active", Description: text("Walk daily"), Start: record.At("2026-01-01"), Target: []string{"5000 steps", "10000 steps"}}), own("go2", &record.Goal{}),
		rec("do1", &record.DocumentReference{Status: "current", Title: "Discharge summary", Type: coded("Discharge summary", record.LOINC, "18842-5"), Date: "2026-01-02T10:00:00Z", Author: []string{"Dr. Example"}, Section: []record.Section{
			{Title: "Course", Text: "<p>All <b>well</b> &amp; good</p><table><tbody><tr><td>a</td><td><ul><li>b</li></ul></td></tr></tbody></table>"}, {Title: "Empty", EmptyReason: "notasked"},
		}}),
		own("do2", &record.DocumentReference{Title: "Letter", Date: "2026-01"}),
		rec("do3", &record.DocumentReference{Status: "current", Type: coded("Advance directive", record.LOINC, "42348-3")}),
		rec("is1", &record.ImagingStudy{Status: "available", StudyInstanceUID: "1.2.3", Description: "CT of the head", Started: record.At("2025-05-05T10:00")}),
		rec("ot1", &record.Other{ResourceType: "Flag", Code: coded("Alert", "Local codes", " 1  2 "), When: record.At("2026")}), disputed, restricted,
		own("qu1", &record.Other{Title: "Do I still need this?", Code: coded("Question", record.EntrySystem, record.QuestionCode), Status: "active"}),
	}
}
