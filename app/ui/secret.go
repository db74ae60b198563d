package ui

import (
	"bytes"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/seal"
)

// Strength says in words how hard a passphrase is to guess, from 0 to 4.
func Strength(pass []byte) (score int, text string, tone Tone) {
	if len(pass) == 0 {
		return 0, lang.L("Several words that do not belong together are best."), Plain
	}
	score = seal.Strength(pass)
	if seal.Generated(pass) {
		score = 4
	}
	switch score {
	case 0:
		return score, lang.L("Far too easy to guess"), Alarm
	case 1:
		return score, lang.L("Too easy to guess"), Alarm
	case 2:
		return score, lang.L("Almost: add another word"), Care
	case 3:
		return score, lang.L("Strong"), Good
	}
	return score, lang.L("Very strong"), Good
}

// StrongPassphrase says whether a passphrase may guard a record.
func StrongPassphrase(pass []byte) bool { return seal.Strong(pass) }

// SuggestPassphrase draws one that is easy to type and very hard to guess.
func SuggestPassphrase() string { return seal.GeneratePassphrase() }

// KeyGroups cuts a recovery key into its groups.
func KeyGroups(key string) []string {
	return strings.FieldsFunc(key, func(r rune) bool { return r == '-' || r == ' ' })
}

// SameKey says whether typed is the recovery key shown, whatever its case and
// separators.
func SameKey(shown, typed string) bool {
	a, err := seal.ParseRecoveryKey(shown)
	if err != nil {
		return false
	}
	b, err := seal.ParseRecoveryKey(typed)
	return err == nil && bytes.Equal(a, b)
}

// KeyHint helps while the key is typed back.
func KeyHint(shown, typed string) string {
	want := len(strings.Join(KeyGroups(shown), ""))
	have := len(strings.Join(strings.Fields(strings.ReplaceAll(typed, "-", " ")), ""))
	switch {
	case have == 0:
		return ""
	case have < want:
		return lang.L("{{.Have}} of {{.Want}} letters", map[string]any{"Have": have, "Want": want})
	case SameKey(shown, typed):
		return lang.L("That is right.")
	}
	return lang.L("Something differs. Compare it with your paper, letter by letter.")
}

// Wipe overwrites a secret.
func Wipe(secrets ...[]byte) {
	for _, s := range secrets {
		clear(s)
	}
}
