package intake

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

var receipt = record.Receipt{Sources: []record.SourceReport{
	{
		Name: "a.json", Format: "fhir", Read: 10, Filed: 5, Duplicate: 2, Administrative: 1, Kept: 1, Refused: 1, Kinds: map[string]int{"Condition": 2, "Observation": 3},
		Issues: []record.Issue{{Severity: record.Error, Place: "/entry/3", Text: "the result has no value"}, {Severity: record.Information, Text: "2 Practitioner: administrative; kept in the original, not shown"}},
	},
	{Name: "b.pdf", Format: "document", Read: 1, Filed: 1, Kinds: map[string]int{"DocumentReference": 1}},
}}

func TestReceiptInWords(t *testing.T) {
	rows := sourceRows(receipt, func(s string) string { return s })
	if len(rows) != 2 || len(rows[0].Counts) != 5 || len(rows[0].Issues) != 2 || len(rows[1].Counts) != 1 {
		t.Fatalf("got %+v", rows)
	}
	if s := rows[0].Issues[1].Text; strings.Contains(s, "Practitioner") || !strings.Contains(s, "doctors") {
		t.Errorf("a type's name is on the screen: %q", s)
	}
	sum := 0
	for _, s := range sections(receipt) {
		sum += s.Count
	}
	if t2 := total(receipt); !t2.Adds() || sum != t2.Filed {
		t.Errorf("the counts do not add up: %+v, sections %d", t2, sum)
	}
	if s := sentence(receipt); !strings.HasPrefix(s, "11 read = 6 new + 2 ") {
		t.Errorf("got %q", s)
	}
}

// Several people of one import are all named, in the receipt and in the list.
func TestReceiptNamesEveryone(t *testing.T) {
	ada, bea := record.ReceiptPerson{ID: "p1", Name: "Ada Test", Match: "same"}, record.ReceiptPerson{ID: "p2", Name: "Bea Test", Match: "new"}
	r := record.Receipt{Import: "i", Person: ada, People: []record.ReceiptPerson{ada, bea}}
	if lines := persons(r); len(lines) != 2 || !strings.Contains(lines[0], "Ada Test") || !strings.Contains(lines[1], "Bea Test") {
		t.Errorf("got %q", lines)
	}
	if e := historyEntry(r); !strings.HasPrefix(e.Text, "Ada Test, Bea Test") {
		t.Errorf("got %q", e.Text)
	}
	for _, who := range []record.ID{"p1", "p2"} {
		if list, others := history([]record.Receipt{r}, who); len(list) != 1 || others != 0 {
			t.Errorf("%s: %d imports, %d of others", who, len(list), others)
		}
	}
	if lines := persons(record.Receipt{Person: ada}); len(lines) != 1 {
		t.Errorf("one person: %q", lines)
	}
}

func TestAskOffersEveryPersonAndANewOne(t *testing.T) {
	people := []record.Record{{ID: "p1", Resource: &record.Patient{Name: []record.HumanName{{Text: "Ada Test"}}, BirthDate: "1961-04-12"}}}
	q := ask([]*exchange.Subject{{Name: "Bea Test", Patient: &record.Patient{BirthDate: "1999"}, Records: 3, Reasons: []string{"name differs"}}, {Records: 1}}, people)
	if len(q.Choices) != 2 || q.Choices[0].Person != "p1" || q.Choices[1].Person != exchange.NewPerson {
		t.Errorf("choices: %+v", q.Choices)
	}
	for _, want := range []string{"Bea Test, born 1999", "someone whom the files do not name"} {
		if !strings.Contains(q.Text, want) {
			t.Errorf("%q lacks %q", q.Text, want)
		}
	}
}

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		p    exchange.Progress
		want float64
	}{
		{exchange.Progress{Stage: "reading", Done: 1, Total: 4}, 0.25},
		{exchange.Progress{Stage: "reading"}, -1},
		{exchange.Progress{Stage: "comparing", Total: 9}, -1},
	} {
		if got := fraction(c.p); got != c.want || stage(c.p) == "" {
			t.Errorf("%+v: got %v, want %v", c.p, got, c.want)
		}
	}
}
