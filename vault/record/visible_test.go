package record_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestVisible(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"plain", "Ångström 5 µmol/L", "Ångström 5 µmol/L"},
		{"override", "a\u202Eb", "a⟦U+202E⟧b"},
		{"isolate", "a\u2066b\u2069", "a⟦U+2066⟧b⟦U+2069⟧"},
		{"control", "a\x00\x1b", "a⟦U+0000⟧⟦U+001B⟧"},
		{"c1 control", "a\u009bb", "a⟦U+009B⟧b"},
		{"lines", "a\r\nb\u2028c\td", "a\nb\nc\td"},
		{"break hints", "a\u200Bb\u00ADc\uFEFF", "abc"},
		{"joiners and marks", "می\u200cخواهم\u200f", "می\u200cخواهم\u200f"},
		{"tags", "a\U000E0041", "a⟦U+E0041⟧"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := record.Visible(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
