package labtest_test

import (
	"math/big"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/labtest"
	"github.com/carnet-phr/carnet/vault/clinic/ucum"
)

// TestConvert: values against the factors that laboratories publish, to the digits
// that stand there.
func TestConvert(t *testing.T) {
	for _, c := range []struct {
		loinc, value, from, to, want string
		digits                       int
	}{
		{"2160-0", "1", "mg/dL", "umol/L", "88.4", 1},
		{"14682-9", "88.4", "umol/L", "mg/dL", "1.00", 2},
		{"2345-7", "100", "mg/dL", "mmol/L", "5.55", 2},
		{"2093-3", "200", "mg/dL", "mmol/L", "5.17", 2},
		{"2571-8", "150", "mg/dL", "mmol/L", "1.69", 2},
		{"1975-2", "1", "mg/dL", "umol/L", "17.1", 1},
		{"3084-1", "6", "mg/dL", "umol/L", "357", 0},
		{"17861-6", "10", "mg/dL", "mmol/L", "2.50", 2},
		{"17861-6", "5", "meq/L", "mmol/L", "2.5", 1},
		{"17861-6", "5", "meq/L", "mg/dL", "10.0", 1},
		{"2777-1", "3.1", "mg/dL", "mmol/L", "1.00", 2},
		{"2951-2", "140", "meq/L", "mmol/L", "140", 0},
		{"3024-7", "1", "ng/dL", "pmol/L", "12.9", 1},
		{"2498-4", "100", "ug/dL", "umol/L", "17.9", 1},
		{"2132-9", "300", "pg/mL", "pmol/L", "221", 0},
		{"2143-6", "10", "ug/dL", "nmol/L", "276", 0},
		{"2986-8", "500", "ng/dL", "nmol/L", "17.3", 1},
		{"2243-4", "100", "pg/mL", "pmol/L", "367", 0},
		{"9318-7", "30", "mg/g", "mg/mmol", "3.39", 2},
		{"4548-4", "7.0", "%", "mmol/mol", "53.0", 1},
		{"4548-4", "6.5", "%", "mmol/mol", "47.5", 1},
		{"59261-8", "48", "mmol/mol", "%", "6.54", 2},
		{"718-7", "14", "g/dL", "g/L", "140", 0},
		{"8310-5", "98.6", "[degF]", "Cel", "37.0", 1},
	} {
		test, ok := labtest.ByLOINC(c.loinc)
		if !ok {
			t.Fatalf("%s: not found", c.loinc)
		}
		got, err := test.Convert(rat(t, c.value), unit(t, c.from), unit(t, c.to))
		if err != nil || got.FloatString(c.digits) != c.want {
			t.Errorf("%s: %s %s in %s: got %v, %v, want %s", c.loinc, c.value, c.from, c.to, got, err, c.want)
		}
	}
}

// TestHazard22Apart: what no factor joins is never converted.
func TestHazard22Apart(t *testing.T) {
	for _, c := range []struct{ loinc, from, to string }{
		{"718-7", "g/dL", "mmol/L"},           // of one chain or of four?
		{"3094-0", "mg/dL", "mmol/L"},         // of urea or of nitrogen?
		{"20448-7", "u[IU]/mL", "pmol/L"},     // by which standard?
		{"10835-7", "mg/dL", "nmol/L"},        // particles differ in mass
		{"62292-8", "ng/mL", "nmol/L"},        // a mixture of two
		{"4548-4", "%", "1"},                  // of which scale?
		{"4548-4", "mmol/mol", "1"},           //
		{"1742-6", "U/L", "[IU]/L"},           // known by Unit alone
		{"2951-2", "meq/L", "mosm/L"},         //
		{"2777-1", "meq/L", "mmol/L"},         // the charge depends on the acid
		{"6690-2", "10*3/uL", "mmol/L"},       //
		{"8480-6", "mm[Hg]", "/min"},          //
		{"2345-7", "mg/dL", "mmol/mol"},       //
		{"33914-3", "mL/min/{1.73_m2}", "mL"}, //
	} {
		test, _ := labtest.ByLOINC(c.loinc)
		if test.Comparable(unit(t, c.from), unit(t, c.to)) || test.Comparable(unit(t, c.to), unit(t, c.from)) {
			t.Errorf("%s: %s is told in %s", c.loinc, c.from, c.to)
		}
	}
}

// TestSeparateTests: what must never stand on one curve.
func TestSeparateTests(t *testing.T) {
	for _, group := range [][]string{
		{"2160-0", "38483-4", "2161-8"},                                                          // serum, blood, urine
		{"2345-7", "1558-6", "2339-0", "41653-7", "32016-8", "2340-8", "27353-2"},                // any, fasting, blood, meter
		{"2089-1", "13457-7", "18262-6"},                                                         // LDL as such, calculated, direct
		{"33914-3", "48642-3", "48643-1", "62238-1", "98979-8", "88293-6", "88294-4", "69405-9"}, // formulas
		{"1742-6", "1743-4", "1744-2"},
		{"1920-8", "30239-8"},
		{"48065-7", "48066-5"},
		{"1988-5", "30522-7"},
		{"10839-9", "89579-7", "6598-7", "67151-1"},
		{"3094-0", "3091-6", "14937-7"},
		{"10835-7", "43583-4"},
		{"718-7", "59260-0"},
		{"17861-6", "17863-2"},
		{"4548-4", "17856-6"},
		{"8302-2", "8306-3"},
		{"8310-5", "8331-1", "8332-9"},
		{"30341-2", "4537-7"},
		{"2336-6", "10834-0"},
		{"751-8", "770-8"},
		{"2708-6", "59408-5"},
		{"30934-4", "33762-6"},
		{"9318-7", "14959-1"},
		{"62292-8", "1989-3", "1649-3"},
	} {
		seen := map[*labtest.Test]string{}
		for _, code := range group {
			test, ok := labtest.ByLOINC(code)
			if !ok {
				t.Errorf("%s: not found", code)
			} else if other := seen[test]; other != "" {
				t.Errorf("%s and %s are one test", code, other)
			}
			seen[test] = code
		}
	}
}

