package entry

import "github.com/carnet-phr/carnet/vault/record"

// operation is something that was done to the patient.
var operation = Kind{
	Name: "operation", Title: "Operation or procedure", Record: record.KindProcedure,
	Fields: []Field{
		{Name: "name", Label: "Operation or procedure", Type: Text, Required: true, Hint: "appendix removed"},
		{Name: "date", Label: "When", Type: Date, Past: true},
		{Name: "site", Label: "Where in the body", Type: Text, Hint: "left knee"},
		{Name: "reason", Label: "What for", Type: Text},
		{Name: "by", Label: "Done by", Type: Text},
		{Name: "where", Label: "Hospital or practice", Type: Text},
		remark(),
	},
	make: func(v values) record.Resource {
		return &record.Procedure{
			Status: "completed", Code: v.words("name"), Performed: record.At(v.date("date")), BodySite: v.list("site"), Reason: v.list("reason"),
			Performer: v.names("by"), Location: v.text["where"], Note: v.notes(),
		}
	},
	read: func(r record.Resource) map[string]string {
		p := r.(*record.Procedure)
		return map[string]string{
			"name": p.Code.Text, "date": string(p.Performed.Start), "site": first(p.BodySite).Text, "reason": first(p.Reason).Text,
			"by": first(p.Performer), "where": p.Location, "note": first(p.Note),
		}
	},
}

// visit is a visit that took place; appointments are none of a record.
var visit = Kind{
	Name: "visit", Title: "Visit", Record: record.KindEncounter,
	Fields: []Field{
		{Name: "what", Label: "What kind of visit", Type: Text, Required: true, Hint: "check-up, emergency room, hospital stay"},
		{Name: "since", Label: "On, or from", Type: Date, Required: true, Past: true},
		{Name: "until", Label: "Until, if it took several days", Type: Date, Past: true},
		{Name: "with", Label: "Seen by", Type: Text},
		{Name: "where", Label: "Hospital or practice", Type: Text},
		{Name: "reason", Label: "What for", Type: Text},
	},
	make: func(v values) record.Resource {
		e := &record.Encounter{
			Status: "finished", Type: v.list("what"), Period: record.At(v.date("since")), Reason: v.list("reason"), Participant: v.names("with"), Location: v.names("where"),
		}
		if v.text["until"] != "" {
			e.Period = v.span("since", "until")
		}
		return e
	},
	read: func(r record.Resource) map[string]string {
		e := r.(*record.Encounter)
		return map[string]string{
			"what": first(e.Type).Text, "since": string(e.Period.Start), "until": string(e.Period.End), "with": first(e.Participant), "where": first(e.Location), "reason": first(e.Reason).Text,
		}
	},
}
