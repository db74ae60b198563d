package entry_test

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/clinic/entry/entrytest"
	"github.com/carnet-phr/carnet/vault/record"
)

var now = time.Date(2026, 3, 1, 9, 30, 0, 0, time.FixedZone("", 3600))

func by(minutes int) entry.By { return entry.By{Now: now.Add(time.Duration(minutes) * time.Minute)} }

func forms() []entry.Kind { return append(entry.Kinds(), entry.Person()) }

func form(t testing.TB, name string) entry.Kind {
	t.Helper()
	k, ok := entry.Lookup(name)
	if !ok {
		t.Fatalf("there is no form %s", name)
	}
	return k
}

func filled(t testing.TB, name string, fields map[string]string) record.Record {
	t.Helper()
	r, problems := entry.Make(form(t, name), "0000000000000001", fields, by(0))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", name, problems)
	}
	return r
}

// refused fails unless exactly the fields named are complained about; it gives
// the words.
func refused(t *testing.T, name string, fields map[string]string, want ...string) string {
	t.Helper()
	_, problems := entry.Make(form(t, name), "0000000000000001", fields, by(0))
	var got, words []string
	for _, p := range problems {
		got, words = append(got, p.Field), append(words, p.Words)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: got problems of %q, want %q: %v", name, got, want, problems)
	}
	return strings.Join(words, "\n")
}

func TestEveryFormHoldsExactlyItsFields(t *testing.T) {
	for _, k := range forms() {
		t.Run(k.Name, func(t *testing.T) {
			fields := entrytest.Filled(k)
			r := filled(t, k.Name, fields)
			if r.Resource.Kind() != k.Record || !r.OwnEntry() || !r.ID.Valid() {
				t.Errorf("made %+v", r)
			}
			_, got, ok := entry.Fields(r)
			if !ok || !maps.Equal(got, fields) {
				t.Errorf("got %q, want %q", got, fields)
			}
			again := filled(t, k.Name, got)
			if !reflect.DeepEqual(again.Resource, r.Resource) {
				t.Errorf("read and made again: got %+v, want %+v", again.Resource, r.Resource)
			}
			for _, i := range r.Resource.Validate() {
				if i.Severity == record.Error {
					t.Errorf("%s: %s", i.Place, i.Text)
				}
			}
		})
	}
}

func TestTheRequiredFieldsAreEnough(t *testing.T) {
	for _, k := range forms() {
		fields := map[string]string{}
		if k.Name == entry.PersonForm {
			fields["given"] = "Ada" // one of the two names
		}
		for _, f := range k.Fields {
			if f.Required && f.Default == "" {
				fields[f.Name] = entrytest.Filled(k)[f.Name]
			}
		}
		r := filled(t, k.Name, fields)
		s := r.Summary()
		if s.Title == "" || s.Standing == record.Unstated || s.Standing == record.Uncertain {
			if k.Record != record.KindPatient {
				t.Errorf("%s: %+v", k.Name, s)
			}
		}
		_, got, _ := entry.Fields(r)
		again := filled(t, k.Name, got)
		if !reflect.DeepEqual(again.Resource, r.Resource) {
			t.Errorf("%s: got %+v, want %+v", k.Name, again.Resource, r.Resource)
		}
	}
}

func TestEveryEntryIsThePatientsWithAuthorAndTime(t *testing.T) {
	for _, k := range forms() {
		r, _ := entry.Make(k, "0000000000000001", entrytest.Filled(k), entry.By{Now: now, Name: "Maria, daughter"})
		p := r.Source()
		if p.Asserter != record.ByPatient || p.Author != "Maria, daughter" || p.Original != "" || !p.Received.Equal(now) || !r.Recorded.Equal(now) || r.Entered.Act != record.Add {
			t.Errorf("%s: %+v %+v", k.Name, p, r.Entered)
		}
	}
}

