package clinic_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func order(id, at, dose, status string, medicine record.Concept) record.Record {
	return rec(id, &record.MedicationStatement{Origin: record.Request, Status: status, Intent: "order", Medication: medicine, AuthoredOn: record.Date(at), Dosage: []record.Dosage{{Text: dose}}})
}

func byPatient(r record.Record) record.Record {
	r.Provenance = []record.Provenance{{Asserter: record.ByPatient}}
	return r
}

// shape writes each line as its records, the shown one first.
func shape(lines []clinic.Line) string {
	var out []string
	for _, l := range lines {
		var ids []string
		for _, r := range l.Records() {
			ids = append(ids, string(r.ID))
		}
		out = append(out, strings.Join(ids, " "))
	}
	return strings.Join(out, "; ")
}

// TestThirteenRefillsAreOneMedicine: refills, handed out packs and the patient's own
// entry are one line, of which the newest order is shown, and the patient's words
// stand beside it (hazard 49).
func TestThirteenRefillsAreOneMedicine(t *testing.T) {
	lisinopril := coded("Lisinopril 10 MG Oral Tablet", record.RxNorm, "314076")
	all := []record.Record{order("new", "2026-03-01", "1 daily", "active", lisinopril), byPatient(order("own", "2026-05-01", "1 every other day", "active", text("lisinopril 10 mg  oral tablet")))}
	for n := range 12 {
		all = append(all, order(fmt.Sprintf("old%02d", n), fmt.Sprintf("2025-%02d-01", n+1), "1 daily", "completed", lisinopril))
	}
	s := summarise(all...)
	if len(s.Medicines.Current) != 1 || s.Medicines.Len() != 1 {
		t.Fatalf("got %s", shape(s.Medicines.Current))
	}
	l := s.Medicines.Current[0]
	if l.ID != "new" || l.Entries() != 14 || len(l.Holding()) != 2 {
		t.Errorf("shown %s, %d entries, %d holding", l.ID, l.Entries(), len(l.Holding()))
	}
	beside := strings.Join(l.Beside(), "\n")
	for _, want := range []string{"14 entries, 1 January 2025 to 1 May 2026", "“1 daily”; “1 every other day”", "The patient says: “active, 1 May 2026: 1 every other day”"} {
		if !strings.Contains(beside, want) {
			t.Errorf("no %q in\n%s", want, beside)
		}
	}
}

// TestWhatIsOneMedicine: codes and exact words join; a strength, an ingredient that
// two products share, a class and another name do not.
func TestWhatIsOneMedicine(t *testing.T) {
	rx := func(words, code string) record.Concept { return coded(words, record.RxNorm, code) }
	for name, c := range map[string]struct {
		a, b record.Concept
		one  bool
	}{
		"code":                          {rx("Zestril", "104377"), rx("lisinopril", "104377"), true},
		"words":                         {text("Metformin  500 mg"), text("METFORMIN 500 MG"), true},
		"another strength":              {text("Metformin 500 mg"), text("Metformin 850 mg"), false},
		"code, another strength":        {rx("Metformin 500 mg", "6809"), rx("Metformin 850 mg", "6809"), false},
		"code, the same in grams":       {rx("Metformin 0.5 g", "6809"), rx("Metformin 500 mg", "6809"), true},
		"brand and ingredient, no code": {text("Zestril"), text("Lisinopril"), false},
		"a class of medicines":          {coded("Simvastatin", record.ATC, "C10AA"), coded("Pravastatin", record.ATC, "C10AA"), false},
		"nothing named":                 {text("unknown"), text("unknown"), false},
		"a code for nothing":            {coded("Aspirin", record.SNOMED, "763158003"), coded("Ibuprofen", record.SNOMED, "763158003"), false},
		"NDC with and without hyphens":  {coded("A", record.NDC, "0002-1433-80"), coded("B", record.NDC, "00002143380"), true},
		"prompt and slow release":       {record.Concept{Text: "Morphine 15 MG Oral Tablet", Coding: []record.Coding{{System: record.RxNorm, Code: "892582"}, {System: record.RxNorm, Code: "7052"}}}, record.Concept{Text: "Morphine 15 MG Extended Release", Coding: []record.Coding{{System: record.RxNorm, Code: "892494"}, {System: record.RxNorm, Code: "7052"}}}, false},
		"ten times the strength":        {text("Warfarin 1 mg"), text("Warfarin 10 mg"), false},
	} {
		s := summarise(order("a", "2026-01-01", "1", "active", c.a), order("b", "2026-01-02", "1", "active", c.b))
		if one := len(s.Medicines.Current) == 1; one != c.one {
			t.Errorf("%s: one line %v, want %v", name, one, c.one)
		}
	}
}

