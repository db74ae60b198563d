package ui

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestExplainSaysWhatToDo(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range troubles() {
		got := Explain(fmt.Errorf("open: %w", row.is))
		if got.What == "" || got.Next == "" {
			t.Errorf("%v: no words", row.is)
		}
		seen[got.What] = true
	}
	if got := Explain(fmt.Errorf("x: %w", vault.ErrWrongPassphrase)); !strings.Contains(got.What, "passphrase") {
		t.Errorf("got %+v", got)
	}
	if got := Explain(errors.New("disk on fire")); !strings.Contains(got.Next, "disk on fire") {
		t.Errorf("an unknown reason is lost: %+v", got)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1\u202f000", 1234567: "1\u202f234\u202f567"} {
		if got := Number(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAge(t *testing.T) {
	now := time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	for born, want := range map[record.Date]int{"1968-03-20": 58, "1968-03-21": 57, "1968-04-01": 57, "1968": -1, "1968-03": -1} {
		got, ok := Age(born, now)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%s: got %d, want %d", born, got, want)
		}
	}
}

func TestDatesHaveMonthNames(t *testing.T) {
	for _, w := range []record.When{record.At("2021-03-05"), record.At("2021-03-05T10:00:00-05:00"), {Start: "2021-03", End: "2021-03-05", Period: true}} {
		for _, s := range []string{When(w), ShortWhen(w)} {
			if !strings.Contains(s, "March") {
				t.Errorf("no month name: %q", s)
			}
		}
	}
}

// TestContrast holds text to WCAG AA (4.5 to 1) in both looks.
func TestContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{theme.ColorNameBackground, ColorPanel, ColorSide}
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for _, g := range grounds {
			for _, ink := range []fyne.ThemeColorName{theme.ColorNameForeground, ColorMuted, theme.ColorNameHyperlink, theme.ColorNameError} {
				if c := contrast(ink, g, v); c < 4.5 {
					t.Errorf("%s on %s in variant %d: %.2f", ink, g, v, c)
				}
			}
		}
		for tone := Plain; tone <= Alarm; tone++ {
			for _, ink := range []fyne.ThemeColorName{tone.Ink(), theme.ColorNameForeground} {
				if c := contrast(ink, tone.Tint(), v); c < 4.5 {
					t.Errorf("%s on %s in variant %d: %.2f", ink, tone.Tint(), v, c)
				}
			}
		}
		if c := contrast(theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, v); c < 4.5 {
			t.Errorf("button in variant %d: %.2f", v, c)
		}
	}
}

func contrast(a, b fyne.ThemeColorName, v fyne.ThemeVariant) float64 {
	x, y := luminance(a, v), luminance(b, v)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func luminance(n fyne.ThemeColorName, v fyne.ThemeVariant) float64 {
	r, g, b, _ := Theme{}.Color(n, v).RGBA()
	channel := func(c uint32) float64 {
		x := float64(c) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
}
