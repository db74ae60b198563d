package hl7v2_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestValues(t *testing.T) {
	for _, tt := range []struct{ kind, value, want string }{
		{"DT", "20210304", "4 March 2021"},
		{"TM", "1030", "10:30"},
		{"TS", "202103041030-0500", "4 March 2021, 10:30 (UTC-05:00)"},
		{"DTM", "2021", "2021"},
		{"DR", "20210304^20210306", "4 March 2021 to 6 March 2021"},
		{"CE", "1^Yes^L", "Yes"},
		{"CWE", "^Free words", "Free words"},
		{"CWE", "Positive", "Positive"},
		{"CNE", "7", "7"},
		{"CWE", "a^^L^b^Second^L", "Second"},
		{"NA", "1^2^3", "1, 2, 3"},
		{"NR", "1^5", "1 to 5"},
		{"CQ", "3^mL", "3 mL"},
		{"MO", "150^USD", "150 USD"},
		{"XCN", "7^Doctor^Dan^^^Dr.", "Dr. Dan Doctor"},
		{"XPN", "Doctor^Dan", "Dan Doctor"},
		{"PPN", "7^Doctor^Dan", "Dan Doctor"},
		{"XTN", "^^PH^^^555^1234", "555 1234"},
		{"XAD", "1 Street^^Town", "1 Street, Town"},
		{"EI", "9^LAB", "9 LAB"},
		{"QQ", "what^ever", "what ever"},
		{"", "bare", "bare"},
		{"TX", "line one~line two", "line one\nline two"},
		{"ST", "++", "++"},
		{"ST", "120/80", "120/80"},
	} {
		if got := value(t, "OBX|1|"+tt.kind+"|1^A^L||"+tt.value+"||||||F").Result(); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.kind, tt.value, got, tt.want)
		}
	}
	several := of[*record.Observation](bring(t, "a.hl7", lab("OBX|1|NM|8867-4^Heart rate^LN||60~72|/min|||||F")))
	if len(several) != 2 || several[0].Value.Number() != "60" || several[1].Value.Number() != "72" {
		t.Errorf("two values: got %s", asJSON(t, several))
	}
}

// TestTextOfManyLines: a report sent line by line is one text; one of imaging is
// its report's.
func TestTextOfManyLines(t *testing.T) {
	lines := []string{"OBX|1|TX|1^Note^L||First||||||F", "OBX|2|TX|1^Note^L||||||||F", "OBX|3|TX|1^Note^L||Third||||||F"}
	if got := value(t, lines...).Value; got != "First\n\nThird" {
		t.Errorf("got %q", got)
	}
	i := bring(t, "a.hl7", message(msh, pid, "OBR|1||F-1^LAB|1^Chest^L|||20210304|||||||||||||||20210304||RAD|F", "OBX|1|TX|1&GDT^Chest^L||Clear lungs.||||||F", "OBX|2|TX|1&IMP^Chest^L||No finding.||||||F"))
	d := one[*record.DiagnosticReport](t, i)
	if len(of[*record.Observation](i)) != 0 || d.Conclusion != "No finding." || d.Text.Plain() != "Chest (general description)\nClear lungs.\nChest (impression)\nNo finding." {
		t.Errorf("got %s", asJSON(t, d))
	}
	i = bring(t, "a.hl7", message(msh, pid, "OBR|1||F-1^LAB|1^Chest^L|||20210304|||||||||||||||20210304||RAD|F", "OBX|1|TX|1&GDT^Chest^L||Clear lungs.||||||F", "OBX|2|TX|1&IMP^Chest^L||No finding.||||||D"))
	if len(of[*record.Observation](i)) != 2 {
		t.Error("a report of which a part was taken back was not kept in parts")
	}
}

func TestNotes(t *testing.T) {
	i := bring(t, "a.hl7", message(msh, pid, "NTE|1||About the person", obr, "NTE|1||About the report", "OBX|1|NM|1^A^L||4|||||F", `NTE|1||About the\.br\result~and more`, "SPM|1|||SER^Serum", "NTE|1||About the specimen"))
	if o := one[*record.Observation](t, i); len(o.Note) != 1 || o.Note[0] != "About the\nresult\nand more" || o.Specimen != "Serum" {
		t.Errorf("result: got %q", o.Note)
	}
	if d := one[*record.DiagnosticReport](t, i); strings.Join(d.Note, ";") != "About the report;About the specimen" {
		t.Errorf("report: got %q", d.Note)
	}
	if o := one[*record.Other](t, i); len(o.Row) != 1 || o.Row[0].Value != "About the person" {
		t.Errorf("person: got %+v", o.Row)
	}
}

