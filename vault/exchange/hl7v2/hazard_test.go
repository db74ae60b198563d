package hl7v2_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// value is what a list shows of a single result.
func value(t *testing.T, segments ...string) record.Summary {
	t.Helper()
	return one[*record.Observation](t, bring(t, "a.hl7", lab(segments...))).Summary()
}

func TestHazard04NoKnownAllergy(t *testing.T) {
	for _, al1 := range []string{`AL1|1|DA|^No known allergies`, `AL1|1||NKA`, `AL1|1|DA|716186003^No known allergy^SCT`} {
		i := bring(t, "a.hl7", message(header("ADT^A01"), pid, al1))
		a := one[*record.AllergyIntolerance](t, i)
		if a.NoneKnown() == "" || a.Summary().Standing != record.NotSo {
			t.Errorf("%s: got %q %q, want a denial", al1, a.NoneKnown(), a.Summary().Standing)
		}
	}
}

func TestHazard08NotGiven(t *testing.T) {
	for _, tt := range []struct{ rxa, status, reason string }{
		{`RXA|0|1|20210304||140^Influenza^CVX|999||||||||||||00^Parental decision^NIP002||RE|A`, "not-done", "Parental decision"},
		{`RXA|0|1|20210304||140^Influenza^CVX|999||||||||||||||NA`, "not-done", "not administered"},
		{`RXA|0|1|20210304||140^Influenza^CVX|0.5|mL|||||||||||||CP|D`, "entered-in-error", ""},
		{`RXA|0|1|20210304||140^Influenza^CVX|0.5|mL|||||||||||00^No^NIP002||CP|A`, "status CP with a refusal", "No"},
	} {
		i := bring(t, "a.hl7", message(header("VXU^V04"), pid, "ORC|RE||5^REG", tt.rxa))
		v := one[*record.Immunization](t, i)
		if v.Status != tt.status || v.StatusReason.String() != tt.reason || v.Summary().Standing == record.Current {
			t.Errorf("%s: got %q %q %q", tt.rxa, v.Status, v.StatusReason, v.Summary().Standing)
		}
	}
}

func TestHazard13StoppedIsNotCurrent(t *testing.T) {
	for _, tt := range []struct {
		orc  string
		want record.Standing
	}{
		{"ORC|NW|1^EHR", record.Current},
		{"ORC|DC|1^EHR", record.Past},
		{"ORC|CA|1^EHR", record.NotSo},
		{"ORC|HD|1^EHR", record.Past},
		{"ORC|NW|1^EHR|||CM", record.Past},
		{"ORC|SC|1^EHR|||ZZ", record.Uncertain},
		{"ORC|SC|1^EHR", record.Unstated},
	} {
		i := bring(t, "a.hl7", message(header("RDE^O11"), pid, tt.orc, "RXE||197361^Amlodipine 5 MG^RXNORM|1||{tablet}^tablet"))
		if got := one[*record.MedicationStatement](t, i).Summary().Standing; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.orc, got, tt.want)
		}
	}
}

func TestHazard14OrderIsNoResult(t *testing.T) {
	i := bring(t, "a.hl7", message(header("ORM^O01"), pid, "ORC|NW|1^EHR", "OBR|1|1^EHR||24323-8^Metabolic panel^LN"))
	o := one[*record.Other](t, i)
	if s := o.Summary(); s.Standing != record.Intended || len(of[*record.Observation](i)) != 0 || len(of[*record.DiagnosticReport](i)) != 0 {
		t.Errorf("got %+v, want an order alone", s)
	}
}

func TestHazard17DoseWithoutUnit(t *testing.T) {
	i := bring(t, "a.hl7", message(header("RDE^O11"), pid, "ORC|NW|1^EHR", "RXE||197361^Amlodipine^RXNORM|1"))
	if got := one[*record.MedicationStatement](t, i).Dosage[0].Parts(); !strings.HasPrefix(got, "1 (unit not given)") {
		t.Errorf("got %q", got)
	}
}