// TestSharedIngredientJoinsNoProducts: an ingredient's code beside those of two
// products does not make them one, in whatever order they come.
func TestSharedIngredientJoinsNoProducts(t *testing.T) {
	two := func(words, product string) record.Concept {
		return record.Concept{Text: words, Coding: []record.Coding{{System: record.RxNorm, Code: product}, {System: record.RxNorm, Code: "ingredient"}}}
	}
	all := []record.Record{order("a", "2026-01-01", "1", "active", two("plain", "1")), order("b", "2026-01-02", "1", "active", two("retard", "2")), order("c", "2026-01-03", "1", "active", two("plain", "1"))}
	for range 6 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := shape(summarise(all...).Medicines.Current); got != "c a; b" {
			t.Fatalf("got %s", got)
		}
	}
}

// TestHazard13StoppedAndActive: one source calls it active, a later one stopped: it
// stays in sight as current, with both sides; a stop before a new order is history.
func TestHazard13StoppedAndActive(t *testing.T) {
	m := text("Warfarin")
	s := summarise(order("on", "2026-01-01", "1", "active", m), order("off", "2026-02-01", "1", "stopped", m))
	if got := shape(s.Medicines.Current); got != "on off" {
		t.Fatalf("got %s", got)
	}
	d := s.Medicines.Current[0].Conflicts()
	if len(d) != 1 || d[0].About != "Status" || d[0].Sides[0].Words != "active, 1 January 2026" || d[0].Sides[1].Words != "stopped, 1 February 2026" {
		t.Errorf("got %+v", d)
	}
	if len(clinic.Disagreements(s)) != 1 {
		t.Errorf("the record's disagreements: %+v", clinic.Disagreements(s))
	}
	s = summarise(order("on", "2026-03-01", "1", "active", m), order("off", "2026-02-01", "1", "stopped", m), order("used up", "2026-04-01", "1", "completed", m))
	if d := s.Medicines.Current[0].Conflicts(); len(d) != 0 {
		t.Errorf("an earlier stop and a used up order: %+v", d)
	}
}

// TestHazard8DeniedBesideActive: "do NOT take" stands in its own list, and against
// the line of who calls the medicine active.
func TestHazard8DeniedBesideActive(t *testing.T) {
	s := summarise(order("on", "2026-01-01", "1", "active", text("Aspirin")),
		rec("not", &record.MedicationStatement{Status: "active", DoNotPerform: true, Medication: text("Aspirin"), AuthoredOn: "2020-01-01"}))
	if got, not := shape(s.Medicines.Current), shape(s.Medicines.NotSo); got != "on" || not != "not" {
		t.Fatalf("current %s, not so %s", got, not)
	}
	l := s.Medicines.Current[0]
	if d := l.Conflicts(); len(l.Against) != 1 || len(d) != 1 || !strings.Contains(d[0].Words(), "Do NOT take: Aspirin") {
		t.Errorf("got %+v", d)
	}
}

