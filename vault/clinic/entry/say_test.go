package entry_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

func stated(id record.ID, words string) record.Record {
	return record.Record{
		ID: id, Person: "0000000000000009", Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: words}},
		Provenance: []record.Provenance{{Original: "aa", Place: string(id), Asserter: record.ByOrganisation}},
	}
}

// state is what holds of an overlay, without how it came to that.
func state(o *record.Overlay) record.Overlay {
	if o == nil {
		return record.Overlay{}
	}
	s := *o
	s.Remarks, s.Changed = nil, time.Time{}
	if len(s.Joined) == 0 {
		s.Joined = nil
	}
	if len(s.Parted) == 0 {
		s.Parted = nil
	}
	return s
}

// TestWhatIsSaidIsTakenBackStepByStep: any number of things said, and as many
// taken back, leaves each state on the way, and the records themselves as they
// were.
func TestWhatIsSaidIsTakenBackStepByStep(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 3))
		vault := map[record.ID]record.Record{"a": stated("a", "A"), "b": stated("b", "B")}
		put := func(c record.Change) {
			for _, r := range c.Put {
				vault[r.ID] = r
			}
		}
		states := []record.Overlay{state(nil)}
		at := now
		for range 1 + rng.IntN(8) {
			at = at.Add(time.Second)
			a := vault["a"]
			var c record.Change
			var err error
			switch rng.IntN(5) {
			case 0:
				c, err = entry.Accept(a, at)
			case 1:
				c, err = entry.Dispute(a, []string{"", "why", "for another reason"}[rng.IntN(3)], at)
			case 2:
				c, err = entry.Annotate(a, []string{"x", "y"}[rng.IntN(2)], at)
			case 3:
				c, err = entry.Join(a, vault["b"], at)
			case 4:
				c, err = entry.Part(vault["b"], a, at)
			}
			if err == entry.ErrSaidAlready {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			put(c)
			states = append(states, state(vault["a"].Overlay))
		}
		for n := len(states) - 1; n > 0; n-- {
			if got := state(vault["a"].Overlay); !reflect.DeepEqual(got, states[n]) {
				t.Fatalf("seed %d, step %d: got %+v, want %+v", seed, n, got, states[n])
			}
			last, ok := entry.Last(vault["a"])
			if !ok {
				t.Fatalf("seed %d: nothing left to take back at step %d", seed, n)
			}
			var partner *record.Record
			if last.With != "" {
				b := vault[last.With]
				partner = &b
			}
			c, err := entry.Undo(vault["a"], partner, at)
			if err != nil {
				t.Fatal(err)
			}
			put(c)
		}
		for id, words := range map[record.ID]string{"a": "A", "b": "B"} {
			r := vault[id]
			if s := state(r.Overlay); !reflect.DeepEqual(s, record.Overlay{}) || r.Overlay.Says() != nil {
				t.Fatalf("seed %d: %s still says %+v", seed, id, s)
			}
			was := stated(id, words)
			if !reflect.DeepEqual(r.Resource, was.Resource) || !reflect.DeepEqual(r.Provenance, was.Provenance) {
				t.Fatalf("seed %d: the record was changed", seed)
			}
		}
		if len(states) > 1 && len(vault["a"].Overlay.Remarks) != len(states)-1 {
			t.Fatalf("seed %d: the history holds %d of %d", seed, len(vault["a"].Overlay.Remarks), len(states)-1)
		}
		if _, err := entry.Undo(vault["a"], nil, at); err != entry.ErrNothingSaid {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func TestWhatCannotBeSaid(t *testing.T) {
	own := filled(t, "problem", map[string]string{"name": "Asthma"})
	if _, err := entry.Dispute(own, "", now); err != entry.ErrOwn {
		t.Errorf("disputed one's own: %v", err)
	}
	if _, err := entry.Accept(own, now); err != entry.ErrOwn {
		t.Errorf("accepted one's own: %v", err)
	}
	if _, err := entry.Annotate(own, "a note", now); err != nil {
		t.Errorf("a note beside one's own: %v", err)
	}
	a, b := stated("a", "A"), stated("b", "B")
	if _, err := entry.Annotate(a, " \n ", now); err != entry.ErrNoText {
		t.Errorf("an empty note: %v", err)
	}
	if _, err := entry.Annotate(a, "x\x00y", now); err != entry.ErrTextLimit {
		t.Errorf("a control character: %v", err)
	}
	if _, err := entry.Join(a, a, now); err != entry.ErrSelf {
		t.Errorf("joined with itself: %v", err)
	}
	b.Person = "0000000000000008"
	if _, err := entry.Join(a, b, now); err != entry.ErrOtherKind {
		t.Errorf("joined with another person's: %v", err)
	}
	a.Superseded = &record.Superseded{By: "b", Why: record.Corrected}
	if _, err := entry.Dispute(a, "", now); err != entry.ErrHistory {
		t.Errorf("disputed history: %v", err)
	}
}

// TestAnOverlayOfBeforeIsKept: what was noted before remarks were kept one by one
// stays, and can be taken back.
func TestAnOverlayOfBeforeIsKept(t *testing.T) {
	r := stated("a", "A")
	r.Overlay = &record.Overlay{Note: "not mine", Disputed: true, Changed: now}
	c, err := entry.Annotate(r, "another note", now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if o := c.Put[0].Overlay; o.Note != "another note" || !o.Disputed {
		t.Errorf("got %+v", o)
	}
	if c, err = entry.Undo(c.Put[0], nil, now); err != nil || c.Put[0].Overlay.Note != "not mine" {
		t.Errorf("got %+v, %v", c.Put, err)
	}
	if r.Overlay.Note != "not mine" || len(r.Overlay.Remarks) > 0 {
		t.Errorf("the overlay that was there was changed: %+v", r.Overlay)
	}
}
