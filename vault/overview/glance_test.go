package overview_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func text(t testing.TB, p overview.Page, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// agree holds the page that is kept against the one made of all records.
func agree(t testing.TB, v *vault.Vault, person record.ID) {
	t.Helper()
	p, err := overview.Scratch(t.Context(), v, person)
	want := text(t, p, err)
	if p, err = overview.Glance(t.Context(), v, person); err != nil {
		t.Fatal(err)
	}
	if p.Noticed == nil {
		all := p
		full, err := overview.Scratch(t.Context(), v, person)
		if err != nil {
			t.Fatal(err)
		}
		all.Noticed = full.Noticed
		if p.Later {
			all.Results = full.Results
		}
		if got := text(t, all, nil); got != want {
			t.Fatalf("at first: got %s\nwant %s", got, want)
		}
	}
	for _, ask := range []string{"noticed", "kept"} {
		if ask == "noticed" {
			p, err = overview.Notice(t.Context(), v, person)
		} else {
			p, err = overview.Glance(t.Context(), v, person)
		}
		if got := text(t, p, err); got != want {
			t.Fatalf("%s: got %s\nwant %s", ask, got, want)
		}
	}
	if got := overview.Believed(t.Context(), v, person); len(got) != 5 {
		t.Fatalf("kept: %v", got)
	}
}

const other record.ID = "bbbbbbbbbbbbbbbb"

// made gives a made-up record of one of the kinds that the page is about.
func made(rnd *rand.Rand, n int) record.Record {
	date := record.Date([]string{"", "2019", "2024-03", fmt.Sprintf("2024-%02d-%02d", 1+rnd.IntN(12), 1+rnd.IntN(28)), fmt.Sprintf("2025-01-%02dT%02d:30:00%+03d:00", 1+rnd.IntN(28), rnd.IntN(24), rnd.IntN(20)-10)}[rnd.IntN(5)])
	one := func(words ...string) string { return words[rnd.IntN(len(words))] }
	name := record.Concept{Text: one("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa")}
	r := record.Record{ID: record.ID(fmt.Sprintf("c%015d", n)), Person: vaulttest.Person, Provenance: []record.Provenance{{
		Import: record.ID(one("dddddddddddddddd", "eeeeeeeeeeeeeeee")), Original: record.Hash(strings.Repeat(one("1", "2", "3"), 64)), Received: vaulttest.Now,
		Asserter: record.Asserter(one(string(record.ByOrganisation), string(record.ByPatient))), Identifiers: []record.Identifier{{System: "urn:made-up", Value: fmt.Sprint(rnd.IntN(30))}},
	}}}
	switch rnd.IntN(9) {
	case 0:
		r.Resource = &record.AllergyIntolerance{ClinicalStatus: one("active", "active", "resolved", ""), VerificationStatus: one("", "refuted", "entered-in-error"), Code: record.Concept{Text: one("Peanut", "Latex", "No known allergies", "No known drug allergies")}, RecordedDate: date}
	case 1, 2:
		r.Resource = &record.MedicationStatement{Origin: record.Request, Status: one("active", "active", "stopped", "unknown", "completed"), Medication: name, Effective: record.At(date), Dosage: []record.Dosage{{Text: one("one a day", "two a day")}}}
	case 3:
		r.Resource = &record.Condition{ClinicalStatus: one("active", "resolved", ""), Code: name, Onset: record.At(date)}
	case 4:
		r.Resource = &record.DocumentReference{Status: "current", Title: "Note", Date: date, Section: []record.Section{{Title: one("Allergies", "Medications", "Problems", "Plan"), Text: record.Narrative("<p>" + one("made up", "another", "none known") + "</p>"), EmptyReason: one("", "", "notasked")}}}
	case 5:
		r.Resource = &record.Encounter{Status: one("finished", "planned"), Type: []record.Concept{name}, Period: record.At(date)}
	default:
		o := &record.Observation{Status: one("final", "final", "entered-in-error", "preliminary"), Code: name, Effective: record.At(date), Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprint(rnd.IntN(9)), Unit: "mg/dL"}}}
		if rnd.IntN(3) == 0 {
			o.Category = []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: one(record.VitalSigns, record.SocialHistory)}}}}
		}
		if rnd.IntN(4) == 0 {
			o.Interpretation = []record.Concept{{Text: one("H", "N", "normal")}}
		}
		r.Resource = o
	}
	return r
}

