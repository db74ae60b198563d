package sheet

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The shapes of what the patient asks, and of whom to call.
var (
	questionShape = shape{
		columns: []Column{{"Question", 5}, {"For", 2}, {"Answer", 3}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Entry|Status|For|Date|Answer|", l.Title, orNotGiven(joined(of(l, "For"), l.When.Human())), or(of(l, "Answer"), "not answered yet"))
		},
		current: "Open", past: "Answered",
	}
	contactShape = shape{
		columns: []Column{{"Name", 3}, {"Telephone", 3}, {"Who it is", 2}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Entry|Status|Telephone|Relationship|", l.Title, orNotGiven(of(l, "Telephone")), orNotGiven(of(l, "Relationship")))
		},
	}
)

func of(l clinic.Line, label string) string {
	if o, ok := l.Resource.(*record.Other); ok {
		return o.Of(label)
	}
	return ""
}

// contacts are whom to call, for the head of the front page.
func contacts(g clinic.Group) []record.Row {
	var rows []record.Row
	for _, l := range g.Current {
		words := []string{l.Title}
		if r := of(l, "Relationship"); r != "" {
			words[0] += " (" + r + ")"
		}
		words = append(words, of(l, "Telephone"), record.ByPatient.Words())
		rows = append(rows, record.Row{Label: "Emergency contact", Value: record.Visible(strings.Join(words, ", "))})
	}
	return rows
}
