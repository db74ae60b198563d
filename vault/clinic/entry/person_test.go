package entry_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

func root(original record.Hash, p *record.Patient) record.Record {
	return record.Record{ID: "0000000000000001", Person: "0000000000000001", Resource: p, Provenance: []record.Provenance{{Original: original, Asserter: record.ByPatient}}}
}

// TestDescribingKeepsWhatFilesSay: the patient's description takes the place of a
// file's, whose words go on beside it.
func TestDescribingKeepsWhatFilesSay(t *testing.T) {
	p := &record.Patient{Name: []record.HumanName{{Text: "Ada Maria Beispiel"}}, BirthDate: "1980-05-17", Gender: "female"}
	for _, original := range []record.Hash{"aa", ""} {
		was := root(original, p)
		want := map[string]string{"given": "Ada Maria", "family": "Beispiel", "born": "1980-05-17", "sex": "female"}
		if got := entry.Described(was); !maps.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		c, changed, problems, err := entry.Describe(was, map[string]string{"born": "1981-05-17"}, by(1))
		if err != nil || len(problems) > 0 || !slices.Equal(changed, []string{"born"}) {
			t.Fatal(changed, problems, err)
		}
		next, former := c.Put[0], c.Put[1]
		if next.ID != was.ID || next.Person != was.ID || !next.OwnEntry() || next.Resource.(*record.Patient).BirthDate != "1981-05-17" {
			t.Errorf("got %+v", next)
		}
		if !reflect.DeepEqual(former.Resource, was.Resource) || former.Person != was.ID || former.ID == was.ID || (former.Superseded == nil) != (original != "") {
			t.Errorf("got %+v", former)
		}
		if _, _, _, err := entry.Describe(was, map[string]string{"born": "1980-05-17"}, by(1)); err != entry.ErrUnchanged {
			t.Errorf("described as before: %v", err)
		}
		if _, _, problems, _ := entry.Describe(was, map[string]string{"family": "", "given": ""}, by(1)); len(problems) != 1 || problems[0].Field != "family" {
			t.Errorf("a person without a name: %v", problems)
		}
	}
}

func TestAPersonIsNotRetracted(t *testing.T) {
	r, problems := entry.Found(map[string]string{"given": "Ada"}, by(0))
	if len(problems) > 0 || r.ID != r.Person {
		t.Fatal(problems, r)
	}
	if _, err := entry.Retract(r, "wrong", by(1)); err != entry.ErrPerson {
		t.Errorf("got %v", err)
	}
}

func TestNumbersOfAPersonKeepTheirIssuers(t *testing.T) {
	r := filled(t, entry.PersonForm, map[string]string{"family": "Beispiel", "identifiers": "12345 Example Insurance\nA-7"})
	ids := r.Source().Identifiers
	if len(ids) != 3 || ids[1] != (record.Identifier{System: "Example Insurance", Value: "12345"}) || ids[2] != (record.Identifier{Value: "A-7"}) {
		t.Errorf("got %+v", ids)
	}
	c, _, _, err := entry.Amend(r, map[string]string{"identifiers": "12345 Example Insurance"}, by(1))
	if err != nil {
		t.Fatal(err)
	}
	if ids := c.Put[0].Source().Identifiers; len(ids) != 2 || ids[0] != r.Source().Identifiers[0] {
		t.Errorf("got %+v", ids)
	}
}