// act changes the vault in one of the ways in which vaults change.
func act(t *testing.T, v *vault.Vault, rnd *rand.Rand, n *int) *vault.Vault {
	t.Helper()
	var all []record.Record
	for r, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Resource.Kind() != record.KindPatient {
			all = append(all, r)
		}
	}
	var c record.Change
	any := func() record.Record {
		r := all[rnd.IntN(len(all))]
		return r
	}
	what := rnd.IntN(10)
	if len(all) < 5 {
		what = 0
	}
	switch what {
	case 0, 1, 2: // brought in, or added
		for range 1 + rnd.IntN(30) {
			*n++
			c.Put = append(c.Put, made(rnd, *n))
		}
	case 3: // amended: another takes its place
		*n++
		old, next := any(), made(rnd, *n)
		old.Superseded = &record.Superseded{By: next.ID, Why: record.Amended}
		c.Put = []record.Record{old, next}
	case 4: // said of it
		r := any()
		r.Overlay = &record.Overlay{Disputed: rnd.IntN(2) == 0, Note: "made up"}
		c.Put = []record.Record{r}
	case 5: // undone: all of one import goes
		for _, r := range all {
			if len(c.Delete) < 25 && rnd.IntN(2) == 0 && r.Source().Import == "dddddddddddddddd" {
				c.Delete = append(c.Delete, r.ID)
			}
		}
	case 6: // people joined, or parted
		for range 5 {
			r := any()
			if r.Person == other {
				r.Person = vaulttest.Person
			} else {
				r.Person = other
			}
			c.Put = append(c.Put, r)
		}
	case 7:
		return vaulttest.Reopen(t, v)
	case 8: // the index is built again
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		os.RemoveAll(filepath.Join(v.Dir(), "db"))
		return open(t, v.Dir())
	case 9:
		if err := v.Compact(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if list, _ := filepath.Glob(filepath.Join(v.Dir(), "kept", "*")); len(list) > 0 {
			t.Fatal("what was kept outlives a compaction")
		}
		return v
	}
	if err := v.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return v
}

func open(t testing.TB, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

// Whatever changes a vault, the page that is kept is the one that would be made of
// all records.
func TestKeptIsWhatWouldBeMade(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 15
	}
	for seed := range uint64(3) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		v := vaulttest.New(t)
		if err := v.Commit(t.Context(), record.Change{Put: []record.Record{{ID: other, Person: other, Resource: &record.Patient{Name: []record.HumanName{{Text: "Bo Testperson"}}}}}}); err != nil {
			t.Fatal(err)
		}
		n := 0
		for range rounds {
			v = act(t, v, rnd, &n)
			if rnd.IntN(3) > 0 { // else several changes come between two looks
				agree(t, v, vaulttest.Person)
				agree(t, v, other)
			}
		}
	}
}

