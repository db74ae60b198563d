package apple

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestIsTime holds the quick look at a time against the reading of it.
func TestIsTime(t *testing.T) {
	const plain = "2024-02-28 23:59:59 +0130"
	for _, s := range []string{
		plain, "", "2024-02-28", "0000-02-28 23:59:59 +0130", "2023-02-29 00:00:00 -0800", "2024-02-29 00:00:00 -0800", "2024-02-28T23:59:59 +0130",
		"2024-02-28 24:00:00 +0000", "2024-02-28 23:59:60 +0000", "2024+02-28 23:59:59 +0130", "2024-02-28 23:59:59 +2400", "2024-02-28 23:59:59 00130",
	} {
		if got, want := isTime(s), date(s) != ""; got != want {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		b := []byte(plain)
		for range 1 + dice.IntN(3) {
			b[dice.IntN(len(b))] = "0123456789:+- Tx"[dice.IntN(16)]
		}
		if got, want := isTime(string(b)), date(string(b)) != ""; got != want {
			t.Fatalf("%q: got %v, want %v", b, got, want)
		}
	}
}

// TestDecimalSizes adds and compares numbers about the size of a machine word.
func TestDecimalSizes(t *testing.T) {
	texts := []string{
		"0", "-0.0", "1", "-1", "0.000001", "-0.1", "99999999999999999", "-99999999999999999", "999999999999999999", "9223372036854775807", "-9223372036854775808",
		"123456789012345678901234567890.5", "0.00000000000000000000001", "1e17", "-1e20", "1e-20", "4611686018427387903", "4.10",
	}
	rat := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%q is no number", s)
		}
		return r
	}
	for _, a := range texts {
		sum, want := decimal{}, new(big.Rat)
		for _, b := range texts {
			x, ok1 := parseDecimal(a)
			y, ok2 := parseDecimal(b)
			if !ok1 || !ok2 {
				t.Fatalf("%q, %q were not read", a, b)
			}
			if got, want := x.cmp(y), rat(a).Cmp(rat(b)); got != want {
				t.Errorf("%s to %s: got %d, want %d", a, b, got, want)
			}
			sum, want = sum.add(x).add(y), want.Add(want, new(big.Rat).Add(rat(a), rat(b)))
			if got := rat(sum.String()); got.Cmp(want) != 0 {
				t.Errorf("sum with %s and %s: got %s, want %s", a, b, got, want)
			}
			if x.String() == "" || rat(x.String()).Cmp(rat(a)) != 0 {
				t.Errorf("%s has become %s", a, x)
			}
		}
	}
}
