package exchange_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// twoPeople is a store with files of two persons whom no comparison takes for one.
func twoPeople(t *testing.T, rng *rand.Rand) (m *exchangetest.Memory, keep, other record.ID) {
	t.Helper()
	m = exchangetest.NewMemory()
	bringAs(t, m, exchange.NewPerson, exchangetest.Source("first", []byte(randomLabs(rng))))
	second := strings.Replace(randomLabs(rng), "Marie Sample|1958-03-14", "Mary Else|1958-03-14", 1)
	bringAs(t, m, exchange.NewPerson, exchangetest.Source("second", []byte(second)))
	people, err := m.People(t.Context())
	if err != nil || len(people) != 2 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	return m, people[0].ID, people[1].ID
}

func bringAs(t *testing.T, m *exchangetest.Memory, choice exchange.PersonChoice, files ...exchange.Source) {
	t.Helper()
	b, err := exchange.Import(t.Context(), m, []exchange.Format{labs}, files, exchange.Options{Person: choice})
	if err != nil {
		t.Fatal(err)
	}
	commit(t, b)
}

func join(t *testing.T, m *exchangetest.Memory, keep, other record.ID) *exchange.Reunion {
	t.Helper()
	u, err := exchange.PlanJoin(t.Context(), m, keep, other)
	if err != nil {
		t.Fatal(err)
	}
	if err := u.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return u
}

