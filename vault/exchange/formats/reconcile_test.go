package formats_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// One potassium, as a laboratory reports it in four formats; the numbers of the
// hospital's systems for it have nothing in common.
const (
	labFHIR = `{"resourceType": "Bundle", "type": "collection", "entry": [
{"fullUrl": "https://portal.example/fhir/Patient/1", "resource": {"resourceType": "Patient", "id": "1", "name": [{"family": "Testperson", "given": ["Ada"]}], "gender": "female", "birthDate": "1961-04-03"}},
{"fullUrl": "https://portal.example/fhir/Observation/7", "resource": {"resourceType": "Observation", "id": "7", "meta": {"lastUpdated": "2021-03-04T16:00:00Z"}, "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3", "display": "Potassium [Moles/volume] in Serum or Plasma"}], "text": "Potassium"},
 "subject": {"reference": "Patient/1"}, "effectiveDateTime": "2021-03-04T14:00:00+01:00", "performer": [{"display": "Example Lab"}], "valueQuantity": {"value": 4.10, "unit": "mmol/L", "system": "http://unitsofmeasure.org", "code": "mmol/L"}}}]}`

	labV2 = "MSH|^~\\&|LAB|Example Lab|APP|ME|20210304101112-0500||ORU^R01^ORU_R01|41|P|2.5.1\r" +
		"PID|1||1^^^Example Lab^MR||Testperson^Ada^^^^^L||19610403|F\r" +
		"OBR|1|P-7^EHR|F-9^LAB|24323-8^Comprehensive metabolic panel^LN|||20210304080000-0500|||||||||||||||20210304101000-0500||LAB|F\r" +
		"OBX|1|NM|2823-3^Potassium^LN||4.10|mmol/L|3.5-5.1|N|||F\r"

	labCSV = "Date,Test,LOINC,Result,Unit,Lab\n2021-03-04T08:00:00-05:00,Potassium,2823-3,4.10,mmol/L,Example Lab\n"
)

