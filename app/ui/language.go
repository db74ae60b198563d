package ui

import (
	"cmp"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"

	"github.com/carnet-phr/carnet/assets"
)

// Language is one that the window speaks, by its BCP 47 code and its name in
// itself.
type Language struct{ Code, Name string }

// Languages are those that the window speaks; the first is the one for
// everybody else.
var Languages = []Language{
	{"en", "English"}, {"de", "Deutsch"}, {"fr", "Français"}, {"es", "Español"}, {chinese, "中文"},
}

// chinese is the code of the language whose letters the usual typeface lacks.
const chinese = "zh"

// spoken is the code of the language that the window speaks now.
var spoken = Languages[0].Code

// Speak has the window speak a language; "" is the system's, or English where
// that has no translation. What is shown already stays as it is.
//
// Fyne has no call for it: it goes by the system's locale. So the language takes
// the place of the system's among Fyne's translations, and the environment names
// it, by which Fyne's own words follow where the system's locale is kept there.
func Speak(code string) error {
	name(code)
	if code == "" {
		code = Languages[matched(lang.SystemLocale())].Code
	}
	files := assets.Translations()
	if err := lang.AddTranslationsFS(files, "translations"); err != nil {
		return err
	}
	words, err := files.ReadFile("translations/" + code + ".json")
	if err != nil {
		return err
	}
	spoken = code
	if code == chinese { // Fyne has its own words by the script, and looks for ours there
		if err := lang.AddTranslationsForLocale(words, "zh-Hans"); err != nil {
			return err
		}
	}
	return lang.AddTranslationsForLocale(words, fyne.Locale(lang.SystemLocale().LanguageString()))
}

// variable is the one that POSIX asks first for the locale (XBD §8.2).
const variable = "LC_ALL"

var systems, named = os.LookupEnv(variable)

func name(code string) {
	if code != "" || named {
		os.Setenv(variable, cmp.Or(code, systems))
	} else {
		os.Unsetenv(variable)
	}
}

// matched is which of the languages is nearest to a locale.
func matched(system fyne.Locale) int {
	tags := make([]language.Tag, len(Languages))
	for i, l := range Languages {
		tags[i] = language.Make(l.Code)
	}
	_, i, confidence := language.NewMatcher(tags).Match(language.Make(system.String()))
	if confidence == language.No {
		return 0
	}
	return i
}
