package main

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
)

func TestMarked(t *testing.T) {
	h := vault.Hit{Snippet: "An infection \x1b[31mof the toe", Marks: []vault.Mark{{Start: 3, End: 12}, {Start: 25, End: 28}}}
	for _, tc := range []struct {
		bold bool
		want string
	}{
		{false, "An infection <U+001B>[31mof the toe"},
		{true, "An *infection_ <U+001B>[31mof the *toe_"},
	} {
		got := strings.NewReplacer("\x1b[1m", "*", "\x1b[22m", "_").Replace(marked(h, tc.bold))
		if got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}
