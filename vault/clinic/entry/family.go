package entry

import "github.com/carnet-phr/carnet/vault/record"

// roleCodes are HL7's codes for relatives.
const roleCodes = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

var relative = Field{Name: "relative", Label: "Who", Type: Pick, Required: true, Choices: []Choice{
	{"mother", "mother", "MTH"},
	{"father", "father", "FTH"},
	{"sister", "sister", "SIS"},
	{"brother", "brother", "BRO"},
	{"daughter", "daughter", "DAU"},
	{"son", "son", "SON"},
	{"mothers-mother", "mother's mother", "MGRMTH"},
	{"mothers-father", "mother's father", "MGRFTH"},
	{"fathers-mother", "father's mother", "PGRMTH"},
	{"fathers-father", "father's father", "PGRFTH"},
	{"aunt", "aunt", "AUNT"},
	{"uncle", "uncle", "UNCLE"},
	{"cousin", "cousin", "COUSN"},
	{"other", "another relative", "FAMMEMB"},
}}

// family is what one relative has or had.
var family = Kind{
	Name: "family", Title: "Family history", Record: record.KindFamilyMemberHistory,
	Fields: []Field{
		relative,
		{Name: "problem", Label: "What they have or had", Type: Text, Required: true},
		{Name: "age", Label: "From what age", Type: Text, Hint: "age 50"},
		{Name: "died", Label: "Died at", Type: Text, Hint: "an age or a year; yes, if you know no more"},
		remark(),
	},
	make: func(v values) record.Resource {
		code := v.chosen("relative")
		words := ""
		for _, c := range relative.Choices {
			if c.code == code {
				words = c.Words
			}
		}
		return &record.FamilyMemberHistory{
			Status: "completed", Relationship: record.Concept{Text: words, Coding: []record.Coding{{System: roleCodes, Code: code}}}, Date: v.today(), Deceased: v.text["died"],
			Condition: []record.FamilyCondition{{Code: v.words("problem"), Onset: record.When{Text: v.text["age"]}}}, Note: v.notes(),
		}
	},
	read: func(r record.Resource) map[string]string {
		f := r.(*record.FamilyMemberHistory)
		c := first(f.Condition)
		return map[string]string{
			"relative": relative.chosen(f.Relationship.Code(roleCodes)), "problem": c.Code.Text, "age": c.Onset.Text, "died": f.Deceased, "note": first(f.Note),
		}
	},
}

// implant is an implant or a device.
var implant = Kind{
	Name: "implant", Title: "Implant or device", Record: record.KindDevice,
	Fields: []Field{
		{Name: "name", Label: "Implant or device", Type: Text, Required: true, Hint: "pacemaker, left hip, insulin pump"},
		{Name: "site", Label: "Where in the body", Type: Text},
		yesNo("inside", "Is it still in place or in use?"),
		{Name: "since", Label: "Since", Type: Date, Past: true},
		{Name: "until", Label: "Until", Type: Date, Past: true},
		{Name: "maker", Label: "Manufacturer", Type: Text},
		{Name: "model", Label: "Model", Type: Text},
		{Name: "serial", Label: "Serial number", Type: Text},
		{Name: "lot", Label: "Lot number", Type: Text},
		{Name: "udi", Label: "Unique device identifier (UDI)", Type: Text, Hint: "on the implant card"},
		remark(),
	},
	make: func(v values) record.Resource {
		d := &record.Device{
			Status: "active", Type: v.words("name"), BodySite: v.words("site"), Used: v.span("since", "until"), Manufacturer: v.text["maker"], ModelNumber: v.text["model"],
			SerialNumber: v.text["serial"], LotNumber: v.text["lot"], UDI: v.text["udi"], Note: v.notes(),
		}
		if v.text["inside"] == "no" {
			d.Status = "inactive"
		}
		return d
	},
	read: func(r record.Resource) map[string]string {
		d := r.(*record.Device)
		return map[string]string{
			"name": d.Type.Text, "site": d.BodySite.Text, "inside": yes(d.Status == "active"), "since": string(d.Used.Start), "until": string(d.Used.End),
			"maker": d.Manufacturer, "model": d.ModelNumber, "serial": d.SerialNumber, "lot": d.LotNumber, "udi": d.UDI, "note": first(d.Note),
		}
	},
}
