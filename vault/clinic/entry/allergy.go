package entry

import "github.com/carnet-phr/carnet/vault/record"

var (
	allergyType = Field{Name: "type", Label: "Allergy or intolerance", Type: Pick, Choices: []Choice{
		{"allergy", "an allergy", "allergy"}, {"intolerance", "an intolerance", "intolerance"},
	}}
	allergyCategory = Field{Name: "category", Label: "To what sort of thing", Type: Pick, Choices: []Choice{
		{"medicine", "a medicine", "medication"}, {"food", "a food", "food"}, {"environment", "something around you", "environment"},
	}}
	allergySeverity = Field{Name: "severity", Label: "How severe it was", Type: Pick, Choices: []Choice{
		{"mild", "mild", "mild"}, {"moderate", "moderate", "moderate"}, {"severe", "severe", "severe"},
	}}
)

// allergy asks how severe a reaction was; what that means for the next one
// (criticality) is not the patient's to say, and not asked.
var allergy = Kind{
	Name: allergyForm, Title: "Allergy or intolerance", Record: record.KindAllergyIntolerance,
	Fields: []Field{
		{Name: "substance", Label: "To what", Type: Text, Required: true, Hint: "Penicillin"},
		allergyType, allergyCategory,
		{Name: "reaction", Label: "What happened", Type: Text, Hint: "a rash"},
		allergySeverity,
		yesNo("still", "Do you still have it?"),
		{Name: "since", Label: "Since", Type: Date, Past: true},
		{Name: "until", Label: "Until", Type: Date, Past: true},
		remark(),
	},
	make: func(v values) record.Resource {
		a := &record.AllergyIntolerance{
			ClinicalStatus: "active", Type: v.chosen("type"), Code: v.words("substance"), Onset: record.At(v.date("since")), Abatement: record.At(v.date("until")),
			RecordedDate: v.today(), Note: v.notes(),
		}
		if v.text["still"] == "no" {
			a.ClinicalStatus = "resolved"
		}
		if c := v.chosen("category"); c != "" {
			a.Category = []string{c}
		}
		if v.text["reaction"] != "" || v.text["severity"] != "" {
			a.Reaction = []record.Reaction{{Manifestation: v.list("reaction"), Severity: v.chosen("severity")}}
		}
		return a
	},
	read: func(r record.Resource) map[string]string {
		a := r.(*record.AllergyIntolerance)
		reaction := first(a.Reaction)
		return map[string]string{
			"substance": a.Code.Text, "type": allergyType.chosen(a.Type), "category": allergyCategory.chosen(first(a.Category)),
			"reaction": first(reaction.Manifestation).Text, "severity": allergySeverity.chosen(reaction.Severity), "still": yes(a.ClinicalStatus == "active"),
			"since": string(a.Onset.Start), "until": string(a.Abatement.Start), "note": first(a.Note),
		}
	},
}

var noKnown = Field{Name: "of", Label: "No known allergy to", Type: Pick, Required: true, Default: "anything", Choices: []Choice{
	{"anything", "anything", "no-known-allergies"},
	{"medicines", "medicines", "no-known-medication-allergies"},
	{"foods", "foods", "no-known-food-allergies"},
	{"environment", "things around you", "no-known-environmental-allergies"},
}}

// noKnownWords are the words for its choices.
var noKnownWords = map[string]string{
	"no-known-allergies": "No known allergies", "no-known-medication-allergies": "No known medication allergies",
	"no-known-food-allergies": "No known food allergies", "no-known-environmental-allergies": "No known environmental allergies",
}

// noKnownAllergies is a statement, told apart from an empty list and from an
// allergen (CLINICAL-SAFETY hazards 4 and 5), by the codes of the International
// Patient Summary.
var noKnownAllergies = Kind{
	Name: "no-known-allergies", Title: "I have no known allergies", Record: record.KindAllergyIntolerance,
	Fields: []Field{noKnown, remark()},
	make: func(v values) record.Resource {
		code := v.chosen("of")
		return &record.AllergyIntolerance{
			ClinicalStatus: "active", RecordedDate: v.today(), Note: v.notes(),
			Code: record.Concept{Text: noKnownWords[code], Coding: []record.Coding{{System: record.AbsentUnknownSystem, Code: code, Display: noKnownWords[code]}}},
		}
	},
	read: func(r record.Resource) map[string]string {
		a := r.(*record.AllergyIntolerance)
		return map[string]string{"of": noKnown.chosen(a.Code.Code(record.AbsentUnknownSystem)), "note": first(a.Note)}
	},
}

// problem is an illness or complaint in the patient's words.
var problem = Kind{
	Name: problemForm, Title: "Problem or illness", Record: record.KindCondition,
	Fields: []Field{
		{Name: "name", Label: "Problem", Type: Text, Required: true, Hint: "Asthma"},
		yesNo("still", "Do you still have it?"),
		{Name: "since", Label: "Since", Type: Date, Past: true},
		{Name: "until", Label: "Until", Type: Date, Past: true},
		remark(),
	},
	make: func(v values) record.Resource {
		c := &record.Condition{
			ClinicalStatus: "active", Code: v.words("name"), Onset: record.At(v.date("since")), Abatement: record.At(v.date("until")),
			RecordedDate: v.today(), Note: v.notes(),
		}
		if v.text["still"] == "no" {
			c.ClinicalStatus = "resolved"
		}
		return c
	},
	read: func(r record.Resource) map[string]string {
		c := r.(*record.Condition)
		return map[string]string{
			"name": c.Code.Text, "still": yes(c.ClinicalStatus == "active"), "since": string(c.Onset.Start), "until": string(c.Abatement.Start), "note": first(c.Note),
		}
	},
}
