package intake

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestNamesakesAreTwoChoices: the answer is found by its words.
func TestNamesakesAreTwoChoices(t *testing.T) {
	person := func(id record.ID) record.Record {
		return record.Record{ID: id, Person: id, Resource: &record.Patient{Name: []record.HumanName{{Text: "Isabella Jones"}}, BirthDate: "1947-05-01"}}
	}
	q := ask(nil, []record.Record{person("a"), person("b")})
	if len(q.Choices) != 3 || q.Choices[0].Words == q.Choices[1].Words || q.Choices[1].Person != "b" {
		t.Errorf("got %+v", q.Choices)
	}
}
