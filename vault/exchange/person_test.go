package exchange_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func called(given, family string) record.HumanName {
	return record.HumanName{Given: strings.Fields(given), Family: family}
}

func patient(born record.Date, names ...record.HumanName) *record.Patient {
	return &record.Patient{Name: names, BirthDate: born, Gender: "female"}
}

func TestHazard32Compare(t *testing.T) {
	const born = "1958-03-14"
	maiden := called("Marie", "Miller")
	maiden.Use = "old"
	id := []record.Identifier{{System: "urn:oid:1.2.3", Value: "77"}}
	for _, c := range []struct {
		name   string
		a, b   *record.Patient
		ia, ib []record.Identifier
		want   exchange.Likeness
	}{
		{name: "same", a: patient(born, called("Marie", "Sample")), b: patient(born, called("MARIE", "sample")), want: exchange.Same},
		{name: "full-width letters and no marks", a: patient(born, called("Ｍａｒｉｅ", "Sämple")), b: patient(born, called("Marie", "Sample")), want: exchange.Same},
		{name: "a former name", a: patient(born, maiden), b: patient(born, called("Marie", "Sample"), maiden), want: exchange.Same},
		{name: "a Cyrillic letter that looks alike", a: patient(born, called("Mаrie", "Sample")), b: patient(born, called("Marie", "Sample")), want: exchange.Unsure},
		{name: "Greek letters, and the identifier agrees", a: patient(born, called("Mαriε", "Sample")), b: patient(born, called("Marie", "Sample")), ia: id, ib: id, want: exchange.Unsure},
		{name: "a digit for a letter", a: patient(born, called("Mar1e", "Sample")), b: patient(born, called("Marie", "Sample")), want: exchange.Unsure},
		{name: "twins", a: patient(born, called("Martha", "Sample")), b: patient(born, called("Marie", "Sample")), want: exchange.Unsure},
		{name: "twins with one first name", a: patient(born, called("Anna Maria", "Sample")), b: patient(born, called("Anna Lena", "Sample")), want: exchange.Unsure},
		{name: "a further name on one side alone", a: patient(born, called("Anna Maria", "Sample")), b: patient(born, called("Anna", "Sample")), want: exchange.Same},
		{name: "a further name as an initial", a: patient(born, called("Anna Maria", "Sample")), b: patient(born, called("Anna M.", "Sample")), want: exchange.Same},
		{name: "no birth date", a: patient("", called("Marie", "Sample")), b: patient(born, called("Marie", "Sample")), want: exchange.Unsure},
		{name: "no birth date, but the hospital's number", a: patient("", called("Marie", "Sample")), b: patient(born, called("Marie", "Sample")), ia: []record.Identifier{{System: "1.2.3", Value: "77"}}, ib: id, want: exchange.Same},
		{name: "the same number of another hospital", a: patient("", called("Marie", "Sample")), b: patient(born, called("Marie", "Sample")), ia: []record.Identifier{{System: "urn:oid:9.9", Value: "77"}}, ib: id, want: exchange.Unsure},
		{name: "a number without a hospital", a: patient("", called("Marie", "Sample")), b: patient(born, called("Marie", "Sample")), ia: []record.Identifier{{Value: "77"}}, ib: []record.Identifier{{Value: "77"}}, want: exchange.Unsure},
		{name: "another birth date and number agrees", a: patient("1985-03-14", called("Marie", "Sample")), b: patient(born, called("Marie", "Sample")), ia: id, ib: id, want: exchange.Unsure},
		{name: "another name and birth date", a: patient("1985-03-14", called("Joe", "Other")), b: patient(born, called("Marie", "Sample")), want: exchange.Different},
	} {
		got, reasons := exchange.Compare(c.a, c.b, c.ia, c.ib)
		back, _ := exchange.Compare(c.b, c.a, c.ib, c.ia)
		if got != c.want || back != c.want {
			t.Errorf("%s: got %q and %q, want %q (%v)", c.name, got.Words(), back.Words(), c.want.Words(), reasons)
		}
		for _, r := range reasons {
			if strings.Contains(r, "Sample") || strings.Contains(r, "1958") {
				t.Errorf("%s: the reasons tell what the file says: %q", c.name, r)
			}
		}
	}
}

