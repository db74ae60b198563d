package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownVault is a vault with one file in it.
func ownVault(t *testing.T, resources ...string) (v string) {
	t.Helper()
	dir := t.TempDir()
	v = filepath.Join(dir, "v")
	ctl(t, 0, "create", v, "--person", "Hanna Hazard", "--born", "1950-02-03", "--sex", "female")
	path := filepath.Join(dir, "clinic.json")
	if err := os.WriteFile(path, []byte(bundle(resources...)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctl(t, 0, "--vault", v, "import", "--yes", path)
	return v
}

// added files an entry and gives its ID.
func added(t *testing.T, v string, args ...string) string {
	t.Helper()
	var f form
	if err := json.Unmarshal([]byte(ctl(t, 0, append([]string{"--vault", v, "add", "--json"}, args...)...)), &f); err != nil {
		t.Fatal(err)
	}
	return string(f.ID)
}

func idOfTitle(t *testing.T, v, title string) string {
	t.Helper()
	for _, l := range strings.Split(ctl(t, 0, "--vault", v, "list"), "\n") {
		if id, rest, ok := strings.Cut(l, "  "); ok && strings.Contains(rest, title) {
			return id
		}
	}
	t.Fatalf("%s is not listed", title)
	return ""
}

// TestHazard01RetractedOwnEntryLeavesNowhere: what the patient took back is in no
// output, also not in the words of an earlier version, and what took its place
// says that something was withdrawn.
func TestHazard01RetractedOwnEntryLeavesNowhere(t *testing.T) {
	v := ownVault(t)
	id := added(t, v, "allergy", "substance=ZFIRST")
	ctl(t, 0, "--vault", v, "amend", id, "substance=ZSECOND")
	lookAt(t, v).never(t, "ZFIRST", "list")
	ctl(t, 0, "--vault", v, "retract", id, "ZREASON")
	f := lookAt(t, v)
	for _, word := range []string{"ZFIRST", "ZSECOND", "ZREASON"} {
		f.never(t, word, "list")
	}
	if !strings.Contains(f.text["summary"], "withdrawn or retracted") {
		t.Errorf("the allergy vanished silently: %s", f.text["summary"])
	}
	for _, face := range []string{"html", "ips", "fhir"} {
		if !strings.Contains(f.text[face], "in error") {
			t.Errorf("%s does not say that something was left out", face)
		}
	}
	for _, word := range []string{"ZFIRST", "ZSECOND", "ZREASON"} {
		if h := ctl(t, 0, "--vault", v, "history", id); !strings.Contains(h, word) {
			t.Errorf("%s is lost: %s", word, h)
		}
	}
}

// TestHazard49OwnEntriesAreMarkedInEveryOutput: an own entry never passes for the
// statement of a document.
func TestHazard49OwnEntriesAreMarkedInEveryOutput(t *testing.T) {
	v := ownVault(t, `{"resourceType":"Condition","id":"1","clinicalStatus":`+verification("condition-clinical", "active")+`,"code":{"text":"ZCLINIC"},@SUBJECT}`)
	for _, args := range [][]string{
		{"medicine", "name=ZOWN medicine"},
		{"over-the-counter", "name=ZOWN herb"},
		{"allergy", "substance=ZOWN pollen"},
		{"problem", "name=ZOWN ache"},
		{"vaccine", "name=ZOWN vaccine", "date=2021"},
		{"operation", "name=ZOWN operation"},
		{"implant", "name=ZOWN implant"},
		{"family", "relative=mother", "problem=ZOWN illness"},
		{"question", "question=ZOWN question?"},
		{"contact", "name=ZOWN sister", "phone=+44 20 7946 0000"},
		{"visit", "what=ZOWN visit", "since=2021-03"},
	} {
		added(t, v, args...)
	}
	f := lookAt(t, v)
	for _, face := range []string{"list", "current"} {
		for _, l := range f.lines(face, "ZOWN") {
			if !strings.Contains(l, "entered by the patient") {
				t.Errorf("%s: %s", face, l)
			}
		}
	}
	for _, face := range []string{"html", "pdf", "ccda"} {
		for _, word := range []string{"ZOWN medicine", "ZOWN herb", "ZOWN pollen", "ZOWN ache", "ZOWN vaccine", "ZOWN operation", "ZOWN implant", "ZOWN illness", "ZOWN question", "ZOWN sister", "ZOWN visit"} {
			if f.text[face] != "" && !strings.Contains(f.text[face], word) {
				t.Errorf("%s lacks %s", face, word)
			}
		}
		if n := strings.Count(f.text[face], "entered by the patient"); f.text[face] != "" && n < 11 {
			t.Errorf("%s marks %d entries", face, n)
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZOWN") {
		b, err := json.Marshal(r["meta"])
		if err != nil || r["resourceType"] != "Composition" && r["resourceType"] != "Provenance" && !strings.Contains(string(b), "PATAST") {
			t.Errorf("%v leaves without its mark: %s", r["resourceType"], b)
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZCLINIC") {
		if b, _ := json.Marshal(r["meta"]); r["resourceType"] == "Condition" && strings.Contains(string(b), "PATAST") {
			t.Errorf("what a clinic states is marked as the patient's")
		}
	}
}

// TestHazard49WhatThePatientSaysOfARecordIsInEveryOutput: a disputed entry is
// never shown without the dispute, nor a note left behind.
func TestHazard49WhatThePatientSaysOfARecordIsInEveryOutput(t *testing.T) {
	active := verification("condition-clinical", "active")
	v := ownVault(t,
		`{"resourceType":"Condition","id":"1","clinicalStatus":`+active+`,"code":{"text":"ZDISPUTED"},@SUBJECT}`,
		`{"resourceType":"Condition","id":"2","clinicalStatus":`+active+`,"code":{"text":"ZACCEPTED"},@SUBJECT}`,
		`{"resourceType":"Observation","id":"3","status":"final","code":{"text":"ZSUGAR"},"effectiveDateTime":"2021-03-05","valueQuantity":{"value":5,"unit":"mmol/L"},@SUBJECT}`,
	)
	ctl(t, 0, "--vault", v, "dispute", idOfTitle(t, v, "ZDISPUTED"), "ZNEVERHADIT")
	ctl(t, 0, "--vault", v, "accept", idOfTitle(t, v, "ZACCEPTED"))
	ctl(t, 0, "--vault", v, "annotate", idOfTitle(t, v, "ZSUGAR"), "ZFASTED")
	f := lookAt(t, v)
	for _, face := range []string{"list", "current", "summary", "html", "pdf", "ips", "ccda", "fhir", "ndjson"} {
		text := f.text[face]
		if text == "" {
			continue
		}
		for _, words := range [][]string{{"ZDISPUTED"}, {"disputes this"}, {"ZNEVERHADIT"}, {"confirms this", "confirmed by the patient"}, {"ZFASTED"}} {
			found := false
			for _, w := range words {
				found = found || strings.Contains(text, w)
			}
			if !found {
				t.Errorf("%s lacks %q", face, words)
			}
		}
	}
}

// TestHazard51QuestionsAndContactsStandWhereADoctorLooks: on the first page and
// in the Patient of what software reads.
func TestHazard51QuestionsAndContactsStandWhereADoctorLooks(t *testing.T) {
	v := ownVault(t)
	added(t, v, "question", "question=ZASKED?", "for=the cardiologist")
	added(t, v, "question", "question=ZDONE?", "answered=yes", "answer=ZANSWER")
	added(t, v, "contact", "name=ZSISTER", "phone=+44 20 7946 0000", "relation=sister")
	f := lookAt(t, v)
	for _, face := range []string{"summary", "html", "pdf"} {
		text := f.text[face]
		if text == "" {
			continue
		}
		before, _, _ := strings.Cut(text, "\f") // the first page
		for _, w := range []string{"Questions for the visit", "ZASKED", "ZSISTER", "+44 20 7946 0000"} {
			if !strings.Contains(before, w) {
				t.Errorf("%s lacks %s", face, w)
			}
		}
		if strings.Contains(before, "ZDONE") && face != "html" {
			t.Errorf("%s asks again what was answered", face)
		}
	}
	if _, contacts, _ := strings.Cut(f.text["ccda"], "<participant"); !strings.Contains(contacts, "ZSISTER") {
		t.Error("ccda names nobody to call")
	}
	for _, resources := range [][]map[string]any{f.fhir, f.ips} {
		inPatient := false
		for _, r := range resources {
			b, err := json.Marshal(r["contact"])
			inPatient = inPatient || err == nil && r["resourceType"] == "Patient" && strings.Contains(string(b), "ZSISTER")
		}
		if !inPatient {
			t.Error("no contact in the Patient")
		}
	}
}

// TestHazard49ADisputeOfOneOfSeveralStatementsIsSeen: entries that stand in one
// line keep what the patient says of each.
func TestHazard49ADisputeOfOneOfSeveralStatementsIsSeen(t *testing.T) {
	problem := func(id, onset string) string {
		return `{"resourceType":"Condition","id":"` + id + `","clinicalStatus":` + verification("condition-clinical", "active") + `,"code":{"text":"ZTWICE"},"onsetDateTime":"` + onset + `",@SUBJECT}`
	}
	for _, which := range []int{0, 1} {
		v := ownVault(t, problem("1", "2019"), problem("2", "2020"))
		var ids []string
		for _, l := range strings.Split(ctl(t, 0, "--vault", v, "list", "--kind", "Condition"), "\n") {
			if id, _, ok := strings.Cut(l, "  "); ok {
				ids = append(ids, id)
			}
		}
		if len(ids) != 2 {
			t.Fatalf("%d problems", len(ids))
		}
		ctl(t, 0, "--vault", v, "dispute", ids[which], "ZNEVER")
		f := lookAt(t, v)
		for _, face := range []string{"summary", "html", "pdf", "ips", "ccda"} {
			if f.text[face] != "" && !strings.Contains(f.text[face], "ZNEVER") {
				t.Errorf("%s shows the other statement alone", face)
			}
		}
		if b, err := json.Marshal(f.summary["problems"]); err != nil || !strings.Contains(string(b), "ZNEVER") {
			t.Errorf("summary --json: %s", b)
		}
	}
}
