package ucum_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// TestConvert: values that medicine knows, exactly.
func TestConvert(t *testing.T) {
	for _, c := range []struct{ value, from, to, want string }{
		{"95", "mg/dL", "g/L", "0.95"},
		{"13.5", "g/dL", "g/L", "135"},
		{"5.4", "10*3/uL", "10*9/L", "5.4"},
		{"5.4", "10^3/uL", "10*9/L", "5.4"},
		{"4.5", "10*6/uL", "10*12/L", "4.5"},
		{"98.6", "[degF]", "Cel", "37"},
		{"-40", "Cel", "[degF]", "-40"},
		{"37", "Cel", "K", "310.15"},
		{"80", "[degRe]", "Cel", "100"},
		{"37000", "mCel", "[degF]", "98.6"},
		{"7.1", "%", "1", "0.071"},
		{"0.42", "L/L", "%", "42"},
		{"120", "mm[Hg]", "kPa", "15.99864"},
		{"154", "[lb_av]", "kg", "69.85322498"},
		{"6", "[ft_i]", "cm", "182.88"},
		{"1", "ukat/L", "U/L", "60"},
		{"2.5", "ng/mL", "ug/L", "2.5"},
		{"1", "[iU]", "[IU]", "1"},
		{"12", "m[IU]/L", "u[iU]/mL", "12"},
		{"30", "dB", "B", "3"},
		{"1", "[wood'U]", "[PRU]", "0.06"},
		{"1", "kg/m2", "g/cm2", "0.1"},
		{"1", "(mg/dL)/(g/L)", "%", "1"},
		{"1", "KiBy", "bit", "8192"},
		{"3", "4.10*3", "1", "12000"},
	} {
		got, err := ucum.Convert(rat(t, c.value), unit(t, c.from), unit(t, c.to))
		if err != nil || got.Cmp(rat(t, c.want)) != 0 {
			t.Errorf("%s %s in %s: got %v, %v, want %s", c.value, c.from, c.to, got, err, c.want)
		}
	}
}

