package entry

import (
	"html"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// patientNote is LOINC's code for a note that the patient wrote.
var patientNote = record.Concept{Coding: []record.Coding{{System: record.LOINC, Code: "51855-5"}}}

// note is a text of the patient's.
var note = Kind{
	Name: "note", Title: "Note", Record: record.KindDocumentReference,
	Fields: []Field{
		{Name: "title", Label: "Title", Type: Text, Required: true},
		{Name: "text", Label: "Text", Type: LongText, Required: true},
		{Name: "date", Label: "About the day", Type: Date},
	},
	make: func(v values) record.Resource {
		var w record.NarrativeWriter
		for _, l := range strings.Split(v.text["text"], "\n") {
			w.Open("p", "", "")
			w.Text(l)
			w.Close("p")
		}
		d := &record.DocumentReference{Status: "current", Type: patientNote, Title: v.text["title"], Date: v.date("date"), Text: w.Narrative()}
		if d.Date == "" {
			d.Date = v.today()
		}
		return d
	},
	read: func(r record.Resource) map[string]string {
		d := r.(*record.DocumentReference)
		return map[string]string{"title": d.Title, "text": paragraphs(d.Text), "date": string(d.Date)}
	},
}

// paragraphs are the lines of a narrative that the form made, each as it was
// written: its plain text would lose marks that look like those of a table.
func paragraphs(n record.Narrative) string {
	var lines []string
	for p := range strings.SplitSeq(strings.TrimSuffix(string(n), "</p>"), "</p>") {
		lines = append(lines, html.UnescapeString(strings.TrimPrefix(p, "<p>")))
	}
	return strings.Join(lines, "\n")
}

var answered = Field{Name: "answered", Label: "Was it answered?", Type: Pick, Required: true, Default: "no", Choices: []Choice{{"no", "not yet", "active"}, {"yes", "yes", "inactive"}}}

// question is what the patient wants to ask at a visit.
var question = Kind{
	Name: "question", Title: "Question for the visit", Record: record.KindOther,
	Fields: []Field{
		{Name: "question", Label: "Question", Type: Text, Required: true},
		{Name: "for", Label: "For whom", Type: Text, Hint: "the doctor, or the visit"},
		{Name: "date", Label: "For the visit on", Type: Date},
		answered,
		{Name: "answer", Label: "Answer", Type: LongText},
	},
	make: func(v values) record.Resource {
		return &record.Other{
			Code: ofOurs("Question for the visit", record.QuestionCode), Title: v.text["question"], Status: v.chosen("answered"), When: record.At(v.date("date")),
			Row: v.rows([2]string{"for", "For"}, [2]string{"answer", "Answer"}),
		}
	},
	read: func(r record.Resource) map[string]string {
		o := r.(*record.Other)
		return map[string]string{"question": o.Title, "for": o.Of("For"), "date": string(o.When.Start), "answered": answered.chosen(o.Status), "answer": o.Of("Answer")}
	},
}

// contact is whom to call.
var contact = Kind{
	Name: "contact", Title: "Emergency contact", Record: record.KindOther,
	Fields: []Field{
		{Name: "name", Label: "Name", Type: Text, Required: true},
		{Name: "phone", Label: "Telephone", Type: Text, Required: true},
		{Name: "relation", Label: "Who it is to you", Type: Text, Hint: "sister"},
		{Name: "email", Label: "E-mail", Type: Text},
		{Name: "address", Label: "Address", Type: LongText},
		remark(),
	},
	make: func(v values) record.Resource {
		return &record.Other{
			Code: ofOurs("Emergency contact", record.ContactCode), Title: v.text["name"], Status: "active",
			Row: v.rows([2]string{"phone", "Telephone"}, [2]string{"relation", "Relationship"}, [2]string{"email", "E-mail"}, [2]string{"address", "Address"}, [2]string{"note", "Note"}),
		}
	},
	read: func(r record.Resource) map[string]string {
		o := r.(*record.Other)
		return map[string]string{
			"name": o.Title, "phone": o.Of("Telephone"), "relation": o.Of("Relationship"), "email": o.Of("E-mail"), "address": o.Of("Address"), "note": o.Of("Note"),
		}
	},
}

// rows are fields as labelled lines.
func (v values) rows(fields ...[2]string) []record.Row {
	var rows []record.Row
	for _, f := range fields {
		if s := v.text[f[0]]; s != "" {
			rows = append(rows, record.Row{Label: f[1], Value: s})
		}
	}
	return rows
}

// ofOurs is what an entry is that no standard has a code for.
func ofOurs(words, code string) record.Concept {
	return record.Concept{Text: words, Coding: []record.Coding{{System: record.EntrySystem, Code: code, Display: words}}}
}
