package seal

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

var cheap = Cost{Time: 1, MemoryKiB: 64, Threads: 1}

var testID = []byte("0123456789abcdef")

func TestSlots(t *testing.T) {
	key := NewKey()
	recovery := NewRecoveryKey()
	pass, err := NewPassphraseSlot(testID, key, []byte("caf\u00e9 au lait"), cheap)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := NewRecoverySlot(testID, key, recovery)
	if err != nil {
		t.Fatal(err)
	}
	slots := []Slot{{Kind: "a later kind"}, pass, rec}
	typo := swapFirst(recovery)
	for _, tc := range []struct {
		name, secret string
		want         error
	}{
		{"passphrase", "caf\u00e9 au lait", nil},
		{"passphrase in another Unicode form", "cafe\u0301 au lait", nil},
		{"recovery key", recovery, nil},
		{"recovery key in lower case with spaces", strings.ToLower(strings.ReplaceAll(recovery, "-", " ")), nil},
		{"recovery key without separators", strings.ReplaceAll(recovery, "-", ""), nil},
		{"wrong passphrase", "cafe au lait", ErrWrongSecret},
		{"empty", "", ErrWrongSecret},
		{"mistyped recovery key", typo, ErrTypo},
		{"recovery key with a letter missing", recovery[:7] + recovery[8:], ErrTypo},
		{"another vault's recovery key", NewRecoveryKey(), ErrWrongSecret},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := OpenSlots(testID, slots, []byte(tc.secret))
			if !errors.Is(err, tc.want) {
				t.Fatalf("got error %v, want %v", err, tc.want)
			}
			if err == nil && *got != *key {
				t.Error("got another key")
			}
		})
	}
	if _, err := OpenSlots([]byte("another vault id"), slots, []byte("caf\u00e9 au lait")); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("a slot moved to another vault: got %v, want ErrWrongSecret", err)
	}
}

// swapFirst changes the first letter of a recovery key into another one.
func swapFirst(key string) string {
	if key[0] == 'A' {
		return "B" + key[1:]
	}
	return "A" + key[1:]
}

func TestPassphraseInTheFormOfARecoveryKey(t *testing.T) {
	key := NewKey()
	odd := "abcd efgh jkmn pqrs tvwx yzab cdef ghjk mnpq"
	slot, err := NewPassphraseSlot(testID, key, []byte(odd), cheap)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSlots(testID, []Slot{slot}, []byte(odd)); err != nil {
		t.Errorf("got %v: a passphrase is refused for its looks", err)
	}
}

func TestRecoveryKeyTellsEveryTypo(t *testing.T) {
	key := NewRecoveryKey()
	missed := 0
	for i := range key {
		for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			if key[i] == '-' || rune(key[i]) == c {
				continue
			}
			if _, err := ParseRecoveryKey(key[:i] + string(c) + key[i+1:]); err == nil {
				missed++
			}
		}
	}
	if missed > 0 {
		t.Errorf("%d single-letter typing errors pass the check letters", missed)
	}
}

func TestCostIsCapped(t *testing.T) {
	for _, c := range []Cost{{}, {1, 1 << 31, 1}, {1 << 30, 64, 1}, {1, 64, 255}, {1, 4, 1}} {
		s := Slot{Kind: PassphraseSlot, Cost: c, Salt: newSalt()}
		if _, err := OpenSlots(testID, []Slot{s}, []byte("x")); !errors.Is(err, errCost) {
			t.Errorf("%+v: got %v, want a refusal", c, err)
		}
	}
}

func TestBox(t *testing.T) {
	box := NewBox(NewKey().Derive(testID, "value"))
	for _, size := range []int{0, 1, 4096} {
		plain := bytes.Repeat([]byte{7}, size)
		sealed := box.Seal(nil, []byte("here"), plain)
		if len(sealed) != size+Overhead {
			t.Errorf("got %d bytes, want %d", len(sealed), size+Overhead)
		}
		got, err := box.Open(nil, []byte("here"), sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("size %d: got %v, %v", size, got, err)
		}
		if _, err := box.Open(nil, []byte("there"), sealed); !errors.Is(err, ErrForged) {
			t.Errorf("moved value: got %v, want ErrForged", err)
		}
		for n := range min(len(sealed), 64) {
			if _, err := box.Open(nil, []byte("here"), sealed[:n]); !errors.Is(err, ErrForged) {
				t.Fatalf("cut to %d bytes: got %v, want ErrForged", n, err)
			}
			bad := bytes.Clone(sealed)
			bad[n] ^= 1
			if _, err := box.Open(nil, []byte("here"), bad); !errors.Is(err, ErrForged) {
				t.Fatalf("byte %d flipped: got %v, want ErrForged", n, err)
			}
		}
	}
}

