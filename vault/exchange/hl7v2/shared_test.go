package hl7v2_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// samples says what each shared sample must give: records by kind, and what is
// held back. The counts were made by hand from the segments.
var samples = map[string]struct {
	kinds   map[record.Kind]int
	kept    int // segments that are told as kept
	admin   int
	told    string // words of an issue
	persons int
}{
	"ADT-A01-01.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "Observation": 2, "AllergyIntolerance": 1, "Condition": 1, "Procedure": 1}, kept: 7, admin: 3, told: "animal"},
	"DERIVED_LAB-ORU-1_latin1.hl7":   {kinds: map[record.Kind]int{"Patient": 1, "DiagnosticReport": 2, "Observation": 10}},
	"DERIVED_LRI_CBC_cr.hl7":         {kinds: map[record.Kind]int{"Patient": 1, "DiagnosticReport": 1, "Observation": 28}, told: "marked as a test"},
	"DERIVED_batch_FHS_BHS.hl7":      {kinds: map[record.Kind]int{"Patient": 2, "DiagnosticReport": 3, "Observation": 38}, persons: 2, told: "marked as a test"},
	"DERIVED_mllp_two_messages.hl7":  {kinds: map[record.Kind]int{"Patient": 2, "DiagnosticReport": 3, "Observation": 38}, persons: 2, told: "marked as a test"},
	"LAB-ORU-1.hl7":                  {kinds: map[record.Kind]int{"Patient": 1, "DiagnosticReport": 2, "Observation": 10}},
	"LAB-ORU-2.hl7":                  {kinds: map[record.Kind]int{"Patient": 1, "DiagnosticReport": 2, "Observation": 10}},
	"LRI_2.0-NG_CBC_Typ_Message.hl7": {kinds: map[record.Kind]int{"Patient": 1, "DiagnosticReport": 1, "Observation": 28}, told: "marked as a test"},
	"MDM-T02-01.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "DocumentReference": 1, "Observation": 1}, kept: 1, told: "the message has none"},
	"MDM-T02-02.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "DocumentReference": 1}},
	"MDM-T02-03.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "DocumentReference": 1}, told: "marked as a test"},
	"ORU-R01-01.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "DiagnosticReport": 1, "Observation": 3, "DocumentReference": 4}, kept: 5, admin: 1, told: "never opened"},
	"ORU-R01-RMGEAD.hl7":             {kinds: map[record.Kind]int{"Patient": 1, "DiagnosticReport": 1, "Observation": 1}},
	"ORU-multiline-short-mixed.hl7":  {kinds: map[record.Kind]int{"Patient": 1, "Other": 1, "Encounter": 1, "DiagnosticReport": 1}, told: "marked as a test"},
	"ORU-multiline-short.hl7":        {kinds: map[record.Kind]int{"Patient": 1, "Other": 1, "Encounter": 1, "DiagnosticReport": 1}, told: "marked as a test"},
	"OUL-R22-01.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "DiagnosticReport": 1, "Observation": 4, "DocumentReference": 2}, kept: 5, admin: 2},
	"VXU.hl7":                        {kinds: map[record.Kind]int{"Patient": 1, "Immunization": 3}, admin: 4},
	"sample_unix.hl7":                {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "Observation": 1, "AllergyIntolerance": 2, "Condition": 1}, told: "written twice"},
	"sample_win.hl7":                 {kinds: map[record.Kind]int{"Patient": 1, "Encounter": 1, "Observation": 1, "AllergyIntolerance": 2, "Condition": 1}, told: "written twice"},
}

