package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// NewSecret is where somebody chooses a passphrase: typed twice, its strength in
// words, with a suggestion.
type NewSecret struct {
	Pass, Again *fw.Entry
	Suggestion  *fyne.Container

	label string
	meter *Meter
}

// ChooseSecret makes one with its label.
func ChooseSecret(label string) *NewSecret {
	n := &NewSecret{Pass: fw.NewPasswordEntry(), Again: fw.NewPasswordEntry(), Suggestion: Column(0), label: label, meter: NewMeter()}
	n.meter.Set(ui.Strength(nil))
	n.Pass.OnChanged = func(s string) { n.meter.Set(ui.Strength([]byte(s))) }
	n.Suggestion.Hide()
	return n
}

// Objects are its fields, under each other.
func (n *NewSecret) Objects() []fyne.CanvasObject {
	suggest := fw.NewButton(lang.L("Suggest one"), n.suggest)
	return []fyne.CanvasObject{
		Field(n.label, container.NewBorder(nil, nil, nil, suggest, n.Pass), n.meter),
		n.Suggestion,
		Field(lang.L("The same passphrase again"), n.Again, nil),
	}
}

// suggest fills in a generated passphrase and shows it, so that it can be
// written down and typed again.
func (n *NewSecret) suggest() {
	p := ui.SuggestPassphrase()
	n.Pass.SetText(p)
	n.Again.SetText("")
	words := Subheading(p)
	words.Align = fyne.TextAlignCenter
	n.Suggestion.Objects = []fyne.CanvasObject{Banner(ui.Calm, "", "", words,
		MutedWords(lang.L("Write it down or learn it, then type it below. Made-up words are easy to type and very hard to guess.")))}
	n.Suggestion.Show()
	n.Suggestion.Refresh()
}

// Problem is what is wrong with the choice, "" when nothing is.
func (n *NewSecret) Problem() string {
	switch {
	case !ui.StrongPassphrase([]byte(n.Pass.Text)):
		return lang.L("That passphrase is too easy to guess. Make it longer, or use the suggestion.")
	case n.Pass.Text != n.Again.Text:
		return lang.L("The two passphrases are not the same.")
	}
	return ""
}

// Clear forgets what was typed.
func (n *NewSecret) Clear() {
	n.Pass.SetText("")
	n.Again.SetText("")
}