func TestPatient(t *testing.T) {
	i := bring(t, "a.hl7", message(msh, `PID|1||1^^^AA&1.2.3&ISO^MR~2^^^OTHER^PI||Test&von^Ada^Maria^^Dr.^^L~Maiden^Ada^^^^^M||19610403|F|||1 Street^^Town^ST^12345^DE^H||^PRN^PH^^49^30^123||deu|M|||123-45-6789`, "PD1||||9^Doctor^Dan", "NK1|1|Test^Bob|SPO^Spouse|||^PRN^PH^^^30^456"))
	p := one[*record.Patient](t, i)
	ids := i.records[0].Source().Identifiers
	if len(ids) != 3 || ids[0] != (record.Identifier{System: "urn:oid:1.2.3", Value: "1"}) || !strings.HasPrefix(ids[1].System, "urn:hl7v2:Example%20Lab:OTHER") {
		t.Errorf("identifiers: got %v", ids)
	}
	if p.Name[0].Use != "official" || p.Name[1].Use != "maiden" || p.DisplayName() != "Dr. Ada Maria Test" || p.Telecom[0].Value != "+49 30 123" || p.MaritalStatus.String() != "Married" {
		t.Errorf("got %s", asJSON(t, p))
	}
	if len(p.Contact) != 1 || p.Contact[0].Name != "Bob Test" || len(p.GeneralPractitioner) != 1 {
		t.Errorf("got %+v, %v", p.Contact, p.GeneralPractitioner)
	}
}

func TestFiles(t *testing.T) {
	i := bring(t, "a.hl7", lab(
		"OBX|1|ED|11502-2^Report^LN||LAB^application^pdf^Base64^JVBERi0x\r\n LjQK||||||F", "OBX|2|ED|2^Hex^L||LAB^text^plain^Hex^6869||||||F", `OBX|3|ED|3^Plain^L||LAB^TEXT^^A^one\.br\two||||||F`,
		"OBX|4|RP|4^Picture^L||http://192.0.2.1/x^LAB^image^jpeg||||||F", "OBX|5|ED|5^Empty^L||LAB^application^pdf^Base64^||||||F"))
	docs := of[*record.DocumentReference](i)
	if len(docs) != 5 || len(one[*record.DiagnosticReport](t, i).PresentedForm) != 5 {
		t.Fatalf("got %d documents, issues %v", len(docs), i.report.Issues)
	}
	for n, want := range []record.Attachment{
		{ContentType: "application/pdf", Title: "Report.pdf", Size: 9},
		{ContentType: "text/plain", Title: "Hex.txt", Size: 2, Text: "hi"},
		{ContentType: "text/plain", Title: "Plain.txt", Size: 7, Text: "one\ntwo"},
		{Title: "Picture", Missing: "content not included: the message only names a place on another computer, which is never opened"},
		{Title: "Empty", ContentType: "application/pdf", Missing: "content not included: the message has none"},
	} {
		got := docs[n].Content[0]
		got.Hash = ""
		if got != want {
			t.Errorf("file %d: got %+v, want %+v", n+1, got, want)
		}
	}
	if strings.Contains(asJSON(t, docs), "192.0.2.1") {
		t.Error("an address shows")
	}
	for _, data := range []string{"^application^pdf^Base64^@@@@", "^application^pdf^Hex^1", "^application^pdf^ROT13^abc"} {
		i := bring(t, "a.hl7", lab("OBX|1|ED|1^A^L||"+data+"||||||F"))
		if i.report.Refused != 1 || !i.told("damaged") {
			t.Errorf("%s: got %+v", data, i.report)
		}
	}
}

