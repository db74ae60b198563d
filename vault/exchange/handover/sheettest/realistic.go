package sheettest

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

// Realistic is a made-up woman with diabetes, seen by three clinics.
func Realistic() *Library {
	l := New(&record.Patient{
		Name:      []record.HumanName{{Given: []string{"Ingrid", "Maria"}, Family: "Halvorsen", Use: "official"}, {Family: "Sørlie", Given: []string{"Ingrid"}, Use: "maiden"}},
		BirthDate: "1961-04-03", Gender: "female",
		Telecom:             []record.ContactPoint{{System: "phone", Value: "+44 20 7946 0018", Use: "mobile"}, {System: "email", Value: "ingrid.halvorsen@example.org"}},
		Address:             []record.Address{{Line: []string{"14 Larch Row"}, City: "Bristol", PostalCode: "BS1 4QA", Country: "United Kingdom"}},
		Language:            []record.Concept{Words("Norwegian"), Words("English")},
		Contact:             []record.Contact{{Name: "Per Halvorsen", Relationship: Words("husband"), Telecom: []record.ContactPoint{{Value: "+44 20 7946 0411"}}}},
		GeneralPractitioner: []string{"Dr Amara Okafor, Larch Row Surgery"},
	}, record.Identifier{System: "https://fhir.nhs.uk/Id/nhs-number", Value: "943 476 5919"})
	gp := From(l.File("Larch Row Surgery export.json", "application/json", []byte(`{"resourceType":"Bundle"}`)), "fhir", "Larch Row Surgery", "Dr Amara Okafor")
	hospital := From(l.File("Discharge summary.xml", "text/xml", []byte("<ClinicalDocument/>")), "ccda", "St Brendan's Hospital", "Dr Jonas Weil")
	lab := From(l.File("Laboratory results.hl7", "text/plain", []byte("MSH|^~\\&|")), "hl7v2", "Avon Pathology", "")
	l.history(gp, hospital)
	l.medicines(gp, hospital)
	l.labs(lab, gp)
	l.events(gp, hospital)
	return l
}

func (l *Library) history(gp, hospital record.Provenance) {
	l.Add(&record.AllergyIntolerance{
		ClinicalStatus: "active", VerificationStatus: "confirmed", Code: Words("Penicillin V"), Criticality: "high", Onset: record.At("1988"),
		Category: []string{"medication"}, Reaction: []record.Reaction{{Manifestation: []record.Concept{Words("Anaphylaxis")}, Severity: "severe"}},
	}, gp, hospital)
	l.Add(&record.AllergyIntolerance{
		ClinicalStatus: "active", VerificationStatus: "unconfirmed", Code: Words("Latex"),
		Reaction: []record.Reaction{{Manifestation: []record.Concept{Words("Contact dermatitis")}}}, RecordedDate: "2019-06",
	}, Self())
	l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", VerificationStatus: "refuted", Code: Words("Ibuprofen"), RecordedDate: "2016-02-11"}, gp)
	for _, p := range []struct {
		name  string
		since record.Date
	}{{"Type 2 diabetes mellitus", "2009-11"}, {"Essential hypertension", "2007"}, {"Chronic kidney disease stage 3a", "2021-03-05"}, {"Hypercholesterolaemia", "2010-01-19"}, {"Osteoarthritis of right knee", "2018"}} {
		l.Add(Problem(p.name, p.since), gp)
	}
	l.Add(&record.Condition{ClinicalStatus: "resolved", VerificationStatus: "confirmed", Code: Words("Community-acquired pneumonia"), Onset: record.At("2024-02-10"), Abatement: record.At("2024-03-01")}, hospital)
	l.Add(&record.Condition{Code: Words("Lumbar back pain"), RecordedDate: "2023-08-14"}, gp)
	l.Add(&record.FamilyMemberHistory{Status: "completed", Relationship: Words("Mother"), Condition: []record.FamilyCondition{{Code: Words("Myocardial infarction"), Onset: record.When{Text: "age 61"}}}}, gp)
	l.Add(&record.FamilyMemberHistory{Status: "completed", Relationship: Words("Brother"), Condition: []record.FamilyCondition{{Code: Words("Colon cancer")}}}, Self())
	l.Add(&record.Observation{Status: "final", Category: Category(record.SocialHistory), Code: Words("Tobacco smoking status"), Value: record.Value{Concept: Words("Former smoker, stopped 1998")}, Effective: record.At("2026-09-02")}, gp)
	l.Add(&record.Device{Status: "active", Type: Words("Right knee unicompartmental prosthesis"), Manufacturer: "Example Orthopaedics", LotNumber: "K-22817", Used: record.At("2022-05-17")}, hospital)
	l.Add(&record.Goal{LifecycleStatus: "active", Description: Words("HbA1c below 53 mmol/mol"), Start: record.At("2025-01-08")}, gp)
}

