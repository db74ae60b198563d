// Package entrytest fills in the forms of package entry with made-up answers.
package entrytest

import "github.com/carnet-phr/carnet/vault/clinic/entry"

// answers are what nobody could take for another field's.
var answers = map[string]string{
	"name": "Examplin", "dose": "1 tablet in the morning", "reason": "a made-up reason", "by": "Dr. Example", "since": "2019-03", "until": "2020", "note": "first line\nsecond line",
	"substance": "Examplate", "reaction": "a rash", "date": "2021-03-05", "of": "3", "maker": "Maker Ltd", "lot": "L-0042", "where": "Example Clinic", "site": "left knee",
	"systolic": "128 mm[Hg]", "diastolic": "79 mm[Hg]", "time": "2021-03-05T08:30", "device": "Meter 3", "title": "How I feel", "text": "one\ntwo", "problem": "asthma", "age": "age 50", "died": "2001",
	"model": "M 1", "serial": "S 77", "udi": "(01)00844588003288", "phone": "+44 20 7946 0000", "relation": "sister", "email": "someone@example.org", "address": "1 Example Street\nExampletown",
	"question": "Do I still need this?", "for": "the cardiologist", "answer": "ask again", "what": "check-up", "with": "Dr. Example", "given": "Ada", "family": "Beispiel", "born": "1980-05-17",
	"identifiers": "123 Example Insurance",
}

// amounts are possible ones by unit.
var amounts = map[string]string{
	"kg": "72.50", "cm": "171", "Cel": "37.25", "/min": "64", "%": "97", "L/min": "410", "{INR}": "2.4", "mg/dL": "104",
}

// Filled answers every field of a form, with the last of its choices.
func Filled(k entry.Kind) map[string]string {
	fields := map[string]string{}
	for _, f := range k.Fields {
		switch f.Type {
		case entry.Pick:
			fields[f.Name] = f.Choices[len(f.Choices)-1].Value
		case entry.Amount:
			fields[f.Name] = amounts[f.Units[0].Code] + " " + f.Units[0].Code
			if a := answers[f.Name]; a != "" {
				fields[f.Name] = a
			}
		default:
			fields[f.Name] = answers[f.Name]
		}
	}
	return fields
}
