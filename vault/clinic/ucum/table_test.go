package ucum

import (
	"math/big"
	"testing"
)

// TestTable: the whole table is there and is worked out.
func TestTable(t *testing.T) {
	const want = 312
	if got := len(atoms()); got != want {
		t.Errorf("got %d units, want %d", got, want)
	}
	for code, a := range atoms() {
		if a.factor.Sign() <= 0 {
			t.Errorf("%s: factor %s", code, a.factor)
		}
		if u, err := Parse(code); err != nil || u.factor.Cmp(a.factor) != 0 {
			t.Errorf("%s: does not read as itself: %v", code, err)
		}
	}
}

// TestPrefixesAreClear: no text is two units.
func TestPrefixesAreClear(t *testing.T) {
	seen := map[string]string{}
	for _, p := range prefixes {
		for code, a := range atoms() {
			if !a.metric {
				continue
			}
			s := p.code + code
			if _, ok := atoms()[s]; ok {
				t.Errorf("%s is a unit, and %s %s", s, p.code, code)
			}
			if other, ok := seen[s]; ok {
				t.Errorf("%s is %s and %s%s", s, other, p.code, code)
			}
			seen[s] = p.code + " " + code
		}
	}
}

// TestWorked: values of the table that were worked out from others.
func TestWorked(t *testing.T) {
	for code, want := range map[string]string{
		"[foz_us]": "0.0000295735295625", "[lb_av]": "453.59237", "kcal": "4184000", "m[Hg]": "133322000", "[mi_us]": "6336000/3937", "L": "0.001",
	} {
		w, _ := new(big.Rat).SetString(want)
		u, err := Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		if u.factor.Cmp(w) != 0 {
			t.Errorf("%s: got %s, want %s", code, u.factor.FloatString(20), want)
		}
	}
}
