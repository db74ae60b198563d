package exchange_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func person(name, born string) *record.Patient {
	given, family, _ := strings.Cut(name, " ")
	return &record.Patient{Name: []record.HumanName{{Given: []string{given}, Family: family}}, BirthDate: record.Date(born)}
}

// portal indexes each file by a table and reads the files that start with
// "Patient", which describe one.
func portal(members map[string]exchange.Member) []exchange.Format {
	return []exchange.Format{{
		Name: "portal", Title: "Portal",
		Index: func(_ context.Context, t exchange.Tree) (*exchange.Index, error) {
			return &exchange.Index{Members: members}, nil
		},
		Identify: func(h exchange.Head) exchange.Match {
			if strings.HasPrefix(string(h.Bytes), "Patient ") {
				return exchange.Yes
			}
			return exchange.No
		},
		Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
			f, err := src.Open()
			if err != nil {
				return err
			}
			defer f.Close()
			b, err := io.ReadAll(f)
			if err != nil {
				return err
			}
			sink.Add(record.Record{Resource: person(strings.TrimSpace(strings.TrimPrefix(string(b), "Patient ")), "1961-04-03"), Provenance: []record.Provenance{{Place: "patient"}}})
			sink.Add(record.Record{Resource: &record.Condition{Code: record.Concept{Text: "Cough"}}, Provenance: []record.Provenance{{Place: "cough"}}})
			return nil
		},
	}}
}

// What an index says of a file that names nobody decides whose it is; a file's
// own word counts more, and a list that contradicts one file decides for none
// (CLINICAL-SAFETY hazard 32).
func TestHazard32WhomAnIndexNames(t *testing.T) {
	ada, bob := person("Ada Testperson", "1961-04-03"), person("Bob Other", "1970-01-01")
	const own = "Patient Ada Testperson"
	for _, tt := range []struct {
		name    string
		files   map[string]string
		members map[string]exchange.Member
		people  int  // patients the files speak of
		held    bool // into a vault that has Ada
		told    bool
	}{
		{"a PDF of hers", map[string]string{"a.pdf": "%PDF-1.4"}, map[string]exchange.Member{"a.pdf": {Patient: ada}}, 1, false, false},
		{"a PDF of another person", map[string]string{"a.pdf": "%PDF-1.4"}, map[string]exchange.Member{"a.pdf": {Patient: bob}}, 1, true, false},
		{"a PDF of nobody", map[string]string{"a.pdf": "%PDF-1.4"}, map[string]exchange.Member{"a.pdf": {Title: "A"}}, 1, false, false},
		{"both of hers", map[string]string{"a.pdf": "%PDF-1.4", "b.txt": own}, map[string]exchange.Member{"a.pdf": {Patient: ada}, "b.txt": {Patient: ada}}, 1, false, false},
		{"a PDF of his beside her file", map[string]string{"a.pdf": "%PDF-1.4", "b.txt": own}, map[string]exchange.Member{"a.pdf": {Patient: bob}, "b.txt": {Patient: ada}}, 2, true, false},
		{"a list of another download", map[string]string{"a.pdf": "%PDF-1.4", "b.txt": own}, map[string]exchange.Member{"a.pdf": {Patient: bob}, "b.txt": {Patient: bob}}, 2, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := exchangetest.NewMemory()
			exchangetest.Import(t, m, portal(nil)[0], "ada.txt", []byte(own+" "))
			b, err := exchange.Import(t.Context(), m, portal(tt.members), []exchange.Source{exchangetest.Source("made.zip", exchangetest.Zip(t, tt.files))}, exchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Subjects) != tt.people || b.Held() != tt.held {
				t.Errorf("got %d people, held %v; want %d, %v", len(b.Subjects), b.Held(), tt.people, tt.held)
			}
			told := false
			for _, s := range b.Receipt.Sources {
				for _, i := range s.Issues {
					told = told || strings.Contains(i.Text, "about another person than the file itself")
				}
			}
			if told != tt.told {
				t.Errorf("told %v, want %v", told, tt.told)
			}
		})
	}
}

// A person whom only an index names is made with that name.
func TestPersonOfAnIndex(t *testing.T) {
	m := exchangetest.NewMemory()
	b, err := exchange.Import(t.Context(), m, portal(map[string]exchange.Member{"a.pdf": {Patient: person("Ada Testperson", "1961-04-03")}}), []exchange.Source{exchangetest.Source("made.zip", exchangetest.Zip(t, map[string]string{"a.pdf": "%PDF-1.4"}))}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	people, err := m.People(t.Context())
	if err != nil || len(people) != 1 || people[0].Resource.(*record.Patient).DisplayName() != "Ada Testperson" {
		t.Errorf("got %v, %v", people, err)
	}
}
