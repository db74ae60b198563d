package settings

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// lookCards are how the window looks and when it locks.
func (p *page) lookCards() []fyne.CanvasObject {
	env := p.env
	looks := choice(lookWords(), indexOf(looks, env.Prefs.Look()), func(i int) {
		env.Prefs.SetLook(looks[i])
		env.Restyle()
	})
	sizes := choice(sizeWords(), indexOf(scales, env.Prefs.TextScale()), func(i int) {
		env.Prefs.SetTextScale(scales[i])
		env.Restyle()
	})
	languages := fw.NewSelect(languageWords(), nil)
	languages.SetSelectedIndex(languageChosen(env.Prefs.Language()))
	languages.OnChanged = func(string) {
		env.Prefs.SetLanguage(languageCodes()[languages.SelectedIndex()])
		env.Respeak()
	}
	locks := choice(lockWords(), indexOf(idle, env.Prefs.LockAfter()), func(i int) {
		env.Prefs.SetLockAfter(idle[i])
	})
	return []fyne.CanvasObject{
		widget.Card(lang.L("Language"), nil, widget.Column(6, widget.Framed(languages),
			widget.MutedWords(lang.L("The words of Carnet. What your files say stays in their own language.")))),
		widget.Card(lang.L("Colours"), nil, looks),
		widget.Card(lang.L("Text size"), nil, sizes),
		widget.Card(lang.L("Lock by itself"), nil, widget.Column(6, locks,
			widget.MutedWords(lang.L("When no page or entry was opened for this long. Bringing in files and making a package are never interrupted.")),
			widget.MutedWords(away(runtime.GOOS)))),
	}
}

// away says what else locks the record, on that system.
func away(system string) string {
	if system == "linux" || system == "windows" {
		return lang.L("It also locks at once when the computer sleeps, its screen is locked or a screen saver comes on. What you had typed is kept, sealed.")
	}
	return lang.L("It also locks at once when the computer slept; on this system Carnet does not notice a locked screen or a screen saver. What you had typed is kept, sealed.")
}

// choice is a row of words of which one is chosen.
func choice(words []string, chosen int, pick func(int)) *fw.RadioGroup {
	r := fw.NewRadioGroup(words, nil)
	r.Horizontal, r.Required = true, true
	if chosen >= 0 {
		r.SetSelected(words[chosen])
	}
	r.OnChanged = func(s string) {
		if i := indexOf(words, s); i >= 0 {
			pick(i)
		}
	}
	return r
}

var (
	looks  = []ui.Look{ui.LookSystem, ui.LookLight, ui.LookDark}
	scales = []float32{0.9, 1, 1.2, 1.4}
	idle   = []time.Duration{5 * time.Minute, 10 * time.Minute, 30 * time.Minute, 0}
)

func lookWords() []string {
	return []string{lang.L("As the system"), lang.L("Light"), lang.L("Dark")}
}

func sizeWords() []string {
	return []string{lang.L("Small"), lang.L("Normal"), lang.L("Large"), lang.L("Very large")}
}

func lockWords() []string {
	return []string{lang.L("5 minutes"), lang.L("10 minutes"), lang.L("30 minutes"), lang.L("Never")}
}

// languageWords are what can be chosen: the system's, then each by its own name.
func languageWords() []string {
	words := []string{lang.L("As the system")}
	for _, l := range ui.Languages {
		words = append(words, l.Name)
	}
	return words
}

// languageCodes stand beside the words of languageWords.
func languageCodes() []string {
	codes := []string{""}
	for _, l := range ui.Languages {
		codes = append(codes, l.Code)
	}
	return codes
}

func languageChosen(code string) int { return max(0, indexOf(languageCodes(), code)) }

func indexOf[T comparable](list []T, v T) int {
	for i, x := range list {
		if x == v {
			return i
		}
	}
	return -1
}