// made is a format whose files are the records given by the file's name.
func made(files map[string][]record.Record, index *exchange.Index) exchange.Format {
	return exchange.Format{
		Name: "made", Title: "Made", Identify: func(h exchange.Head) exchange.Match {
			if strings.HasPrefix(string(h.Bytes), "#made") {
				return exchange.Yes
			}
			return exchange.No
		},
		Index: func(context.Context, exchange.Tree) (*exchange.Index, error) { return index, nil },
		Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
			name := src.Name[strings.LastIndexByte(src.Name, '/')+1:]
			for n, r := range files[name] {
				r.Provenance = []record.Provenance{{Place: string(rune('a' + n)), Local: []string{r.Resource.Summary().Title}}}
				sink.Add(r)
			}
			return nil
		},
	}
}

func problem(name string, person record.ID) record.Record {
	return record.Record{Person: person, Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: name}}}
}

func bringMade(t *testing.T, m *exchangetest.Memory, choice exchange.PersonChoice, f exchange.Format, sources ...exchange.Source) *exchange.Batch {
	t.Helper()
	b, err := exchange.Import(t.Context(), m, []exchange.Format{f}, sources, exchange.Options{Person: choice})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func madeFile(name string) exchange.Source {
	return exchangetest.Source(name, []byte("#made "+name))
}

func TestHazard33ReplacedPatientIsAskedAbout(t *testing.T) {
	link := func(old *record.Patient, to string) *record.Patient {
		old.ReplacedBy = []record.Reference{{Local: to}}
		return old
	}
	const born = "1958-03-14"
	for _, c := range []struct {
		name string
		file []record.Record
		held bool
	}{
		{"followed in the file", []record.Record{{Resource: link(patient("", called("Marie", "Sample")), "Marie A Sample")}, {Resource: patient(born, record.HumanName{Text: "Marie A Sample", Given: []string{"Marie"}, Family: "Sample"})}, problem("x", "Marie A Sample"), problem("y", "Marie Sample")}, false},
		{"by somebody else", []record.Record{{Resource: link(patient(born, called("Marie", "Sample")), "Joe Other")}, {Resource: patient("1980-01-01", called("Joe", "Other"))}}, true},
		{"by somebody who is not there", []record.Record{{Resource: link(patient(born, called("Marie", "Sample")), "Patient/9")}}, true},
	} {
		b := bringMade(t, exchangetest.NewMemory(), "", made(map[string][]record.Record{"a": c.file}, nil), madeFile("a"))
		if b.Held() != c.held {
			t.Errorf("%s: held %v, want %v; %d patients", c.name, b.Held(), c.held, len(b.Subjects))
		}
	}
}

// A disc with the files of several people is held, says whom it speaks of, and
// each one's are filed where they belong once the user said so.
func TestHazard32SeveralPeopleInSeveralFiles(t *testing.T) {
	const born = "1958-03-14"
	f := made(map[string][]record.Record{
		"a": {{Resource: patient(born, called("Marie", "Sample"))}, problem("one", "")},
		"b": {{Resource: patient("1980-01-01", called("Joe", "Other"))}, problem("two", "")},
		"c": {{Resource: patient(born, called("MARIE", "SAMPLE"))}, problem("three", "")},
	}, nil)
	m := exchangetest.NewMemory()
	b := bringMade(t, m, "", f, madeFile("a"), madeFile("b"), madeFile("c"))
	if !b.Held() || len(b.Subjects) != 2 {
		t.Fatalf("held %v, %d people", b.Held(), len(b.Subjects))
	}
	if err := b.Assign(t.Context(), exchange.NewPerson); err != nil {
		t.Fatal(err)
	}
	commit(t, b)
	people, _ := m.People(t.Context())
	if len(people) != 2 {
		t.Fatalf("%d people", len(people))
	}
	named := map[record.ID]bool{}
	for _, p := range m.Receipts[0].People {
		named[p.ID] = p.Name != "" && p.Match == "new"
	}
	if r := m.Receipts[0]; len(named) != 2 || !named[people[0].ID] || !named[people[1].ID] || r.Person != r.People[0] {
		t.Errorf("the receipt names %+v", r.People)
	}
	joe := people[0]
	if joe.Summary().Title != "Joe Other" {
		joe = people[1]
	}
	for _, r := range m.All() {
		if p := r.Resource.Kind(); p == record.KindCondition && (r.Summary().Title == "two") != (r.Person == joe.ID) {
			t.Errorf("problem %s is filed under the wrong person", r.Summary().Title)
		}
	}
	// A person who is in the vault twice is nobody for sure.
	twice := exchangetest.NewMemory()
	for _, id := range []record.ID{record.NewID(), record.NewID()} {
		if err := twice.Commit(t.Context(), record.Change{Put: []record.Record{{ID: id, Person: id, Resource: patient(born, called("Marie", "Sample"))}}}); err != nil {
			t.Fatal(err)
		}
	}
	if b := bringMade(t, twice, "", f, madeFile("a")); !b.Held() {
		t.Error("somebody who is two people of the vault is filed under one of them")
	}
}

// Two patients share a number that was nobody's own, and a file gives it without
// a name: it fits both, and joins nobody to the other, in one batch or in three.
func TestHazard32SharedNumberJoinsNobody(t *testing.T) {
	const born = "1958-03-14"
	number := []record.Identifier{{System: "urn:oid:1.2.3", Value: "1"}}
	people := map[string]*record.Patient{"a": patient(born, called("Marie", "Sample")), "b": {}, "c": patient(born, called("Myra", "Sample"))}
	f := made(nil, nil)
	f.Import = func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		sink.Add(record.Record{Resource: people[src.Name], Provenance: []record.Provenance{{Place: "patient", Identifiers: number}}})
		return nil
	}
	names := func(m *exchangetest.Memory) map[record.ID]string {
		found := map[record.ID]string{}
		for _, r := range m.All() {
			found[r.Person] += r.Summary().Title + ";"
		}
		return found
	}
	for _, order := range [][]string{{"a", "b", "c"}, {"b", "a", "c"}, {"c", "b", "a"}, {"b", "c", "a"}, {"a", "c", "b"}} {
		single, whole, all := exchangetest.NewMemory(), exchangetest.NewMemory(), []exchange.Source{}
		for _, name := range order {
			commit(t, bringMade(t, single, exchange.NewPerson, f, madeFile(name)))
			all = append(all, madeFile(name))
		}
		commit(t, bringMade(t, whole, exchange.NewPerson, f, all...))
		for _, m := range []*exchangetest.Memory{single, whole} {
			for _, n := range names(m) {
				if strings.Contains(n, "Marie") && strings.Contains(n, "Myra") {
					t.Errorf("%v: two people are one: %s", order, n)
				}
			}
		}
	}
}

