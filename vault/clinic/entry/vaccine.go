package entry

import "github.com/carnet-phr/carnet/vault/record"

// immunizationOrigin is where a report comes from that the one who gave the
// vaccine did not make (http://terminology.hl7.org/CodeSystem/immunization-origin).
const immunizationOrigin = "http://terminology.hl7.org/CodeSystem/immunization-origin"

var vaccineFrom = Field{Name: "from", Label: "How you know", Type: Pick, Choices: []Choice{
	{"memory", "from memory", "recall"}, {"paper", "from a vaccination card or paper", "record"},
}}

var vaccine = Kind{
	Name: "vaccine", Title: "Vaccine", Record: record.KindImmunization,
	Fields: []Field{
		{Name: "name", Label: "Vaccine", Type: Text, Required: true, Hint: "Tetanus, or the name on the card"},
		{Name: "date", Label: "Given on", Type: Date, Past: true},
		{Name: "dose", Label: "Which dose of the series", Type: Text, Hint: "2"},
		{Name: "of", Label: "Doses of the series", Type: Text, Hint: "3"},
		{Name: "maker", Label: "Manufacturer", Type: Text},
		{Name: "lot", Label: "Lot number", Type: Text},
		{Name: "where", Label: "Where it was given", Type: Text},
		vaccineFrom,
		remark(),
	},
	make: func(v values) record.Resource {
		i := &record.Immunization{
			Status: "completed", VaccineCode: v.words("name"), Occurrence: record.At(v.date("date")), PrimarySource: "false", Recorded: v.today(),
			Manufacturer: v.text["maker"], LotNumber: v.text["lot"], Location: v.text["where"], DoseNumber: v.text["dose"], SeriesDoses: v.text["of"], Note: v.notes(),
		}
		if code := v.chosen("from"); code != "" {
			i.ReportOrigin = record.Concept{Coding: []record.Coding{{System: immunizationOrigin, Code: code}}}
		}
		return i
	},
	read: func(r record.Resource) map[string]string {
		i := r.(*record.Immunization)
		return map[string]string{
			"name": i.VaccineCode.Text, "date": string(i.Occurrence.Start), "dose": i.DoseNumber, "of": i.SeriesDoses, "maker": i.Manufacturer, "lot": i.LotNumber,
			"where": i.Location, "from": vaccineFrom.chosen(i.ReportOrigin.Code(immunizationOrigin)), "note": first(i.Note),
		}
	},
}