func TestHazard18Comparator(t *testing.T) {
	for _, tt := range []struct{ obx, want string }{
		{`OBX|1|SN|1^A^L||<^0.5|mg/dL|||||F`, "<0.5 mg/dL"},
		{`OBX|1|SN|1^A^L||>=^10|mg/dL|||||F`, ">=10 mg/dL"},
		{`OBX|1|SN|1^A^L||^182|mg/dL|||||F`, "182 mg/dL"},
		{`OBX|1|SN|1^A^L||=^182|mg/dL|||||F`, "182 mg/dL"},
		{`OBX|1|SN|1^A^L||^1^:^128||||||F`, "1 : 128"},
		{`OBX|1|SN|1^A^L||>^1^:^640||||||F`, ">1:640"},
		{`OBX|1|SN|1^A^L||^2^-^5|/HPF|||||F`, "2 to 5 /HPF"},
		{`OBX|1|SN|1^A^L||^2^+||||||F`, "2+"},
		{`OBX|1|SN|1^A^L||<0.5|mg/dL|||||F`, "<0.5 mg/dL"},
		{`OBX|1|ST|1^A^L||<0.01||||||F`, "<0.01"},
		{`OBX|1|ST|1^A^L||> 90|mL/min|||||F`, ">90 mL/min"},
		{`OBX|1|ST|1^A^L||≥ 4,5|mL/min|||||F`, "≥ 4,5 mL/min"},
		{`OBX|1|NM|1^A^L||<0.5|mg/dL|||||F`, "<0.5 mg/dL"},
	} {
		if got := value(t, tt.obx).Result(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.obx, got, tt.want)
		}
	}
}

func TestHazard19Decimals(t *testing.T) {
	for _, x := range []string{"4.10", "0.010", "100", "-0.0", "1.0E-3", "007"} {
		if got := value(t, "OBX|1|NM|1^A^L||"+x+"|mg/dL|||||F").Value; got != x {
			t.Errorf("got %q, want %q", got, x)
		}
	}
	i := bring(t, "a.hl7", lab(`OBX|1|NM|1^A^L||4,10|mmol/L|||||F`))
	if o := one[*record.Observation](t, i); o.Value.Text != "4,10 mmol/L" || !i.told("not written as a decimal number") {
		t.Errorf("a decimal comma: got %+v, %v", o.Value, i.report.Issues)
	}
}

func TestHazard21Units(t *testing.T) {
	for _, tt := range []struct{ unit, code string }{
		{"mmol/L", "mmol/L"},
		{"10*3/uL", "10*3/uL"},
		{"mm[Hg]", "mm[Hg]"},
		{"{cells}/uL^cells^UCUM", "{cells}/uL"},
		{"mL/min/{1.73_m2}", ""},
		{"mL/min/{1.73_m2}^^UCUM", "mL/min/{1.73_m2}"},
		{"K/uL", ""},
		{"K/uL^^UCUM", ""},
		{"MG/DL", ""},
		{"ML", ""},
		{"mcg/L", ""},
		{"giga.l-1", ""},
		{"lb", ""},
		{"beats/min^^ISO+", ""},
		{"x10E3/uL", ""},
		{"%", "%"},
		{"ng/mL", "ng/mL"},
	} {
		o := one[*record.Observation](t, bring(t, "a.hl7", lab("OBX|1|NM|1^A^L||4.1|"+tt.unit+"|||||F")))
		written, _, _ := strings.Cut(tt.unit, "^")
		if q := o.Value.Quantity; q.Unit != written || q.Code != tt.code || (q.System == record.UCUM) != (tt.code != "") {
			t.Errorf("%s: got %+v", tt.unit, q)
		}
	}
}

func TestHazard23NoValue(t *testing.T) {
	for _, tt := range []struct{ obx, want string }{
		{`OBX|1|NM|1^A^L||||||||X`, "could not obtain"},
		{`OBX|1|NM|1^A^L||0|mmol/L|||||X`, "could not obtain"},
		{`OBX|1|ST|1^A^L||HEMOLYZED||||||X`, "HEMOLYZED"},
		{`OBX|1|NM|1^A^L||||||||N`, "not asked for"},
		{`OBX|1|NM|1^A^L||||||||I`, "pending"},
		{`OBX|1|NM|1^A^L||||||||F`, "gives no value"},
		{`OBX|1|NM|1^A^L||""||||||F`, "says that there is none"},
	} {
		o := one[*record.Observation](t, bring(t, "a.hl7", lab(tt.obx)))
		s := o.Summary()
		if !strings.Contains(s.Value, tt.want) || !o.Value.Empty() || s.Value == "0" {
			t.Errorf("%s: got %q, want the reason %q", tt.obx, s.Value, tt.want)
		}
	}
}

