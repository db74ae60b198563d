package plain

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestTable: every line is read, of a known group, and in words.
func TestTable(t *testing.T) {
	groups := map[string]int{}
	for key, words := range loaded() {
		group, code, _ := strings.Cut(key, "\t")
		groups[group]++
		if code == "" || strings.TrimSpace(words) != words || strings.HasSuffix(words, ".") {
			t.Errorf("%s: %q", key, words)
		}
		if group == "unit" {
			if _, err := ucum.Parse(code); err != nil {
				t.Errorf("%s: %v", code, err)
			}
		}
		if group == "section" || group == "document" {
			digits, last, _ := strings.Cut(code, "-")
			if checkDigit(digits) != last {
				t.Errorf("%s: wrong check digit", code)
			}
		}
	}
	for _, g := range []string{"section", "document", "status", "status:MedicationStatement", "interpretation", "criticality", "severity", "route", "unit", "rxnorm", "cvx", "atc", "icd10"} {
		if groups[g] == 0 {
			t.Errorf("group %s is empty", g)
		}
		delete(groups, g)
	}
	if len(groups) > 0 {
		t.Errorf("nobody asks for %v", groups)
	}
	for _, text := range []string{"a\tb\tc\na\tb\td\n", "a\tb\n", "a\tb\t\n", "a b c\n"} {
		if _, err := read(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}

func checkDigit(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return string(rune('0' + (10-sum%10)%10))
}

func TestName(t *testing.T) {
	for _, c := range []struct{ system, code, want string }{
		{record.LOINC, "2160-0", "Creatinine"},
		{record.LOINC, "34133-9", "Summary of care"},
		{record.LOINC, "48765-2", "Allergies"},
		{record.LOINC, "99999-9", ""},
		{record.RxNorm, "1191", "aspirin"},
		{record.CVX, "115", "tetanus toxoid, reduced diphtheria toxoid, and acellular pertussis vaccine, adsorbed"},
		{record.CVX, "998", ""}, // no vaccine was given: no name of a vaccine
		{record.ATC, "A10BA02", "metformin"},
		{record.ATC, "C09AA99", "in the group: medicines that act on the renin-angiotensin system"},
		{record.ATC, "C09", "medicines that act on the renin-angiotensin system"},
		{record.ATC, "C0", ""},
		{record.ATC, "C09AA0399", ""},
		{record.ICD10CM, "I10", "essential (primary) hypertension"},
		{record.ICD10CM, "E11.65", "in the group: type 2 diabetes mellitus"},
		{record.ICD10, "E1165", "in the group: type 2 diabetes mellitus"},
		{record.ICD10, "K92.2", "in the group: diseases of the digestive system"},
		{record.ICD10CM, "H60.9", "in the group: diseases of the ear"},
		{record.ICD10CM, "U07.1", ""},
		{record.ICD10CM, "D49", ""},
		{record.ICD10, "I1", ""},
		{record.ICD10, "i10", ""},
		{record.ICD10, "10", ""},
		{record.ICD10, "I10I10I10", ""},
		{record.SNOMED, "38341003", ""},
		{record.CPT, "99213", ""},
		{"", "I10", ""},
		{record.NDC, "1191", ""},
	} {
		got, ok := Name(c.system, c.code)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s %s: got %q, %v, want %q", c.system, c.code, got, ok, c.want)
		}
	}
}

// TestHazard27Flags: a microbiology flag is not a flag of a number, and critical is
// not merely high.
func TestHazard27Flags(t *testing.T) {
	for code, want := range map[string]string{"H": "High", "HH": "Critically high", "L": "Low", "LL": "Critically low", "A": "Abnormal", "AA": "Critically abnormal", "S": "Susceptible", "R": "Resistant", "I": "Intermediate", "N": "Normal"} {
		if got, ok := Interpretation(code); !ok || got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
	if got, ok := Interpretation("h"); ok {
		t.Errorf("h: got %q", got)
	}
}

// TestHazard12CompletedMedicine: a completed prescription may only say that it was
// written, and the words do not say that the medicine was stopped.
func TestHazard12CompletedMedicine(t *testing.T) {
	got, _ := Status(record.KindMedicationStatement, "completed")
	if other, _ := Status(record.KindProcedure, "completed"); got == other || !strings.Contains(got, "only say that it was written") {
		t.Errorf("got %q", got)
	}
}

// TestWords: one of each.
func TestWords(t *testing.T) {
	for name, c := range map[string]struct {
		of         func(string) (string, bool)
		code, want string
	}{
		"section":     {Section, "10160-0", "Medicines"},
		"criticality": {Criticality, "unable-to-assess", "How dangerous a reaction could be was not possible to judge"},
		"severity":    {Severity, "severe", "Severe"},
		"route":       {Route, "C38288", "By mouth"},
		"unit":        {Unit, "mg/dL", "milligrams per deciliter"},
	} {
		if got, ok := c.of(c.code); !ok || got != c.want {
			t.Errorf("%s: got %q", name, got)
		}
		if got, ok := c.of("of-nothing"); ok {
			t.Errorf("%s: a code of nothing is %q", name, got)
		}
	}
}

// BenchmarkLoad measures the first look-up of a process.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := read(wordsText); err != nil {
			b.Fatal(err)
		}
	}
}