func TestAllWrongFieldsAreNamedAtOnceWithoutWhatTheyHold(t *testing.T) {
	words := refused(t, "medicine", map[string]string{"since": "05.03.2021", "until": "SECRET", "taking": "SECRET", "dose": "SECRET\x07"}, "name", "dose", "taking", "since", "until")
	if strings.Contains(words, "SECRET") || strings.Contains(words, "05.03") || !strings.Contains(words, "2021-03-05") {
		t.Errorf("got %s", words)
	}
	if words := refused(t, "weight", map[string]string{"value": "72 kg", "SECRET": "x"}, ""); strings.Contains(words, "SECRET") || !strings.Contains(words, "value, time, device, note") {
		t.Errorf("got %s", words)
	}
}

// TestHistoryIsWholeWhateverTheOrder: an entry put, amended many times, retracted
// and brought back keeps each version, in any order of records.
func TestHistoryIsWholeWhateverTheOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, k := range forms() {
		vault := map[record.ID]record.Record{}
		put := func(c record.Change) {
			for _, r := range c.Put {
				vault[r.ID] = r
			}
		}
		r := filled(t, k.Name, entrytest.Filled(k))
		put(record.Change{Put: []record.Record{r}})
		want := []record.Record{r}
		field := ""
		for _, f := range k.Fields {
			if f.Type == entry.Text || f.Type == entry.LongText {
				field = f.Name
			}
		}
		for n := range 1 + random.IntN(6) {
			c, changed, problems, err := entry.Amend(vault[r.ID], map[string]string{field: "2001 version " + strconv.Itoa(n)}, by(0)) // all within one second
			if err != nil || len(problems) > 0 || !slices.Equal(changed, []string{field}) {
				t.Fatalf("%s: %v %v %v", k.Name, changed, problems, err)
			}
			put(c)
			want = append(want, vault[r.ID])
		}
		if k.Record != record.KindPatient {
			c, err := entry.Retract(vault[r.ID], "it was a mistake", by(1))
			if err != nil {
				t.Fatal(err)
			}
			put(c)
			want = append(want, vault[r.ID])
			if s := vault[r.ID].Summary(); s.Standing != record.InError {
				t.Errorf("%s: retracted, yet %q", k.Name, s.Standing)
			}
			if c, err = entry.Unretract(vault[r.ID], history(random, vault, r.ID), by(2)); err != nil {
				t.Fatal(err)
			}
			put(c)
			want = append(want, vault[r.ID])
		}
		if len(vault) != len(want) {
			t.Errorf("%s: %d records for %d versions", k.Name, len(vault), len(want))
		}
		var got []record.Record
		for _, v := range history(random, vault, r.ID) {
			got = append(got, v.Record)
			if v.ID != r.ID && !v.Summary().Standing.History() {
				t.Errorf("%s: version %d stands in lists", k.Name, v.Entered.Version)
			}
		}
		if !slices.EqualFunc(got, want, func(a, b record.Record) bool {
			return reflect.DeepEqual(a.Resource, b.Resource) && reflect.DeepEqual(a.Entered, b.Entered) && reflect.DeepEqual(a.Provenance, b.Provenance)
		}) {
			t.Errorf("%s: the history is not what happened", k.Name)
		}
		if s := vault[r.ID].Summary(); s.Standing.History() {
			t.Errorf("%s: brought back, yet %q", k.Name, s.Standing)
		}
	}
}

// history is that of an entry, from its vault in a random order.
func history(random *rand.Rand, vault map[record.ID]record.Record, id record.ID) []entry.Version {
	all := slices.Collect(maps.Values(vault))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return entry.History(vault[id], all)
}

