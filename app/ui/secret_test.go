package ui

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/seal"
)

func TestSameKey(t *testing.T) {
	key := seal.NewRecoveryKey()
	typo := []byte(key)
	typo[0] = "AB"[btoi(typo[0] == 'A')]
	for name, c := range map[string]struct {
		typed string
		want  bool
	}{
		"as shown":      {key, true},
		"small letters": {strings.ToLower(key), true},
		"with spaces":   {strings.ReplaceAll(key, "-", " "), true},
		"another key":   {seal.NewRecoveryKey(), false},
		"a typo":        {string(typo), false},
		"half":          {key[:20], false},
		"empty":         {"", false},
	} {
		if got := SameKey(key, c.typed); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	if n := len(KeyGroups(key)); n != 9 {
		t.Errorf("%d groups, want 9", n)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestStrengthAlwaysHasWords(t *testing.T) {
	for _, p := range []string{"", "a", "password", "correct horse battery staple", seal.GeneratePassphrase()} {
		if _, words, _ := Strength([]byte(p)); words == "" {
			t.Errorf("no words for a passphrase of %d letters", len(p))
		}
	}
}