// labCDA is the same as a C-CDA result of the given status and value.
func labCDA(id, statusCode, value string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<realmCode code="US"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><templateId root="2.16.840.1.113883.10.20.22.1.2"/>
<id root="1.2.3.4" extension="` + id + `"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title><effectiveTime value="20210305090000-0500"/><confidentialityCode code="N"/>
<recordTarget><patientRole><id root="1.2.3.4.5" extension="1"/><patient><name><given>Ada</given><family>Testperson</family></name><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19610403"/></patient></patientRole></recordTarget>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.3.4.6"/><name>Example Lab</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody><component><section><templateId root="2.16.840.1.113883.10.20.22.2.3.1"/><code code="30954-2" codeSystem="2.16.840.1.113883.6.1"/><title>Results</title><text>Potassium 4.10 mmol/L</text>
<entry><organizer classCode="BATTERY" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.1"/><id root="1.2.3.4.7" extension="panel"/><code code="24323-8" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="completed"/>
<component><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.2"/><id root="1.2.3.4.7" extension="K"/><code code="2823-3" codeSystem="2.16.840.1.113883.6.1" displayName="Potassium SerPl-sCnc"/><statusCode code="` + statusCode + `"/><effectiveTime value="20210304080000-0500"/><value xsi:type="PQ" value="` + value + `" unit="mmol/L"/></observation></component>
</organizer></entry></section></component></structuredBody></component></ClinicalDocument>`
}

func bring(t *testing.T, m *exchangetest.Memory, name, content string) record.Receipt {
	t.Helper()
	b, err := exchange.Import(t.Context(), m, formats.All(), []exchange.Source{exchangetest.Source(name, []byte(content))}, exchange.Options{Person: onlyPerson(t, m)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if s := r.Sources[0]; !s.Adds() || s.Refused > 0 {
		t.Fatalf("%s: %+v", name, s)
	}
	return r
}

// onlyPerson is the person of the store, for files that name nobody.
func onlyPerson(t *testing.T, m *exchangetest.Memory) exchange.PersonChoice {
	people, err := m.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(people) == 0 {
		return exchange.NewPerson
	}
	return exchange.PersonChoice(people[0].ID)
}

func potassium(m *exchangetest.Memory) []record.Record {
	var found []record.Record
	for _, r := range m.All() {
		if o, ok := r.Resource.(*record.Observation); ok && o.Code.Has(record.LOINC, "2823-3") {
			found = append(found, r)
		}
	}
	return found
}

// A laboratory result that arrives by FHIR, C-CDA, HL7 v2 and CSV is one record
// with four sources, whatever comes first; it shows the same, and every file can
// be taken back.
func TestHazard45OneResultOfFourFormats(t *testing.T) {
	files := map[string]string{"a.json": labFHIR, "b.xml": labCDA("1", "completed", "4.10"), "c.hl7": labV2, "d.csv": labCSV}
	var shown string
	for _, order := range permutations([]string{"a.json", "b.xml", "c.hl7", "d.csv"}) {
		m := exchangetest.NewMemory()
		imports := map[string]record.ID{}
		for _, name := range order {
			imports[name] = bring(t, m, name, files[name]).Import
		}
		found := potassium(m)
		if len(found) != 1 || len(found[0].Provenance) != len(files) {
			for _, r := range found {
				t.Logf("%+v %+v", r.Summary(), r.Provenance)
			}
			t.Fatalf("%v: %d records", order, len(found))
		}
		words := fmt.Sprint(found[0].Resource.Details(), found[0].Source().Format)
		if shown == "" {
			shown = words
		}
		if words != shown {
			t.Fatalf("%v: shows %s, and in another order %s", order, words, shown)
		}
		for n, name := range order {
			if _, err := exchange.Undo(t.Context(), m, imports[name]); err != nil {
				t.Fatal(err)
			}
			if found := potassium(m); n < len(order)-1 && (len(found) != 1 || len(found[0].Provenance) != len(files)-n-1) {
				t.Fatalf("%v: %d records after %d were taken back", order, len(found), n+1)
			}
		}
		if left := m.All(); len(left) > 0 || len(m.Receipts) > 0 {
			t.Fatalf("%v: taking everything back leaves %d records", order, len(left))
		}
	}
}

func permutations(list []string) [][]string {
	if len(list) < 2 {
		return [][]string{list}
	}
	var out [][]string
	for n := range list {
		rest := slices.Delete(slices.Clone(list), n, n+1)
		for _, p := range permutations(rest) {
			out = append(out, append([]string{list[n]}, p...))
		}
	}
	return out
}

// corrections are a result and what its sender said of it later, in each format.
func corrections() map[string][2]string {
	v2 := func(status, value, made string) string {
		s := strings.Replace(labV2, "||4.10|mmol/L|3.5-5.1|N|||F", "||"+value+"|mmol/L|3.5-5.1|N|||"+status, 1)
		return strings.Replace(s, "20210304101112-0500||ORU^R01^ORU_R01|41", made+"||ORU^R01^ORU_R01|"+made, 1)
	}
	fhir := func(status, value string) string {
		return strings.NewReplacer(`"status": "final"`, `"status": "`+status+`"`, "4.10", value).Replace(labFHIR)
	}
	return map[string][2]string{
		"hl7v2 C":               {labV2, v2("C", "5.30", "20210305")},
		"hl7v2 P then F":        {v2("P", "4.10", "20210303"), v2("F", "5.30", "20210305")},
		"hl7v2 D":               {labV2, v2("D", "4.10", "20210305")},
		"hl7v2 W":               {labV2, v2("W", "4.10", "20210305")},
		"fhir corrected":        {labFHIR, fhir("corrected", "5.30")},
		"fhir amended":          {labFHIR, fhir("amended", "5.30")},
		"fhir entered-in-error": {labFHIR, fhir("entered-in-error", "4.10")},
		"ccda nullified":        {labCDA("1", "completed", "4.10"), labCDA("2", "nullified", "4.10")},
		"ccda replaced":         {labCDA("1", "completed", "4.10"), strings.Replace(labCDA("2", "completed", "5.30"), "<component><structuredBody>", `<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.3.4" extension="1"/></parentDocument></relatedDocument><component><structuredBody>`, 1)},
	}
}

// Whatever its sender corrects or withdraws never stands as a value again,
// whichever of the two comes first, and the receipt says so without the value.
func TestHazard25And26CorrectedAndWithdrawn(t *testing.T) {
	for name, pair := range corrections() {
		for _, order := range [][]int{{0, 1}, {1, 0}} {
			m := exchangetest.NewMemory()
			told := ""
			for _, n := range order {
				r := bring(t, m, fmt.Sprintf("%d", n), pair[n])
				for _, i := range r.Sources[0].Issues {
					told += i.Text + "\n"
				}
			}
			withdrawn := !strings.Contains(pair[1], "5.30")
			stands := 0
			for _, r := range potassium(m) {
				s := r.Summary()
				if s.Standing.History() {
					continue
				}
				stands++
				if s.Value != "5.30" || withdrawn {
					t.Errorf("%s, order %v: a value of before stands as %q (%+v)", name, order, s.Standing, r.Superseded)
				}
			}
			if !withdrawn && stands != 1 {
				t.Errorf("%s, order %v: %d values stand, want the new one", name, order, stands)
			}
			if !strings.Contains(told, "a result of 4 March 2021 was ") || strings.Contains(told, "4.10") || strings.Contains(told, "5.30") {
				t.Errorf("%s, order %v: the receipt says %q", name, order, told)
			}
		}
	}
}
