package clinic

import (
	"math/big"
	"testing"
)

// TestHazard19CalculatedKeepsDigits: as many digits as the source wrote, none
// within the whole number lost.
func TestHazard19CalculatedKeepsDigits(t *testing.T) {
	for _, c := range []struct {
		v, written string
		step       string
		want       string
	}{
		{"9.96", "996", "", "9.96"},
		{"9.996", "996", "", "10.0"},
		{"0.09996", "996", "", "0.100"},
		{"0.05004", "5.00", "", "0.0500"},
		{"1000", "7", "", "1000"},
		{"126.1", "7", "", "126"},
		{"10", "1", "", "10"},
		{"0.1", "1", "", "0.10"},
		{"99.99", "1.0", "", "100"},
		{"37.04", "98.7", "5/9", "37.0"},
		{"98.66", "37.0", "9/5", "98.7"},
		{"36.598", "5.5", "10.93", "37"},
		{"5.536", "37", "0.09148", "5.5"},
		{"0", "0.0", "", "0.0"},
		{"-9.996", "-996", "", "-10.0"},
		{"0.999", "9", "", "1.0"},
	} {
		v, _ := new(big.Rat).SetString(c.v)
		step, _ := new(big.Rat).SetString(c.step)
		if got := calculated(v, c.written, step); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.v, c.written, got, c.want)
		}
	}
}