// TestHazard2ResolvedAndActiveProblem: both stand in one line of the current list,
// side by side; what is refuted stays in the list of what is not so (hazard 3).
func TestHazard2ResolvedAndActiveProblem(t *testing.T) {
	asthma := coded("Asthma", record.SNOMED, "195967001")
	condition := func(id, clinical, verification string) record.Record {
		return rec(id, &record.Condition{ClinicalStatus: clinical, VerificationStatus: verification, Code: asthma, RecordedDate: "2020-01-01"})
	}
	s := summarise(condition("on", "active", "confirmed"), condition("off", "resolved", "confirmed"), condition("no", "", "refuted"))
	if cur, not := shape(s.Problems.Current), shape(s.Problems.NotSo); cur != "on off" || not != "no" {
		t.Fatalf("current %s; not so %s", cur, not)
	}
	if d := s.Problems.Current[0].Conflicts(); len(d) != 1 || len(d[0].Sides) != 3 {
		t.Errorf("got %+v", d)
	}
}

// TestTwoEpisodesAreTwoProblems: what began and ended twice; what is active since
// is not contradicted by an earlier end.
func TestTwoEpisodesAreTwoProblems(t *testing.T) {
	pneumonia := func(id, from, to, status string) record.Record {
		return rec(id, &record.Condition{ClinicalStatus: status, Code: coded("Pneumonia", record.SNOMED, "233604007"), Onset: record.At(record.Date(from)), Abatement: record.At(record.Date(to))})
	}
	s := summarise(pneumonia("a", "1998-03-10", "1998-03-16", "resolved"), pneumonia("b", "2013-07-03", "2013-08-14", "resolved"), pneumonia("again", "2013-07-03", "2013-08-14", ""))
	if got := shape(s.Problems.Past); got != "again b; a" {
		t.Errorf("got %s", got)
	}
	s = summarise(pneumonia("a", "1998-03-10", "1998-03-16", "resolved"), pneumonia("now", "2013-07-03", "", "active"))
	if d := s.Problems.Current[0].Conflicts(); len(d) != 0 {
		t.Errorf("got %+v", d)
	}
	s = summarise(pneumonia("a", "1998-03-10", "1998-03-16", "resolved"), pneumonia("now", "1998-03-10", "", "active"))
	if d := s.Problems.Current[0].Conflicts(); len(d) != 1 {
		t.Errorf("got %+v", d)
	}
}