// TestOneTest: what is the same in two laboratories.
func TestOneTest(t *testing.T) {
	for _, pair := range [][2]string{{"2160-0", "14682-9"}, {"2345-7", "14749-6"}, {"4548-4", "59261-8"}, {"6690-2", "26464-8"}, {"2093-3", "14647-2"}, {"3016-3", "11580-8"}, {"9830-1", "32309-7"}} {
		a, _ := labtest.ByLOINC(pair[0])
		if b, ok := labtest.ByLOINC(pair[1]); !ok || a != b {
			t.Errorf("%s and %s are two tests", pair[0], pair[1])
		}
	}
}

// TestHazard21Units: spellings of laboratories, and those that are not certain.
func TestHazard21Units(t *testing.T) {
	for _, c := range []struct{ written, loinc, want string }{
		{"K/uL", "6690-2", "10*3/uL"},
		{"K/uL", "", "10*3/uL"},
		{"k/mcL", "777-3", "10*3/uL"},
		{"x10E3/uL", "6690-2", "10*3/uL"},
		{"x10(3)/uL", "", "10*3/uL"},
		{"Thousand/uL", "", "10*3/uL"},
		{"10³/µL", "", "10^3/uL"},
		{"x10^9/L", "", "10*9/L"},
		{"10E9/L", "", "10*9/L"},
		{"10^9/L", "", "10^9/L"},
		{"Million/uL", "", "10*6/uL"},
		{"M/uL", "789-8", "10*6/uL"},
		{"M/uL", "", ""},
		{"Mio/µl", "", "10*6/ul"},
		{"G/L", "6690-2", "10*9/L"},
		{"G/L", "2885-2", "g/L"},
		{"G/L", "", ""},
		{"T/L", "789-8", "10*12/L"},
		{"T/L", "", ""},
		{"mcg/L", "2276-4", "ug/L"},
		{"mcg/mg", "14959-1", "ug/mg"},
		{"µg/dL", "", "ug/dL"},
		{"μmol/L", "", "umol/L"},
		{"MG/DL", "", "mg/dL"},
		{"MMOL/L", "", "mmol/L"},
		{"G/DL", "", "g/dL"},
		{"gm/dL", "", "g/dL"},
		{"mg/dl", "", "mg/dl"},
		{"mEq/L", "2951-2", "meq/L"},
		{"MEQ/L", "", "meq/L"},
		{"IU/L", "1742-6", "U/L"},
		{"IU/L", "15067-2", "[IU]/L"},
		{"IU/L", "", "[IU]/L"},
		{"U/L", "1742-6", "U/L"},
		{"U/L", "", "U/L"},
		{"mU/L", "3016-3", "m[IU]/L"},
		{"uIU/mL", "3016-3", "u[IU]/mL"},
		{"µIU/mL", "3016-3", "u[IU]/mL"},
		{"mIU/L", "", "m[IU]/L"},
		{"mU/L", "", "mU/L"},
		{"mm/hr", "30341-2", "mm/h"},
		{"mm/h", "", "mm/h"},
		{"mmHg", "8480-6", "mm[Hg]"},
		{"beats/min", "8867-4", "{beats}/min"},
		{"bpm", "8867-4", "/min"},
		{"°C", "", "Cel"},
		{"F", "8310-5", "[degF]"},
		{"F", "", ""},
		{"lbs", "", "[lb_av]"},
		{"kg/m^2", "", "kg/m2"},
		{"mL/min/1.73m2", "33914-3", "mL/min/{1.73_m2}"},
		{"mL/min/1.73 m²", "", "mL/min/{1.73_m2}"},
		{"ml/min/1,73m²", "", "ml/min/{1.73_m2}"},
		{"mL/min/1.73", "", "mL/min/{1.73_m2}"},
		{"pH", "2756-5", "[pH]"},
		{"pH", "", ""},
		{"/hpf", "", "/[HPF]"},
		{"sec", "", "s"},
		{"mg/24h", "", "mg/(24.h)"},
		{"%O2", "59408-5", "%"},
		{"cells/uL", "", "{cells}/uL"},
		{"", "", ""},
		{"see note", "", ""},
		{"mg/", "", ""},
		{"mg/dLx", "", ""},
	} {
		got, ok := labtest.Unit(c.written, c.loinc)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q of %q: got %q, %v, want %q", c.written, c.loinc, got, ok, c.want)
		}
	}
}

// TestByName: names of other languages, and no guesses.
func TestByName(t *testing.T) {
	for name, want := range map[string]string{"kreatinin": "Creatinine", "TSH": "Thyrotropin", "glycémie à  jeun": "Glucose, fasting", "BUN": "Urea nitrogen", "LDL-C": "LDL cholesterol", "free T4": "Thyroxine, free"} {
		if got, ok := labtest.ByName(name); !ok || got.Name != want {
			t.Errorf("%s: got %v, want %s", name, got, want)
		}
	}
	for _, name := range []string{"", "creat serum or so", "glucos", "total"} {
		if got, ok := labtest.ByName(name); ok {
			t.Errorf("%q is %s", name, got.Name)
		}
	}
}

func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%s is no number", s)
	}
	return r
}

func unit(t *testing.T, code string) ucum.Unit {
	t.Helper()
	u, err := ucum.Parse(code)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
