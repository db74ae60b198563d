package records

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

func rec(id record.ID, res record.Resource) record.Record {
	return record.Record{ID: id, Person: "p", Resource: res}
}

func TestRowsNeverShowWhatWasWithdrawn(t *testing.T) {
	l := list([]record.Record{
		rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "Peanut"}}),
		rec("b", &record.AllergyIntolerance{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "Aspirin"}}),
		rec("c", &record.Observation{Status: "entered-in-error", Code: record.Concept{Text: "Glucose"}}),
	})
	if len(l.records) != 1 || l.records[0].ID != "a" || l.withdrawn != 2 {
		t.Errorf("got %d rows and %d withdrawn, want 1 and 2", len(l.records), l.withdrawn)
	}
	if f := footer(1, 1, 2); !strings.Contains(f, "2 withdrawn") {
		t.Errorf("the footer does not tell what is hidden: %q", f)
	}
}

// TestStatusWords holds that what is denied, planned or unclear never looks
// current, and that every such state has words, not colour alone.
func TestStatusWords(t *testing.T) {
	held := rec("h", &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}})
	held.Held = []string{"modifierExtension"}
	for _, c := range []struct {
		name string
		r    record.Record
		want string
		tone ui.Tone
	}{
		{"active", rec("1", &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}}), "Current", ui.Good},
		{"refuted", rec("2", &record.Condition{ClinicalStatus: "active", VerificationStatus: "refuted", Code: record.Concept{Text: "Asthma"}}), "Ruled out", ui.Care},
		{"do not take", rec("3", &record.MedicationStatement{Status: "active", DoNotPerform: true, Medication: record.Concept{Text: "Warfarin"}}), "Do not take", ui.Care},
		{"stopped", rec("4", &record.MedicationStatement{Status: "stopped", Medication: record.Concept{Text: "Amoxicillin"}}), "Past", ui.Plain},
		{"no status", rec("5", &record.MedicationStatement{Medication: record.Concept{Text: "Ibuprofen"}}), "Status not given", ui.Plain},
		{"held", held, "Read the original", ui.Care},
		{"a plain result", rec("6", &record.Observation{Status: "final", Code: record.Concept{Text: "Glucose"}}), "", ui.Plain},
		{"a flagged result", rec("7", &record.Observation{Status: "final", Code: record.Concept{Text: "Glucose"}, Interpretation: []record.Concept{{Text: "High"}}}), "High", ui.Care},
		{"a cancelled result", rec("8", &record.Observation{Status: "cancelled", Code: record.Concept{Text: "Glucose"}}), "Cancelled", ui.Care},
	} {
		t.Run(c.name, func(t *testing.T) {
			if e := ui.EntryOf(c.r); e.Status != c.want || e.Tone != c.tone {
				t.Errorf("got %q (%d), want %q (%d)", e.Status, e.Tone, c.want, c.tone)
			}
		})
	}
}

func TestDenialStaysInTheTitle(t *testing.T) {
	for want, r := range map[string]record.Resource{
		"Do NOT take: Warfarin":  &record.MedicationStatement{Status: "active", DoNotPerform: true, Medication: record.Concept{Text: "Warfarin"}},
		"Does not have: Asthma":  &record.Condition{Absent: true, Code: record.Concept{Text: "Asthma"}},
		"Not allergic to Latex":  &record.AllergyIntolerance{Absent: true, Code: record.Concept{Text: "Latex"}},
		"Not observed: Swelling": &record.Observation{Status: "final", Absent: true, Code: record.Concept{Text: "Swelling"}},
	} {
		if e := ui.EntryOf(rec("x", r)); e.Title != want {
			t.Errorf("got %q, want %q", e.Title, want)
		}
	}
}

func TestNoTypeNamesOnScreen(t *testing.T) {
	for _, k := range record.Kinds {
		e := ui.EntryOf(rec("x", k.New()))
		for _, s := range []string{e.Title, e.Text, e.Status, e.Date, ui.Section(k.Kind)} {
			if strings.ContainsAny(string(k.Kind)[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strings.Contains(s, string(k.Kind)) {
				t.Errorf("%s is on the screen: %q", k.Kind, s)
			}
		}
	}
}

func TestFilter(t *testing.T) {
	shown := list([]record.Record{
		rec("a", &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "High blood pressure"}, Onset: record.At("2012-03")}),
		rec("b", &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}}),
	})
	for words, want := range map[string]int{"": 2, "blood": 1, "PRESSURE march": 1, "asthma unknown": 1, "gout": 0} {
		if got := len(keysOf(shown.records).filter(shown.records, words)); got != want {
			t.Errorf("%q finds %d, want %d", words, got, want)
		}
	}
}