// A wrong choice of the user never renames a person, and is no ground for the
// next file.
func TestHazard32ChoosingDoesNotTeach(t *testing.T) {
	const born = "1958-03-14"
	joe := patient("1980-01-01", called("Joe", "Other"))
	joe.MaritalStatus, joe.Address = record.Concept{Text: "married"}, []record.Address{{City: "Springfield"}}
	f := made(map[string][]record.Record{
		"a": {{Resource: patient(born, called("Marie", "Sample"))}},
		"b": {{Resource: joe}, problem("two", "")},
		"c": {{Resource: patient("1980-01-01", called("Joe", "Other"))}, problem("three", "")},
	}, nil)
	m := exchangetest.NewMemory()
	id := commit(t, bringMade(t, m, "", f, madeFile("a"))).Person.ID
	commit(t, bringMade(t, m, exchange.PersonChoice(id), f, madeFile("b")))
	people, _ := m.People(t.Context())
	if got := people[0].Summary().Title; got != "Marie Sample" {
		t.Errorf("the person is now called %q", got)
	}
	if b := bringMade(t, m, "", f, madeFile("c")); !b.Held() {
		t.Error("another person's next file is filed without asking")
	}
}

// What the index of a tree says decides for a file that names nobody, and is held
// against one that names somebody.
func TestHazard32IndexNamesThePatient(t *testing.T) {
	const born = "1958-03-14"
	files := map[string][]record.Record{
		"a": {{Resource: patient(born, called("Marie", "Sample"))}, problem("one", "")},
		"b": {problem("two", "")},
	}
	index := func(a, b *record.Patient) *exchange.Index {
		return &exchange.Index{Members: map[string]exchange.Member{"a": {Patient: a}, "b": {Patient: b}}}
	}
	marie, joe := patient(born, called("Marie", "Sample")), patient("1980-01-01", called("Joe", "Other"))
	for _, c := range []struct {
		name   string
		index  *exchange.Index
		held   bool
		people int
	}{
		{"the same", index(marie, marie), false, 1},
		{"for another file somebody else", index(marie, joe), true, 2},
		{"for a file that names somebody, somebody else", index(joe, marie), true, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, dir+"/a", "#made a")
			writeFile(t, dir+"/b", "#made b")
			sources, err := exchange.Paths(dir)
			if err != nil {
				t.Fatal(err)
			}
			b := bringMade(t, exchangetest.NewMemory(), "", made(files, c.index), sources...)
			if b.Held() != c.held || len(b.Subjects) != c.people {
				t.Errorf("held %v, %d people, want %v, %d", b.Held(), len(b.Subjects), c.held, c.people)
			}
		})
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
