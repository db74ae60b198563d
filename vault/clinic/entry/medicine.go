package entry

import "github.com/carnet-phr/carnet/vault/record"

// medicine is what the patient takes or took: a statement, never an order.
var medicine = Kind{
	Name: medicineForm, Title: "Medicine", Record: record.KindMedicationStatement,
	Fields: []Field{
		{Name: "name", Label: "Medicine", Type: Text, Required: true, Hint: "as on the box, with the strength"},
		{Name: "dose", Label: "How you take it", Type: Text, Hint: "1 tablet in the morning"},
		{Name: "reason", Label: "What for", Type: Text},
		{Name: "by", Label: "Prescribed by", Type: Text},
		yesNo("taking", "Do you take it now?"),
		{Name: "since", Label: "Since", Type: Date, Past: true},
		{Name: "until", Label: "Until", Type: Date},
		remark(),
	},
	make: func(v values) record.Resource { return v.medicine(nil) },
	read: readMedicine,
}

// overTheCounterWords mark a medicine that nobody prescribed.
const overTheCounterWords = "over the counter"

var overTheCounter = Kind{
	Name: overTheCounterForm, Title: "Medicine without a prescription", Record: record.KindMedicationStatement,
	Fields: []Field{
		{Name: "name", Label: "Medicine", Type: Text, Required: true, Hint: "as on the box, with the strength; vitamins and herbs too"},
		{Name: "dose", Label: "How you take it", Type: Text, Hint: "1 tablet when needed"},
		{Name: "reason", Label: "What for", Type: Text},
		yesNo("taking", "Do you take it now?"),
		{Name: "since", Label: "Since", Type: Date, Past: true},
		{Name: "until", Label: "Until", Type: Date},
		remark(),
	},
	make: func(v values) record.Resource { return v.medicine([]record.Concept{{Text: overTheCounterWords}}) },
	read: readMedicine,
}

func (v values) medicine(category []record.Concept) *record.MedicationStatement {
	m := &record.MedicationStatement{
		Origin: record.Statement, Status: "active", Category: category, Medication: v.words("name"), Reason: v.list("reason"), Requester: v.text["by"],
		Effective: v.span("since", "until"), DateAsserted: v.today(), Note: v.notes(),
	}
	if v.text["taking"] == "no" {
		m.Status = "stopped"
	}
	if v.text["dose"] != "" {
		m.Dosage = []record.Dosage{{Text: v.text["dose"]}}
	}
	return m
}

func readMedicine(r record.Resource) map[string]string {
	m := r.(*record.MedicationStatement)
	return map[string]string{
		"name": m.Medication.Text, "dose": first(m.Dosage).Text, "reason": first(m.Reason).Text, "by": m.Requester, "taking": yes(m.Status == "active"),
		"since": string(m.Effective.Start), "until": string(m.Effective.End), "note": first(m.Note),
	}
}

// noMedicines is a statement, told apart from an empty list and from a medicine,
// by the code of the International Patient Summary.
var noMedicines = Kind{
	Name: "no-medicines", Title: "I take no medicines", Record: record.KindMedicationStatement,
	Fields: []Field{remark()},
	make: func(v values) record.Resource {
		const words = "No known medications"
		return &record.MedicationStatement{
			Origin: record.Statement, Status: "active", DateAsserted: v.today(), Note: v.notes(),
			Medication: record.Concept{Text: words, Coding: []record.Coding{{System: record.AbsentUnknownSystem, Code: "no-known-medications", Display: words}}},
		}
	},
	read: func(r record.Resource) map[string]string {
		return map[string]string{"note": first(r.(*record.MedicationStatement).Note)}
	},
}