func TestHazard24Preliminary(t *testing.T) {
	for code, want := range map[string]string{"P": "preliminary", "R": "preliminary", "S": "preliminary", "I": "registered", "F": "final", "": "", "Q": "status Q"} {
		s := value(t, "OBX|1|NM|1^A^L||4.1|mmol/L|||||"+code)
		if s.Status != want || (code == "" || code == "Q" || code == "I") && s.Standing == record.Current {
			t.Errorf("OBX-11 %q: got %q %q, want %q", code, s.Status, s.Standing, want)
		}
	}
	for code, want := range map[string]string{"P": "preliminary", "A": "partial", "R": "preliminary", "F": "final", "C": "corrected", "X": "cancelled", "": "", "?": "status ?"} {
		i := bring(t, "a.hl7", message(msh, pid, "OBR|1||9^LAB|24323-8^Panel^LN|||20210304||||||||||||||||||"+code))
		if got := one[*record.DiagnosticReport](t, i).Status; got != want {
			t.Errorf("OBR-25 %q: got %q, want %q", code, got, want)
		}
	}
}

// TestHazard25CorrectionIsNamed: a correction has the issuer's name of the
// result that it corrects, and a later version.
func TestHazard25CorrectionIsNamed(t *testing.T) {
	first := bring(t, "a.hl7", lab(`OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F`)).records
	later := bring(t, "b.hl7", []byte(strings.ReplaceAll(string(lab(`OBX|7|NM|2823-3^K^LN||5.1|mmol/L|||||C`)), "20210304101000", "20210305090000"))).records
	a, b := first[len(first)-1].Source(), later[len(later)-1].Source()
	if len(a.Identifiers) != 1 || len(b.Identifiers) != 1 || a.Identifiers[0] != b.Identifiers[0] || a.Identifiers[0].System == "" {
		t.Errorf("got %v and %v, want one name", a.Identifiers, b.Identifiers)
	}
	if a.Version != "2021-03-04T10:10:00-05:00" || b.Version != "2021-03-05T09:00:00-05:00" {
		t.Errorf("versions: got %q and %q", a.Version, b.Version)
	}
	if s := later[len(later)-1].Summary(); s.Status != "corrected" {
		t.Errorf("got %q", s.Status)
	}
	recycled := bring(t, "d.hl7", []byte(strings.ReplaceAll(string(lab(`OBX|1|NM|2823-3^K^LN||5.1|mmol/L|||||F`)), "20210304080000", "20210704080000"))).records
	if c := recycled[len(recycled)-1].Source(); len(c.Identifiers) != 1 || c.Identifiers[0] == a.Identifiers[0] {
		t.Errorf("a number that began anew: got %v for both", c.Identifiers)
	}
	twice := bring(t, "c.hl7", lab(`OBX|1|NM|2345-7^Glucose^LN||4.1|mmol/L|||||F`, `OBX|2|NM|2345-7^Glucose^LN||9.1|mmol/L|||||F`))
	for _, r := range twice.records[2:] {
		if len(r.Source().Identifiers) != 0 {
			t.Errorf("two results of one name: got %v, want none", r.Source().Identifiers)
		}
	}
}

func TestHazard26TakenBack(t *testing.T) {
	for _, code := range []string{"D", "W"} {
		i := bring(t, "a.hl7", lab("OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||"+code))
		if s := one[*record.Observation](t, i).Summary(); s.Standing != record.InError {
			t.Errorf("%s: got %q, want in error", code, s.Standing)
		}
		if code == "W" && !i.told("another patient's") {
			t.Errorf("the patient is not told: %v", i.report.Issues)
		}
	}
}

func TestHazard27Flags(t *testing.T) {
	for _, tt := range []struct{ flag, want string }{
		{"HH", "Critical high"}, {"H", "High"}, {"<", "Off scale low"}, {"S", "Susceptible"}, {"H~A", "High, Abnormal"}, {"*^Check^L", "Check"}, {"A^Abnormal!^HL70078", "Abnormal!"}, {"", ""}, {"!!", "!!"},
	} {
		if got := value(t, "OBX|1|NM|1^A^L||99|mmol/L|3-5|"+tt.flag+"|||F").Interpretation; got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.flag, got, tt.want)
		}
	}
}

