package labtest

import (
	"math/big"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// checkDigit is the last digit of a LOINC code by its first ones: Luhn's modulus 10
// (LOINC Users' Guide, appendix C).
func checkDigit(digits string) int {
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
	return (10 - sum%10) % 10
}

// TestTable: every line is whole, every code has its check digit, and every unit is
// one of UCUM in which a result of the test can be told, there and back exactly.
func TestTable(t *testing.T) {
	for _, test := range All() {
		if test.Name == "" || test.Analyte == "" || test.System == "" || test.Property == "" || len(test.LOINC) == 0 {
			t.Errorf("%s: something is missing", test.Name)
		}
		if !strings.HasSuffix(test.Plain, ".") || strings.Count(test.Plain, ". ") > 0 {
			t.Errorf("%s: not one sentence", test.Name)
		}
		if test.Numeric() != (test.Unit != "") {
			t.Errorf("%s: scale %s and unit %q", test.Name, test.Scale, test.Unit)
		}
		checkFound(t, test)
		checkUnits(t, test)
	}
}

func checkFound(t *testing.T, test *Test) {
	t.Helper()
	for _, code := range test.LOINC {
		digits, last, ok := strings.Cut(code, "-")
		if !ok || len(last) != 1 || checkDigit(digits) != int(last[0]-'0') {
			t.Errorf("%s: %s has a wrong check digit", test.Name, code)
		}
		if got, ok := ByLOINC(code); !ok || got != test {
			t.Errorf("%s: %s finds another", test.Name, code)
		}
	}
	for _, name := range append([]string{test.Name}, test.Aliases...) {
		if got, ok := ByName(strings.ToUpper(name)); !ok || got != test {
			t.Errorf("%s: %q finds another", test.Name, name)
		}
	}
}

func checkUnits(t *testing.T, test *Test) {
	t.Helper()
	value := big.NewRat(137, 10)
	for _, code := range test.Units {
		u, err := ucum.Parse(code)
		if err != nil {
			t.Errorf("%s: %s: %v", test.Name, code, err)
			continue
		}
		usual, err := ucum.Parse(test.Unit)
		if err != nil {
			t.Fatalf("%s: %v", test.Name, err)
		}
		v, err := test.Convert(value, usual, u)
		if err == nil {
			v, err = test.Convert(v, u, usual)
		}
		if err != nil || v.Cmp(value) != 0 {
			t.Errorf("%s: %s to %s and back: got %v, %v", test.Name, test.Unit, code, v, err)
		}
		if again, ok := Unit(code, test.LOINC[0]); !ok || again != code {
			t.Errorf("%s: the unit %s reads as %q, %v", test.Name, code, again, ok)
		}
	}
}

// TestRefused: a table in which something stands for two tests is none.
func TestRefused(t *testing.T) {
	const line = "A\tA\tBld\tMCnc\tQn\t718-7\tg/dL\t\tb;c\tIt is a.\n"
	for name, text := range map[string]string{
		"code twice":         line + strings.Replace(line, "A\tA", "D\tD", 1),
		"alias twice":        strings.Replace(line, "b;c", "b;B", 1),
		"alias of another":   line + "C\tC\tBld\tMCnc\tQn\t4544-3\t%\t\t\tIt is c.\n",
		"too few columns":    "A\tA\n",
		"no formula":         strings.Replace(line, "g/dL\t", "g/dL\tXx2", 1),
		"no charge":          strings.Replace(line, "g/dL\t", "g/dL\t+0", 1),
		"formula of atoms 0": strings.Replace(line, "g/dL\t", "g/dL\tC0", 1),
	} {
		if _, err := read(text); err == nil {
			t.Errorf("%s: is read", name)
		}
	}
	if _, err := read(line); err != nil {
		t.Errorf("the line itself: %v", err)
	}
}

// BenchmarkLoad measures the first look-up of a process.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := read(testsText); err != nil {
			b.Fatal(err)
		}
	}
}