func TestHistoryNamesWhatChanged(t *testing.T) {
	r := filled(t, "medicine", map[string]string{"name": "Examplin", "dose": "1 in the morning"})
	c, _, _, err := entry.Amend(r, map[string]string{"dose": "2 in the morning", "reason": "pain"}, by(1))
	if err != nil {
		t.Fatal(err)
	}
	h := entry.History(c.Put[0], c.Put)
	if len(h) != 2 || !slices.Equal(h[1].Changed, []string{"dose", "reason"}) || h[1].Who() != "the patient" {
		t.Errorf("got %+v", h)
	}
	if c, _, _, err = entry.Amend(c.Put[0], map[string]string{"reason": ""}, by(2)); err != nil {
		t.Fatal(err)
	}
	if m := c.Put[0].Resource.(*record.MedicationStatement); len(m.Reason) > 0 || m.Dosage[0].Text != "2 in the morning" {
		t.Errorf("an emptied field stays, or another goes: %+v", m)
	}
}

func TestWhatCannotBeChanged(t *testing.T) {
	r := filled(t, "problem", map[string]string{"name": "Asthma"})
	file := record.Record{ID: "0000000000000002", Resource: r.Resource, Provenance: []record.Provenance{{Original: "aa", Asserter: record.ByPatient}}}
	if _, _, _, err := entry.Amend(file, map[string]string{"name": "x"}, by(1)); err != entry.ErrNotOwn {
		t.Errorf("amended what a file states: %v", err)
	}
	if _, err := entry.Retract(file, "x", by(1)); err != entry.ErrNotOwn {
		t.Errorf("retracted what a file states: %v", err)
	}
	if _, _, _, err := entry.Amend(r, map[string]string{"name": " Asthma "}, by(1)); err != entry.ErrUnchanged {
		t.Errorf("a version without a change: %v", err)
	}
	if _, err := entry.Retract(r, " ", by(1)); err != entry.ErrNoReason {
		t.Errorf("retracted without a reason: %v", err)
	}
	c, err := entry.Retract(r, "not mine", by(1))
	if err != nil {
		t.Fatal(err)
	}
	gone, earlier := c.Put[0], c.Put[1]
	if _, _, _, err := entry.Amend(gone, map[string]string{"name": "x"}, by(2)); err != entry.ErrRetracted {
		t.Errorf("amended what was retracted: %v", err)
	}
	if _, err := entry.Retract(gone, "again", by(2)); err != entry.ErrRetracted {
		t.Errorf("retracted twice: %v", err)
	}
	if _, _, _, err := entry.Amend(earlier, map[string]string{"name": "x"}, by(2)); err != entry.ErrEarlier {
		t.Errorf("amended history: %v", err)
	}
	if _, err := entry.Unretract(r, entry.History(r, nil), by(2)); err != entry.ErrNotRetracted {
		t.Errorf("brought back what never went: %v", err)
	}
}

// TestWhatFilesStateOfAnEntryStaysTheirs: when an entry came back in a file, and
// is amended then, the file's words go on as they were.
func TestWhatFilesStateOfAnEntryStaysTheirs(t *testing.T) {
	r := filled(t, "problem", map[string]string{"name": "Asthma"})
	said := &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}, Note: []string{"as in the file"}}
	r.Provenance = append(r.Provenance, record.Provenance{Original: "aa", Place: "/entry/1", Said: said})
	before := r.Resource
	c, _, _, err := entry.Amend(r, map[string]string{"name": "Bronchitis"}, by(1))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Put) != 3 {
		t.Fatalf("%d records", len(c.Put))
	}
	next, earlier, file := c.Put[0], c.Put[1], c.Put[2]
	if len(next.Provenance) != 1 || next.Provenance[0].Original != "" || len(earlier.Provenance) != 1 || !reflect.DeepEqual(earlier.Resource, before) {
		t.Errorf("got %+v, %+v", next.Provenance, earlier)
	}
	if file.OwnEntry() || file.Source().Original != "aa" || !reflect.DeepEqual(file.Resource, record.Resource(said)) || file.Superseded == nil || file.Superseded.By != r.ID {
		t.Errorf("got %+v", file)
	}
}
