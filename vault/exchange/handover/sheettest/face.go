package sheettest

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// Face is the words that an output shows, white space made single.
type Face struct {
	All      string
	Front    string            // the front page
	Sections map[string]string // by section ID
	Lists    map[string]string // by "section ID/title of the list or test"
}

// Export makes an output and reads it back.
type Export func(exchange.Selection) Face

// has fails unless a text holds all the words.
func has(t testing.TB, where, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s: got no %q in %q, want it", where, w, clip(text))
		}
	}
}

// hasNot fails when a text holds any of the words.
func hasNot(t testing.TB, where, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if i := strings.Index(text, w); i >= 0 {
			t.Errorf("%s: got %q in %q, want it nowhere", where, w, text[max(0, i-60):min(len(text), i+60)])
		}
	}
}

func clip(s string) string {
	const most = 400
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
