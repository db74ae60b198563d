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
		moved      bool
		want       string
	}{
		{"9.96", "996", false, "9.96"},
		{"9.996", "996", false, "10.0"},
		{"0.09996", "996", false, "0.100"},
		{"0.05004", "5.00", false, "0.0500"},
		{"1000", "7", false, "1000"},
		{"126.1", "7", false, "126"},
		{"10", "1", false, "10"},
		{"0.1", "1", false, "0.10"},
		{"99.99", "1.0", false, "100"},
		{"37.04", "98.7", true, "37.0"},
		{"0", "0.0", false, "0.0"},
		{"-9.996", "-996", false, "-10.0"},
		{"0.999", "9", false, "1.0"},
	} {
		v, _ := new(big.Rat).SetString(c.v)
		if got := calculated(v, c.written, c.moved); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.v, c.written, got, c.want)
		}
	}
}