func (l *Library) medicines(gp, hospital record.Provenance) {
	for _, m := range [][4]string{
		{"Metformin 1 g tablets", "1 tablet with breakfast and 1 with the evening meal", "2026-09-02", "Dr Amara Okafor"},
		{"Ramipril 5 mg capsules", "1 capsule each morning", "2026-09-02", "Dr Amara Okafor"},
		{"Atorvastatin 20 mg tablets", "1 tablet at night", "2026-09-02", "Dr Amara Okafor"},
		{"Dapagliflozin 10 mg tablets", "1 tablet once a day", "2025-10-21", "Dr Jonas Weil"},
		{"Paracetamol 500 mg tablets", "1 or 2 tablets up to four times a day when needed", "2025-03-30", "Dr Amara Okafor"},
	} {
		l.Add(Order(m[0], m[1], record.Date(m[2]), m[3]), gp)
	}
	l.Add(&record.MedicationStatement{
		Origin: record.Statement, Status: "active", Medication: Words("Vitamin D3"), DateAsserted: "2026-11-20",
		Dosage: []record.Dosage{{Dose: record.Quantity{Value: "1"}, Timing: "once a day"}},
	}, Self())
	l.Add(&record.MedicationStatement{Origin: record.Request, Status: "stopped", Medication: Words("Amlodipine 10 mg tablets"), AuthoredOn: "2021-06-01", StatusReason: []record.Concept{Words("ankle swelling")}}, gp)
	l.Add(&record.MedicationStatement{Origin: record.Request, Medication: Words("Naproxen 250 mg tablets"), AuthoredOn: "2023-08-14", Dosage: []record.Dosage{{Text: "1 tablet twice a day with food"}}}, gp)
	l.Add(&record.MedicationStatement{Origin: record.Request, Status: "active", Intent: "plan", Medication: Words("Semaglutide 0.25 mg injection"), AuthoredOn: "2026-09-02"}, gp)
	l.Add(&record.MedicationStatement{Origin: record.Dispense, Status: "completed", Medication: Words("Doxycycline 100 mg capsules"), AuthoredOn: "2024-02-12"}, hospital)
}

func (l *Library) labs(lab, gp record.Provenance) {
	for _, s := range []struct {
		name, loinc, unit, low, high string
		values                       []string
		flag                         string
	}{
		{"Haemoglobin A1c", "59261-8", "mmol/mol", "", "48", []string{"71", "66", "61", "58", "59", "55", "57"}, "H"},
		{"Creatinine", "14682-9", "µmol/L", "45", "84", []string{"78", "82", "88", "91", "96", "99", "102"}, "H"},
		{"eGFR (CKD-EPI)", "98979-8", "mL/min/1.73 m²", "", "", []string{"72", "68", "62", "59", "56", "54", "52"}, "L"},
		{"Potassium", "2823-3", "mmol/L", "3.5", "5.3", []string{"4.4", "4.6", "4.5", "4.8", "4.9", "5.0", "4.7"}, "N"},
		{"Sodium", "2951-2", "mmol/L", "133", "146", []string{"139", "140", "138", "141", "139"}, "N"},
		{"Haemoglobin", "718-7", "g/L", "115", "165", []string{"128", "131", "127", "125"}, "N"},
		{"LDL cholesterol", "22748-8", "mmol/L", "", "3.0", []string{"4.10", "3.30", "2.60", "2.20", "1.90"}, "N"},
		{"C-reactive protein", "1988-5", "mg/L", "", "5", []string{"86", "12", "<4", "<4"}, "N"},
		{"TSH", "3016-3", "mIU/L", "0.27", "4.20", []string{"2.10", "2.45"}, "N"},
		{"Urine albumin/creatinine ratio", "14959-1", "mg/mmol", "", "3.0", []string{"2.1", "3.8", "5.2", "6.0"}, "H"},
	} {
		for i, v := range s.values {
			on := day(2026-(len(s.values)-1-i)/2, 9-3*((len(s.values)-1-i)%2), 2)
			o := Lab(s.name, s.loinc, on, v, s.unit)
			if s.low != "" || s.high != "" {
				o.ReferenceRange = Between(s.low, s.high, s.unit)
			}
			if i == len(s.values)-1 {
				o.Interpretation = Flag(s.flag, map[string]string{"H": "High", "L": "Low", "N": "Normal"}[s.flag])
			}
			l.Add(o, lab)
		}
	}
	o := Lab("Vitamin B12", "2132-9", "2026-09-02", "", "")
	o.Value, o.DataAbsentReason = record.Value{}, Words("specimen haemolysed")
	l.Add(o, lab)
	for i := range 8 {
		l.Add(Pressure(day(2026-i/2, 9-6*(i%2), 2), fmt.Sprint(136+3*i%17), fmt.Sprint(78+2*i%9)), gp)
		l.Add(Vital("Body weight", "29463-7", day(2026-i/2, 9-6*(i%2), 2), fmt.Sprintf("%d.%d", 84+i%5, i), "kg"), gp)
	}
}

