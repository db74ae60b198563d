package differ

import (
	"testing"
	"time"

	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

func stated(id string, o *record.Overlay) record.Record {
	return record.Record{ID: record.ID(id), Person: "p", Resource: &record.Condition{Code: record.Concept{Text: id}}, Overlay: o, Provenance: []record.Provenance{{Original: "x", Asserter: record.ByOrganisation}}}
}

func after(change record.Change, r record.Record) record.Record {
	for _, x := range change.Put {
		if x.ID == r.ID {
			return x
		}
	}
	return r
}

// TestOneSideIsRight: its records are confirmed, the others' disputed with what is
// right; who states both is left alone, and all of it can be taken back.
func TestOneSideIsRight(t *testing.T) {
	a, b, both := stated("a", nil), stated("b", nil), stated("both", nil)
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	list := []side{{Words: "O+", Records: []record.Record{a, both}}, {Words: "A-", Records: []record.Record{b, both}}}
	change, err := right(list, 1, "Right is: A-", now)
	if err != nil || len(change.Put) != 2 {
		t.Fatalf("%v, %d records change, want 2", err, len(change.Put))
	}
	a, b = after(change, a), after(change, b)
	if !a.Overlay.Disputed || a.Overlay.Reason != "Right is: A-" || !b.Overlay.Accepted {
		t.Errorf("got %+v and %+v", a.Overlay, b.Overlay)
	}
	list = []side{{Words: "O+", Records: []record.Record{a, both}}, {Words: "A-", Records: []record.Record{b, both}}}
	if words, _ := said(list[1].Records); words == "" || !settled([]side{{Said: words}}) {
		t.Error("it is not told that the patient has spoken")
	}
	change, err = back(list, now.Add(time.Minute))
	if err != nil || len(change.Put) != 2 {
		t.Fatalf("%v, %d records change back, want 2", err, len(change.Put))
	}
	for _, r := range change.Put {
		if r.Overlay.Accepted || r.Overlay.Disputed {
			t.Errorf("%s is still judged", r.ID)
		}
	}
}

// TestOwnEntriesAreNotJudged: they are put right at their form.
func TestOwnEntriesAreNotJudged(t *testing.T) {
	k, _ := own.Lookup("problem")
	mine, problems := own.Make(k, "p", map[string]string{"name": "Asthma", "still": "yes"}, own.By{Now: time.Now()})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	theirs := stated("a", nil)
	change, err := right([]side{{Records: []record.Record{mine}}, {Records: []record.Record{theirs}}}, 0, "", time.Now())
	if err != nil || len(change.Put) != 1 || change.Put[0].ID != theirs.ID {
		t.Errorf("%v, got %+v", err, change.Put)
	}
}