func TestHazard28Ranges(t *testing.T) {
	for _, tt := range []struct{ text, low, high string }{
		{"3.5-5.1", "3.5", "5.1"},
		{"4.3 to 6.2", "4.3", "6.2"},
		{"0.0 - 13.0", "0.0", "13.0"},
		{"<5.0", "", "<5.0"},
		{">= 60", ">=60", ""},
		{"70_105", "", ""},
		{"negative", "", ""},
		{"5.1-3.5", "", ""},
		{"3,5-5,1", "", ""},
		{"M: 3-5 F: 2-4", "", ""},
		{"-5 - 5", "-5", "5"},
	} {
		rr := one[*record.Observation](t, bring(t, "a.hl7", lab("OBX|1|NM|1^A^L||4.1|mmol/L|"+tt.text+"|N|||F"))).ReferenceRange
		if len(rr) != 1 || rr[0].String() != tt.text || rr[0].Low.Number() != tt.low || rr[0].High.Number() != tt.high {
			t.Errorf("%q: got %+v", tt.text, rr)
		}
	}
}

func TestHazard29PanelStaysTogether(t *testing.T) {
	i := bring(t, "a.hl7", message(msh, pid, "OBR|1||F-1^LAB|85354-9^Blood pressure^LN|||20210304", "OBX|1|NM|8480-6^Systolic^LN||120|mm[Hg]|||||F", "OBX|2|NM|8462-4^Diastolic^LN||80|mm[Hg]|||||F"))
	d := one[*record.DiagnosticReport](t, i)
	for n, o := range of[*record.Observation](i) {
		if o.Panel.ID == "" || o.Panel.Display != "Blood pressure" || d.Result[n].ID == "" || !o.In(record.VitalSigns) {
			t.Errorf("result %d: got panel %+v, result %+v", n, o.Panel, d.Result[n])
		}
	}
	if got := value(t, `OBX|1|ST|1^BP^L||120/80|mm[Hg]|||||F`).Value; got != "120/80 mm[Hg]" {
		t.Errorf("got %q", got)
	}
}

func TestHazard30ControlSpecimen(t *testing.T) {
	s := value(t, `OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F`, `SPM|1|||SER^Serum|||||||Q^Control specimen^HL70369`)
	if s.Standing != record.NotSo || !strings.Contains(s.Title, "not the patient") {
		t.Errorf("got %+v", s)
	}
}

func TestHazard32TwoPatients(t *testing.T) {
	other := `PID|1||2^^^Example Lab^MR||Otherman^Bob||19900101|M`
	i := bring(t, "a.hl7", message(msh, pid, obr, `OBX|1|NM|1^A^L||4.1|mmol/L|||||F`, other, obr, `OBX|1|NM|1^A^L||9.9|mmol/L|||||F`))
	if !i.held || len(i.subjects) != 2 {
		t.Fatalf("held %v, %d patients", i.held, len(i.subjects))
	}
	who := map[string]record.ID{}
	for _, r := range i.records {
		if o, ok := r.Resource.(*record.Observation); ok {
			who[o.Value.Number()] = r.Person
		}
	}
	if who["4.1"] == who["9.9"] {
		t.Error("both results were filed under one person")
	}
	none := bring(t, "b.hl7", message(msh, obr, `OBX|1|NM|1^A^L||4.1|mmol/L|||||F`))
	if !none.held {
		t.Error("a message that names no patient was not held")
	}
}

func TestHazard33Merged(t *testing.T) {
	i := bring(t, "a.hl7", message(header("ADT^A40"), pid, "MRG|77^^^Example Lab^MR"))
	if i.report.Kept != 1 || !i.told("joined") {
		t.Errorf("got %+v", i.report)
	}
}