func (l *Library) events(gp, hospital record.Provenance) {
	for y := 2019; y <= 2026; y++ {
		l.Add(&record.Immunization{Status: "completed", VaccineCode: Words("Influenza, inactivated"), Occurrence: record.At(day(y, 10, 7)), LotNumber: fmt.Sprintf("F%d", y*7)}, gp)
	}
	l.Add(&record.Immunization{Status: "completed", VaccineCode: Words("COVID-19 mRNA"), Occurrence: record.At("2025-10-07"), DoseNumber: "6"}, gp)
	l.Add(&record.Immunization{Status: "completed", VaccineCode: Words("Pneumococcal polysaccharide"), Occurrence: record.At("2021-11")}, gp)
	l.Add(&record.Immunization{Status: "not-done", VaccineCode: Words("Herpes zoster, recombinant"), Occurrence: record.At("2026-09-02"), StatusReason: Words("patient declined")}, gp)
	l.Add(&record.Procedure{Status: "completed", Code: Words("Right unicompartmental knee replacement"), Performed: record.At("2022-05-17"), Performer: []string{"Miss Helen Adeyemi"}, Reason: []record.Concept{Words("Osteoarthritis")}}, hospital)
	l.Add(&record.Procedure{Status: "completed", Code: Words("Laparoscopic cholecystectomy"), Performed: record.At("2004")}, gp)
	l.Add(&record.Procedure{Status: "completed", Code: Words("Colonoscopy"), Performed: record.At("2023-04-26"), Outcome: Words("normal")}, hospital)
	l.Add(&record.Procedure{Status: "not-done", Code: Words("Cardiac catheterisation"), Performed: record.At("2024-02-11"), StatusReason: Words("not indicated")}, hospital)
	for i, v := range []string{"Diabetes annual review", "Renal clinic", "Telephone consultation", "Diabetes review", "Blood pressure check", "Knee follow-up", "Emergency admission", "Annual review"} {
		l.Add(&record.Encounter{Status: "finished", Type: []record.Concept{Words(v)}, Period: record.At(day(2026-i/2, 9-6*(i%2), 2)), ServiceProvider: []string{"Larch Row Surgery", "St Brendan's Hospital"}[i%2]}, []record.Provenance{gp, hospital}[i%2])
	}
	l.Add(Note("Discharge summary", "2024-03-01", "Dr Jonas Weil",
		"Reason for admission", "Three days of cough, fever and breathlessness.",
		"Hospital course", "Right lower lobe pneumonia on chest X-ray. Treated with doxycycline because of penicillin anaphylaxis. Improved within 72 hours; oxygen stopped on day 3.",
		"Plan", "Repeat chest X-ray in six weeks. Check renal function in two weeks."), hospital)
	d := Note("Renal clinic letter", "2026-03-02", "Dr Jonas Weil")
	var w record.NarrativeWriter
	for _, row := range [][2]string{{"Measure", "Today"}, {"Blood pressure", "139/80 mmHg"}, {"Urine albumin/creatinine ratio", "5.2 mg/mmol"}} {
		if row[0] == "Measure" {
			w.Open("table", "", "")
			w.Open("tbody", "", "")
		}
		w.Open("tr", "", "")
		for _, c := range row {
			w.Open("td", "", "")
			w.Text(c)
			w.Close("td")
		}
		w.Close("tr")
	}
	d.Section = []record.Section{{Title: "Findings", Text: w.Narrative()}}
	l.Add(d, hospital)
	l.Add(&record.DiagnosticReport{Status: "final", Code: Words("Chest X-ray"), Effective: record.At("2024-04-12"), Conclusion: "The consolidation of the right lower lobe has cleared. No effusion. Heart size normal."}, hospital)
	l.Add(&record.ImagingStudy{Status: "available", Description: "Chest X-ray, PA and lateral", Started: record.At("2024-04-12"), Modality: []record.Concept{Words("Digital radiography")}, NumberOfSeries: "1", NumberOfInstances: "2"}, hospital)
	l.Add(&record.CarePlan{Status: "active", Intent: "plan", Title: "Diabetes and kidney care plan", Period: record.When{Start: "2026-03-02", Period: true}}, gp)
}