func TestMedicines(t *testing.T) {
	i := bring(t, "a.hl7", message(header("RDS^O13"), pid, "ORC|NW|1^EHR|||||||20210304|||7^Doctor^Dan",
		"RXO|197361^Amlodipine 5 MG^RXNORM|1||{tablet}^tablet||^Take in the morning|^One tablet daily||Y||30||2",
		"RXE||197361^Amlodipine 5 MG Oral Tablet^RXNORM|1||{tablet}^tablet|TAB^Tablet||||30|{tablet}|2||||RX-7", "RXR|PO^Oral^HL70162", "TQ1|1||QD|||30^d|20210304|20210403|||Take with water",
		"RXD|1|197361^Amlodipine 5 MG Oral Tablet^RXNORM|20210305|30|{tablet}||RX-7", "NTE|1||Generic"))
	list := of[*record.MedicationStatement](i)
	if len(list) != 2 {
		t.Fatalf("got %d medicines: %s", len(list), asJSON(t, list))
	}
	m := list[0]
	d := m.Dosage[0]
	if m.Origin != record.Request || m.Status != "active" || m.Intent != "order" || m.Requester != "Dan Doctor" || d.Text != "One tablet daily" || d.Timing != "QD, for 30 d" || d.Route.String() != "Oral" || d.Dose.Number() != "1" || m.RepeatsAllowed != "2" || m.Effective.End != "2021-04-03" {
		t.Errorf("request: got %s", asJSON(t, m))
	}
	m = list[1]
	if m.Origin != record.Dispense || m.Status != "completed" || m.AuthoredOn != "2021-03-05" || m.Quantity.Value != "30" || m.Note[len(m.Note)-1] != "Generic" || m.Summary().Standing == record.Current {
		t.Errorf("dispense: got %s", asJSON(t, m))
	}
	i = bring(t, "b.hl7", message(header("RAS^O17"), pid, "ORC|RE|1^EHR", "RXA|0|1|202103041000|202103041005|1191^Aspirin^RXNORM|81|mg||||||||||||CP"))
	if m := one[*record.MedicationStatement](t, i); m.Origin != record.Administration || m.Dosage[0].Dose.String() != "81 mg" || m.Summary().Standing == record.Current {
		t.Errorf("given: got %s", asJSON(t, m))
	}
}

func TestVisitAndProblems(t *testing.T) {
	i := bring(t, "a.hl7", message(header("ADT^A03"), pid, "PV1|1|I|WARD^12^3^Example Hospital|E|||7^Doctor^Dan|||SUR|||||||||V-1^^^HOSP|||||||||||||||||01^Home||||||||20210304|20210309", "PV2|||^Chest pain",
		"DG1|1||I21.9^Heart attack^I10C||20210304|F", "PRB|AD|20210304|I10^Hypertension^I10C|P-1^EHR|||20100101||||||^Confirmed|^Active", "PR1|1||33533^Bypass^C4||202103051000|||||||8^Surgeon^Sue", "AL1|1|FA|^Peanut|MO|Hives"))
	e := one[*record.Encounter](t, i)
	if e.Status != "finished" || e.Period.End != "2021-03-09" || e.Reason[0].Text != "Chest pain" || e.Class.String() != "Inpatient" || e.Location[0] != "WARD, room 12, bed 3, Example Hospital" || e.Participant[0] != "Dan Doctor" {
		t.Errorf("visit: got %s", asJSON(t, e))
	}
	conditions := of[*record.Condition](i)
	if len(conditions) != 2 || conditions[0].ClinicalStatus != "" || conditions[0].Encounter.ID == "" || conditions[1].ClinicalStatus != "active" || conditions[1].VerificationStatus != "confirmed" || conditions[1].Onset.Start != "2010-01-01" {
		t.Errorf("problems: got %s", asJSON(t, conditions))
	}
	if x := one[*record.Procedure](t, i); x.Status != "" || x.Performer[0] != "Sue Surgeon" || x.Code.Code(record.CPT) != "33533" {
		t.Errorf("procedure: got %s", asJSON(t, x))
	}
	if a := one[*record.AllergyIntolerance](t, i); a.Category[0] != "food" || a.Summary().Value != "Hives (moderate)" {
		t.Errorf("allergy: got %s", asJSON(t, a))
	}
}

func TestSpecimenFirst(t *testing.T) {
	i := bring(t, "a.hl7", message(header("OUL^R22"), pid, "SPM|1|||UR^Urine|||||||||||||20210304", "OBR|1||F-1^LAB|1^Urinalysis^L", "OBX|1|ST|1^Colour^L||yellow||||||F", "OBR|2||F-2^LAB|2^Culture^L", "OBX|1|ST|2^Growth^L||none||||||F"))
	for _, o := range of[*record.Observation](i) {
		if o.Specimen != "Urine" || o.Effective.Start != "2021-03-04" || !o.In(record.Laboratory) {
			t.Errorf("got %s", asJSON(t, o))
		}
	}
}