// TestApart: what must never turn into each other.
func TestApart(t *testing.T) {
	for _, c := range []string{
		"mg/dL mmol/L", "mmol/L 10*9/L", "mmol/L meq/L", "mmol/L mosm/L", "meq/L mosm/L", "mol 1", "[iU]/L U/L", "[iU] 1", "[iU] [arb'U]", "[GPL'U] [MPL'U]", "/[HPF] /[LPF]", "/[HPF] 1",
		"B 1", "B[SPL] Pa", "[pH] mol/L", "pH 1", "[NTU] [FNU]", "K/uL 10*3/uL", "[iU] [iU]2", "mL/min mL/min/m2", "Cel Cel{}2", "1 g", "Np B",
	} {
		a, b, _ := strings.Cut(c, " ")
		u, v := unit(t, a), ucum.Unit{}
		if w, err := ucum.Parse(b); err == nil {
			v = w
		}
		if u.Comparable(v) || v.Comparable(u) {
			t.Errorf("%s: comparable", c)
		}
		if _, err := ucum.Convert(big.NewRat(1, 1), u, v); !errors.Is(err, ucum.ErrIncomparable) {
			t.Errorf("%s: got %v", c, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, code := range []string{
		" ", "mg /dL", "mg/dL ", "MG/DL", "mcg/L", "ug/ L", "µg/L", "mg//dL", ".m", "m.", "(m", "m)", "()", "(/m)", "m{", "m}", "{{a}}", "{a}{b}", "m{a}{b}", "m2{a}3", "0", "0.m", "1/0", "m-", "m+", "m--1", "m100", "10*100",
		"Cel2", "Cel/h", "2.Cel", "/Cel", "dB.m", "kmin", "k[lb_av]", "mk", "kkg", "kg{body\u00a0wt}", "1.5", "mL/min/1.73.m2", "1e3", "-1", "m=", "\"m\"", "]", "[", "[in_i", strings.Repeat("(", 40) + "m" + strings.Repeat(")", 40), strings.Repeat("m.", 64) + "m",
		"999999999999999999999",
	} {
		if _, err := ucum.Parse(code); !errors.Is(err, ucum.ErrUnit) {
			t.Errorf("%q: got %v", code, err)
		}
	}
}

// TestErrorsAreSilent: an error never carries the text.
func TestErrorsAreSilent(t *testing.T) {
	_, err := ucum.Parse("secret")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestConvertMass(t *testing.T) {
	glucose := rat(t, "180.156")
	for _, c := range []struct{ value, from, to, want string }{
		{"180.156", "mg/dL", "mmol/L", "10"},
		{"5.5", "mmol/L", "mg/dL", "99.0858"},
		{"1", "g", "mmol", "1000000/180156"},
		{"90.078", "mg/dL", "umol/L", "5000"},
	} {
		got, err := ucum.ConvertMass(rat(t, c.value), unit(t, c.from), unit(t, c.to), glucose)
		if err != nil || got.Cmp(rat(t, c.want)) != 0 {
			t.Errorf("%s %s in %s: got %v, %v, want %s", c.value, c.from, c.to, got, err, c.want)
		}
	}
	for _, c := range []string{"mg/dL g/L", "mg/dL mmol/kg", "mmol/L umol/L", "mg/dL meq/L", "Cel mmol", "mg/dL [iU]/L", "g2 mol2"} {
		a, b, _ := strings.Cut(c, " ")
		if _, err := ucum.ConvertMass(rat(t, "1"), unit(t, a), unit(t, b), glucose); !errors.Is(err, ucum.ErrIncomparable) {
			t.Errorf("%s: got %v", c, err)
		}
	}
	for _, molar := range []*big.Rat{nil, big.NewRat(0, 1), big.NewRat(-1, 1)} {
		if _, err := ucum.ConvertMass(rat(t, "1"), unit(t, "mg/dL"), unit(t, "mmol/L"), molar); !errors.Is(err, ucum.ErrMolarMass) {
			t.Errorf("molar mass %v: got %v", molar, err)
		}
	}
}

func TestAnnotations(t *testing.T) {
	u := unit(t, "10*3{cells}/uL{blood}")
	if got := strings.Join(u.Annotations(), ";"); got != "cells;blood" {
		t.Errorf("got %q", got)
	}
	if !u.Same(unit(t, "10*9/L")) {
		t.Error("an annotation changes the unit")
	}
	if got := unit(t, "mg").Annotations(); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestSame(t *testing.T) {
	if !unit(t, "mg/dL").Same(unit(t, "mg.dL-1")) || !unit(t, "mg/dL").Same(unit(t, "cg/L")) || unit(t, "K").Same(unit(t, "Cel")) || unit(t, "Cel").Same(unit(t, "[degF]")) || unit(t, "mg").Same(ucum.Unit{}) || (ucum.Unit{}).Same(ucum.Unit{}) {
		t.Error("the same unit is not told from another")
	}
	if !unit(t, "Cel").Same(unit(t, "Cel{oral}")) {
		t.Error("an annotated scale is another")
	}
}

// TestThereAndBack: a conversion and its reverse give the value back, exactly, and
// the way over a third unit is the straight way.
func TestThereAndBack(t *testing.T) {
	groups := [][]string{
		{"mg/dL", "g/L", "ug/mL", "[lb_av]/[gal_us]", "[gr]/[pt_br]"},
		{"Cel", "K", "[degF]", "[degRe]", "[degR]", "mK", "kCel"},
		{"mm[Hg]", "kPa", "[psi]", "cm[H2O]", "atm", "bar", "[in_i'Hg]"},
		{"10*3/uL", "10*9/L", "/mm3", "/L"},
		{"U/L", "nkat/mL", "mmol/h/L"},
		{"%", "1", "[ppm]", "mg/kg"},
		{"s", "d", "mo", "a", "wk"},
		{"rad", "deg", "gon", "'", "circ"},
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 4000 {
		g := groups[rnd.IntN(len(groups))]
		a, b, c := unit(t, g[rnd.IntN(len(g))]), unit(t, g[rnd.IntN(len(g))]), unit(t, g[rnd.IntN(len(g))])
		v := big.NewRat(rnd.Int64N(2e12)-1e12, 1+rnd.Int64N(1e9))
		there := convert(t, v, a, b)
		if back := convert(t, there, b, a); back.Cmp(v) != 0 {
			t.Fatalf("%s %s in %s and back: %s", v, a, b, back)
		}
		if over := convert(t, convert(t, v, a, c), c, b); over.Cmp(there) != 0 {
			t.Fatalf("%s %s in %s over %s: %s, straight %s", v, a, b, c, over, there)
		}
		molar := big.NewRat(1+rnd.Int64N(1e9), 1+rnd.Int64N(1e6))
		mass, moles := unit(t, groups[0][rnd.IntN(len(groups[0]))]), unit(t, "umol/L")
		m, err := ucum.ConvertMass(v, mass, moles, molar)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ucum.ConvertMass(m, moles, mass, molar); err != nil || back.Cmp(v) != 0 {
			t.Fatalf("%s %s in %s and back: %s, %v", v, mass, moles, back, err)
		}
	}
}

func convert(t *testing.T, v *big.Rat, from, to ucum.Unit) *big.Rat {
	t.Helper()
	before := new(big.Rat).Set(v)
	got, err := ucum.Convert(v, from, to)
	if err != nil {
		t.Fatal(err)
	}
	if v.Cmp(before) != 0 {
		t.Fatal("the value was changed")
	}
	return got
}

// FuzzParse: nothing panics, and what is read reads the same again, converts to
// itself, and is what it is between parentheses and upside down.
func FuzzParse(f *testing.F) {
	for _, s := range strings.Fields(valid + " " + invalid) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ucum.Parse(s)
		if err != nil {
			if !errors.Is(err, ucum.ErrUnit) || u.String() != "" {
				t.Fatalf("got %q, %v", u, err)
			}
			return
		}
		again := unit(t, u.String())
		if u.String() != s || !u.Same(again) || !again.Comparable(u) {
			t.Fatal("what was read does not read the same again")
		}
		v := big.NewRat(7, 3)
		if got, err := ucum.Convert(v, u, again); err != nil || got.Cmp(v) != 0 {
			t.Fatalf("to itself: %v, %v", got, err)
		}
		if w, err := ucum.Parse("1/(" + s + ")"); err == nil {
			if x, err := ucum.Parse("1/(" + w.String() + ")"); err == nil && !x.Same(u) {
				t.Fatal("upside down twice is another unit")
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ucum.Parse("mmol/(8.h.kg)"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkConvert(b *testing.B) {
	from, to, v := unit(b, "mg/dL"), unit(b, "g/L"), big.NewRat(95, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ucum.Convert(v, from, to); err != nil {
			b.Fatal(err)
		}
	}
}