// TestHazard41CriticalitiesStandSideBySide: of two sources one says high.
func TestHazard41CriticalitiesStandSideBySide(t *testing.T) {
	a := func(id, criticality string) record.Record {
		return rec(id, &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Penicillin"), Criticality: criticality})
	}
	s := summarise(a("a", "low"), a("b", "high"), a("c", ""))
	if len(s.Allergies.Current) != 1 {
		t.Fatalf("got %s", shape(s.Allergies.Current))
	}
	if d := s.Allergies.Current[0].Conflicts(); len(d) != 1 || len(d[0].Sides) != 2 {
		t.Errorf("got %+v", d)
	}
}

// TestNumbersAndSidesKeepProblemsApart under one code.
func TestNumbersAndSidesKeepProblemsApart(t *testing.T) {
	for _, pair := range [][2]string{{"Diabetes mellitus type 1", "Diabetes mellitus type 2"}, {"Pain in left knee", "Pain in right knee"}, {"CKD stage 3a", "CKD stage 3b"}} {
		s := summarise(rec("a", &record.Condition{ClinicalStatus: "active", Code: coded(pair[0], record.SNOMED, "1")}), rec("b", &record.Condition{ClinicalStatus: "active", Code: coded(pair[1], record.SNOMED, "1")}))
		if len(s.Problems.Current) != 2 {
			t.Errorf("%s and %s are one line", pair[0], pair[1])
		}
	}
}

// TestHazard41GravestIsShown: the newest entry says nothing of what an older one
// knows, and one has no status; neither hides the reaction or the criticality.
func TestHazard41GravestIsShown(t *testing.T) {
	allergy := func(id, status, criticality, reaction, at string) record.Record {
		return rec(id, &record.AllergyIntolerance{ClinicalStatus: status, Code: text("Penicillin"), Criticality: criticality, RecordedDate: record.Date(at), Reaction: []record.Reaction{{Manifestation: []record.Concept{text(reaction)}}}})
	}
	s := summarise(allergy("new", "active", "", "hives", "2026-01-01"), allergy("old", "active", "high", "anaphylaxis", "2001"), allergy("unstated", "", "", "swelling", "2020"), allergy("past", "resolved", "", "cough", "1990"))
	if got := shape(s.Allergies.Current); !strings.HasPrefix(got, "old ") || s.Allergies.Len() != 1 {
		t.Fatalf("got %s", got)
	}
	beside := strings.Join(s.Allergies.Current[0].Beside(), "\n")
	for _, want := range []string{"hives", "anaphylaxis", "swelling", "cough"} {
		if !strings.Contains(beside, want) {
			t.Errorf("no %s in\n%s", want, beside)
		}
	}
}

// TestHazard12UnclearDoseStandsBeside: an entry whose status says only that it was
// prescribed differs in the dose, which is not hidden behind the active one.
func TestHazard12UnclearDoseStandsBeside(t *testing.T) {
	s := summarise(order("on", "2026-01-01", "1 daily", "active", text("Warfarin")), order("unclear", "2026-02-01", "2 daily", "unknown", text("Warfarin")))
	if got := shape(s.Medicines.Current); got != "on unclear" {
		t.Fatalf("got %s", got)
	}
	if d := s.Medicines.Current[0].Conflicts(); len(d) != 1 || len(d[0].Sides) != 2 {
		t.Errorf("got %+v", d)
	}
}

// TestHazard43SubpotentDoseIsShown: of two statements of one dose the one that says
// that it does not count in full is shown, and it is no dose of the series.
func TestHazard43SubpotentDoseIsShown(t *testing.T) {
	dose := func(id, at string, subpotent bool) record.Record {
		return rec(id, &record.Immunization{Status: "completed", VaccineCode: coded("Rabies", record.CVX, "18"), Occurrence: record.At(record.Date(at)), Subpotent: subpotent})
	}
	s := summarise(dose("full", "2024-01-01", false), dose("a", "2025-01-01", false), dose("b", "2025-01-01", true))
	if got := shape(s.Immunizations.Current); got != "b a; full" {
		t.Errorf("got %s", got)
	}
	if v := s.Vaccines(); len(v) != 2 || len(v[0].Doses) != 1 || v[0].Doses[0].Interpretation == "" {
		t.Errorf("got %+v", v)
	}
}

// TestCourseIsAsDated by the sources, with the precision that each gives.
func TestCourseIsAsDated(t *testing.T) {
	taken := func(id, status, from, to, said string) record.Record {
		return rec(id, &record.MedicationStatement{Status: status, Medication: text("Metformin"), Effective: record.When{Start: record.Date(from), End: record.Date(to)}, DateAsserted: record.Date(said)})
	}
	s := summarise(taken("a", "completed", "2019", "2024-05", "2024-06-01"), taken("b", "stopped", "2020-03-01", "2025", "2025-02-03"))
	if got, want := s.Medicines.Past[0].Course(), (clinic.Course{Started: "2019", LastSeen: "2025-02-03", Stopped: "2025"}); got != want {
		t.Errorf("got %+v", got)
	}
	s = summarise(taken("a", "completed", "2019", "2024-05", "2024-06-01"), taken("b", "active", "", "2030", "2025-02-03"))
	if got, want := s.Medicines.Current[0].Course(), (clinic.Course{Started: "2019", LastSeen: "2025-02-03"}); got != want {
		t.Errorf("got %+v", got)
	}
}

// TestNewIDsChangeNoSummary: another vault of the same files draws other IDs.
func TestNewIDsChangeNoSummary(t *testing.T) {
	words := func(prefix string) string {
		var all []record.Record
		for n, at := range []string{"1", "2", "3"} {
			id := fmt.Sprintf("%d", n)
			if prefix == "other" {
				id = fmt.Sprintf("%d", 9-n)
			}
			all = append(all, order("m"+id, "2026-01-01", at+" daily", "active", text("Warfarin")), rec("o"+id, &record.Observation{Status: "final", Code: text("Glucose"), Effective: record.At("2026-01-01"), Value: record.Value{Text: at}}))
		}
		s := summarise(all...)
		return fmt.Sprint(s.Medicines.Current[0].Value, s.Medicines.Current[0].Beside(), s.Results[0].Last().Value)
	}
	if a, b := words("one"), words("other"); a != b {
		t.Errorf("got\n%s\nand\n%s", a, b)
	}
}

// TestHazard45DosesOfAVaccine: one dose in three files is one line; two days are two
// doses of one vaccine; what was not given is no dose (hazard 43).
func TestHazard45DosesOfAVaccine(t *testing.T) {
	dose := func(id, at, lot, status string) record.Record {
		return rec(id, &record.Immunization{Status: status, VaccineCode: coded("Influenza", record.CVX, "140"), Occurrence: record.At(record.Date(at)), LotNumber: lot})
	}
	s := summarise(dose("a", "2024-10-01", "X1", "completed"), dose("b", "2024-10-01T09:00:00Z", "x1", "completed"), dose("c", "2024-10-01", "", "completed"), dose("d", "2025-10-02", "", "completed"),
		dose("no", "2025-10-02", "", "not-done"), dose("year", "2023", "", "completed"), dose("again", "2023", "", "completed"))
	if n := len(s.Immunizations.Current); n != 4 {
		t.Errorf("%d doses: %s", n, shape(s.Immunizations.Current))
	}
	if got := shape(s.Immunizations.NotSo); got != "no" {
		t.Errorf("not given: %s", got)
	}
	v := s.Vaccines()
	if len(v) != 1 || len(v[0].Doses) != 4 || v[0].Doses[3].ID != "d" {
		t.Errorf("got %+v", v)
	}
}

// TestThePatientJoinsAndParts: stronger than any name, and nothing else changes.
func TestThePatientJoinsAndParts(t *testing.T) {
	a, b, c := order("a", "2026-01-03", "1", "active", text("Zestril")), order("b", "2026-01-02", "1", "active", text("Lisinopril")), order("c", "2026-01-01", "1", "active", text("Lisinopril"))
	if got := shape(summarise(a, b, c).Medicines.Current); got != "a; b c" {
		t.Fatalf("before: %s", got)
	}
	a.Overlay = &record.Overlay{Joined: []record.ID{"c"}}
	if got := shape(summarise(a, b, c).Medicines.Current); got != "a b c" {
		t.Errorf("joined: %s", got)
	}
	b.Overlay = &record.Overlay{Parted: []record.ID{"c"}}
	if got := shape(summarise(c, b, a).Medicines.Current); got != "a c; b" {
		t.Errorf("joined and parted: %s", got)
	}
	a.Overlay, b.Overlay = nil, &record.Overlay{Parted: []record.ID{"elsewhere"}}
	if got := shape(summarise(a, b, c).Medicines.Current); got != "a; b c" {
		t.Errorf("parted from what is not here: %s", got)
	}
}

// TestEveryRecordInOneLine of grouped sections, in any order, and in the same lines.
func TestEveryRecordInOneLine(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 3))
	for range 200 {
		all := random(rnd, 40)
		s := summarise(all...)
		seen := map[record.ID]int{}
		for _, g := range []clinic.Group{s.Allergies.Group, s.Medicines.Group, s.Problems.Group, s.Immunizations} {
			for _, list := range [][]clinic.Line{g.Current, g.Uncertain, g.Intended, g.Past, g.NotSo, g.Held} {
				for _, l := range list {
					for _, r := range l.Records() {
						seen[r.ID]++
					}
				}
			}
		}
		apart, n := s.Apart(), 0
		for _, g := range []clinic.Group{apart.Allergies.Group, apart.Medicines.Group, apart.Problems.Group, apart.Immunizations} {
			for _, list := range [][]clinic.Line{g.Current, g.Uncertain, g.Intended, g.Past, g.NotSo, g.Held} {
				for _, l := range list {
					n += l.Entries()
				}
			}
		}
		for _, r := range all {
			if seen[r.ID] != 1 {
				t.Fatalf("%s (%T) stands in %d lines", r.ID, r.Resource, seen[r.ID])
			}
		}
		if n != len(all) {
			t.Fatalf("apart: %d of %d", n, len(all))
		}
		want := shapes(s)
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := shapes(summarise(all...)); got != want {
			t.Fatalf("another order gives\n%s\nnot\n%s", got, want)
		}
	}
}