// TestSharedFiles brings every sample in and holds it against the table.
func TestSharedFiles(t *testing.T) {
	root := shared(t, "data/hl7v2")
	files, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		t.Run(f.Name(), func(t *testing.T) {
			want, ok := samples[f.Name()]
			if !ok {
				t.Fatal("the table does not know this file")
			}
			b, err := os.ReadFile(filepath.Join(root, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			i := bring(t, f.Name(), b)
			got := map[record.Kind]int{}
			for _, r := range i.records {
				got[r.Resource.Kind()]++
			}
			for k := range union(got, want.kinds) {
				if got[k] != want.kinds[k] {
					t.Errorf("%s: got %d, want %d", k, got[k], want.kinds[k])
				}
			}
			if i.report.Refused != 0 || i.report.Kept != want.kept || i.report.Administrative != want.admin {
				t.Errorf("got refused %d, kept %d, administrative %d, want 0, %d, %d: %v", i.report.Refused, i.report.Kept, i.report.Administrative, want.kept, want.admin, i.report.Issues)
			}
			if want.told != "" && !i.told(want.told) {
				t.Errorf("nothing says %q: %v", want.told, i.report.Issues)
			}
			if n := max(want.persons, 1); len(i.subjects) != n {
				t.Errorf("got %d persons, want %d", len(i.subjects), n)
			}
			checkSpans(t, i, b)
		})
	}
}

func union(a, b map[record.Kind]int) map[record.Kind]bool {
	all := map[record.Kind]bool{}
	for k := range a {
		all[k] = true
	}
	for k := range b {
		all[k] = true
	}
	return all
}

// checkSpans holds every record's place and bytes against the file: a segment of
// the name that the place says.
func checkSpans(t *testing.T, i imported, content []byte) {
	t.Helper()
	for _, r := range i.records {
		s := r.Source()
		if s.Span.Length <= 0 || s.Span.Offset+s.Span.Length > int64(len(content)) {
			t.Errorf("%s: the span %v lies outside the file", s.Place, s.Span)
			continue
		}
		_, name, _ := strings.Cut(s.Place, ", ")
		if got := string(content[s.Span.Offset : s.Span.Offset+3]); !strings.HasPrefix(name, got) {
			t.Errorf("%s: the span begins with %q", s.Place, got)
		}
		for _, row := range r.Resource.Details() {
			if strings.Contains(row.Value, `\T\`) || strings.Contains(row.Value, "^^") {
				t.Errorf("%s: the syntax of a message shows in %s", s.Place, row.Label)
			}
		}
	}
}

// results of a hostile sample.
func shows(want string) func(*testing.T, imported) {
	return func(t *testing.T, i imported) {
		t.Helper()
		if got := one[*record.Observation](t, i).Summary().Result(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// refusedAt says that the whole file is refused, with its place.
func refusedAt(place string) func(*testing.T, imported) {
	return func(t *testing.T, i imported) {
		t.Helper()
		if i.report.Refused != 1 || len(i.records) != 0 || !strings.Contains(i.report.Issues[0].Text, place) {
			t.Errorf("got %+v, want a refusal that names %s", i.report, place)
		}
	}
}

// behaviours are what the hostile samples must do.
var behaviours = map[string]func(*testing.T, imported){
	"ok.hl7": shows("4.10 mmol/L"), "lf.hl7": shows("4.10 mmol/L"), "crlf.hl7": shows("4.10 mmol/L"), "mllp.hl7": shows("4.10 mmol/L"), "batch.hl7": shows("4.10 mmol/L"), "delims.hl7": shows("4.10 mmol/L"),
	"other.hl7": shows("4.1 mmol/L"), "esc.hl7": shows(`a|b^c&d~e\f`), "esc_br.hl7": shows("line1\nline2"), "sn_lt.hl7": shows("<0.5 mmol/L"),
	"delim_same.hl7": refusedAt("MSH-2"), "field_1e6.hl7": refusedAt("OBX[1]-1"), "seg_1e6.hl7": refusedAt("100000 segments"),
	"esc_open.hl7": func(t *testing.T, i imported) {
		shows(`\H`)(t, i)
		if !i.told("not closed") {
			t.Errorf("got %v", i.report.Issues)
		}
	},
	"comma.hl7": func(t *testing.T, i imported) {
		shows("4,10 mmol/L")(t, i)
		if !i.told("decimal number") {
			t.Errorf("got %v", i.report.Issues)
		}
	},
	"sn_ratio.hl7": shows("1:128 mmol/L"),
	"cannot.hl7":   shows("no value: the laboratory could not obtain a result"),
	"prelim.hl7": func(t *testing.T, i imported) {
		if s := one[*record.Observation](t, i).Summary(); s.Status != "preliminary" {
			t.Errorf("got %q", s.Status)
		}
	},
	"deleted.hl7": func(t *testing.T, i imported) {
		if s := one[*record.Observation](t, i).Summary(); s.Standing != record.InError {
			t.Errorf("got %q", s.Standing)
		}
	},
	"debug.hl7": func(t *testing.T, i imported) {
		for _, r := range i.records {
			if r.Summary().Standing != record.Held {
				t.Errorf("%s: got %q", r.Source().Place, r.Summary().Standing)
			}
		}
	},
	"two_pid.hl7": func(t *testing.T, i imported) {
		if !i.held || len(i.subjects) != 2 {
			t.Errorf("held %v, %d persons", i.held, len(i.subjects))
		}
	},
	"ed.hl7": func(t *testing.T, i imported) {
		if i.report.Refused != 1 || i.report.Issues[0].Place != "message 1, OBX-5" {
			t.Errorf("got %+v", i.report)
		}
	},
}

// TestHostileFiles holds every hostile sample to its behaviour.
func TestHostileFiles(t *testing.T) {
	root := shared(t, "bad/hl7v2")
	files, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		t.Run(f.Name(), func(t *testing.T) {
			check, ok := behaviours[f.Name()]
			if !ok {
				t.Fatal("the table does not know this file")
			}
			b, err := os.ReadFile(filepath.Join(root, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			i := bring(t, f.Name(), b)
			check(t, i)
			checkSpans(t, i, b)
		})
	}
}
