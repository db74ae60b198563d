package ui

import (
	"os"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestEveryLanguageIsSpoken has the window speak each language on computers of
// each, and back again.
func TestEveryLanguageIsSpoken(t *testing.T) {
	allergies := map[string]string{}
	for _, l := range Languages {
		speak(t, l.Code)
		allergies[l.Code] = lang.L("Allergies")
		if l.Code != "en" && lang.L("Prepare for a doctor") == "Prepare for a doctor" {
			t.Errorf("%s is not spoken", l.Name)
		}
	}
	for _, system := range []string{"C", "en_US.UTF-8", "de_CH.UTF-8", "fr_FR.UTF-8", "pt_BR.UTF-8", "zh_CN.UTF-8"} {
		for _, l := range Languages {
			t.Setenv(variable, system)
			if err := Speak(l.Code); err != nil {
				t.Fatal(err)
			}
			if got := lang.L("Allergies"); got != allergies[l.Code] || spoken != l.Code {
				t.Errorf("on a computer of %s, %s is %q, want %q", system, l.Name, got, allergies[l.Code])
			}
		}
	}
}

// TestTheSystemsLanguageIsSpoken takes the nearest, and English for want of one.
func TestTheSystemsLanguageIsSpoken(t *testing.T) {
	for system, want := range map[fyne.Locale]string{"de-AT": "de", "fr-CA": "fr", "es-MX": "es", "zh-CN-Hans": "zh", "en-GB": "en", "pt-BR": "en", "": "en"} {
		if !slices.ContainsFunc(Languages, func(l Language) bool { return l.Code == want }) {
			want = "en"
		}
		if got := Languages[matched(system)].Code; got != want {
			t.Errorf("%s: got %s, want %s", system, got, want)
		}
	}
}

func TestDatesInEveryLanguage(t *testing.T) {
	wanted := map[string][3]string{
		"en": {"5 March 2021", "March 2021", "2021"},
		"de": {"5. März 2021", "März 2021", "2021"},
		"fr": {"5 mars 2021", "mars 2021", "2021"},
		"es": {"5 de marzo de 2021", "marzo de 2021", "2021"},
		"zh": {"2021年3月5日", "2021年3月", "2021年"},
	}
	for _, l := range Languages {
		code, want := l.Code, wanted[l.Code]
		speak(t, code)
		if got := [3]string{Date("2021-03-05"), Date("2021-03"), Date("2021")}; got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
		if got, want := Time(record.When{Start: "2021-03-05T10:30:00+02:00"}), Date("2021-03-05")+", 10:30 (UTC+02:00)"; got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

func TestMain(m *testing.M) {
	os.Unsetenv(variable) // the tests name the languages that they mean
	systems, named = "", false
	os.Exit(m.Run())
}