func TestHazard35And36Dates(t *testing.T) {
	for _, tt := range []struct{ written, want string }{
		{"2021", "2021"},
		{"202103", "2021-03"},
		{"20210304", "2021-03-04"},
		{"2021030410", "2021-03-04"},
		{"202103041030", "2021-03-04T10:30"},
		{"20210304103015.25-0330", "2021-03-04T10:30:15.25-03:30"},
		{"202103041030+0000", "2021-03-04T10:30+00:00"},
		{"20210304103015^D", "2021-03-04"},
		{"2021-03-04", "2021-03-04"},
		{"202103041030Z", "2021-03-04T10:30Z"},
	} {
		o := one[*record.Observation](t, bring(t, "a.hl7", lab(`OBX|1|NM|1^A^L||4.1|mmol/L|||||F|||`+tt.written)))
		if got := string(o.Effective.Start); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.written, got, tt.want)
		}
	}
	for _, odd := range []string{"20210230", "20211304", "202103042561", "yesterday", "2021030", "202103041030+9900", "00000000"} {
		i := bring(t, "a.hl7", lab(`OBX|1|NM|1^A^L||4.1|mmol/L|||||F|||`+odd))
		if o := one[*record.Observation](t, i); o.Effective.Start != "" || o.Effective.Text != odd || !i.told("calendar") {
			t.Errorf("%q: got %+v", odd, o.Effective)
		}
	}
	for written, want := range map[string]record.Date{"19610403000000+0000": "1961-04-03", "196104032359-1200": "1961-04-03", "1961": "1961", "196104": "1961-04"} {
		i := bring(t, "a.hl7", message(msh, "PID|1||1||Testperson^Ada||"+written+"|F"))
		if got := one[*record.Patient](t, i).BirthDate; got != want {
			t.Errorf("born %q: got %q, want %q", written, got, want)
		}
	}
}

func TestHazard38EffectiveIsNotIssued(t *testing.T) {
	i := bring(t, "a.hl7", message(msh, pid, "OBR|1||9^LAB|1^Panel^L||||||||||||||||||20210305||LAB|F", `OBX|1|NM|1^A^L||4.1|mmol/L|||||F`))
	o := one[*record.Observation](t, i)
	if !o.Effective.Empty() || o.Issued != "2021-03-05" {
		t.Errorf("got effective %+v, issued %q", o.Effective, o.Issued)
	}
}

func TestHazard39TestMessage(t *testing.T) {
	for _, id := range []string{"T", "D", "X"} {
		content := strings.Replace(string(lab(`OBX|1|NM|1^A^L||4.1|mmol/L|||||F`)), "|41|P|", "|41|"+id+"|", 1)
		i := bring(t, "a.hl7", []byte(content))
		for _, r := range i.records {
			if r.Resource.Kind() != record.KindPatient && r.Summary().Standing != record.Held {
				t.Errorf("MSH-11 %q: a %s is %q, want held", id, r.Resource.Kind(), r.Summary().Standing)
			}
			if words := record.HeldWords(r.Held); len(r.Held) > 0 && !strings.Contains(words, "marked as a test") {
				t.Errorf("MSH-11 %q: held because it %s", id, words)
			}
		}
	}
}

func TestHazard41SeverityIsNoCriticality(t *testing.T) {
	a := one[*record.AllergyIntolerance](t, bring(t, "a.hl7", message(header("ADT^A01"), pid, `AL1|1|DA|70618^Penicillin^RXNORM|SV|Hives~Wheezing|2010`)))
	if a.Criticality != "" || len(a.Reaction) != 1 || a.Reaction[0].String() != "Hives, Wheezing (severe)" || a.RecordedDate != "2010" || a.Category[0] != "medication" {
		t.Errorf("got %s", asJSON(t, a))
	}
}

func TestHazard43PartialDose(t *testing.T) {
	i := bring(t, "a.hl7", message(header("VXU^V04"), pid, "RXA|0|1|20210304||140^Influenza^CVX|0.2|mL^^UCUM||||||||LOT7|||||PA|A", `OBX|1|NM|30973-2^Dose number^LN||2||||||F`))
	v := one[*record.Immunization](t, i)
	if !v.Subpotent || v.DoseNumber != "2" || v.LotNumber != "LOT7" || v.DoseQuantity.String() != "0.2 mL" {
		t.Errorf("got %s", asJSON(t, v))
	}
}

func TestHazard44SourceWordsFirst(t *testing.T) {
	i := bring(t, "a.hl7", lab(`OBX|1|CWE|2823-3^K^LN^KAL^Kalium^99LAB^2.1^^Potassium, serum||260415000^not detected^SCT^^^^^^None seen||||||F`))
	o := one[*record.Observation](t, i)
	if o.Code.String() != "Potassium, serum" || o.Code.Code(record.LOINC) != "2823-3" || o.Code.Coding[1].Code != "KAL" || o.Code.Coding[0].Version != "2.1" || o.Value.String() != "None seen" {
		t.Errorf("got %s", asJSON(t, o))
	}
	if s := o.Code.Coding[1].System; !strings.Contains(s, "Example") || !strings.Contains(s, "99LAB") {
		t.Errorf("a local code system: got %q, want one of the sender's own", s)
	}
	oid := one[*record.Observation](t, bring(t, "a.hl7", lab(`OBX|1|NM|1^A^1.2.3.4||4.1||||||F`)))
	if got := oid.Code.Coding[0].System; got != "urn:oid:1.2.3.4" {
		t.Errorf("got %q", got)
	}
}