// A change makes again the parts that it is about, and no others; taken back before
// they were made, it changed nothing.
func TestOnlyWhatChangedIsMadeAgain(t *testing.T) {
	v := vaulttest.New(t)
	agree(t, v, vaulttest.Person)
	commit := func(c record.Change) {
		t.Helper()
		if err := v.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	commit(record.Change{Put: []record.Record{{ID: "new", Person: vaulttest.Person, Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Made-up problem"}}}}})
	if got, want := overview.Believed(t.Context(), v, vaulttest.Person), []string{"allergies", "medicines", "results"}; !slices.Equal(got, want) {
		t.Errorf("still believed: %v, want %v", got, want)
	}
	commit(record.Change{Delete: []record.ID{"new"}})
	if got := overview.Believed(t.Context(), v, vaulttest.Person); len(got) != 5 {
		t.Errorf("the same records again: %v", got)
	}
	commit(record.Change{Put: []record.Record{{ID: other, Person: other, Resource: &record.Patient{}}}})
	if got := overview.Believed(t.Context(), v, vaulttest.Person); len(got) != 5 {
		t.Errorf("another person's change: %v", got)
	}
}

func TestNothingElseIsBelieved(t *testing.T) {
	v := vaulttest.New(t)
	agree(t, v, vaulttest.Person)
	files, err := filepath.Glob(filepath.Join(v.Dir(), "kept", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	put := func(b []byte) {
		t.Helper()
		if err := os.WriteFile(files[0], b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; i < len(whole); i += 1 + len(whole)/50 {
		changed := slices.Clone(whole)
		changed[i] ^= 1
		put(changed)
		if got := overview.Believed(t.Context(), v, vaulttest.Person); len(got) > 0 {
			t.Fatalf("byte %d changed, and believed: %v", i, got)
		}
		put(whole[:i])
		if got := overview.Believed(t.Context(), v, vaulttest.Person); len(got) > 0 {
			t.Fatalf("cut at byte %d, and believed: %v", i, got)
		}
	}
	agree(t, v, vaulttest.Person)

	// Of another vault.
	w := vaulttest.New(t)
	agree(t, w, vaulttest.Person)
	foreign, _ := filepath.Glob(filepath.Join(w.Dir(), "kept", "*"))
	b, err := os.ReadFile(foreign[0])
	if err != nil {
		t.Fatal(err)
	}
	put(b)
	if got := overview.Believed(t.Context(), v, vaulttest.Person); len(got) > 0 {
		t.Errorf("another vault's: %v", got)
	}

	// Of an older state of this one: put back after a change.
	put(whole)
	if err := v.Commit(t.Context(), record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa1"}}); err != nil { // the allergy
		t.Fatal(err)
	}
	if got := overview.Believed(t.Context(), v, vaulttest.Person); slices.Contains(got, "allergies") || slices.Contains(got, "noticed") {
		t.Errorf("of before the change: %v", got)
	}
	agree(t, v, vaulttest.Person)

	// By another program, or without the stamp.
	stamp, err := v.Stamp(t.Context(), vaulttest.Person)
	if err != nil {
		t.Fatal(err)
	}
	for _, lie := range []struct {
		rules string
		stamp vault.Stamp
	}{{"0", stamp}, {overview.Rules(), vault.Stamp{Epoch: stamp.Epoch}}} {
		overview.KeepLie(v, vaulttest.Person, lie.rules, lie.stamp, "a lie")
		agree(t, v, vaulttest.Person)
	}
}

// Nothing of it can be read on the disk.
func TestKeptIsSealed(t *testing.T) {
	v := vaulttest.Empty(t)
	words := record.Concept{Text: "zwqxmarker"}
	list := []record.Record{{ID: vaulttest.Person, Person: vaulttest.Person, Resource: &record.Patient{Name: []record.HumanName{{Text: "zwqxmarker"}}}}}
	for i, said := range []string{"no known allergies zwqxmarker", "zwqxmarker"} {
		list = append(list, record.Record{ID: record.ID(fmt.Sprintf("zwqxmarker%d", i)), Person: vaulttest.Person, Resource: &record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: said}}},
			record.Record{ID: record.ID(fmt.Sprintf("zwqxmarkerm%d", i)), Person: vaulttest.Person, Resource: &record.MedicationStatement{Origin: record.Request, Status: "active", Medication: words, Dosage: []record.Dosage{{Text: said}}}})
	}
	if err := v.Commit(t.Context(), record.Change{Put: list}); err != nil {
		t.Fatal(err)
	}
	agree(t, v, vaulttest.Person)
	seen := 0
	err := filepath.WalkDir(v.Dir(), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(path, "kept") {
			seen++
		}
		if strings.Contains(path+string(b), "zwqxmarker") {
			t.Errorf("it can be read in %s", path)
		}
		return err
	})
	if err != nil || seen != 1 {
		t.Errorf("%d files kept, %v", seen, err)
	}
}

// What was opened to be rescued is shown, and nothing is written.
func TestRescueKeepsNothing(t *testing.T) {
	v := vaulttest.New(t)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := vault.Rescue(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p, err := overview.Notice(t.Context(), r, vaulttest.Person)
	got := text(t, p, err)
	s, err := overview.Scratch(t.Context(), r, vaulttest.Person)
	if want := text(t, s, err); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if _, err := os.Stat(filepath.Join(v.Dir(), "kept")); err == nil {
		t.Error("a rescue wrote into the vault")
	}
}

// Where one test dominates, the page comes first and the results later.
func TestDominatedResultsComeLater(t *testing.T) {
	v := vaulttest.New(t)
	if err := v.Commit(t.Context(), record.Change{Put: life(6000, true)}); err != nil {
		t.Fatal(err)
	}
	p, err := overview.Glance(t.Context(), v, vaulttest.Person)
	if err != nil || !p.Later || p.Noticed != nil {
		t.Errorf("got %v, %v, %v", p.Later, p.Noticed, err)
	}
	agree(t, v, vaulttest.Person)
}
