package formats_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/clinic/entry/entrytest"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

var entered = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)

// ownEntries is a store with one entry of every form.
func ownEntries(t *testing.T) (*exchangetest.Memory, record.Record) {
	t.Helper()
	m := exchangetest.NewMemory()
	who, problems := entry.Make(entry.Person(), "", map[string]string{"given": "Ada", "family": "Beispiel", "born": "1980-05-17", "sex": "female"}, entry.By{Now: entered})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	who.Person = who.ID
	put(t, m, record.Change{Put: []record.Record{who}})
	for _, k := range entry.Kinds() {
		r, problems := entry.Make(k, who.ID, entrytest.Filled(k), entry.By{Now: entered})
		if len(problems) > 0 {
			t.Fatalf("%s: %v", k.Name, problems)
		}
		put(t, m, record.Change{Put: []record.Record{r}})
	}
	return m, who
}

func put(t *testing.T, m *exchangetest.Memory, c record.Change) {
	t.Helper()
	if err := m.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func exported(t *testing.T, m *exchangetest.Memory, who record.Record, f exchange.Format) []byte {
	t.Helper()
	sel, err := exchange.Select(t.Context(), m, exchange.Scope{Person: who.ID}, entered.AddDate(0, 1, 0), "test")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHazard49OwnEntriesKeepTheirMark: what the patient entered is the patient's
// in every shape of FHIR, and is read again as such (hazard 49).
func TestHazard49OwnEntriesKeepTheirMark(t *testing.T) {
	m, who := ownEntries(t)
	for _, f := range []exchange.Format{ips.Bundle, ips.NDJSON, ips.Document} {
		t.Run(f.Name, func(t *testing.T) {
			other := exchangetest.NewMemory()
			name := "own.json"
			if f.Name == ips.NDJSON.Name {
				name = "own.ndjson"
			}
			bring(t, other, name, string(exported(t, m, who, f)))
			kinds, titles := map[record.Kind]int{}, map[string]bool{}
			for _, r := range other.All() {
				if d, ok := r.Resource.(*record.DocumentReference); ok && d.Summary().Title != "How I feel" {
					continue // the document itself
				}
				kinds[r.Resource.Kind()]++
				titles[r.Summary().Title] = true
				if r.Source().Asserter != record.ByPatient {
					t.Errorf("%s: asserted by %q", r.Resource.Kind(), r.Source().Asserter)
				}
			}
			if f.Name == ips.Document.Name {
				return // some entries stand in its narrative alone
			}
			for _, r := range m.All() {
				if !titles[r.Summary().Title] {
					t.Errorf("%s came back under another title", r.Entered.Form)
				}
			}
			for _, k := range entry.Kinds() {
				if kinds[k.Record]--; kinds[k.Record] < 0 {
					t.Errorf("%s did not come back", k.Name)
				}
			}
		})
	}
}

// TestOwnExportComesBackAsItself: brought into the vault that it came from, an
// export adds nothing and changes no entry.
func TestOwnExportComesBackAsItself(t *testing.T) {
	m, who := ownEntries(t)
	before := m.All()
	bring(t, m, "own.json", string(exported(t, m, who, ips.Bundle)))
	for _, r := range before {
		now, err := m.Get(t.Context(), r.ID)
		if err != nil {
			t.Errorf("%s is gone", r.Entered.Form)
			continue
		}
		if !now.OwnEntry() || !record.SameContent(r, now) || now.Source().Original != "" {
			t.Errorf("%s was changed by a file", r.Entered.Form)
		}
		if _, _, ok := entry.Fields(now); !ok {
			t.Errorf("%s is no form any more", r.Entered.Form)
		}
	}
	for _, r := range m.All() {
		if !r.OwnEntry() {
			t.Errorf("a second %s: %s", r.Resource.Kind(), r.Summary().Title)
		}
	}
}

// TestAnOldExportOutdoesNothing: an export of before brings back neither what was
// amended since nor what was retracted.
func TestAnOldExportOutdoesNothing(t *testing.T) {
	m, who := ownEntries(t)
	old := exported(t, m, who, ips.Bundle)
	n := 0
	for _, r := range m.All() {
		k, fields, _ := entry.Fields(r)
		later := entry.By{Now: entered.Add(time.Hour)}
		if k.Name == entry.PersonForm {
			continue
		}
		if n++; n%2 == 0 {
			c, err := entry.Retract(r, "it was wrong", later)
			if err != nil {
				t.Fatal(err)
			}
			put(t, m, c)
			continue
		}
		name := ""
		for _, f := range k.Fields {
			if f.Type == entry.Text {
				name = f.Name
				break
			}
		}
		if name == "" {
			name = "note"
		}
		c, _, problems, err := entry.Amend(r, map[string]string{name: fields[name] + " 2"}, later)
		if err != nil || len(problems) > 0 {
			t.Fatal(k.Name, err, problems)
		}
		put(t, m, c)
	}
	own := m.All()
	bring(t, m, "old.json", string(old))
	for _, r := range own {
		now, err := m.Get(t.Context(), r.ID)
		if err != nil || !record.SameContent(r, now) || (now.Superseded == nil) != (r.Superseded == nil) || now.Entered.Version != r.Entered.Version {
			t.Errorf("%s: an old export changed an entry", r.Entered.Form)
		}
	}
	for _, r := range m.All() {
		if !r.OwnEntry() && !r.Summary().Standing.History() {
			t.Errorf("%s stands again: %s", r.Resource.Kind(), r.Summary().Title)
		}
	}
}