func TestHazard45SentTwice(t *testing.T) {
	a := string(lab(`OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F`))
	again := strings.ReplaceAll(strings.ReplaceAll(a, "|41|", "|42|"), "20210304101112", "20210305101112")
	for name, content := range map[string]string{"word for word": a + a, "sent again later": a + again} {
		i := bring(t, "a.hl7", []byte(content))
		if n := len(of[*record.Observation](i)); n != 1 || i.held {
			t.Errorf("%s: got %d results, held %v, want 1", name, n, i.held)
		}
	}
}

func TestHazard46Documents(t *testing.T) {
	for _, tt := range []struct {
		kind, txa string
		want      record.Standing
	}{
		{"MDM^T02", "TXA|1|DS|TX|20210304||||||||D-1^EHR|||||AU||AV", record.Current},
		{"MDM^T02", "TXA|1|DS|TX|20210304||||||||D-1^EHR|||||AU||CA", record.InError},
		{"MDM^T02", "TXA|1|DS|TX|20210304||||||||D-1^EHR|||||AU||OB", record.Past},
		{"MDM^T11", "TXA|1|DS|TX|20210304||||||||D-1^EHR|||||AU", record.InError},
	} {
		d := one[*record.DocumentReference](t, bring(t, "a.hl7", message(header(tt.kind), pid, tt.txa, "OBX|1|TX|^Text||Went home.||||||F")))
		if d.Summary().Standing != tt.want || d.Section[0].Text.Plain() != "Went home." {
			t.Errorf("%s: got %q, want %q", tt.txa, d.Summary().Standing, tt.want)
		}
	}
}

func TestHazard50Confidential(t *testing.T) {
	i := bring(t, "a.hl7", message(msh, pid, "ORC|RE|1^E|2^F"+strings.Repeat("|", 25)+"V", obr, `OBX|1|NM|1^A^L||4.1|mmol/L|||||F`))
	for _, r := range i.records[1:] {
		if s := r.Source().Security; len(s) != 1 || s[0].Code != "V" {
			t.Errorf("%s: got %v", r.Resource.Kind(), s)
		}
	}
}

// TestHazard29Susceptibility: one drug tested on two organisms is two results,
// each with its organism.
func TestHazard29Susceptibility(t *testing.T) {
	obr := func(n, filler, parent string) string {
		return "OBR|" + n + "||" + filler + "^LAB|50545-3^Susceptibility^LN|||20210304|||||||||||||||20210306||MB|F|" + parent
	}
	i := bring(t, "a.hl7", message(
		msh, pid, obr("1", "F-1", ""), "OBX|1|CWE|600-7^Bacteria^LN|1|1^Escherichia coli^L||||||F", "OBX|2|CWE|600-7^Bacteria^LN|2|2^Proteus mirabilis^L||||||F",
		obr("2", "F-2", "600-7&Bacteria&LN^1^"), "OBX|1|SN|18906-8^Ciprofloxacin^LN||<=^0.25|ug/mL||S|||F",
		obr("3", "F-3", "600-7&Bacteria&LN^2^Proteus mirabilis"), "OBX|1|SN|18906-8^Ciprofloxacin^LN||>^4|ug/mL||R|||F",
	))
	got := map[string]string{}
	for _, o := range of[*record.Observation](i) {
		s := o.Summary()
		got[s.Title] = s.Interpretation
		if s.Interpretation != "" && (len(o.DerivedFrom) != 1 || o.DerivedFrom[0].ID == "") {
			t.Errorf("%s is tied to no organism: %+v", s.Title, o.DerivedFrom)
		}
	}
	if got["Ciprofloxacin (Escherichia coli)"] != "Susceptible" || got["Ciprofloxacin (Proteus mirabilis)"] != "Resistant" {
		t.Errorf("got %v", got)
	}
	if sum := clinic.Summarise(record.Record{}, i.records); len(sum.Results) != 4 {
		t.Errorf("got %d tests, want 4: two organisms, and the drug on each", len(sum.Results))
	}
}