func shapes(s clinic.Summary) string {
	var out []string
	for _, g := range []clinic.Group{s.Allergies.Group, s.Medicines.Group, s.Problems.Group, s.Immunizations} {
		out = append(out, shape(g.Current), shape(g.Uncertain), shape(g.Intended), shape(g.Past), shape(g.NotSo), shape(g.Held))
	}
	return strings.Join(out, "\n")
}

// random are statements that share names, codes, days and statuses as it comes.
func random(rnd *rand.Rand, n int) []record.Record {
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	concept := func() record.Concept {
		c := record.Concept{Text: pick("", "A", "a", "B 5 mg", "B 10 mg", "C left", "unknown")}
		for range rnd.IntN(3) {
			c.Coding = append(c.Coding, record.Coding{System: pick(record.RxNorm, record.ATC, record.SNOMED, record.ICD10), Code: pick("1", "2", "3")})
		}
		if c.Empty() {
			c.Text = "D"
		}
		return c
	}
	var all []record.Record
	for i := range n {
		day := record.Date(pick("2020", "2021-02", "2021-02-03", "2022-03-04", ""))
		var res record.Resource
		switch rnd.IntN(4) {
		case 0:
			res = &record.AllergyIntolerance{ClinicalStatus: pick("active", "resolved", ""), VerificationStatus: pick("", "refuted"), Code: concept(), RecordedDate: day}
		case 1:
			res = &record.MedicationStatement{Status: pick("active", "stopped", "completed", "", "not-taken", "intended"), Medication: concept(), AuthoredOn: day}
		case 2:
			res = &record.Condition{ClinicalStatus: pick("active", "resolved", ""), Code: concept(), RecordedDate: day}
		default:
			res = &record.Immunization{Status: pick("completed", "not-done", ""), VaccineCode: concept(), Occurrence: record.At(day)}
		}
		r := rec(fmt.Sprintf("r%02d", i), res)
		if rnd.IntN(4) == 0 {
			r.Overlay = &record.Overlay{Joined: []record.ID{record.ID(fmt.Sprintf("r%02d", rnd.IntN(n)))}, Parted: []record.ID{record.ID(fmt.Sprintf("r%02d", rnd.IntN(n)))}}
		}
		if rnd.IntN(8) == 0 {
			r.Held = []string{"modifierExtension"}
		}
		all = append(all, r)
	}
	return all
}

