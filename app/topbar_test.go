package app

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestPeopleOfOneNameAreToldApart(t *testing.T) {
	person := func(name string, born record.Date) record.Record {
		return record.Record{Resource: &record.Patient{Name: []record.HumanName{{Text: name}}, BirthDate: born}}
	}
	got := personNames([]record.Record{person("Isabella Jones", "1947-05-01"), person("Isabella Jones", "2005-05-01"), person("Joe", "1980"), person("", ""), person("", "")})
	seen := map[string]bool{}
	for _, name := range got {
		if seen[name] {
			t.Errorf("two people are called %q", name)
		}
		seen[name] = true
	}
	if got[0] != "Isabella Jones, 1 May 1947" || got[2] != "Joe" {
		t.Errorf("got %q", got)
	}
}
