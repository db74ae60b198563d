package exchangetest

import (
	"bufio"
	"fmt"
	"io"
)

// WriteBundle writes a made-up FHIR R4 transaction Bundle of one person with n
// entries besides the Patient, about 1 kB each: results, readings, medicines,
// problems and visits over many years. The same n gives the same bytes.
func WriteBundle(w io.Writer, n int) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":%q,"resource":{"resourceType":"Patient","id":"p","name":[{"use":"official","family":"Measure","given":["Maud"]}],"gender":"female","birthDate":"1950-02-03"},"request":{"method":"POST","url":"Patient"}}`, entryURL(0))
	for i := 1; i <= n; i++ {
		fmt.Fprintf(b, ",\n{\"fullUrl\":%q,\"resource\":", entryURL(i))
		writeEntry(b, i)
		b.WriteString(`,"request":{"method":"POST","url":"x"}}`)
	}
	b.WriteString("]}\n")
	return b.Flush()
}

func entryURL(i int) string {
	return fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012x", i)
}

// day gives a date for entry i: one day apart, over the years since 1990.
func day(i int) string {
	return fmt.Sprintf("%04d-%02d-%02d", 1990+i/336%36, 1+i/28%12, 1+i%28)
}

func writeEntry(b *bufio.Writer, i int) {
	subject := entryURL(0)
	meta := fmt.Sprintf(`"id":"%d","meta":{"lastUpdated":"%sT10:00:00.000+01:00","profile":["http://hl7.org/fhir/us/core/StructureDefinition/made-up-for-measuring"]},"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Made-up entry number %d, for measuring only. It stands here so that an entry has about the size that portals give it, with a narrative beside its codes.</p></div>"}`, i, day(i), i)
	coding := func(system, code, words string) string {
		return fmt.Sprintf(`{"coding":[{"system":%q,"code":%q,"display":%q}],"text":%q}`, system, code, words, words)
	}
	switch i % 10 {
	case 0:
		fmt.Fprintf(b, `{"resourceType":"Condition",%s,"clinicalStatus":%s,"verificationStatus":%s,"code":%s,"subject":{"reference":%q},"onsetDateTime":"%sT09:00:00+01:00"}`, meta,
			coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "active"), coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed", "confirmed"),
			coding("http://snomed.info/sct", fmt.Sprint(40000000+i%97), fmt.Sprintf("made-up problem %d", i%97)), subject, day(i))
	case 1, 2:
		fmt.Fprintf(b, `{"resourceType":"MedicationRequest",%s,"status":"active","intent":"order","medicationCodeableConcept":%s,"subject":{"reference":%q},"authoredOn":"%sT09:00:00+01:00","dosageInstruction":[{"text":"1 tablet twice a day","timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}}}]}`, meta,
			coding("http://www.nlm.nih.gov/research/umls/rxnorm", fmt.Sprint(860000+i%53), fmt.Sprintf("made-up medicine %d mg tablet", i%53)), subject, day(i))
	case 3:
		fmt.Fprintf(b, `{"resourceType":"Encounter",%s,"status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"type":[%s],"subject":{"reference":%q},"period":{"start":"%sT09:00:00+01:00","end":"%sT09:30:00+01:00"}}`, meta,
			coding("http://snomed.info/sct", "185349003", "Check-up"), subject, day(i), day(i))
	default:
		fmt.Fprintf(b, `{"resourceType":"Observation",%s,"status":"final","category":[%s],"code":%s,"subject":{"reference":%q},"encounter":{"reference":%q},"effectiveDateTime":"%sT09:00:00+01:00","issued":"%sT12:00:00.000+01:00","valueQuantity":{"value":%d.%02d,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"referenceRange":[{"low":{"value":3.5,"unit":"mmol/L"},"high":{"value":5.1,"unit":"mmol/L"}}]}`, meta,
			coding("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "laboratory"),
			coding("http://loinc.org", fmt.Sprintf("%d-%d", 2000+i%40, i%10), fmt.Sprintf("made-up test %d", i%40)), subject, entryURL(i-i%10+3), day(i), day(i), i%7, i%100)
	}
}