// BenchmarkGroups: the cost of putting together grows with the number of records,
// also where all share a name, and where each shares one with the next.
func BenchmarkGroups(b *testing.B) {
	for name, concept := range map[string]func(int) record.Concept{
		"one":   func(int) record.Concept { return coded("Metformin", record.RxNorm, "1") },
		"apart": func(n int) record.Concept { return coded(fmt.Sprint("m", n), record.RxNorm, fmt.Sprint(n)) },
		"systems": func(n int) record.Concept { // each has codes of a system of its own
			system := fmt.Sprint("urn:oid:1.2.", n)
			return record.Concept{Text: "Metformin", Coding: []record.Coding{{System: system, Code: "1"}, {System: system, Code: "2"}}}
		},
		"chain": func(n int) record.Concept {
			return record.Concept{Text: fmt.Sprint("w", n/2), Coding: []record.Coding{{System: record.RxNorm, Code: fmt.Sprint((n + 1) / 2)}}}
		},
	} {
		for _, size := range []int{10000, 100000} {
			var all []record.Record
			for n := range size {
				all = append(all, order(fmt.Sprint(n), "2020-01-01", "1", []string{"active", "stopped"}[n%2], concept(n)))
			}
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s := summarise(all...)
					for n := range s.Medicines.Current {
						s.Medicines.Current[n].Beside()
					}
				}
			})
		}
	}
}