func TestOriginals(t *testing.T) {
	o, err := NewOriginals(NewKey().Derive(testID, "originals identity"))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 200_000} {
		plain := bytes.Repeat([]byte("carnet "), size/7+1)[:size]
		var sealed bytes.Buffer
		head, err := o.Encrypt(&sealed, bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		if again, err := HeadOf(bytes.NewReader(sealed.Bytes())); err != nil || again != head {
			t.Errorf("size %d: head read back as %x, %v", size, again, err)
		}
		r, err := o.Decrypt(bytes.NewReader(sealed.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("size %d: read back %d bytes, %v", size, len(got), err)
		}
		at, n, err := o.DecryptAt(bytes.NewReader(sealed.Bytes()), int64(sealed.Len()))
		if err != nil || n != int64(size) {
			t.Fatalf("size %d: DecryptAt gives %d bytes, %v", size, n, err)
		}
		if size > 10 {
			part := make([]byte, 5)
			if _, err := at.ReadAt(part, int64(size-7)); err != nil || !bytes.Equal(part, plain[size-7:size-2]) {
				t.Errorf("size %d: got %q, %v", size, part, err)
			}
		}
	}
}

func TestOriginalsOpenWithStockAge(t *testing.T) {
	sub := NewKey().Derive(testID, "originals identity")
	o, err := NewOriginals(sub)
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	if _, err := o.Encrypt(&sealed, strings.NewReader("plain")); err != nil {
		t.Fatal(err)
	}
	id, err := age.ParseX25519Identity(o.identity.String())
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(&sealed, id)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(r); string(got) != "plain" {
		t.Errorf("got %q, want %q", got, "plain")
	}
}

func TestPassphrases(t *testing.T) {
	for _, tc := range []struct {
		passphrase string
		strong     bool
	}{
		{"", false},
		{"password1", false},
		{"jean1987", false},
		{"correct horse battery staple", true},
		{strings.Repeat("x7$kQ ", 5000), true},
	} {
		if got := Strong([]byte(tc.passphrase)); got != tc.strong {
			t.Errorf("%.20q: got %v, want %v", tc.passphrase, got, tc.strong)
		}
	}
	seen := map[string]bool{}
	for range 100 {
		p := GeneratePassphrase()
		if seen[p] || !Generated([]byte(p)) || Strength([]byte(p)) < LeastStrength {
			t.Fatalf("%q: seen %v, score %d", p, seen[p], Strength([]byte(p)))
		}
		seen[p] = true
	}
}

func TestWordList(t *testing.T) {
	if len(wordList) != 7776 || !slices.IsSorted(wordList) {
		t.Errorf("got %d words, sorted %v, want 7,776 that are", len(wordList), slices.IsSorted(wordList))
	}
	for i, w := range wordList {
		if len(w) < 3 || len(w) > 9 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("got the word %q, want three to nine letters", w)
		}
		if i > 0 && strings.HasPrefix(w, wordList[i-1]) {
			t.Errorf("got %q, which begins %q", wordList[i-1], w)
		}
	}
}

// TestDrawsAreEven draws 60 times as many words as there are and holds the
// counts against a chi-squared of 7,775 degrees of freedom, within 6 sigma.
func TestDrawsAreEven(t *testing.T) {
	const each = 60
	counts := make([]int, len(wordList))
	for range each * len(wordList) {
		counts[draw(len(wordList))]++
	}
	sum := 0.0
	for _, n := range counts {
		sum += float64((n - each) * (n - each))
	}
	freedom := float64(len(wordList) - 1)
	if chi := sum / each; math.Abs(chi-freedom) > 6*math.Sqrt(2*freedom) {
		t.Errorf("got a chi-squared of %.0f, want about %.0f", chi, freedom)
	}
}

func TestGenerated(t *testing.T) {
	for p, want := range map[string]bool{
		"acorn velvet zebra tulip unfold mango":  true,
		"bako rilu mesa tofi dupa zeno":          true, // of the first vaults
		"acorn velvet zebra tulip unfold":        false,
		"acorn velvet zebra tulip unfold bako":   false,
		"acorn  velvet zebra tulip unfold mango": false,
		"":                                       false,
	} {
		if got := Generated([]byte(p)); got != want {
			t.Errorf("%q: got %v, want %v", p, got, want)
		}
	}
}

func BenchmarkCalibrate(b *testing.B) {
	for b.Loop() {
		c := Calibrate()
		b.ReportMetric(float64(c.MemoryKiB)/1024, "MiB")
	}
}

// A header with endless slots, each as costly as is allowed, does not stop the
// machine.
func TestEndlessSlots(t *testing.T) {
	id, key := []byte("0123456789abcdef"), NewKey()
	slot, err := NewPassphraseSlot(id, key, []byte("one"), Cost{Time: 1, MemoryKiB: 64, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	slots := slices.Repeat([]Slot{slot}, slotsCap+1)
	if _, err := OpenSlots(id, slots, []byte("another")); err == nil || errors.Is(err, ErrWrongSecret) {
		t.Errorf("got %v, want that the header asks too much", err)
	}
	if _, err := OpenSlots(id, slots[:slotsCap], []byte("another")); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("got %v, want ErrWrongSecret", err)
	}
}
