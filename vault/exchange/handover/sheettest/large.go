package sheettest

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

// Large is a library of about n records in the proportions of a long chart:
// most are results and vital signs.
func Large(n int) *Library {
	l := Realistic()
	clinic := From(l.File("Long chart.json", "application/json", []byte("{}")), "fhir", "Larch Row Surgery", "Dr Amara Okafor")
	for i := len(l.Records); i < n; i++ {
		on := day(1990+i%36, 1+i%12, 1+i%28)
		switch k := i % 20; {
		case k < 10:
			o := Lab(fmt.Sprintf("Analyte %d", i%97), fmt.Sprintf("9%04d-1", i%97), on, fmt.Sprintf("%d.%d", 3+i%9, i%10), "mmol/L")
			o.ReferenceRange = Between("3.5", "9.5", "mmol/L")
			l.Add(o, clinic)
		case k < 14:
			l.Add(Vital(fmt.Sprintf("Reading %d", i%7), fmt.Sprintf("8%04d-1", i%7), on, fmt.Sprint(60+i%50), "/min"), clinic)
		case k < 16:
			l.Add(&record.Encounter{Status: "finished", Type: []record.Concept{Code(fmt.Sprintf("Visit for reason %d", i%31), record.SNOMED, "185345009")}, Period: record.When{Start: on, End: on, Period: true}, ServiceProvider: "Larch Row Surgery"}, clinic)
		case k == 16:
			l.Add(&record.Procedure{Status: "completed", Code: Code(fmt.Sprintf("Procedure %d", i%41), record.SNOMED, "430193006"), Performed: record.At(on)}, clinic)
		case k == 17:
			m := Order(fmt.Sprintf("Medicine %d 10 mg tablets", i%53), "1 tablet a day", on, "Dr Amara Okafor")
			m.Status = []string{"stopped", "completed", "active"}[min(i%53, 2)%3]
			l.Add(m, clinic)
		case k == 18:
			l.Add(Note(fmt.Sprintf("Consultation %d", i), on, "Dr Amara Okafor", "History", "Seen for review. No new symptoms; takes the medicines as prescribed and sleeps well.", "Plan", "Continue. Review in three months."), clinic)
		default:
			l.Add(Problem(fmt.Sprintf("Problem %d", i%67), on), clinic)
		}
	}
	return l
}