// TestRestComesBelow: what is read later is put below what stands there already, and
// anything else takes its place.
func TestRestComesBelow(t *testing.T) {
	a, b, c := rec("a", &record.Condition{}), rec("b", &record.Condition{}), rec("c", &record.Condition{})
	all := []record.Record{a, b, c}
	for _, x := range []struct {
		shown []record.Record
		want  bool
	}{{all[:2], true}, {nil, true}, {all, true}, {[]record.Record{b}, false}, {append([]record.Record{a, b, c}, a), false}} {
		if got := begins(all, x.shown); got != x.want {
			t.Errorf("%d entries are the beginning: %v, want %v", len(x.shown), got, x.want)
		}
	}
	if !among(all, "") || !among(all, "c") || among(all[:2], "c") {
		t.Error("an entry further down is not told from one that is there")
	}
}

func TestPartsAndFactsLoseNothing(t *testing.T) {
	d := &record.DocumentReference{Title: "Visit", Section: []record.Section{
		{Title: "Plan", Text: "<p>Walk every day.</p>"},
		{Title: "Procedures", EmptyReason: "nilknown"},
	}}
	if p := parts(d); len(p) != 2 || p[0].Heading != "Plan" || !strings.Contains(p[1].Plain, "nilknown") {
		t.Errorf("got %+v", p)
	}
	list, _ := facts(d)
	if len(list) != 1 || list[0].Value != "Visit" {
		t.Errorf("the facts repeat the sections: %+v", list)
	}
	o := &record.Observation{Status: "final", Code: record.Concept{Text: "Glucose", Coding: []record.Coding{{System: record.LOINC, Code: "2345-7"}}}}
	if _, codes := facts(o); len(codes) != 1 || codes[0].Value != "LOINC 2345-7" {
		t.Errorf("codes: %+v", codes)
	}
}

// TestHazard49WhatThePatientSaysIsOnTheScreen: a disputed entry never stands in a
// list or by itself without the dispute.
func TestHazard49WhatThePatientSaysIsOnTheScreen(t *testing.T) {
	r := rec("a", &record.Condition{ClinicalStatus: "active", VerificationStatus: "refuted", Code: record.Concept{Text: "Asthma"}})
	r.Overlay = &record.Overlay{Disputed: true, Reason: "never had it", Note: "ask the doctor"}
	shown := list([]record.Record{r})
	if s := ui.EntryOf(shown.records[0]).Status; !strings.Contains(s, "disputed by you") || !strings.Contains(s, "Ruled out") {
		t.Errorf("the list says %q", s)
	}
	r.Resource = &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}}
	if h, text := warning(r); h != "Disputed by you" || text == "" {
		t.Errorf("the entry begins with %q", h)
	}
	facts := said(r)
	if len(facts) != 2 || !strings.Contains(facts[0].Value, "never had it") || facts[1].Value != "ask the doctor" {
		t.Errorf("got %+v", facts)
	}
	if said(rec("b", r.Resource)) != nil {
		t.Error("something is said of an entry of which nothing was said")
	}
}

// TestOwnHistoryIsNoSources: what the patient took back or changed is told in
// words of its own.
func TestOwnHistoryIsNoSources(t *testing.T) {
	r := rec("a", &record.Condition{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "Asthma"}})
	r.Entered = &record.Entered{Form: "problem", Version: 2, Act: record.Retract, Reason: "not mine"}
	if h, text := warning(r); h != "Retracted by you" || !strings.Contains(text, "not mine") {
		t.Errorf("got %q, %q", h, text)
	}
	r.Resource, r.Superseded = &record.Condition{ClinicalStatus: "active"}, &record.Superseded{By: "b", Why: record.Amended}
	if h, _ := warning(r); h != "An earlier version of your entry" {
		t.Errorf("got %q", h)
	}
}