func part(t *testing.T, m *exchangetest.Memory, keep, other record.ID) {
	t.Helper()
	u, err := exchange.PlanPart(t.Context(), m, keep, other)
	if err != nil {
		t.Fatal(err)
	}
	if err := u.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestHazard32JoinedPeopleAreParted: joined and parted at once, a store holds what
// it held.
func TestHazard32JoinedPeopleAreParted(t *testing.T) {
	for seed := range 100 {
		rng := rand.New(rand.NewPCG(uint64(seed), 9))
		m, keep, other := twoPeople(t, rng)
		before := m.All()
		u := join(t, m, keep, other)
		if people, _ := m.People(t.Context()); len(people) != 1 || people[0].ID != keep || u.Likeness == exchange.Same {
			t.Fatalf("seed %d: %d people, %s", seed, len(people), u.Likeness.Words())
		}
		if got := exchange.Joined(keep, m.All()); !slices.Equal(got, []record.ID{other}) {
			t.Fatalf("seed %d: joined %v", seed, got)
		}
		part(t, m, keep, other)
		if after := m.All(); !equalRecords(before, after) {
			t.Fatalf("seed %d: parting does not leave what was there", seed)
		}
	}
}

func equalRecords(a, b []record.Record) bool {
	by := map[record.ID]record.Record{}
	for _, r := range a {
		by[r.ID] = r
	}
	for _, r := range b {
		was := by[r.ID]
		if was.Person != r.Person || !reflect.DeepEqual(was.Resource, r.Resource) || fmt.Sprint(was.Provenance) != fmt.Sprint(r.Provenance) {
			return false
		}
	}
	return len(a) == len(b)
}

// TestHazard32PartingLosesNoStatement: what came in between, and met what was
// there, leaves every statement with the person under whom it was filed.
func TestHazard32PartingLosesNoStatement(t *testing.T) {
	for seed := range 200 {
		rng := rand.New(rand.NewPCG(uint64(seed), 10))
		m, keep, other := twoPeople(t, rng)
		theirs := statements(m, other)
		join(t, m, keep, other)
		for n := range 1 + rng.IntN(3) {
			bringAs(t, m, exchange.PersonChoice(keep), exchangetest.Source(fmt.Sprint("later ", n), []byte(randomLabs(rng)+fmt.Sprint("\n", n))))
		}
		all := statements(m, keep)
		part(t, m, keep, other)
		if got := statements(m, other); !slices.Equal(got, theirs) {
			t.Fatalf("seed %d: of the other\n%s", seed, difference(theirs, got))
		}
		both := append(statements(m, keep), statements(m, other)...)
		slices.Sort(both)
		if !slices.Equal(both, all) {
			t.Fatalf("seed %d: of both\n%s", seed, difference(all, both))
		}
		people, _ := m.People(t.Context())
		if len(people) != 2 || len(exchange.Joined(keep, m.All())) != 0 {
			t.Fatalf("seed %d: %d people", seed, len(people))
		}
	}
}

// statements are all that files say of a person: where, and in which words.
func statements(m *exchangetest.Memory, person record.ID) []string {
	var out []string
	for _, r := range m.All() {
		for _, s := range r.Testimonies() {
			if r.Person == person {
				out = append(out, fmt.Sprintf("%s %.8s %s %x", r.Resource.Kind(), s.Provenance.Original, s.Provenance.Place, s.Content()))
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestUndoAfterPeopleWereJoined takes back what one of them brought.
func TestUndoAfterPeopleWereJoined(t *testing.T) {
	m, keep, other := twoPeople(t, rand.New(rand.NewPCG(1, 11)))
	first := statements(m, keep)
	join(t, m, keep, other)
	if _, err := exchange.Undo(t.Context(), m, m.Receipts[1].Import); err != nil {
		t.Fatal(err)
	}
	if got := statements(m, keep); !slices.Equal(got, first) {
		t.Errorf("left\n%s", difference(first, got))
	}
	if _, err := exchange.PlanPart(t.Context(), m, keep, other); !errors.Is(err, exchange.ErrNotJoined) {
		t.Errorf("nobody is left to part, got %v", err)
	}
}

func TestWhoCannotBeJoined(t *testing.T) {
	m, keep, other := twoPeople(t, rand.New(rand.NewPCG(2, 12)))
	for _, ids := range [][2]record.ID{{keep, keep}, {keep, "nobody0000000000"}, {"nobody0000000000", other}} {
		if _, err := exchange.PlanJoin(t.Context(), m, ids[0], ids[1]); !errors.Is(err, exchange.ErrPeople) {
			t.Errorf("%v: %v", ids, err)
		}
	}
	if _, err := exchange.PlanPart(t.Context(), m, keep, other); !errors.Is(err, exchange.ErrNotJoined) {
		t.Errorf("parted who never were one: %v", err)
	}
}

// TestOwnEntriesOutliveEveryFile: whatever is brought in and taken back, what the
// patient entered stays as it is.
func TestOwnEntriesOutliveEveryFile(t *testing.T) {
	m := exchangetest.NewMemory()
	at := entry.By{Now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	who, problems := entry.Found(map[string]string{"given": "Marie", "family": "Sample", "born": "1958-03-14", "sex": "female"}, at)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	k, _ := entry.Lookup("glucose")
	reading, problems := entry.Make(k, who.ID, map[string]string{"value": "4.4 mmol/L", "time": "2024-04-30T10:30"}, at)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if err := m.Commit(t.Context(), record.Change{Put: []record.Record{who, reading}}); err != nil {
		t.Fatal(err)
	}
	change, _, _, err := entry.Amend(reading, map[string]string{"value": "4.5 mmol/L", "time": "2024-04-29T10:30"}, at)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Commit(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	own := m.All()
	rng := rand.New(rand.NewPCG(5, 13))
	for n := range 30 {
		bringAs(t, m, "", exchangetest.Source(fmt.Sprint("file ", n), []byte(randomLabs(rng)+fmt.Sprint("\n", n))))
	}
	for len(m.Receipts) > 0 {
		if _, err := exchange.Undo(t.Context(), m, m.Receipts[rng.IntN(len(m.Receipts))].Import); err != nil {
			t.Fatal(err)
		}
		for _, r := range own {
			now, err := m.Get(t.Context(), r.ID)
			if err != nil || !reflect.DeepEqual(now.Resource, r.Resource) || !reflect.DeepEqual(now.Entered, r.Entered) || !reflect.DeepEqual(now.Superseded, r.Superseded) {
				t.Fatalf("with %d imports left an own entry is %+v, %v", len(m.Receipts), now, err)
			}
		}
	}
	if !equalRecords(own, m.All()) {
		t.Error("something of the files is left")
	}
}

// TestUndoLeavesNoPairOfOne: what was said of two records goes with either of them.
func TestUndoLeavesNoPairOfOne(t *testing.T) {
	for _, what := range []func(a, b record.Record, now time.Time) (record.Change, error){entry.Join, entry.Part} {
		m := exchangetest.NewMemory()
		line := func(value string) string {
			return "#labs\npatient|Marie Sample|1958-03-14|female|\nresult|final||Lab||http://loinc.org#1|2024-04-30|" + value + "|mmol/L|"
		}
		bringAs(t, m, exchange.NewPerson, exchangetest.Source("first", []byte(line("4.4"))))
		bringAs(t, m, "", exchangetest.Source("second", []byte(line("4.8"))))
		var results []record.Record
		for _, r := range m.All() {
			if r.Resource.Kind() == record.KindObservation {
				results = append(results, r)
			}
		}
		if len(results) != 2 {
			t.Fatalf("%d results", len(results))
		}
		c, err := what(results[0], results[1], time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Undo(t.Context(), m, m.Receipts[1].Import); err != nil {
			t.Fatal(err)
		}
		for _, r := range m.All() {
			if r.Overlay.Says() != nil {
				t.Errorf("what is left says %v", r.Overlay.Says())
			}
			if r.Overlay != nil && len(r.Overlay.Remarks) != 1 {
				t.Errorf("what was said is not in its history: %+v", r.Overlay)
			}
		}
	}
}
